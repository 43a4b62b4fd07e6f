"""What colleagues did for those whom I walk with: notes, how to reach somebody, dates that were moved (D2, D4, S1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from django.db.models import F

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Entry
from leeward.cases.models.timeline import EntryLook
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.desk.pages.whom import NOTES
from leeward.staff.models import Person
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from leeward.access.gate import Entered, Visit

#: Of each sort no more than fit on a desk; the rest stands in the files.
_A_FEW: Final = 8
#: More files than somebody walks with, cover and backup included.
_MOST: Final = 200
#: The last notes of a file among which those of colleagues are looked for.
_LOOKED_BACK: Final = 20
_MOVED: Final = (DueKind.APPOINTMENT, DueKind.PROMISE)


class Written(NamedTuple):
    """A note that a colleague wrote about somebody I walk with."""

    entry: Entry
    look: EntryLook

    @property
    def case(self) -> Case:
        """Whom it is about."""
        return self.entry.case

    @property
    def at(self) -> datetime:
        """When it was written, whenever it happened."""
        return self.look.written_at

    @property
    def text(self) -> str:
        """Its words."""
        return self.entry.text


class Changed(NamedTuple):
    """Something that a colleague changed: how to reach somebody; or another day for a date or a promise."""

    case: Case
    by: UUID
    at: datetime
    due: Due | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What was done since, the newest first; nothing of it names anybody yet."""

    written: list[Written] = field(default_factory=list)
    reached: list[Changed] = field(default_factory=list)
    moved: list[Changed] = field(default_factory=list)

    def cases(self) -> Iterator[Case]:
        """The files that it is about."""
        yield from (one.case for one in self.written)
        yield from (one.case for one in (*self.reached, *self.moved))


def found(entered: Entered, since: datetime) -> Theirs:
    """Look through the files of those I walk with, cover included. The page writes down whom it shows of them."""
    me = entered.visit.actor.id
    cases = {case.pk: case for case in _walked(entered.visit)}
    if not cases:
        return Theirs()
    entered.look_through(CaseList(list(cases.values())), Action.DAYS, NOTES)
    reached = [_reached(case) for case in cases.values()]
    moved = [_moved(cases[due.case_id], due) for due in _dues(cases) if due.case_id]
    news = [one for one in (*reached, *moved) if one and one.by != me and one.at > since]
    named = _named(news)
    return Theirs(
        _newest(_written(cases, me, since)),
        _newest(one for one in named if one.due is None),
        _newest(one for one in named if one.due),
    )


def _walked(visit: Visit) -> Iterator[Case]:
    """Everybody I walk with whose notes I read, with what stands beside their name on lists.

    Each is decided by the rule for one file: asked by the rule for sets, a database reads the files of whole teams.
    """
    mine = Case.objects.current().filter(rests=False).walking_with(visit.actor.id).as_seen_by(visit.actor)
    held = visit.holder.teams(Compartment.NOTES.value)
    for case in mine.select_related("participant", "glance")[:_MOST]:
        ties = case.ties_to(visit.actor)
        may = policy.allows(visit.actor, Action.DAYS, ties)
        if may and case.team_id in held and policy.compartments(Action.DAYS, ties) >= NOTES:
            yield case


def _written(cases: dict[UUID, Case], me: UUID, since: datetime) -> list[Written]:
    """Colleagues' notes since, also those under later ones of my own; files in which nothing is new are left alone."""
    ends = Entry.objects.filter(case__in=cases, number=F("case__last_number")).defer("text", "hard", "tally")
    fresh = [entry.case_id for entry in ends if _may_be_new(entry, since)]
    if not fresh:
        return []
    late = Entry.objects.filter(case__in=fresh, number__gt=F("case__last_number") - _LOOKED_BACK)
    rows = list(late.exclude(author=me).select_related("author").defer("hard", "tally"))
    for entry in rows:
        entry.case = cases[entry.case_id]
    found = (Written(entry, look) for entry in rows if (look := _look(entry)))
    return [one for one in found if one.at > since]


def _look(entry: Entry) -> EntryLook | None:
    return _read(lambda: entry.look)


def _may_be_new(entry: Entry, since: datetime) -> bool:
    """Whether the last note of a file is new, or says nothing of those before, as a moved or damaged one."""
    look = _look(entry)
    return look is None or entry.came_from is not None or look.written_at > since


def _dues(cases: Iterable[UUID]) -> Iterable[Due]:
    """What is still to come and was changed since it was agreed."""
    changed = Due.objects.open().filter(case__in=cases, kind__in=_MOVED, version__gt=1)
    return changed.defer("slot", "court")


def _reached(case: Case) -> Changed | None:
    glance = getattr(case, "glance", None)
    return _stamped(case, _read(lambda: glance.words) if glance else None, "reach")


def _moved(case: Case, due: Due) -> Changed | None:
    return _stamped(case, _read(lambda: due.words), "moved", due)


def _stamped(case: Case, words: Any, sort: str, due: Due | None = None) -> Changed | None:  # noqa: ANN401 - sealed words
    """When and by whom, where the words say so."""
    if not words or not words.get(f"{sort}_at"):
        return None
    return Changed(case, UUID(words[f"{sort}_by"]), datetime.fromisoformat(words[f"{sort}_at"]), due)


def _named(news: list[Changed]) -> list[Changed]:
    """With what each colleague is called."""
    people = Person.objects.in_bulk({one.by for one in news}) if news else {}
    return [one._replace(who=people[one.by].name) for one in news if one.by in people]


def _newest[T: (Written, Changed)](news: Iterable[T]) -> list[T]:
    return sorted(news, key=lambda one: one.at, reverse=True)[:_A_FEW]


def _read[T](sealed: Callable[[], T]) -> T | None:
    """What is sealed there; a damaged row keeps the others from nothing."""
    try:
        return sealed()
    except Unreadable:
        return None
