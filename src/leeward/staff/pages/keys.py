"""Who holds which keys, and who still lacks a part of what their role needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from leeward.access.policy import Role, key_scopes
from leeward.staff import keys
from leeward.staff.models import Grant, Membership, Person, PersonKey, Team, TeamKey
from leeward.staff.pages.top import team_name
from leeward.staff.words import KEY_PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from leeward.access.gate import Visit

    #: Scopes by person and team.
    type Scopes = Mapping[tuple[UUID, UUID], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lack:
    """Somebody who works with keys already, and a team of which a part is not handed over yet."""

    person: UUID
    name: str
    team: str
    parts: list[str]


def key_state(visit: Visit) -> list[dict[str, Any]]:
    """For each team: how often its key changed and how many people hold it whole. One holder is thin."""
    newest = TeamKey.objects.values("team").annotate(epoch=Max("epoch"))
    epochs = {row["team"]: row["epoch"] for row in newest}
    held = Grant.objects.filter(scope="whole", person_key__retired_at=None, person_key__person__left_at=None)
    holders = dict(held.values_list("team_key__team").annotate(n=Count("person_key__person", distinct=True)))
    return [
        {
            "name": _("Everyone") if team.everyone else team_name(team, visit),
            "changes": max(epochs.get(team.pk, 1) - 1, 0),
            "holders": holders.get(team.pk, 0),
        }
        for team in Team.objects.all()
    ]


def lacking(visit: Visit) -> list[Lack]:
    """Whoever holds keys, and not yet every part that a role of theirs needs: a role can come to need more."""
    missing = _missing(_needed(), _held())
    people = dict(PersonKey.objects.current().values_list("person", "person__name"))
    waiting = set(Person.objects.waiting_for_keys().values_list("pk", flat=True))
    names = {
        team.pk: _("Everyone") if team.everyone else team_name(team, visit) for team in Team.objects.all()
    }
    found = [
        Lack(person, people[person], names[team], [str(KEY_PARTS.get(part, part)) for part in sorted(parts)])
        for (person, team), parts in missing.items()
        if person in people and person not in waiting
    ]
    return sorted(found, key=lambda one: (one.name, one.team))


def _needed() -> Scopes:
    """The parts of each team's key that somebody's roles need today."""
    needed: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    everyone = Team.objects.values_list("pk", flat=True).get(everyone=True)
    for person, team, role in (
        Membership.objects.current().exclude(team=None).values_list("person", "team", "role")
    ):
        needed[person, team] |= key_scopes(Role(role))
        if role != Role.REPORT_ONLY:
            needed[person, everyone] = {keys.WHOLE}
    return {place: frozenset(parts) for place, parts in needed.items()}


def _held() -> Scopes:
    """The parts that somebody holds of every key that a team ever had: an old one still opens old files."""
    count = dict(TeamKey.objects.values_list("team").annotate(Count("pk")))
    rows = Grant.objects.filter(person_key__retired_at=None).values_list(
        "person_key__person", "team_key__team", "scope"
    )
    held: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    for person, team, scope, epochs in rows.annotate(Count("team_key", distinct=True)):
        if epochs == count[team]:
            held[person, team].add(scope)
    return {place: frozenset(parts) for place, parts in held.items()}


def _missing(needed: Scopes, held: Scopes) -> Scopes:
    missing = {}
    for place, parts in needed.items():
        has = held.get(place, frozenset())
        if keys.WHOLE not in has and (
            lacks := frozenset({keys.WHOLE}) if keys.WHOLE in parts else parts - has
        ):
            missing[place] = lacks
    return missing


def shut_at_night(people: list[UUID]) -> dict[UUID, set[UUID]]:
    """For each of these people the teams whose files their on-call role would open, if they held its keys."""
    part = key_scopes(Role.ON_CALL)
    rows = Membership.objects.current().filter(person__in=people, role=Role.ON_CALL, team__isnull=False)
    held = _held()
    shut: dict[UUID, set[UUID]] = defaultdict(set)
    for person, team in rows.values_list("person", "team"):
        has = held.get((person, team), frozenset())
        if keys.WHOLE not in has and part - has:
            shut[person].add(team)
    return shut
