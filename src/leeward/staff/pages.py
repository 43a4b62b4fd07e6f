"""What the pages about colleagues show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leeward.access import policy, trail
from leeward.access.models import Line
from leeward.access.policy import Action, Role, Ties
from leeward.access.words import ACTION_NAMES, ROLE_DESCRIPTIONS, ROLE_NAMES
from leeward.staff.models import Grant, Membership, Person, PersonKey, Team, TeamKey
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


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about colleagues that this person may open."""

    label: str
    url: str
    current: bool


def head(visit: Visit, here: str) -> dict[str, Any]:
    """What stands on top of the pages about colleagues; `here` names the tab that is open."""
    able = may(visit)
    places = (
        ("colleagues", pgettext("who works here", "People"), True),
        ("roles", _("Roles"), True),
        ("keys", _("Keys"), able["see_keys"]),
        ("log", _("Log book"), able["see_trail"]),
    )
    shown = [Tab(label, reverse(f"staff:{name}"), name == here) for name, label, fits in places if fits]
    return {"tabs": shown, "may": able}


def team_name(team: Team, visit: Visit) -> str:
    """A team's name for those who are in it, its number for everybody else."""
    name = team.name if team.pk in visit.holder.teams() else None
    return name or _("Team %(number)d") % {"number": team.number}


def colleagues(visit: Visit) -> list[Colleague]:
    """Everybody who works here, with their roles today."""
    names = {team.pk: team_name(team, visit) for team in Team.objects.all()}
    roles: dict[UUID, list[str]] = {}
    for row in Membership.objects.current().order_by("since"):
        place = names.get(row.team_id) if row.team_id else ""
        said = str(ROLE_NAMES[Role(row.role)]) + (f" ({row.employer})" if row.employer else "")
        roles.setdefault(row.person_id, []).append(f"{said}, {place}" if place else said)
    waiting = set(Person.objects.waiting_for_keys().values_list("pk", flat=True))
    invited = set(Person.objects.here().filter(invite__isnull=False).values_list("pk", flat=True))
    everybody = Person.objects.here().order_by("name")
    return [Colleague(p, roles.get(p.pk, []), _state(p.pk, invited, waiting)) for p in everybody]


def _state(person: UUID, invited: set[UUID], waiting: set[UUID]) -> str:
    if person in invited:
        return "invited"
    return "waiting" if person in waiting else "here"


def joined() -> QuerySet[Person]:
    """Those who have keys of their own, to which others can be handed."""
    return Person.objects.here().filter(pk__in=PersonKey.objects.current().values("person"))


def may(visit: Visit) -> dict[str, bool]:
    """What this person may do about colleagues, for the buttons on the page."""
    ties = Ties(roles=visit.actor.roles)
    asked = (
        Action.INVITE,
        Action.GRANT,
        Action.CHANGE_MEMBERSHIP,
        Action.END_MEMBERSHIP,
        Action.SEE_TRAIL,
        Action.SEE_KEYS,
    )
    return {action.name.lower(): policy.allows(visit.actor, action, ties) for action in asked}


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
