"""What stands on the page on which somebody leaves: those they walk with, and who could be there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList
from leeward.cases.pages.wishes import come_to_mind
from leeward.continuity.interim import stand_ins
from leeward.continuity.pages.waiting import visible
from leeward.staff.actions import CannotDo
from leeward.staff.actions.authority import look_after
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Entered
    from leeward.cases.pages.wishes import Suggestion
    from leeward.staff.models import Person

_NOTES: Final = frozenset({Compartment.NOTES})


class Leaving(NamedTuple):
    """The files that pass on: those whose names the page shows, how many others there are, and who could step in."""

    choices: dict[UUID, tuple[str, list[Person], Person | None]]
    #: Who comes to mind for each, by their wishes.
    mind: dict[UUID, list[Suggestion]]
    unseen: int
    #: Why this reader cannot do it, where that is so.
    shut: str
    #: Nobody could carry these: somebody has to come into the team first.
    alone: int


def leaving(entered: Entered, person: Person, files: QuerySet[Case], teams: list[UUID | None]) -> Leaving:
    """Open the cards of those whom this reader may see, and say of all who could carry them."""
    visit = entered.visit
    cases = list(
        files.filter(is_open=True).select_related("participant", "backup").order_by("-last_number", "pk")
    )
    able = stand_ins(cases, leaving=person.pk, asking=visit.actor.id)
    seen = visible(visit, [case.pk for case in cases])
    shown = [case for case in cases if case.pk in seen]
    if shown:
        entered.list(CaseList(shown), Action.SEE_CARD)
    named = [(case, case.participant.card["name"]) for case in shown if able[case.pk].first]
    named.sort(key=lambda pair: pair[1].casefold())
    choices = {case.pk: (name, able[case.pk].able, able[case.pk].first) for case, name in named}
    mind = _mind(entered, {case: able[case.pk].able for case, _name in named})
    alone = sum(able[case.pk].first is None for case in cases)
    return Leaving(choices, mind, len(cases) - len(choices) - alone, _shut(entered, teams), alone)


def _mind(entered: Entered, among: dict[Case, list[Person]]) -> dict[UUID, list[Suggestion]]:
    """By the wishes of those whose words this reader may open: their profiles, for the length of this page."""
    visit = entered.visit
    if not among:
        return {}
    able = Case.objects.open_to(visit.actor, Action.WRITE_ENTRY, _NOTES).held_by(
        visit.holder, Compartment.NOTES
    )
    readable = set(able.filter(pk__in=[case.pk for case in among]).values_list("pk", flat=True))
    cases = [case for case in among if case.pk in readable]
    if cases:
        entered.look_through(CaseList(cases), Action.WRITE_ENTRY, _NOTES)
    return come_to_mind({case: among[case] for case in cases})


def _shut(entered: Entered, teams: list[UUID | None]) -> str:
    """What keeps this reader from it: it concerns teams that are not theirs to look after."""
    try:
        look_after(entered, *teams)
    except CannotDo as why:
        return str(why)
    return ""
