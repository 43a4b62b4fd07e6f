"""The rota as the page shows it: who is on call when, what is offered to whom, and what is missing tonight."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.policy import Role
from leeward.staff.actions.rota import Hours
from leeward.staff.models import Membership, Person, Shift, Team
from leeward.staff.pages.keys import shut_at_night
from leeward.staff.pages.top import head, team_name
from leeward.staff.pages.ways import day_begins, day_ends, our_ways
from leeward.ui import moments

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Visit
    from leeward.staff.models.rota import WaysWords

#: Days that are shown whether anybody is on call or not, and how far the rota is shown at all.
NEXT_DAYS, FAR = 14, 120
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """Somebody's hours, told in one line."""

    shift: Shift
    mine: bool
    begins: str
    ends: str

    @classmethod
    def of(cls, shift: Shift, me: UUID) -> ShiftLine:
        """Tell it: the day of the end only where it is not the next morning."""
        since, until = moments.local(shift.since), moments.local(shift.until)
        ends = moments.clock(until)
        if shift.until - shift.since >= _ONE_DAY:
            next_day = (until.date() - since.date()).days == 1
            ends = (
                _("{hour} the next day").format(hour=ends) if next_day else moments.moment(until, exact=True)
            )
        return cls(shift, shift.person_id == me, moments.clock(since), ends)


@dataclass(frozen=True, slots=True)
class RotaDay:
    """A day of the rota; a shift stands under the day on which it begins."""

    day: date
    lines: list[ShiftLine] = field(default_factory=list)


def on_call_people(day: date | None = None) -> QuerySet[Person]:
    """Whoever has the on-call role."""
    roles = Membership.objects.current(day).filter(role=Role.ON_CALL)
    return Person.objects.here().filter(pk__in=roles.values("person")).order_by("name")


def who_could_take(shift: Shift) -> QuerySet[Person]:
    """Colleagues who could take over these hours."""
    day = max(timezone.localdate(shift.since), moments.today())
    return on_call_people(day).exclude(pk=shift.person_id)


def line(shift: Shift, visit: Visit) -> ShiftLine:
    """One shift, as its owner sees it."""
    return ShiftLine.of(shift, visit.actor.id)


def rota(visit: Visit) -> dict[str, Any]:
    """The whole page."""
    me, now = visit.actor.id, timezone.now()
    coming = Shift.objects.coming().filter(since__lt=now + timedelta(days=FAR))
    shifts = list(coming.select_related("person", "offered_to"))
    ways = our_ways(visit)
    top = head(visit, "staff:rota")
    shown = {
        **top,
        "now": [ShiftLine.of(shift, me) for shift in shifts if shift.since <= now],
        "offered": [ShiftLine.of(shift, me) for shift in shifts if shift.offered_to_id == me],
        **_days(shifts, me),
        "phone": ways.get("on_call_phone", ""),
        "nobody_can": not on_call_people().exists(),
        "gaps": gaps(shifts, tonight(now, ways)),
    }
    return shown | (_of_keys(visit, shifts, tonight(now, ways)) if top["may"]["keep_rota"] else {})


def _days(shifts: list[Shift], me: UUID) -> dict[str, list[RotaDay]]:
    """The next two weeks day by day, and later ones where there is something to show."""
    today = moments.today()
    soon = {day: RotaDay(day) for day in (today + n * _ONE_DAY for n in range(NEXT_DAYS))}
    later: dict[date, RotaDay] = {}
    for shift in shifts:
        day = max(moments.local(shift.since).date(), today)
        place = soon if day in soon else later
        place.setdefault(day, RotaDay(day)).lines.append(ShiftLine.of(shift, me))
    return {"days": [soon[day] for day in sorted(soon)], "later": [later[day] for day in sorted(later)]}


def tonight(now: datetime, ways: WaysWords) -> Hours:
    """The hours in which the office is closed: the rest of this night, or the coming one."""
    here = moments.local(now)
    morning, evening = day_begins(ways), day_ends(ways)
    if here.time() < morning:
        return Hours(now, _at(here.date(), morning))
    return Hours(max(now, _at(here.date(), evening)), _at(here.date() + _ONE_DAY, morning))


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def gaps(shifts: Iterable[Shift], night: Hours) -> list[Hours]:
    """The hours of a night in which nobody is on call."""
    found, free = [], night.since
    for shift in sorted(shifts, key=lambda one: one.since):
        if shift.since > free:
            found.append(Hours(free, min(shift.since, night.until)))
        free = max(free, shift.until)
        if free >= night.until:
            break
    if free < night.until:
        found.append(Hours(free, night.until))
    return [gap for gap in found if gap.since < gap.until]


def _of_keys(visit: Visit, shifts: list[Shift], night: Hours) -> dict[str, Any]:
    """For whoever keeps the rota: who lacks keys for the nights, and which team nobody opens tonight."""
    teams = {team.pk: team_name(team, visit) for team in Team.objects.filter(everyone=False)}
    people = {shift.person_id: shift.person for shift in shifts}
    shut = shut_at_night(list(people))
    roles = Membership.objects.current().filter(role=Role.ON_CALL, person__in=people)
    able = {(person, team) for person, team in roles.values_list("person", "team")}
    opened = {
        team for person, team in able if team not in shut.get(person, ()) and _is_on(person, shifts, night)
    }
    return {
        "keyless": [(people[person], sorted(teams[team] for team in at)) for person, at in shut.items()],
        "unopened": sorted(name for team, name in teams.items() if team not in opened),
    }


def _is_on(person: UUID, shifts: list[Shift], night: Hours) -> bool:
    return any(
        shift.person_id == person and shift.since < night.until and shift.until > night.since
        for shift in shifts
    )
