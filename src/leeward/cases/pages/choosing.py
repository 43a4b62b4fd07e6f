"""Choosing somebody among those whose files one may write in: first one's own people, all others by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leeward.access.policy import Action
from leeward.cases import finding
from leeward.cases.models import Case, CaseList
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models.case import CaseQuerySet

#: As many as a list shows that is read with one look.
MOST: Final = 40
_NOTES: Final = frozenset({Compartment.NOTES})


def writable(visit: Visit) -> CaseQuerySet:
    """The files in which this person may write."""
    able = Case.objects.current().open_to(visit.actor, Action.WRITE_ENTRY, _NOTES)
    return able.held_by(visit.holder, Compartment.NOTES)


def able(visit: Visit) -> set[str]:
    """Everybody who can be chosen at all, by number: also those who are not on the list just now."""
    return {str(pk) for pk in writable(visit).values_list("pk", flat=True)}


def people(
    entered: Entered, query: str = "", *, also: Collection[UUID] = (), without: Collection[UUID] = ()
) -> list[tuple[str, str]]:
    """Whom to choose from: those who fit by name, or one's own people; whoever was chosen before stays on the list."""
    found = _by_name(entered, query) if query else _mine(entered.visit)
    chosen = list(writable(entered.visit).filter(pk__in=also).with_people()) if also else []
    rows = {case.pk: case for case in [*chosen, *found] if case.pk not in without}
    entered.list(CaseList(list(rows.values())), Action.SEE_CARD)
    named = [(str(case.pk), case.participant.card["name"]) for case in rows.values()]
    return sorted(named, key=lambda one: one[1].casefold())


def _mine(visit: Visit) -> list[Case]:
    return list(
        writable(visit).walking_with(visit.actor.id).with_people().order_by("-last_number", "pk")[:MOST]
    )


def _by_name(entered: Entered, query: str) -> list[Case]:
    hits = finding.find(entered, query).hits
    named = [hit.case.pk for hit in hits if hit.entry is None] or [hit.case.pk for hit in hits]
    return list(writable(entered.visit).filter(pk__in=named).with_people())
