"""What stands on top of the pages about colleagues, and what is called what there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leeward.access import policy
from leeward.access.policy import Action, Ties

if TYPE_CHECKING:
    from leeward.access.gate import Visit
    from leeward.staff.models import Team


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
        ("staff:colleagues", pgettext("who works here", "People"), True),
        ("staff:rota", _("Rota"), True),
        ("continuity:cover", _("Time off"), True),
        ("staff:ways", _("How we work"), True),
        ("staff:house_log", _("House log"), somewhere(visit, Action.HOUSE_LOG)),
        ("gifts:funds", _("Funds"), somewhere(visit, Action.KEEP_FUNDS)),
        ("staff:roles", _("Roles"), True),
        ("staff:keys", _("Keys"), able["see_keys"]),
        ("staff:log", _("Log book"), able["see_trail"]),
    )
    here = here if ":" in here else f"staff:{here}"
    shown = [Tab(label, reverse(name), name == here) for name, label, fits in places if fits]
    return {"tabs": shown, "may": able}


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
        Action.KEEP_ROTA,
        Action.KEEP_WAYS,
        Action.WALL,
    )
    return {action.name.lower(): policy.allows(visit.actor, action, ties) for action in asked}


def somewhere(visit: Visit, action: Action) -> bool:
    """Whether this person may do this in any team of theirs."""
    return any(policy.reach(roles, action) for roles in visit.actor.teams.values())


def team_name(team: Team, visit: Visit) -> str:
    """A team's name for those who are in it, its number for everybody else."""
    name = team.name if team.pk in visit.holder.teams() else None
    return name or _("Team %(number)d") % {"number": team.number}
