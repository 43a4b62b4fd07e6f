"""The teams that somebody looks after, and what other teams offer to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leeward.access import policy
from leeward.access.policy import Action, Reach
from leeward.cases.models import Wall
from leeward.continuity.models import HandOver

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.visit import Visit


def looks_after(visit: Visit) -> list[UUID]:
    """The teams that this person supervises today."""
    teams = visit.actor.teams.items()
    return [team for team, roles in teams if policy.reach(roles, Action.LOOK_AFTER) is Reach.TEAM]


def offers_to(visit: Visit) -> list[HandOver]:
    """Offers to these teams, the oldest first, but for those behind a wall. Nothing in them tells who it is about."""
    shut = Wall.objects.before(visit.actor).values("case")
    rows = HandOver.objects.filter(state=HandOver.ASKED, team_to__in=looks_after(visit)).exclude(
        case__in=shut
    )
    return list(rows.select_related("giver", "team_to").order_by("offered_on", "pk"))
