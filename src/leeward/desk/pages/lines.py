"""Somebody on a list: who, when we last spoke, what comes next, what is promised (practice B1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList
from leeward.cases.words import facts_on
from leeward.cases.words.people import GlanceWords
from leeward.continuity.models import Component
from leeward.days.looks import DueLook
from leeward.days.models import Due
from leeward.days.words import TURNING_18, DueKind
from leeward.desk.pages.whom import NOTES, noted
from leeward.ui import moments

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.cases.words import Card


#: A day to look in again stands on a list from so long before.
A_SEASON: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, each sealed part of it opened once."""

    case: Case
    card: Card
    #: Whether its notes are open here; without them a name is all that stands on the line.
    noted: bool = False
    glance: GlanceWords = field(default_factory=GlanceWords)
    #: Still to be done for this person, the next first.
    dues: tuple[Due, ...] = ()
    #: The parts of the case that somebody spoke of, each with whose it is; only where the list was asked by them.
    parts: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        """What to call them."""
        return self.card["name"]

    @property
    def facts(self) -> list[str]:
        """The line under the name."""
        return facts_on(self.card)

    @property
    def last(self) -> date | None:
        """When we last spoke."""
        return _day(self.glance.get("contact_at", ""))

    @property
    def tried(self) -> date | None:
        """When we last tried to reach them, if that was after we last spoke."""
        tried = _day(self.glance.get("tried_at", ""))
        return tried if tried and (not self.last or tried > self.last) else None

    @property
    def quiet_since(self) -> date | None:
        """The last contact; where there was none, the day on which they came to us."""
        return self.last or _day(self.card.get("since", ""))

    @property
    def next(self) -> DueLook | None:
        """The next date, whatever it is, but for a promise: that has its own place."""
        found = next((due for due in self.dues if due.kind != DueKind.PROMISE), None)
        return DueLook(found) if found else None

    @property
    def turns_18(self) -> bool:
        """Whether it is time to talk about what changes at 18 (practice M1)."""
        follow_ups = (due for due in self.dues if due.kind == DueKind.FOLLOW_UP)
        return any(DueLook(due).slot.get("code") == TURNING_18 for due in follow_ups)

    @property
    def promises(self) -> list[Due]:
        """What was promised to them and is still open."""
        return [due for due in self.dues if due.kind == DueKind.PROMISE]

    @property
    def promise(self) -> DueLook | None:
        """The promise to keep first."""
        return DueLook(self.promises[0]) if self.promises else None

    @property
    def more_promises(self) -> int:
        """How many more."""
        return max(len(self.promises) - 1, 0)


def _day(told: str) -> date | None:
    """The day of a date or a moment, as the agency counts days."""
    if not told:
        return None
    return moments.local(datetime.fromisoformat(told)).date()


def lines_of(cases: list[Case], readable: set[UUID], *, parts: bool = False) -> list[Line]:
    """A line for each file, once its keys are held."""
    dues, spoken_of = _dues(readable), _parts(readable) if parts else {}
    return [
        Line(
            case,
            case.participant.card,
            noted=case.pk in readable,
            glance=_glance(case) if case.pk in readable else {},
            dues=tuple(dues.get(case.pk, ())),
            parts=frozenset(spoken_of.get(case.pk, ())),
        )
        for case in cases
    ]


def _glance(case: Case) -> GlanceWords:
    glance = getattr(case, "glance", None)
    return glance.words if glance else {}


def _dues(cases: set[UUID]) -> dict[UUID, list[Due]]:
    """What is open in these files, the next first, in one query."""
    found: dict[UUID, list[Due]] = {}
    # What we look into again in half a year is no plan for the weeks that come.
    far = Q(kind=DueKind.FOLLOW_UP, day__gt=moments.today() + A_SEASON)
    open_ones = Due.objects.open().filter(case__in=cases).exclude(far)
    open_ones = open_ones.select_related("owner").order_by("day", "pk")
    for due in open_ones if cases else ():
        if due.case_id:
            found.setdefault(due.case_id, []).append(due)
    return found


def _parts(cases: set[UUID]) -> dict[UUID, set[tuple[str, str]]]:
    """The parts of these cases that somebody spoke of, in one query."""
    found: dict[UUID, set[tuple[str, str]]] = {}
    for row in Component.objects.filter(case__in=cases) if cases else ():
        about = row.about
        found.setdefault(row.case_id, set()).add((about.get("kind", ""), about.get("state", "")))
    return found


def opened(entered: Entered, cases: list[Case]) -> list[Line]:
    """Lines for files that this page shows: their cards are written down, their glances opened where they may be."""
    if cases:
        entered.list(CaseList(cases), Action.SEE_CARD)
    return lines_of(cases, read(entered, cases))


def looked_through(entered: Entered, cases: list[Case], *, parts: bool = False) -> list[Line]:
    """Lines to choose from; those that are shown go to `entered.list` before anybody sees them."""
    if cases:
        entered.look_through(CaseList(cases), Action.SEE_CARD)
    return lines_of(cases, read(entered, cases), parts=parts)


def read(entered: Entered, cases: list[Case]) -> set[UUID]:
    """Hold the keys of the notes of those files whose notes this person reads."""
    readable = noted(entered.visit, cases)
    if readable:
        with_notes = [case for case in cases if case.pk in readable]
        entered.look_through(CaseList(with_notes), Action.DAYS, NOTES)
    return readable
