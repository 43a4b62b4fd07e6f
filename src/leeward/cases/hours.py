"""Whether something happened outside the agency's hours (practice F5): worked out, so that nobody has to type it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leeward.staff.pages.ways import day_begins, day_ends, our_ways
from leeward.ui import moments

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.access.gate import Visit

_SATURDAY: Final = 5


def after_hours(visit: Visit, at: datetime) -> bool:
    """Whether this was before or after the agency's day, or at a weekend."""
    here, ways = moments.local(at), our_ways(visit)
    return here.weekday() >= _SATURDAY or not day_begins(ways) <= here.time() < day_ends(ways)
