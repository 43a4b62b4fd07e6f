"""When something happened, told so that the weekday is right on whatever day the demo is opened."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SATURDAY: Final = 5

#: Words for the newest notes, counted in working days so that they stay near today.
RECENT: Final = {"last": 1, "before": 2}

_SPELLING: Final = re.compile(
    r"(?:(?P<weeks>[1-9]\d?) (?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)|(?P<recent>last|before))"
    r" (?P<hour>1?\d|2[0-3]):(?P<minute>[0-5]\d)",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A weekday so many calendar weeks ago, or one of the last two working days; and the minute of the day.

    Telling "Tuesday three weeks ago" instead of "22 days ago" keeps a note's "see you Friday" true every day.
    """

    weeks_ago: int
    weekday: int
    working_days_ago: int
    minute: int

    def day(self, today: date) -> date:
        """The date, seen from today."""
        if self.working_days_ago:
            return _working_day_before(today, self.working_days_ago)
        return monday_of(today) - timedelta(weeks=self.weeks_ago) + timedelta(days=self.weekday)

    def days_ago(self, today: date) -> int:
        """How many days before today; at least 1."""
        return (today - self.day(today)).days

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Sorts moments from the oldest to the newest."""
        return (-self.weeks_ago, -self.working_days_ago, self.weekday, self.minute)

    @property
    def hour(self) -> float:
        """The hour of the day, 14.5 for half past two."""
        return self.minute / 60


def moment(spelled: str) -> Moment:
    """Read "12 Tue 14:20" (Tuesday twelve weeks ago), "last 16:20" (last working day) or "before 9:00"."""
    found = _SPELLING.fullmatch(spelled)
    if found is None:
        raise ValueError(f"{spelled!r} is not like '12 Tue 14:20', 'last 16:20' or 'before 9:00'")
    minute = int(found["hour"]) * 60 + int(found["minute"])
    if found["recent"]:
        return Moment(0, 0, RECENT[found["recent"]], minute)
    return Moment(int(found["weeks"]), WEEKDAYS.index(found["weekday"]), 0, minute)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _working_day_before(today: date, count: int) -> date:
    day = today
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
