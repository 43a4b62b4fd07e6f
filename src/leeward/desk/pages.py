"""What the desk shows, with a number of queries that does not grow with the number of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action, Reach, Role
from leeward.cases.models import Case, CaseList, Draft
from leeward.cases.words import facts_on
from leeward.staff.models import Person
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models.case import CaseQuerySet

_NOTES = frozenset({Compartment.NOTES})
#: People on one page of a list.
A_PAGE = 30
#: People offered on the desk; the others are found by search.
ON_THE_DESK = 12


class ListLine(NamedTuple):
    """Somebody on a list: the file, and what its card says."""

    case: Case
    name: str
    facts: list[str]


def people(entered: Entered, *, everybody: bool, number: int) -> dict[str, Any]:
    """My people, or everybody whom I may see, by name; one page of them is opened and written down."""
    carries = _carries(entered.visit)
    everybody = everybody or not carries
    shown = _sorted_page(entered, _visible(entered.visit, everybody=everybody), number)
    return {**shown, "everybody": everybody, "carries": carries, "may_meet": may_meet(entered.visit)}


def _visible(visit: Visit, *, everybody: bool) -> CaseQuerySet:
    cases = (
        Case.objects.current().open_to(visit.actor, Action.SEE_CARD).held_by(visit.holder, Compartment.CARD)
    )
    return cases if everybody else cases.carried_by(visit.actor.id)


def _carries(visit: Visit) -> bool:
    return Case.objects.current().carried_by(visit.actor.id).exists()


def _sorted_page(entered: Entered, cases: CaseQuerySet, number: int) -> dict[str, Any]:
    """The newest files first: names are sealed, so the database cannot sort by them."""
    total = cases.count()
    last = max(1, -(-total // A_PAGE))
    number = min(max(number, 1), last)
    rows = list(cases.with_people().order_by("-last_number", "pk")[(number - 1) * A_PAGE : number * A_PAGE])
    entered.list(CaseList(rows), Action.SEE_CARD)
    # Each card is opened once for all that a line of the list shows.
    lines = [
        ListLine(case, card["name"], facts_on(card)) for case, card in ((c, c.participant.card) for c in rows)
    ]
    lines.sort(key=lambda line: line.name.casefold())
    first = (number - 1) * A_PAGE
    near = {"newer": number - 1 if number > 1 else 0, "older": number + 1 if number < last else 0}
    span = {"first": first + 1, "final": first + len(rows), "total": total, "last": last}
    return {
        **near,
        **span,
        "lines": lines,
        "openable": openable(entered.visit, rows),
        "mine": entered.visit.actor.id,
    }


def openable(visit: Visit, cases: list[Case]) -> set[UUID]:
    """Those of these files that this person may open: for some roles a name is all there is to see."""
    teams = {case.team_id for case in cases}
    reaches = (policy.reach(visit.actor.teams.get(team, ()), Action.SEE_CASE) for team in teams)
    if all(reach is Reach.TEAM for reach in reaches):
        return {case.pk for case in cases}
    able = Case.objects.open_to(visit.actor, Action.SEE_CASE)
    return set(able.filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))


def may_meet(visit: Visit) -> bool:
    """Whether this person may start a file in any team."""
    return any(policy.reach(roles, Action.START_CASE) for roles in visit.actor.teams.values())


def writable(visit: Visit) -> CaseQuerySet:
    """The files in which this person may write."""
    cases = Case.objects.current().open_to(visit.actor, Action.WRITE_ENTRY, _NOTES)
    return cases.held_by(visit.holder, Compartment.NOTES)


def today(entered: Entered) -> dict[str, Any]:
    """The desk in the morning: write first, my people, what I was writing, who waits for keys."""
    visit = entered.visit
    carries = _carries(visit)
    seen = _visible(visit, everybody=not carries).with_people()
    rows = list(seen.order_by("-last_number", "pk")[:ON_THE_DESK])
    drafts = list(
        Draft.objects.filter(person=visit.actor.id).exclude(case=None).select_related("case__participant")
    )
    seen_still = _ids(visit, drafts)
    begun = [draft for draft in drafts if draft.case_id in seen_still]
    if shown := _once([*rows, *(draft.case for draft in begun if draft.case)]):
        entered.list(CaseList(shown), Action.SEE_CARD)
    return {
        "greeting": greeting(),
        "first_name": Person.objects.values_list("name", flat=True).get(pk=visit.actor.id).split(" ")[0],
        "day": timezone.localdate(),
        "carries": carries,
        "openable": openable(visit, rows),
        "may_meet": may_meet(visit),
        "cases": sorted(rows, key=lambda case: case.participant.card["name"].casefold()),
        "drafts": begun,
        "people": people_to_write_about(visit, rows),
        "waiting": _waiting(visit),
        "first_draft": Draft.objects.filter(person=visit.actor.id, case=None).first(),
    }


def _waiting(visit: Visit) -> list[Person]:
    """Colleagues who joined a team and wait for somebody to hand them its key."""
    if Role.SUPERVISOR not in visit.actor.roles:
        return []
    found = Person.objects.waiting_for_keys().exclude(pk=visit.actor.id)
    return list(found.filter(memberships__team__in=visit.actor.teams).distinct().order_by("name"))


def _ids(visit: Visit, drafts: list[Draft]) -> set[UUID]:
    if not drafts:
        return set()
    asked = [draft.case_id for draft in drafts if draft.case_id]
    seen = Case.objects.open_to(visit.actor, Action.SEE_CARD).held_by(visit.holder, Compartment.CARD)
    return set(seen.filter(pk__in=asked).values_list("pk", flat=True))


def _once(cases: list[Case]) -> list[Case]:
    return list({case.pk: case for case in cases}.values())


def people_to_write_about(visit: Visit, opened: list[Case]) -> list[tuple[str, str]]:
    """Choices for "about whom": those whose card is open on this page and who may be written about."""
    able = set(writable(visit).filter(pk__in=[case.pk for case in opened]).values_list("pk", flat=True))
    return [(str(case.pk), case.participant.card["name"]) for case in opened if case.pk in able]


def greeting() -> str:
    """Good morning, until noon."""
    hour = timezone.localtime().hour
    if hour < 12:  # noqa: PLR2004 - noon
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")  # noqa: PLR2004 - the evening
