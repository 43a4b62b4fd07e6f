"""A worker's calendar: a day, a week, a list; and for supervisors the team's times. Nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.days.looks import CARD, DueLook
from leeward.days.models import Due
from leeward.days.pages.due import cases_of, cases_seen, of_worker, shown
from leeward.days.pages.going import awaited_for, out_now
from leeward.days.words import DueKind
from leeward.ui import moments

if TYPE_CHECKING:
    from leeward.access.gate import Entered, Visit

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
#: How far the list looks ahead.
AHEAD: Final = timedelta(days=60)
_FIRST, _LAST = date(2000, 1, 3), date(2199, 12, 20)


@dataclass(slots=True)
class Day:
    """A day of the calendar, with what is due on it."""

    day: date
    looks: list[DueLook] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        """Whether it is today."""
        return self.day == moments.today()

    @property
    def name(self) -> str:
        """As one calls it."""
        return moments.day(self.day)

    @property
    def timed(self) -> list[DueLook]:
        """What has its time."""
        return [look for look in self.looks if look.at]

    @property
    def whole(self) -> list[DueLook]:
        """What is due some time that day."""
        return [look for look in self.looks if not look.at]


def asked_day(told: str) -> date:
    """The day that an address names, or today."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return moments.today()
    return min(max(day, _FIRST), _LAST)


def may_see_team(visit: Visit) -> bool:
    """Whether this person sees the times of a team."""
    return any(policy.reach(roles, Action.LOOK_AFTER) for roles in visit.actor.teams.values())


def a_day(entered: Entered, day: date, *, team: bool) -> dict[str, Any]:
    """One day, with what is still open from before on today's."""
    found = _days(entered, day, day, team=team)
    return {**_around(entered, day, A_DAY, team=team), "day": found[day], "before": _before(found, day)}


def a_week(entered: Entered, day: date, *, team: bool) -> dict[str, Any]:
    """The week that a day is in, from Monday on."""
    monday = day - timedelta(days=day.weekday())
    found = _days(entered, monday, monday + 6 * A_DAY, team=team)
    week = [found.get(each, Day(each)) for each in (monday + number * A_DAY for number in range(7))]
    return {
        **_around(entered, monday, A_WEEK, team=team),
        "days": week,
        "first": monday,
        "last": week[-1].day,
        "before": _before(found, monday) if monday <= moments.today() <= week[-1].day else [],
    }


def a_list(entered: Entered, *, team: bool) -> dict[str, Any]:
    """What comes, in one list, and first what is still open from before."""
    today = moments.today()
    found = _days(entered, today, today + AHEAD, team=team)
    coming = [found[day] for day in sorted(found) if found[day].looks and day >= today]
    return {**_around(entered, today, A_WEEK, team=team), "days": coming, "before": _before(found, today)}


def _before(found: dict[date, Day], day: date) -> list[DueLook]:
    """What is still open from earlier days, where today is shown."""
    return [look for each in sorted(found) if each < day for look in found[each].looks]


def _around(entered: Entered, day: date, step: timedelta, *, team: bool) -> dict[str, Any]:
    """What stands on top of each page of the calendar."""
    visit = entered.visit
    return {
        "on": day,
        "earlier": day - step,
        "later": day + step,
        "team": team,
        "may_see_team": may_see_team(visit),
        "awaited": awaited_for(visit),
        "out": out_now(visit),
    }


def _days(entered: Entered, first: date, last: date, *, team: bool) -> dict[date, Day]:
    """Everything from one day to another by its day; and where today is among them, what is open from before."""
    looks = _of_team(entered, first, last) if team else _mine(entered, first, last)
    days = {first: Day(first)}
    for look in looks:
        days.setdefault(look.day, Day(look.day)).looks.append(look)
    return days


def _mine(entered: Entered, first: date, last: date) -> list[DueLook]:
    dues = of_worker(entered.visit, last)
    if not first <= moments.today() <= last:
        dues = dues.filter(day__gte=first)
    return shown(entered, list(dues))


def _of_team(entered: Entered, first: date, last: date) -> list[DueLook]:
    """The times of a team: when, with whom, and who goes. What it is about stays in the file."""
    cases = cases_seen(entered.visit, Action.LOOK_AFTER)
    dated = Due.objects.open().filter(kind=DueKind.APPOINTMENT, case__in=cases, day__gte=first)
    dues = list(dated.until(last).by_day())
    if opened := cases_of(dues):
        entered.list(CaseList(opened), Action.LOOK_AFTER, CARD)
    looks = [DueLook(due, CARD, may_act=False) for due in dues]
    return sorted(looks, key=lambda look: look.order)


def tabs(here: str, on: date, *, team: bool) -> list[tuple[str, str, bool]]:
    """Day, week, list: of the same day, and of the same people."""
    who = "&who=team" if team else ""
    names = (("day", _("Day")), ("week", _("Week")), ("list", _("List")))
    return [(label, f"../{name}/?on={on.isoformat()}{who}", name == here) for name, label in names]
