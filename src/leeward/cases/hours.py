"""Whether something happened outside the agency's hours (practice F5): worked out, so that nobody has to type it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from leeward.staff.models import OurWays
from leeward.ui import moments

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.access.gate import Visit

SATURDAY: Final = 5
#: An agency's day, until it says otherwise.
BEGINS, ENDS = time(8), time(18)


def after_hours(visit: Visit, at: datetime) -> bool:
    """Whether this was before or after the agency's day, or at a weekend."""
    here = moments.local(at)
    begins, ends = _our_day(visit)
    return here.weekday() >= SATURDAY or not begins <= here.time() < ends


def _our_day(visit: Visit) -> tuple[time, time]:
    ways = OurWays.objects.first()
    # Who waits for the key of everyone writes all the same.
    if ways is None or ways.pk not in visit.holder.teams():
        return BEGINS, ENDS
    words = ways.words
    return _clock(words.get("day_begins"), BEGINS), _clock(words.get("day_ends"), ENDS)


def _clock(said: str | None, otherwise: time) -> time:
    try:
        return time.fromisoformat(said or "")
    except ValueError:
        return otherwise
