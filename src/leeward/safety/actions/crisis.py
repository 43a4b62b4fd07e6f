"""A crisis: it begins with a tap, every answer is kept at once, and nothing in it has to be answered (A4, T1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.safety.actions.lines import is_new, line_of, now, wait_for, with_line, without
from leeward.safety.actions.wishes import read_in_half_a_year
from leeward.safety.models import Crisis, CrisisWishes
from leeward.safety.words import CALLED, CRISIS_TALK, TICKS, WISHES_REVIEW, WishesAfter
from leeward.staff.models import Absence

if TYPE_CHECKING:
    from datetime import date

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case
    from leeward.safety.words import CrisisWords

#: Days after which somebody looks in again, and the code under which their list knows it.
LOOK_IN: Final = ((1, "look_in_24"), (3, "look_in_72"))
A_WEEK: Final = timedelta(days=7)
#: So long after a crisis they may be rested enough to say how it was.
RESTED: Final = timedelta(days=3)


def begin_crisis(file: OpenCase, *, crisis_id: UUID, text: str = "") -> Crisis:
    """Begin a crisis, or go on with the one that is open. Somebody looks in again after 24 and 72 hours."""
    with transaction.atomic():
        wait_for(file)
        same = Crisis.objects.filter(pk=crisis_id, case=file.thing)
        crisis = same.first() or Crisis.objects.open().filter(case=file.thing).first()
        if crisis is None:
            crisis = _new(file, crisis_id)
            _look_in_again(file, crisis)
        if text:
            _keep(crisis, lines=with_line(crisis.words.get("lines", []), line_of(file, crisis_id, text=text)))
    return crisis


def _new(file: OpenCase, crisis_id: UUID) -> Crisis:
    taken = Crisis.objects.filter(pk=crisis_id).exists()
    crisis = Crisis(id=uuid4() if taken else crisis_id, case=file.thing, author_id=file.visit.actor.id)
    crisis.words = {"began": now()}
    crisis.save(force_insert=True)
    return crisis


def _look_in_again(file: OpenCase, crisis: Crisis) -> None:
    today = timezone.localdate()
    for after, code in LOOK_IN:
        day = today + timedelta(days=after)
        owner = worker_on(file.thing, day)
        days.follow_up(file, owner=owner, day=day, code=code, due_id=uuid5(crisis.pk, code))


def worker_on(case: Case, day: date) -> UUID:
    """Who walks with somebody on a day: the primary worker, or whoever covers."""
    covered = Absence.objects.current(day).filter(person=case.primary_id, cover__isnull=False)
    return covered.values_list("cover", flat=True).first() or case.primary_id


def undo_crisis(file: OpenCase, *, crisis: UUID) -> None:
    """A tap on the wrong name: it never began, and nobody looks in again. Only the trail knows of it."""
    with transaction.atomic():
        wait_for(file)
        current = Crisis.objects.filter(pk=crisis, case=file.thing).first()
        if current is None:  # the second of two clicks
            return
        looks = Due.objects.filter(pk__in=[uuid5(current.pk, code) for _, code in LOOK_IN], case=file.thing)
        if not current.is_a_slip_of(file.visit.actor.id) or looks.exclude(is_open=True, version=1).exists():
            raise CannotDo(
                _("Something is written in it already, so it stays. When it has calmed, close it.")
            )
        looks.delete()
        current.delete()


def tick(file: OpenCase, *, crisis: Crisis, code: str, answer: str) -> None:
    """Keep one answer of the list, or take it away (an empty answer)."""
    if answer and answer not in TICKS.get(code, ()):
        raise CannotDo(_("This answer is not on the list. Please tap one of the buttons."))
    with transaction.atomic():
        fresh = _now(file, crisis)
        checks = {name: told for name, told in fresh.words.get("checks", {}).items() if name != code}
        if answer:
            checks[code] = {"answer": answer, "at": now(), "by": str(file.visit.actor.id)}
        _keep(fresh, checks=checks)


def called(file: OpenCase, *, crisis: Crisis, line_id: UUID, who: str, text: str = "") -> None:
    """Write down who was called, with the time of now: somebody from the list, or anybody in words."""
    if who not in CALLED and not text:
        raise CannotDo(_("Please tap whom you called, or write who it was."))
    with transaction.atomic():
        fresh = _now(file, crisis)
        line = line_of(file, line_id, who=who if who in CALLED else "", text=text)
        _keep(fresh, calls=with_line(fresh.words.get("calls", []), line))


def write_line(file: OpenCase, *, crisis: Crisis, line_id: UUID, text: str) -> None:
    """Write down what happens, in a line of its own."""
    with transaction.atomic():
        fresh = _now(file, crisis)
        _keep(fresh, lines=with_line(fresh.words.get("lines", []), line_of(file, line_id, text=text)))


def take_back(file: OpenCase, *, crisis: Crisis, line: UUID) -> None:
    """Take back a line of one's own that was a slip of the thumb."""
    with transaction.atomic():
        fresh, me = _now(file, crisis), file.visit.actor.id
        words = fresh.words
        calls, lines = words.get("calls", []), words.get("lines", [])
        _keep(fresh, calls=without(calls, line, me), lines=without(lines, line, me))


def end_crisis(file: OpenCase, *, crisis: Crisis, words: CrisisWords, version: int) -> None:
    """It has calmed: how, their own account, and whether the wishes were looked at again. All of it may stay empty."""
    with transaction.atomic():
        fresh = _now(file, crisis)
        held = fresh.words
        if is_new(held, words, version):
            ended = held.get("ended") or now()
            fresh.is_open = False
            _keep(fresh, **words, ended=ended, ended_by=str(file.visit.actor.id), version=version + 1)
            first = not held.get("ended")
            _read_wishes_again(file, first=first, after=words.get("wishes", ""))
            _talk_later(file, first=first, talked=bool(words.get("account")))


def _read_wishes_again(file: OpenCase, *, first: bool, after: str) -> None:
    """What was wished in calm times is read together again in a week, unless that was done, or there is nothing."""
    if after in {WishesAfter.CHANGED, WishesAfter.STAY}:
        read_in_half_a_year(file)
    elif first and CrisisWishes.objects.filter(case=file.thing).exists():
        day = timezone.localdate() + A_WEEK
        days.look_in_once(file, owner=worker_on(file.thing, day), day=day, code=WISHES_REVIEW)


def _talk_later(file: OpenCase, *, first: bool, talked: bool) -> None:
    """Somebody asks how it was for them when they are rested; their own account ends that, and so does their no."""
    if talked:
        days.looked_into(file, CRISIS_TALK)
    elif first:
        day = timezone.localdate() + RESTED
        days.look_in_once(file, owner=worker_on(file.thing, day), day=day, code=CRISIS_TALK)


def open_crisis_again(file: OpenCase, *, crisis: Crisis) -> None:
    """It was not over."""
    with transaction.atomic():
        fresh = _now(file, crisis)
        if Crisis.objects.open().filter(case=file.thing).exclude(pk=fresh.pk).exists():
            raise CannotDo(_("Another crisis is open already. Please go on there."))
        fresh.is_open = True
        _keep(fresh, ended="")
        days.looked_into(file, WISHES_REVIEW, CRISIS_TALK)


def _now(file: OpenCase, crisis: Crisis) -> Crisis:
    """The crisis as it stands, with nobody else writing in it."""
    wait_for(file)
    return Crisis.objects.get(pk=crisis.pk, case=file.thing)


def _keep(crisis: Crisis, **changed: object) -> None:
    crisis.words = {**crisis.words, **changed}  # type: ignore[typeddict-item]
    crisis.save(update_fields=["words", "is_open"])
