"""Who is kept away from a file, for the supervisors who look after it (practice M8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.cases.models import Wall
from leeward.continuity.interim import who_takes_over

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase


def walls(file: OpenCase) -> dict[str, Any]:
    """The walls around a file: those that somebody put up, and those who stepped aside."""
    found = list(Wall.objects.filter(case=file.thing).select_related("person", "team"))
    found.sort(key=lambda wall: wall.person.name.casefold() if wall.person else "")
    # The name of a team opens only for those who are in it.
    named = {team for team in file.visit.actor.teams if team in file.visit.holder.teams()}
    return {
        "walls": [
            (wall, wall.team.name if wall.team_id in named and wall.team else "")
            for wall in found
            if not wall.own
        ],
        "aside": [wall for wall in found if wall.own],
    }


def stepping_aside(file: OpenCase) -> dict[str, Any]:
    """What happens when this person steps aside: who carries the file from then on, if they carry it now."""
    me, case = file.visit.actor.id, file.thing
    carries = case.primary_id == me
    return {"carries": carries, "after": who_takes_over(case, me) if carries else None}
