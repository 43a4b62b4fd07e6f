"""How My month says its numbers, each with the address that opens exactly what it counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.cases.pages.meeting import passings_by, people_met
from leeward.cases.words import KIND_LOOKS, EntryKind
from leeward.cases.words.entry import lasting
from leeward.desk.pages.month import PARTS, Month, fitting, of_month
from leeward.safety.pages import nights_of
from leeward.safety.words import NightKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from leeward.access.gate import Entered
    from leeward.cases.pages.meeting import PassingLine
    from leeward.desk.pages.month import Mine, Note
    from leeward.safety.pages.nights import NightHours

#: Everything that can be asked for behind a number.
CODES: Final = frozenset({"people", *PARTS, *EntryKind.values})
#: Contacts without a file stand behind a number of their own.
IN_PASSING: Final = "passing"


class Number(NamedTuple):
    """One number, what it is of, and where it opens."""

    said: str
    more: str
    icon: str
    tone: str
    url: str


class Night(NamedTuple):
    """A night on call: when, what for, how long."""

    day: date
    said: str
    long: str


def shown(entered: Entered, month: Month, mine: Mine, notes: list[Note]) -> dict[str, Any]:
    """The page of one month."""
    nights = nights_of(entered.visit.actor.id, month.first, month.last)
    counted, passing_shut = passings_by(entered.visit)
    numbers = (*_numbers(month, notes), _in_passing(month, of_month(counted, month)), _of_nights(nights))
    return {
        **head(month),
        "numbers": [number for number in numbers if number],
        "nights": [
            Night(night.day, str(NightKind(night.kind).label), _lasting(night.minutes)) for night in nights
        ],
        "kinds": _kinds(month, notes),
        "notes": len(notes),
        "shut": mine.shut,
        "passing_shut": passing_shut,
    }


def head(month: Month, part: str = "") -> dict[str, Any]:
    """Which month it is, those beside it, and what stands over the notes behind a number."""
    now = Month.of(timezone.localdate())
    return {
        "first": month.first,
        "month": str(month),
        "before": str(month.before()) if month.year > 1 else "",
        "after": str(month.after()) if month.first < now.first else "",
        "part": _TITLES[part]() if part in _TITLES else (EntryKind(part).label if part else ""),
        "part_code": part,
    }


_TITLES: Final[dict[str, Callable[[], str]]] = {
    "people": lambda: _("People you wrote about"),
    "notes": lambda: _("Your notes"),
    "time": lambda: _("Time with people and for them"),
    "after": lambda: _("After hours"),
    "travel": lambda: _("On the way"),
    "miles": lambda: _("Miles"),
    IN_PASSING: lambda: _("Met in passing"),
}


def _url(month: Month, part: str) -> str:
    return f"{reverse('desk:month')}?month={month}&part={part}"


def _numbers(month: Month, notes: list[Note]) -> list[Number | None]:
    """The sentences on top. What did not happen is not said."""
    people = len({note.case.pk for note in notes})
    after, travel, miles = (fitting(notes, part) for part in ("after", "travel", "miles"))
    minutes = sum(note.minutes for note in notes)
    after_minutes = sum(note.minutes for note in after)
    told = (
        (
            people,
            "people",
            ngettext("%(n)d person", "%(n)d people", people) % {"n": people},
            _in_notes(notes),
            "users",
            "",
        ),
        (minutes, "time", lasting(minutes), _("with people and for them"), "clock", "moss"),
        (
            after,
            "after",
            lasting(after_minutes) if after_minutes else _in_notes(after),
            _after(after, after_minutes),
            "moon",
            "dusk",
        ),
        (travel, "travel", lasting(sum(note.travel_minutes for note in travel)), _("on the way"), "car", ""),
        (miles, "miles", _miles(sum(note.miles for note in miles)), _("by car or on foot"), "map", ""),
    )
    return [Number(said, more, icon, tone, _url(month, part)) if some else None
            for some, part, said, more, icon, tone in told]  # fmt: skip


def _in_notes(notes: list[Note]) -> str:
    return ngettext("in %(n)d note", "in %(n)d notes", len(notes)) % {"n": len(notes)}


def _after(notes: list[Note], minutes: int) -> str:
    return _("after hours, %(notes)s") % {"notes": _in_notes(notes)} if minutes else _("after hours")


def _miles(miles: float) -> str:
    told = f"{miles:g}" if miles != int(miles) else str(int(miles))
    return _("%(miles)s miles") % {"miles": told}


def _in_passing(month: Month, lines: list[PassingLine]) -> Number | None:
    """People without a file, whose time stands with them: nothing else is known of it."""
    if not lines:
        return None
    times = ngettext("met in passing, %(n)d time", "met in passing, %(n)d times", len(lines)) % {
        "n": len(lines)
    }
    long = _lasting(sum(line.minutes for line in lines))
    more = f"{times} · {long}" if long else times
    return Number(people_met(lines), more, "footprints", "moss", _url(month, IN_PASSING))


def _of_nights(nights: Sequence[NightHours]) -> Number | None:
    """Nights on call stand on this page one by one: whose they were is for the night's own file."""
    if not nights:
        return None
    times = ngettext("%(n)d time at night", "%(n)d times at night", len(nights)) % {"n": len(nights)}
    return Number(times, _lasting(sum(night.minutes for night in nights)), "moon-star", "dusk", "#nights")


def _lasting(minutes: int) -> str:
    return lasting(minutes) if minutes else ""


def _kinds(month: Month, notes: list[Note]) -> list[Number]:
    """What the notes were of, in the order in which notes offer their kinds: nothing is ranked."""
    counts = Counter(note.kind for note in notes)
    return [
        Number(
            str(kind.label),
            _kind_more(counts[kind.value], sum(note.minutes for note in fitting(notes, kind.value))),
            *KIND_LOOKS[kind],
            _url(month, kind.value),
        )
        for kind in EntryKind
        if counts[kind.value]
    ]


def _kind_more(count: int, minutes: int) -> str:
    times = ngettext("%(n)d time", "%(n)d times", count) % {"n": count}
    return f"{times} · {lasting(minutes)}" if minutes else times
