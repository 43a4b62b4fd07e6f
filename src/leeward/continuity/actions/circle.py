"""The parts of a case, people of other agencies, and what each colleague does: words kept in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.actions.rows import lock, put_row
from leeward.continuity.models import Component, Doing, Outside
from leeward.continuity.words import ComponentKind, ComponentState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.continuity.words import ComponentWords


def answer_component(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Component:
    """Say whose a part of the case is now. Each kind stands once; "something else" as often as there is something."""
    with transaction.atomic():
        lock(file.thing)
        row = _component(file, row_id, facts["kind"])
        if row is not None and row.pk != row_id:  # two windows, each of which thought it was the first
            row_id = row.pk
        today = timezone.localdate().isoformat()
        if row is not None and row.about.get("state") == facts.get("state"):
            today = row.about.get("on", today)
        return put_row(file, Component, row_id=row_id, facts={**facts, "on": today}, version=version)


def _component(file: OpenCase, row_id: UUID, kind: str) -> Component | None:
    """The row that answers for this part already; after two files became one there may be two."""
    rows = list(Component.objects.filter(case=file.thing))
    same_kind = (row for row in rows if kind != ComponentKind.OTHER and row.about.get("kind") == kind)
    return next((row for row in rows if row.pk == row_id), None) or next(same_kind, None)


def rest_never_came_up(file: OpenCase) -> int:
    """Answer all parts that nobody spoke of at once: they never came up. Counts them."""
    with transaction.atomic():
        lock(file.thing)
        known = {row.about.get("kind") for row in Component.objects.filter(case=file.thing)}
        today = timezone.localdate().isoformat()
        missing = [kind for kind in ComponentKind if kind != ComponentKind.OTHER and kind not in known]
        words: list[ComponentWords] = [
            {"kind": kind.value, "state": ComponentState.NEVER.value, "on": today, "version": 1}
            for kind in missing
        ]
        Component.objects.bulk_create([Component(case=file.thing, about=each) for each in words])
    return len(words)


def keep_outside(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Outside:
    """Somebody of another agency, as the care team should know them. At most one of all is the central case manager."""
    with transaction.atomic():
        row = put_row(file, Outside, row_id=row_id, facts=facts, version=version)
        if facts.get("central"):
            _central_no_more(Outside.objects.filter(case=file.thing).exclude(pk=row.pk))
    return row


def _central_no_more(rows: Iterable[Outside]) -> None:
    for row in rows:
        about = row.about
        if about.get("central"):
            row.about = {**about, "central": False}
            row.save(update_fields=["about"])


def we_are_central(file: OpenCase) -> None:
    """The central case manager across agencies is ours: the primary worker (practice D1)."""
    with transaction.atomic():
        lock(file.thing)
        _central_no_more(Outside.objects.filter(case=file.thing))


def say_doing(file: OpenCase, *, changed: dict[UUID, tuple[str, str]]) -> None:
    """What colleagues do for this participant: what stood there, and what should, unless it changed meanwhile."""
    with transaction.atomic():
        lock(file.thing)
        rows = Doing.objects.filter(case=file.thing, person__in=changed)
        stands = {row.person_id: row.words.get("does", "") for row in rows}
        other = [stands[each] for each in stands if stands[each] not in changed[each]]
        if other:
            raise ChangedMeanwhile("\n".join(other), 0)
        rows.delete()
        told = {person: does for person, (_was, does) in changed.items() if does}
        Doing.objects.bulk_create(
            [Doing(case=file.thing, person_id=person, words={"does": does}) for person, does in told.items()]
        )
