"""What is due: for a worker, in a file, and next for many. The number of queries does not grow with the rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Wall
from leeward.days.looks import CARD, DueLook
from leeward.days.models import Due, Trip
from leeward.days.words import DueKind
from leeward.staff.models import Absence
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, timedelta
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.models.case import CaseQuerySet
    from leeward.days.models import DueQuerySet

_NOTES: Final = frozenset({Compartment.NOTES})
_JUSTICE: Final = frozenset({Compartment.JUSTICE})
#: What was, on one page of it.
A_PAGE: Final = 30


def of_worker(visit: Visit, until: date) -> DueQuerySet:
    """What somebody sees to until a day: their own, and while they cover for a colleague, the colleague's (B1, S1)."""
    me = visit.actor.id
    covered = Absence.objects.current().filter(cover=me).values_list("person", flat=True)
    seen = Q(case__in=cases_seen(visit)) | Q(case=None, owner=me)
    theirs = Q(owner__in=[me, *covered]) | _left_to(me)
    return Due.objects.open().until(until).filter(theirs, seen).by_day()


def not_looked_into(after: timedelta) -> QuerySet[Due, UUID | None]:
    """The files in which a day to look in again passed so long ago, and nobody said a word about it."""
    left = Due.objects.open().filter(kind=DueKind.FOLLOW_UP, day__lt=timezone.localdate() - after)
    return left.values_list("case", flat=True)


def _left_to(primary: UUID) -> Q:
    """What a colleague leaves behind who stepped aside or is kept away: the primary worker sees to it (M8)."""
    walls = Wall.objects.filter(case__primary=primary, person__isnull=False).values_list("case", "person")
    left = [Q(case=case, owner=person) for case, person in walls]
    return reduce(or_, left, Q(pk__in=[]))


def cases_seen(visit: Visit, action: Action = Action.SEE_CARD) -> CaseQuerySet:
    """The files whose card this person may see and open."""
    return Case.objects.open_to(visit.actor, action).held_by(visit.holder, Compartment.CARD)


def cases_of(dues: Iterable[Due]) -> list[Case]:
    """The files that these are in, each once: for the one line that says whose cards a page shows."""
    return list({due.case_id: due.case for due in dues if due.case}.values())


def shown(entered: Entered, dues: Sequence[Due]) -> list[DueLook]:
    """Open a list of what is due, with one line for the cards, sorted by day and time."""
    if cases := cases_of(dues):
        entered.list(CaseList(cases), Action.SEE_CARD)
    return looked(entered, dues)


def looked(entered: Entered, dues: Sequence[Due]) -> list[DueLook]:
    """The same where the page has listed the cards itself: hold the keys of what each role opens besides, and look."""
    cases = cases_of(dues)
    notes = _holding(entered, cases, _NOTES)
    dated = cases_of(due for due in dues if due.kind == DueKind.APPOINTMENT and due.case_id in notes)
    justice = _holding(entered, dated, _JUSTICE)
    trips = out_for(entered.visit, dues)
    looks = [
        DueLook(due, _parts(due, notes, justice), may_act=_may_act(due, notes), trip=trips.get(due.pk))
        for due in dues
    ]
    return sorted(looks, key=lambda look: look.order)


def _holding(entered: Entered, cases: Sequence[Case], part: frozenset[Compartment]) -> set[UUID]:
    """Put the keys of one part on the ring, for those of these files where this person's roles open it."""
    visit = entered.visit
    if not cases:
        return set()
    able = Case.objects.open_to(visit.actor, Action.DAYS, part).held_by(visit.holder, next(iter(part)))
    found = set(able.filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    if found:
        entered.look_through(CaseList([case for case in cases if case.pk in found]), Action.DAYS, part)
    return found


def _parts(due: Due, notes: set[UUID], justice: set[UUID]) -> frozenset[Compartment]:
    parts = CARD | (_NOTES if due.case_id in notes else frozenset())
    return parts | (_JUSTICE if due.case_id in justice else frozenset())


def _may_act(due: Due, notes: set[UUID]) -> bool:
    return due.case_id is None or due.case_id in notes


def out_for(visit: Visit, dues: Iterable[Due]) -> dict[UUID, Trip]:
    """My own trips to these, so that "Safe" and "Back" stand where "Leaving" stood."""
    wanted = [due.pk for due in dues if due.kind == DueKind.APPOINTMENT]
    if not wanted:
        return {}
    trips = Trip.objects.out().filter(person=visit.actor.id, due__in=wanted)
    return {trip.due_id: trip for trip in trips if trip.due_id}


@dataclass(frozen=True, slots=True)
class Dates:
    """What is open in one file."""

    coming: list[DueLook]
    promises: list[DueLook]
    todos: list[DueLook]

    @property
    def next(self) -> DueLook | None:
        """The next date."""
        return self.coming[0] if self.coming else None

    def __bool__(self) -> bool:
        return bool(self.coming or self.promises or self.todos)


def of_case(file: OpenCase, *, may_act: bool = True) -> Dates:
    """What is open in this file: dates, promises, and what there is to do, the next first."""
    dues = list(file.thing.dues.open().select_related("owner"))
    trips = out_for(file.visit, dues)
    looks = [DueLook(due, file.compartments, may_act=may_act, trip=trips.get(due.pk)) for due in dues]
    looks.sort(key=lambda look: look.order)

    def of(*kinds: DueKind) -> list[DueLook]:
        return [look for look in looks if look.kind in kinds]

    return Dates(of(DueKind.APPOINTMENT), of(DueKind.PROMISE), of(DueKind.TODO, DueKind.FOLLOW_UP))


def ended_in(file: OpenCase, number: int) -> tuple[list[DueLook], bool]:
    """What was, the latest first, one page of it; and whether there is more."""
    ended = file.thing.dues.ended().select_related("owner").order_by("-day", "pk")
    first = (number - 1) * A_PAGE
    found = list(ended[first : first + A_PAGE + 1])
    return [DueLook(due, file.compartments, may_act=False) for due in found[:A_PAGE]], len(found) > A_PAGE


def next_for(cases: Sequence[Case], parts: frozenset[Compartment] = CARD) -> dict[UUID, DueLook]:
    """What comes next in each of these files, whose cards are open: one query for all of them."""
    same = Due.objects.open().filter(case=OuterRef("case")).order_by("day").values("day")
    dues = Due.objects.open().filter(case__in=[case.pk for case in cases])
    found = dues.filter(day=Subquery(same[:1]))
    by_case = {case.pk: case for case in cases}
    looks = [DueLook(_in(due, by_case), parts) for due in found]
    looks.sort(key=lambda look: look.order, reverse=True)
    return {look.due.case_id: look for look in looks if look.due.case_id}


def _in(due: Due, by_case: dict[UUID, Case]) -> Due:
    """A row that knows its file, so that nothing is fetched twice."""
    if due.case_id:
        due.case = by_case[due.case_id]
    return due
