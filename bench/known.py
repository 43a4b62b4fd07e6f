"""What stands in a store beside notes: what lists show at a glance, what is due, who somebody is, how to reach them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from bench.words import note
from leeward.cases.models import Glance, Profile, Reach, Way
from leeward.days.actions.agreeing import filled
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.staff.models import Person, Shift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random
    from uuid import UUID

    from leeward.cases.models import Case
    from leeward.days.words import DueWords, SlotWords

#: What is due lies between so many days ago and so many days ahead.
PAST, AHEAD = -30, 60
DUES: Final = 3
_SORTS: Final = (DueKind.PROMISE, DueKind.TODO, DueKind.APPOINTMENT)
_A_LINE: Final = 60
#: Of so many people one has told much about themselves; of the others one knows how to begin, or only a number.
_TOLD, _BEGINS = 3, 2


class Knowing:
    """Fills the pages of files, with the same chance as everything else."""

    def __init__(self, chance: Random, an_id: Callable[[], UUID]) -> None:
        self.chance, self.an_id = chance, an_id
        self.today: date = timezone.localdate()

    def fill(self, cases: list[Case]) -> None:
        """Everything beside the notes; the keys of these files are on the ring."""
        Glance.objects.bulk_create(self._glance(case) for case in cases)
        Due.objects.bulk_create(due for case in cases for due in self._dues(case))
        Profile.objects.bulk_create(self._profile(case) for case in cases[::_TOLD])
        Reach.objects.bulk_create(self._reach(case) for case in cases[::_BEGINS])
        Way.objects.bulk_create(way for case in cases for way in self._ways(case))

    def _line(self) -> str:
        return note(self.chance)[:_A_LINE]

    def _ago(self, most: int) -> str:
        return (timezone.now() - timedelta(days=self.chance.randrange(most))).isoformat()

    def _glance(self, case: Case) -> Glance:
        glance = Glance(case=case)
        glance.words = {"contact_at": self._ago(60), "contact_kind": "call", "tried_at": self._ago(60)}
        if self.chance.random() < 1 / _BEGINS:
            glance.words |= {"matters": self._line(), "matters_on": self.today.isoformat()}
        return glance

    def _dues(self, case: Case) -> Iterator[Due]:
        for kind in _SORTS[:DUES]:
            day = self.today + timedelta(days=self.chance.randint(PAST, AHEAD))
            # Most of what lies behind has ended.
            is_open = day >= self.today or self.chance.random() < 1 / 5
            due = Due(
                id=self.an_id(), case=case, owner_id=case.primary_id, kind=kind, day=day, is_open=is_open
            )
            due.words, due.slot = self._agreed(kind, is_open=is_open), self._slot(kind)
            if kind == DueKind.APPOINTMENT:
                due.court = filled(None)
            yield due

    def _agreed(self, kind: DueKind, *, is_open: bool) -> DueWords:
        words: DueWords = {"text": self._line()}
        if kind == DueKind.APPOINTMENT:
            words |= {"place": self._line(), "along": "me", "bring": self._line()}
        return words if is_open else {**words, "ended": "kept", "ended_at": self._ago(30)}

    def _slot(self, kind: DueKind) -> SlotWords | None:
        hour = self.chance.randint(9, 16)
        return {"at": f"{hour:02}:30", "minutes": 60} if kind == DueKind.APPOINTMENT else None

    def _profile(self, case: Case) -> Profile:
        profile = Profile(case=case)
        profile.words = {
            "matters": self._line(), "languages": "English", "culture": self._line(), "never_ask": self._line(),
            "access": self._line(), "strengths": self._line(),
        }  # fmt: skip
        return profile

    def _reach(self, case: Case) -> Reach:
        reach = Reach(case=case)
        reach.words = {"code_word": self._line(), "say_if_other": self._line(), "night": "anyone"}
        return reach

    def _ways(self, case: Case) -> Iterator[Way]:
        for nth in range(self.chance.randint(1, 3)):
            way = Way(id=self.an_id(), case=case)
            way.about = {
                "kind": "phone", "value": f"(559) 555-0{self.chance.randint(100, 199)}", "when": self._line(),
                "who_may_answer": self._line(), "message": "no", "first": not nth, "version": 1,
            }  # fmt: skip
            yield way


def start_a_shift(person: Person) -> None:
    """Somebody is on call now, as every page says."""
    now = timezone.now()
    Shift.objects.create(person=person, since=now - timedelta(hours=2), until=now + timedelta(days=1))
