"""A team as its supervisor looks after it: who walks with whom, where somebody is missing, what waits (D1, D2).

Names stand in the order of the alphabet. Nothing is ranked, and no colour tells one colleague from another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Doubt
from leeward.cases.models.walking import CARRYING
from leeward.cases.pages.misfiled import waiting_for as misfiled_for
from leeward.continuity.looking_after import looks_after, offers_to
from leeward.continuity.models import HandOver
from leeward.days.pages import waiting_for
from leeward.desk.pages import again
from leeward.desk.pages import asked as ask
from leeward.desk.pages.people import AGAIN, CONFERRING, GAPS
from leeward.desk.pages.whom import seen
from leeward.gifts.models import Gift
from leeward.gifts.pages import teams_kept
from leeward.gifts.words import GiftState
from leeward.staff.models import Absence, Membership, Person, Team
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models import Misfiled
    from leeward.cases.models.case import CaseQuerySet

_A_FEW = 20


class Colleague(NamedTuple):
    """Somebody of the team: with how many people they walk, where these are listed, and whether they are away."""

    name: str
    person: UUID
    people: int
    url: str
    away: Absence | None


class Gap(NamedTuple):
    """Where somebody is missing: how many people that concerns, and where exactly these are listed."""

    code: str
    people: int
    url: str


class OneTeam(NamedTuple):
    """A team of this supervisor's."""

    team: Team
    colleagues: list[Colleague]
    gaps: list[Gap]
    #: What is to be looked at again, and conferences, counted and listed like a gap.
    again: list[Gap]
    conferring: list[Gap]


def team(entered: Entered) -> dict[str, Any]:
    """Everything a supervisor looks at on a Monday."""
    visit = entered.visit
    held = {*looks_after(visit)}.intersection(visit.holder.teams())
    teams = list(Team.objects.filter(pk__in=held, everyone=False))
    hand_overs, misfiled = _hand_overs(visit), _misfiled(visit)
    cases = {case.pk: case for case in (*(one.case for one in hand_overs), *_files_of(misfiled))}
    if cases:
        entered.list(CaseList(list(cases.values())), Action.SEE_CARD)
    return {
        "teams": _in_teams(visit, teams),
        "hand_overs": hand_overs,
        "misfiled": misfiled,
        "offers": len(offers_to(visit)),
        "asks": waiting_for(visit),
        **again.counted(entered),
        "doubts": Doubt.objects.waiting().filter(case__in=_looked_after(visit).values("pk")).count(),
        "gifts": _gifts(visit),
        "keyless": _keyless(visit, teams),
    }


def _looked_after(visit: Visit) -> CaseQuerySet:
    able = Case.objects.open_to(visit.actor, Action.LOOK_AFTER)
    return able.held_by(visit.holder, Compartment.CARD)


def _in_teams(visit: Visit, teams: list[Team]) -> list[OneTeam]:
    carried = _carried(visit, teams)
    away = {absence.person_id: absence for absence in Absence.objects.current().select_related("cover")}
    workers, gaps = _workers(teams, carried), _gaps(visit, teams)
    return [
        OneTeam(
            one,
            [_colleague(one, person, carried[one.pk].get(person.pk, 0), away) for person in workers[one.pk]],
            _of(one, GAPS, gaps[one.pk]),
            _of(one, AGAIN, gaps[one.pk]),
            _of(one, CONFERRING, gaps[one.pk]),
        )
        for one in teams
    ]


def _carried(visit: Visit, teams: list[Team]) -> dict[UUID, dict[UUID, int]]:
    """How many people each worker walks with in each team: the very files that the list behind the number shows."""
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    rows = seen(visit).current().filter(team__in=teams).order_by().values_list("team", "primary")
    for one, person, count in rows.annotate(n=Count("pk")):
        found[one][person] = count
    return found


def _workers(teams: list[Team], carried: dict[UUID, dict[UUID, int]]) -> dict[UUID, list[Person]]:
    """Those who carry in a team, or could, by name."""
    able: dict[UUID, set[UUID]] = {one.pk: set(carried[one.pk]) for one in teams}
    members = Membership.objects.current().filter(team__in=teams, role__in=CARRYING)
    for one, person in members.values_list("team", "person"):
        able.setdefault(one, set()).add(person)
    people = Person.objects.in_bulk({person for known in able.values() for person in known})
    return {
        one: sorted((people[person] for person in known), key=lambda person: person.name.casefold())
        for one, known in able.items()
    }


def _colleague(one: Team, person: Person, count: int, away: dict[UUID, Absence]) -> Colleague:
    query = ask.Asked(who=ask.ALL, of=person.pk, team=one.pk).query()
    return Colleague(person.name, person.pk, count, reverse("desk:people") + query, away.get(person.pk))


def _gaps(visit: Visit, teams: list[Team]) -> dict[UUID, dict[str, int]]:
    """Each gap in each team, counted by the rule that the list behind it chooses by."""
    counting = {code: Count("pk", filter=gap(visit)) for code, gap in {**GAPS, **AGAIN, **CONFERRING}.items()}
    rows = seen(visit).current().filter(team__in=teams).order_by().values_list("team").annotate(**counting)
    return defaultdict(dict, {one: dict(zip(counting, counts, strict=True)) for one, *counts in rows})


def _of(one: Team, codes: Iterable[str], counted: dict[str, int]) -> list[Gap]:
    return [_gap(one, code, counted[code]) for code in codes if counted.get(code)]


def _gap(one: Team, code: str, count: int) -> Gap:
    query = ask.Asked(who=ask.ALL, show=code, team=one.pk).query()
    return Gap(code, count, reverse("desk:people") + query)


def _hand_overs(visit: Visit) -> list[HandOver]:
    """Those on the way in files of these teams, who waits longest first."""
    found = HandOver.objects.on_the_way().filter(case__in=_looked_after(visit).values("pk"))
    people = ("case__participant", "giver", "taker", "team_to")
    return list(found.select_related(*people).defer("words", "parcel").order_by("offered_on", "pk")[:_A_FEW])


def _misfiled(visit: Visit) -> list[Misfiled]:
    """Notes that may be in the wrong file, and wait for this pair of eyes."""
    return list(misfiled_for(visit).select_related("entry__case__participant", "asked_by")[:_A_FEW])


def _files_of(misfiled: list[Misfiled]) -> list[Case]:
    return [one.entry.case for one in misfiled]


def _gifts(visit: Visit) -> int:
    """Money that waits for a second person, in funds that this person keeps."""
    kept = Gift.objects.filter(state=GiftState.ASKED, fund__team__in=teams_kept(visit))
    return kept.filter(case__in=_looked_after(visit).values("pk")).count()


def _keyless(visit: Visit, teams: list[Team]) -> list[Person]:
    """Colleagues who joined a team and wait for somebody to hand them its key."""
    found = Person.objects.waiting_for_keys().exclude(pk=visit.actor.id)
    return list(found.filter(Q(memberships__team__in=teams)).distinct().order_by("name"))
