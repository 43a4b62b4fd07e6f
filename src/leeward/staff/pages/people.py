"""What the pages about colleagues show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leeward.access import trail
from leeward.access.models import Line
from leeward.access.policy import Role
from leeward.access.words import ACTION_NAMES, ROLE_DESCRIPTIONS, ROLE_NAMES
from leeward.staff.models import Grant, Membership, Person, PersonKey, Team
from leeward.staff.pages.keys import lacking
from leeward.staff.pages.own import about
from leeward.staff.pages.top import head, may, team_name
from leeward.vault.paper import fingerprint

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Visit


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the list of people."""

    person: Person
    roles: list[str]
    state: str


def colleagues(visit: Visit) -> list[Colleague]:
    """Everybody who works here, with their roles today."""
    names = {team.pk: team_name(team, visit) for team in Team.objects.all()}
    roles: dict[UUID, list[str]] = {}
    for row in Membership.objects.current().order_by("since"):
        place = names.get(row.team_id) if row.team_id else ""
        said = str(ROLE_NAMES[Role(row.role)]) + (f" ({row.employer})" if row.employer else "")
        roles.setdefault(row.person_id, []).append(f"{said}, {place}" if place else said)
    states = dict.fromkeys((lack.person for lack in lacking(visit)), "lacks")
    states |= dict.fromkeys(Person.objects.waiting_for_keys().values_list("pk", flat=True), "waiting")
    states |= dict.fromkeys(
        Person.objects.here().filter(invite__isnull=False).values_list("pk", flat=True), "invited"
    )
    everybody = Person.objects.here().order_by("name")
    return [Colleague(p, roles.get(p.pk, []), states.get(p.pk, "here")) for p in everybody]


def joined() -> QuerySet[Person]:
    """Those who have keys of their own, to which others can be handed."""
    return Person.objects.here().filter(pk__in=PersonKey.objects.current().values("person"))


def team_choices(visit: Visit) -> list[tuple[str, str]]:
    """One's own teams by name; administrators also see the others, by number."""
    every = Team.objects.filter(everyone=False)
    teams = every if Role.ADMINISTRATOR in visit.actor.roles else every.filter(pk__in=visit.actor.teams)
    return [(str(team.pk), team_name(team, visit)) for team in teams]


def one(person: Person, visit: Visit) -> dict[str, Any]:
    """A colleague's page."""
    key = person.keys.current().first()
    rows = [(row, ROLE_NAMES[Role(row.role)], row.team and team_name(row.team, visit)) for row in
            person.memberships.current().select_related("team")]  # fmt: skip
    return {
        "colleague": person,
        "memberships": rows,
        "fingerprint": fingerprint(bytes(key.public)) if key else "",
        "about": about(visit, [person.pk]).get(person.pk, {}),
        "lacks": [lack for lack in lacking(visit) if lack.person == person.pk],
        "holds_keys": Grant.objects.filter(person_key=key).exists() if key else False,
        "invited": hasattr(person, "invite"),
        "may": may(visit),
        "is_me": person.pk == visit.actor.id,
    }


def roles() -> list[tuple[str, str]]:
    """Every role in a sentence or two."""
    return [(str(ROLE_NAMES[role]), str(ROLE_DESCRIPTIONS[role])) for role in Role]


def recent_lines(visit: Visit) -> dict[str, Any]:
    """The newest lines of the trail: who did what, on random numbers, never what was in it."""
    lines = list(Line.objects.order_by("-seq")[:100])
    names = dict(Person.objects.filter(pk__in={line.actor for line in lines}).values_list("pk", "name"))
    said = {action.value: name for action, name in ACTION_NAMES.items()}
    rows = [
        (line, names.get(line.actor) if line.actor else "", said.get(line.action, line.action))
        for line in lines
    ]
    return {**head(visit, "log"), "lines": rows, "head": str(trail.head())}
