"""The day on which to begin talking about what changes at 18, kept for whoever is not of age (practice M1).

The day of something due stands in the clear. Half a year before a birthday, to the day, it would tell whoever steals
the database a birth date, which names people. So each file draws an offset of its own, once: the day lies anywhere from
eight to four months before, and the birth date stays as wide as that. The offset is kept with the follow-up, sealed;
a correction moves the day by as much as the birthday moved: a new draw each time would let several backups be averaged.
Where only the band on the card is known the day is near, as other days to look in again are, and tells no age at all.
The row's number is drawn too: one worked out from the file's would tell which of its follow-ups this is.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast

from django.utils import timezone

from leeward.cases.models import Case
from leeward.cases.words import AgeBand
from leeward.cases.words.minors import of_age_on
from leeward.days.actions.agreeing import follow_up
from leeward.days.actions.looking import code_of
from leeward.days.models import Due
from leeward.days.words import TURNING_18, DueKind

if TYPE_CHECKING:
    from leeward.days.words import SlotWords

#: The earliest day before the birthday, and over how many days from there it is spread.
EARLIEST: Final = timedelta(days=240)
SPREAD: Final = 120
#: Where it is due already, or only the band is known: this far from today, and a part of the spread.
_SOON: Final = timedelta(days=3)
_PART: Final = 4


def band_told(case: Case, band: str) -> None:
    """At 16 or 17 a day to talk, unless there is one or was one; in another band only a birth date sets it."""
    row = _row(case)
    if band == AgeBand.A16 and row is None:
        blur = secrets.randbelow(SPREAD)
        _begin(case, _soon(blur), {"blur": blur})
    elif band != AgeBand.A16 and row and not _slot(row).get("dated"):
        _take_out(row)


def birth_told(case: Case, born: date | None, before: date | None, band: str) -> None:
    """The day follows the birth date; without one the band speaks again. One that somebody ended stays ended."""
    row = _row(case)
    if born is None:
        _take_out(row if before else None)
        band_told(case, band)
    elif of_age_on(born) <= timezone.localdate():
        _take_out(row)
    elif row is None:
        blur = secrets.randbelow(SPREAD)
        _begin(case, _day(born, blur), {"blur": blur, "dated": True})
    elif row.is_open and born != before:
        _move(row, born)


def _day(born: date, blur: int) -> date:
    return max(of_age_on(born) - EARLIEST + timedelta(days=blur), _soon(blur))


def _soon(blur: int) -> date:
    return timezone.localdate() + _SOON + timedelta(days=blur // _PART)


def _row(case: Case) -> Due | None:
    """The day that was kept for it, an open one first: which follow-up it is, only its sealed words say."""
    found = Due.objects.filter(case=case, kind=DueKind.FOLLOW_UP).order_by("-is_open", "pk")
    return next((row for row in found if code_of(row) == TURNING_18), None)


def _slot(row: Due) -> SlotWords:
    return cast("SlotWords", row.slot)


def _begin(case: Case, day: date, slot: SlotWords) -> None:
    fresh = Case.objects.get(pk=case.pk)
    if fresh.is_open and not fresh.rests:
        follow_up(fresh, owner=fresh.primary_id, day=day, code=TURNING_18, also=slot)


def _move(row: Due, born: date) -> None:
    slot = _slot(row)
    row.day, row.slot = _day(born, slot.get("blur", 0)), {**slot, "dated": True}
    row.version += 1
    row.save(update_fields=["day", "slot", "version"])


def _take_out(row: Due | None) -> None:
    if row and row.is_open:
        row.delete()
