"""My month, out of what was typed once: people, hours, ways, nights, who was met in passing (practice S1).

Nobody else sees this page, and nothing on it compares anybody with anybody. Which month a note is of is sealed, so
all of one's own are opened, and the numbers are added up here.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Entry
from leeward.cases.pages.meeting import PassingLine, passings_by, people_met
from leeward.cases.words import EntryKind
from leeward.desk.pages.whom import able_to
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.cases.words import TallyFacts

#: People on one page behind a number.
A_PAGE = 30
_FACTS: Final = frozenset({Compartment.FACTS})
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A note as reports count it, without a word of it."""

    case: Case
    number: int
    kind: str
    day: date
    minutes: int
    travel_minutes: int
    miles: float
    after_hours: bool

    @classmethod
    def of(cls, entry: Entry, case: Case, tally: TallyFacts) -> Note:
        """Its tally, opened once."""
        return cls(
            case,
            entry.number,
            tally.get("kind", ""),
            date.fromisoformat(tally["day"]),
            tally.get("minutes", 0),
            tally.get("travel_minutes", 0),
            tally.get("miles", 0),
            tally.get("after_hours", False),
        )

    @property
    def label(self) -> str:
        """What kind of note."""
        return str(EntryKind(self.kind).label)


#: What can be counted. Each number opens exactly the notes that fit here; a kind of note is a code of its own.
PARTS: Final[dict[str, Callable[[Note], bool]]] = {
    "notes": lambda _: True,
    "time": lambda note: note.minutes > 0,
    "after": lambda note: note.after_hours,
    "travel": lambda note: note.travel_minutes > 0,
    "miles": lambda note: note.miles > 0,
}


def fitting(notes: list[Note], part: str) -> list[Note]:
    """The notes behind a number."""
    if part == "people":
        return notes
    fits = PARTS.get(part)
    return [note for note in notes if (fits(note) if fits else note.kind == part)]


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own notes, those that can be opened still, and how many cannot."""

    notes: list[Note]
    shut: int


def mine(entered: Entered) -> Mine:
    """Everything that this person wrote down, as reports count it."""
    cases = _files(entered)
    written = Entry.objects.filter(author=entered.visit.actor.id).only("case", "number", "tally")
    notes, shut = [], 0
    for entry in written:
        note = _note(entry, cases.get(entry.case_id))
        shut += note is None
        notes += [note] if note else []
    return Mine(notes, shut)


def _files(entered: Entered) -> dict[UUID, Case]:
    """The files in which this person wrote and which are open to them today, with the keys of what is counted."""
    if not able_to(entered.visit, Action.DAYS):
        return {}
    visit = entered.visit
    written = Entry.objects.filter(author=visit.actor.id).values("case")
    seen = Case.objects.open_to(visit.actor, Action.DAYS, _FACTS).held_by(visit.holder, Compartment.FACTS)
    cases = list(seen.filter(pk__in=written).select_related("participant"))
    if cases:
        entered.look_through(CaseList(cases), Action.DAYS, _FACTS)
    return {case.pk: case for case in cases}


def _note(entry: Entry, case: Case | None) -> Note | None:
    if case is None:
        return None
    try:
        tally = entry.tally
    except Unreadable:  # a damaged note keeps the others from nothing
        return None
    return Note.of(entry, case, tally) if tally else None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, as the address says it: "2026-03"."""

    year: int
    number: int

    @classmethod
    def read(cls, told: str) -> Month:
        """Out of an address; what is no month is this one."""
        year, _, number = told.partition("-")
        if year.isascii() and year.isdigit() and number.isascii() and number.isdigit():
            asked = cls(int(year[:4]), int(number[:2]))
            if asked.year and 1 <= asked.number <= _DECEMBER:
                return asked
        return cls.of(timezone.localdate())

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def before(self) -> Month:
        """The one before."""
        return Month(self.year, self.number - 1) if self.number > 1 else Month(self.year - 1, _DECEMBER)

    def after(self) -> Month:
        """The one after."""
        return Month(self.year, self.number + 1) if self.number < _DECEMBER else Month(self.year + 1, 1)


def of_month[Dated: Note | PassingLine](notes: list[Dated], month: Month) -> list[Dated]:
    """Those of one month, the newest first."""
    chosen = [note for note in notes if Month.of(note.day) == month]
    return sorted(chosen, key=lambda note: note.day, reverse=True)


def behind(entered: Entered, notes: list[Note], page: int) -> dict[str, Any]:
    """The notes behind a number, by person; the people of one page are written down."""
    cases = list({note.case.pk: note.case for note in notes}.values())
    if cases:
        entered.look_through(CaseList(cases), Action.SEE_CARD)
    named = sorted(
        ((case.participant.card["name"], case) for case in cases), key=lambda one: one[0].casefold()
    )
    shown, page, last = _paged(named, page)
    if shown:
        entered.list(CaseList([case for _, case in shown]), Action.SEE_CARD)
    people = [(name, case, [note for note in notes if note.case.pk == case.pk]) for name, case in shown]
    return {"people": people, "page": page, "last": last, "total": len(named), "notes_in_all": len(notes)}


def in_passing(entered: Entered, month: Month, page: int) -> dict[str, Any]:
    """One's own contacts in passing of a month: they are of no file, so nobody is written down."""
    visit = entered.visit
    counted = of_month(passings_by(visit)[0], month)
    lines, page, last = _paged(counted, page)
    shown = {"lines": lines, "page": page, "last": last, "may_start": able_to(visit, Action.START_CASE)}
    return {**shown, "contacts": len(counted), "people_met": people_met(counted)}


def _paged[One](all_of_them: list[One], page: int) -> tuple[list[One], int, int]:
    """One page of a list, which it is, and which is the last."""
    last = max(1, -(-len(all_of_them) // A_PAGE))
    page = min(max(page, 1), last)
    return all_of_them[(page - 1) * A_PAGE : page * A_PAGE], page, last
