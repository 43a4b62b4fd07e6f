"""How the agency works, as the whole staff reads it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from leeward.access.policy import Action
from leeward.staff.models import OurWays
from leeward.staff.pages.top import head

if TYPE_CHECKING:
    from leeward.access.gate import Visit
    from leeward.staff.models.rota import WaysWords

_DAY_BEGINS, _DAY_ENDS = time(8), time(18)
#: Numbers for which somebody answers, so that each is a tap away.
_PHONES: Final = ("child_line", "adult_line", "missing_line", "on_call_phone", "front_phone")


def our_ways(visit: Visit) -> WaysWords:
    """What the agency wrote down about how it works; nothing, where nothing was or the key is not handed over yet."""
    row = our_ways_row(visit)
    return row.words if row else {}


def our_ways_row(visit: Visit) -> OurWays | None:
    """The row itself, for whoever holds the key of the team of everyone."""
    row = OurWays.objects.first()
    return row if row and row.everyone_id in visit.holder.teams() else None


def day_begins(ways: WaysWords) -> time:
    """When the office opens, and the night is over."""
    return clock_time(ways.get("day_begins"), _DAY_BEGINS)


def day_ends(ways: WaysWords) -> time:
    """When the office closes, and the night begins."""
    return clock_time(ways.get("day_ends"), _DAY_ENDS)


def clock_time(told: str | None, otherwise: time) -> time:
    """A time of day as it was written down."""
    try:
        return time.fromisoformat(told or "")
    except ValueError:
        return otherwise


def shown(visit: Visit) -> dict[str, Any]:
    """The page about how we work."""
    row = our_ways_row(visit)
    words: WaysWords = row.words if row else {}
    checked = words.get("checked_on")
    return {
        **head(visit, "staff:ways"),
        "ways": words,
        "said": any(value for value in words.values()),
        "numbers": any(words.get(name) for name in _PHONES),
        "checked_on": date.fromisoformat(checked) if checked else None,
        "holds_key": bool(visit.holder.teams()),
        "may_change": head(visit, "")["may"][Action.KEEP_WAYS.name.lower()],
    }
