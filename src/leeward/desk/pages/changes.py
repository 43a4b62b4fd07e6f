"""What changed since somebody was last here: asked of them, written by others, at night (practices D2, D4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max, Q
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Doubt, Misfiled
from leeward.cases.pages.misfiled import waiting_for
from leeward.continuity.pages.waiting import unanswered_in
from leeward.days import pages as days
from leeward.desk.pages import theirs
from leeward.desk.pages.whom import able_to
from leeward.safety.models import NightNote
from leeward.safety.pages.looks import NightLook
from leeward.signin.models import SignIn
from leeward.staff.models import Shift
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.desk.pages.theirs import Theirs
    from leeward.desk.pages.there import There

#: Of each sort no more than fit on a desk; the rest is where it belongs.
_A_FEW: Final = 10
_SAFETY: Final = frozenset({Compartment.SAFETY})
_MONDAY, _A_DAY = 0, timedelta(days=1)


def last_here(person: UUID, began: datetime) -> datetime | None:
    """When somebody was here before this sign-in, if that is known still."""
    found = SignIn.objects.filter(person=person, last_seen__lt=began).aggregate(last=Max("last_seen"))
    last: datetime | None = found["last"]
    return last


def a_working_day_ago() -> datetime:
    """The morning of yesterday; of Friday, on a Monday."""
    today = timezone.localdate()
    back = 3 if today.weekday() == _MONDAY else 1
    return datetime.combine(today - back * _A_DAY, time(), timezone.get_current_timezone())


@dataclass(frozen=True, slots=True)
class News:
    """What was found, before anything of it is opened."""

    since: datetime
    knows_when: bool
    theirs: Theirs
    misfiled: list[Misfiled]
    nights: list[NightNote]
    #: How many people may be known twice, for whoever looks after their team.
    doubts: int
    swaps: list[Shift]
    #: Hand-overs in one's teams that have waited too long for an answer.
    unanswered: int

    def cases(self) -> Iterator[Case]:
        """The files that it is about."""
        yield from self.theirs.cases()
        yield from (one.case for one in self.nights)
        yield from (one.entry.case for one in self.misfiled)


def found(entered: Entered, since: datetime | None, is_there: There) -> News:
    """What is new: by what stands in the clear, and among the notes of those I walk with."""
    visit, began = entered.visit, since or a_working_day_ago()
    return News(
        began,
        since is not None,
        theirs.found(entered, began),
        _misfiled(visit) if is_there.misfiled else [],
        _nights(visit) if is_there.nights else [],
        _doubts(visit) if is_there.doubts else 0,
        _swaps(visit) if is_there.swaps else [],
        len(unanswered_in(visit)) if is_there.hand_overs and able_to(visit, Action.LOOK_AFTER) else 0,
    )


def _misfiled(visit: Visit) -> list[Misfiled]:
    """Notes that may be in the wrong file, and wait for a second pair of eyes."""
    if not able_to(visit, Action.MOVE):
        return []
    return list(waiting_for(visit).select_related("entry__case__participant", "asked_by")[:_A_FEW])


def _nights(visit: Visit) -> list[NightNote]:
    """What others did at night for people whom I walk with, and none of us has read yet."""
    if not able_to(visit, Action.CRISIS):
        return []
    able = Case.objects.open_to(visit.actor, Action.DAYS, _SAFETY).held_by(visit.holder, Compartment.SAFETY)
    mine = able.walking_with(visit.actor.id)
    notes = NightNote.objects.unseen().filter(case__in=mine).exclude(author=visit.actor.id)
    return list(notes.select_related("case__participant", "author")[:_A_FEW])


def _read_nights(entered: Entered, notes: list[NightNote]) -> list[NightLook]:
    if notes:
        cases = {note.case_id: note.case for note in notes}
        entered.look_through(CaseList(list(cases.values())), Action.DAYS, _SAFETY)
    return sorted((NightLook(note) for note in notes), key=lambda look: look.at, reverse=True)


def told(entered: Entered, news: News) -> dict[str, Any]:
    """What is new, opened; the cards are written down already."""
    visit = entered.visit
    return {
        "since": news.since,
        "knows_when": news.knows_when,
        "nights": _read_nights(entered, news.nights),
        "written": news.theirs.written,
        "reached": news.theirs.reached,
        "moved": news.theirs.moved,
        "misfiled": news.misfiled,
        "awaited": days.awaited_for(visit),
        "trips": [trip for trip in days.out_now(visit) if trip.trip.due_id is None],
        "doubts": news.doubts,
        "swaps": news.swaps,
        "unanswered": news.unanswered,
    }


def _swaps(visit: Visit) -> list[Shift]:
    """Colleagues who ask me to take their hours on call."""
    return list(Shift.objects.coming().filter(offered_to=visit.actor.id).select_related("person"))


def _doubts(visit: Visit) -> int:
    """How many people may be known twice, for whoever looks after their team."""
    if not able_to(visit, Action.JOIN):
        return 0
    able = Case.objects.open_to(visit.actor, Action.JOIN)
    return Doubt.objects.waiting().filter(Q(case__in=able)).count()
