"""A team as its supervisor looks after it: who walks with whom, where somebody is missing, what waits (D1, D2).

Names stand in the order of the alphabet. Nothing is ranked, and no colour tells one colleague from another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from leeward.access import policy
from leeward.access.policy import Action, Role
from leeward.cases.models import Case, CaseList, Doubt
from leeward.continuity.models import HandOver
from leeward.desk.pages import asked as ask
from leeward.desk.pages.people import uncovered
from leeward.desk.pages.whom import seen
from leeward.staff.models import Absence, Membership, Person, Team
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered, Visit

#: Those who carry cases as primary workers.
_CARRY = (Role.CASE_MANAGER, Role.SUPERVISOR, Role.SECONDED, Role.ADVOCATE)


class Colleague(NamedTuple):
    """Somebody of the team: with how many people they walk, where these are listed, and whether they are away."""

    name: str
    person: UUID
    people: int
    url: str
    away: Absence | None


class Gap(NamedTuple):
    """Where somebody is missing: how many people that concerns, and where exactly these are listed."""

    people: int
    url: str


class OneTeam(NamedTuple):
    """A team of this supervisor's."""

    team: Team
    colleagues: list[Colleague]
    no_backup: Gap
    uncovered: Gap


def looked_after(visit: Visit) -> list[Team]:
    """The teams that this person looks after, by number."""
    able = [team for team, roles in visit.actor.teams.items() if policy.reach(roles, Action.LOOK_AFTER)]
    held = visit.holder.teams()
    return list(Team.objects.filter(pk__in=[team for team in able if team in held], everyone=False))


def team(entered: Entered) -> dict[str, Any]:
    """Everything a supervisor looks at on a Monday."""
    visit = entered.visit
    teams = looked_after(visit)
    hand_overs = _hand_overs(visit)
    if cases := list({one.case_id: one.case for one in hand_overs}.values()):
        entered.list(CaseList(cases), Action.SEE_CARD)
    return {
        "teams": _in_teams(visit, teams),
        "hand_overs": hand_overs,
        "offers": _offers(teams),
        "doubts": Doubt.objects.waiting().filter(case__in=_looked_after(visit)).count(),
        "keys": _keys(visit, teams),
    }


def _looked_after(visit: Visit) -> Any:  # noqa: ANN401 - a query inside another one
    seen_here = Case.objects.open_to(visit.actor, Action.LOOK_AFTER).held_by(visit.holder, Compartment.CARD)
    return seen_here.values("pk")


def _in_teams(visit: Visit, teams: list[Team]) -> list[OneTeam]:
    carried = _carried(visit, teams)
    away = {absence.person_id: absence for absence in Absence.objects.current().select_related("cover")}
    workers = _workers(teams, carried)
    gaps = _gaps(visit, teams)
    return [
        OneTeam(
            one,
            [_colleague(one, person, carried[one.pk].get(person.pk, 0), away) for person in workers[one.pk]],
            _gap(one, ask.NO_BACKUP, gaps[one.pk][0]),
            _gap(one, ask.UNCOVERED, gaps[one.pk][1]),
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
    members = Membership.objects.current().filter(team__in=teams, role__in=_CARRY)
    for one, person in members.values_list("team", "person"):
        able.setdefault(one, set()).add(person)
    people = Person.objects.in_bulk({person for known in able.values() for person in known})
    return {
        one: sorted((people[person] for person in known), key=lambda person: person.name.casefold())
        for one, known in able.items()
    }


def _colleague(one: Team, person: Person, count: int, away: dict[UUID, Absence]) -> Colleague:
    url = ask.Asked(who=ask.ALL, of=person.pk, team=one.pk).query()
    return Colleague(person.name, person.pk, count, reverse("desk:people") + url, away.get(person.pk))


def _gaps(visit: Visit, teams: list[Team]) -> dict[UUID, tuple[int, int]]:
    rows = seen(visit).current().filter(team__in=teams).order_by().values_list("team")
    counted = rows.annotate(backup=Count("pk", filter=Q(backup=None)), cover=Count("pk", filter=uncovered()))
    return defaultdict(lambda: (0, 0), {one: (backup, cover) for one, backup, cover in counted})


def _gap(one: Team, show: str, count: int) -> Gap:
    return Gap(count, reverse("desk:people") + ask.Asked(who=ask.ALL, show=show, team=one.pk).query())


def _hand_overs(visit: Visit) -> list[HandOver]:
    """Those on the way in files of these teams, who waits longest first."""
    found = HandOver.objects.on_the_way().filter(case__in=_looked_after(visit))
    people = ("case__participant", "giver", "taker", "team_to")
    return list(found.select_related(*people).order_by("offered_on", "pk"))


def _offers(teams: Iterable[Team]) -> list[HandOver]:
    """What other teams ask of these: who asks, and since when."""
    asked = HandOver.objects.filter(state=HandOver.ASKED, team_to__in=teams)
    return list(asked.select_related("giver").defer("words", "parcel").order_by("offered_on", "pk"))


def _keys(visit: Visit, teams: list[Team]) -> list[Person]:
    """Colleagues who joined a team and wait for somebody to hand them its key."""
    found = Person.objects.waiting_for_keys().exclude(pk=visit.actor.id)
    return list(found.filter(memberships__team__in=teams).distinct().order_by("name"))
