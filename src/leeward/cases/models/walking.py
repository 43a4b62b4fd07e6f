"""Who could carry a file: the people among whom its one primary worker is chosen (practice D1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leeward.access import policy
from leeward.access.policy import Action, Reach, Role
from leeward.cases.models.case import Wall
from leeward.cases.models.key import WHOLE
from leeward.staff.models import Grant, Membership

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from leeward.cases.models.case import Case
    from leeward.staff.models import Person

#: Roles that write with the people they are assigned to; the others could not do a primary worker's work.
CARRYING: Final = tuple(
    role for role in Role if policy.reach(frozenset({role}), Action.WRITE_ENTRY) is not Reach.NONE
)


def able_in(teams: Collection[UUID]) -> dict[UUID, list[Person]]:
    """Who works in these teams with participants, and was handed the key to it."""
    holding = set(
        Grant.objects.filter(scope=WHOLE, person_key__retired_at=None, team_key__team__in=teams)
        .values_list("team_key__team", "person_key__person")
    )  # fmt: skip
    rows = Membership.objects.current().filter(team__in=teams, role__in=CARRYING)
    found: dict[UUID, dict[UUID, Person]] = {}
    for row in rows.select_related("person").order_by("person__name", "person_id"):
        if row.team_id and (row.team_id, row.person_id) in holding:
            found.setdefault(row.team_id, {})[row.person_id] = row.person
    return {team: list(people.values()) for team, people in found.items()}


def carriers(case: Case) -> list[Person]:
    """The colleagues who could carry one file, by name."""
    return carriers_of([case])[case.pk]


def carriers_of(cases: Collection[Case]) -> dict[UUID, list[Person]]:
    """For each file, who could carry it: in its team today, with its key in hand, and kept out by no wall."""
    teams = {case.team_id for case in cases}
    able = able_in(teams)
    shut = _shut_out([case.pk for case in cases])
    return {
        case.pk: [person for person in able.get(case.team_id, []) if (case.pk, person.pk) not in shut]
        for case in cases
    }


def kept_in(case: Case, people: Collection[Person]) -> list[Person]:
    """Those of some colleagues whom no wall keeps out of a file, by name or by a team of theirs."""
    shut = _shut_out([case.pk])
    return [person for person in people if (case.pk, person.pk) not in shut]


def companions(case: Case) -> set[UUID]:
    """Who may walk along: everybody who is in its team today, but for those whom a wall keeps out."""
    there = Membership.objects.current().filter(team=case.team_id).values_list("person", flat=True)
    return set(there) - kept_out(case)


def kept_out(case: Case) -> set[UUID]:
    """Whom a wall keeps out of a file."""
    return {person for _case, person in _shut_out([case.pk])}


def _shut_out(cases: list[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs of a file and somebody whom a wall keeps out of it, by name or by a team of theirs."""
    walls = Wall.objects.filter(case__in=cases)
    by_name = set(walls.filter(person__isnull=False).values_list("case", "person"))
    by_team = list(walls.filter(team__isnull=False).values_list("case", "team"))
    if not by_team:
        return by_name
    rows = Membership.objects.current().filter(team__in={team for _case, team in by_team})
    behind: dict[UUID, set[UUID]] = {}
    for row in rows:
        if row.team_id:
            behind.setdefault(row.team_id, set()).add(row.person_id)
    return by_name | {(case, person) for case, team in by_team for person in behind.get(team, ())}
