"""A date that another page keeps, like the day of a conference: made there, moved there, and let go of there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from leeward.cases.actions.rows import lock
from leeward.days.actions.agreeing import appointment, change
from leeward.days.actions.ending import When, again, end, move
from leeward.days.models import Due

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.days.actions.agreeing import Agreed


def set_date(file: OpenCase, *, due_id: UUID, agreed: Agreed) -> Due:
    """Keep one appointment as that page says, in the calendar of whoever sees to it.

    One that ended stays as it ended, unless it did not take place and has another day now.
    """
    with transaction.atomic():
        lock(file.thing)
        due = Due.objects.select_related("owner").filter(pk=due_id, case=file.thing).first()
        if due is None:
            return appointment(file, due_id=due_id, agreed=agreed)
        if not due.is_open and not _may_open(due, agreed):
            return due
        due = again(file, due)
        when = When(agreed.day, agreed.slot.get("at", ""))
        if (due.day, (due.slot or {}).get("at", "")) != when:
            due = move(file, due, when=when, told="", version=due.version)
        return _as_said(file, due, agreed)


def _may_open(due: Due, agreed: Agreed) -> bool:
    return (due.words or {}).get("ended") == "not_now" and due.day != agreed.day


def _as_said(file: OpenCase, due: Due, agreed: Agreed) -> Due:
    """The rest of what that page says: where, how long."""
    words, slot = due.words or {}, due.slot or {}
    said = {**words, **(agreed.words or {})}, {**slot, **agreed.slot}
    if said == (words, slot):
        return due
    owner = Due.objects.select_related("owner").get(pk=due.pk).owner
    return change(file, due, version=due.version, agreed=replace(agreed, owner=owner))


def drop_date(file: OpenCase, *, due_id: UUID) -> None:
    """There is no day for it any more: it did not take place, and nobody is blamed."""
    due = Due.objects.filter(pk=due_id, case=file.thing, is_open=True).first()
    if due:
        end(file, due, "not_now", {})
