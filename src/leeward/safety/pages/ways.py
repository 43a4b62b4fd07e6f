"""Whom to call, in the agency's own words, and the clock that a law or the agency sets."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from leeward.safety.words import LINES, LINES_CHECKED
from leeward.staff.models import OurWays

if TYPE_CHECKING:
    from leeward.access.gate import Visit
    from leeward.safety.words import Line
    from leeward.staff.models.rota import WaysWords


def ways_of(visit: Visit) -> WaysWords:
    """How the agency works, for whoever holds the key of everyone; nobody is turned away for want of it."""
    row = OurWays.objects.filter(everyone__in=visit.holder.teams()).first()
    return row.words if row else {}


class OurLine(NamedTuple):
    """A line to call, as the agency wrote it down: what it is for, its name, its number."""

    code: str
    name: str
    phone: str

    @property
    def dial(self) -> str:
        """The number without what a telephone does not understand."""
        return dialled(self.phone)


def dialled(phone: str) -> str:
    """Digits, and a plus in front."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


class Calls(NamedTuple):
    """Whom to call: the agency's own lines and when they were checked, and those that are the same everywhere."""

    ours: list[OurLine]
    checked_on: date | None
    everywhere: list[tuple[Line, str]]
    everywhere_checked: date


def calls_of(words: WaysWords) -> Calls:
    """The lines of this agency."""
    told = (
        OurLine("child", words.get("child_line_name", ""), words.get("child_line", "")),
        OurLine("adult", "", words.get("adult_line", "")),
        OurLine("missing", "", words.get("missing_line", "")),
        OurLine("on_call", "", words.get("on_call_phone", "")),
    )
    checked = words.get("checked_on", "")
    return Calls(
        [line for line in told if line.phone],
        date.fromisoformat(checked) if checked else None,
        [(line, dialled(line.phone)) for line in LINES],
        date.fromisoformat(LINES_CHECKED),
    )


class Clock(NamedTuple):
    """Until when somebody is to be told. It counts hours, never who was late."""

    hours: int
    until: datetime

    @property
    def passed(self) -> bool:
        """Whether the hours went by."""
        return timezone.now() > self.until

    @property
    def left(self) -> int:
        """Whole hours that are left."""
        return max(0, int((self.until - timezone.now()) / timedelta(hours=1)))


def clock_of(since: datetime | None, words: WaysWords) -> Clock | None:
    """The clock, if the agency set one."""
    hours = words.get("report_hours", 0)
    return Clock(hours, since + timedelta(hours=hours)) if since and hours else None
