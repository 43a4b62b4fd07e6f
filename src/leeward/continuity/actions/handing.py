"""Hand-over to a colleague as a guided path: asked, agreed, prepared together, done (practice D2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo, ChangedMeanwhile, locked, pass_to
from leeward.cases.models import Case
from leeward.cases.models.walking import carriers
from leeward.continuity.actions.passing import (
    look_in,
    next_number,
    pass_on,
    pass_promises,
    stand_behind,
    walk_beside,
)
from leeward.continuity.models import HandOver
from leeward.continuity.words import HAND_OVER_CHECK, OVERLAP_ENDS

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.continuity.words import HandOverWords
    from leeward.staff.models import Person

#: A first look at how it goes after the worker changed.
CHECK_AFTER: Final = 14


def take_over(file: OpenCase, *, person: Person) -> HandOver:
    """A supervisor makes a colleague the primary worker at once."""
    with transaction.atomic():
        return pass_on(locked(file.thing.pk, file.thing.primary_id, person.pk), person, file=file)


def stay(file: OpenCase) -> None:
    """Whoever stepped in for now goes on walking with them."""
    with transaction.atomic():
        case = locked(file.thing.pk)
        HandOver.objects.filter(case=case, taker=case.primary_id, for_now=True).update(for_now=False)


def ask(file: OpenCase, *, hand_over_id: UUID, person: Person, why: str = "") -> HandOver:
    """Ask a colleague to walk with somebody from now on. Nothing changes until they say yes.

    The same `hand_over_id` twice (a double click) is one question.
    """
    with transaction.atomic():
        case = locked(file.thing.pk, person.pk)
        if existing := HandOver.objects.filter(pk=hand_over_id, case=case).first():
            return existing
        may_begin(case)
        if person.pk == case.primary_id:
            raise CannotDo(_("%(name)s walks with them already.") % {"name": person.name})
        if person not in carriers(case):
            raise CannotDo(_("Please choose somebody of this participant’s team who holds its key."))
        row = HandOver(id=hand_over_id, case=case, giver=case.primary, taker=person, number=next_number(case))
        row.words = {"why": why} if why else {}
        return begun(row)


def may_begin(case: Case) -> None:
    """A hand-over begins in an open file in which none is on its way."""
    if not case.is_open or case.rests:
        raise CannotDo(_("This file is closed. Open it again first; then somebody new can walk with them."))
    if HandOver.objects.on_the_way().filter(case=case).exists():
        raise CannotDo(_("A hand-over is on its way already. Finish it, or let it go, and begin anew."))


def begun(row: HandOver) -> HandOver:
    """Save a new hand-over; two at the same moment are one, and the other hears so."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise CannotDo(
            _("A colleague began a hand-over at the same moment. Please look at it first.")
        ) from None
    return row


def answer(entered: Entered, *, hand_over: HandOver, yes: bool) -> HandOver:
    """The colleague who was asked says yes, or not now. With the yes they walk along, so that the file opens."""
    me = entered.visit.actor.id
    with transaction.atomic():
        case = locked(hand_over.case_id, me)
        row = HandOver.objects.select_for_update().get(pk=hand_over.pk)
        if row.taker_id == me and row.state == (HandOver.AGREED if yes else HandOver.NOT_NOW):
            return row
        if row.state != HandOver.ASKED or row.taker_id != me or row.taker is None:
            raise CannotDo(_("This was answered or let go of meanwhile. Nothing is left to do here."))
        row.state = HandOver.AGREED if yes else HandOver.NOT_NOW
        row.save(update_fields=["state"])
        if yes:
            walk_beside(case, row.taker)
    return row


def prepare(file: OpenCase, *, hand_over: HandOver, words: HandOverWords, version: int) -> HandOver:
    """Keep what was prepared on the way: the meeting, their words, the letter, how long both walk."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        row = HandOver.objects.get(pk=hand_over.pk, case=file.thing)
        if row.state not in HandOver.ON_THE_WAY:
            raise CannotDo(
                _("This hand-over is done or was let go of meanwhile. What you typed is still below.")
            )
        if row.version != version:
            kept = row.words or {}
            raise ChangedMeanwhile(f"{kept.get('wish', '')}\n\n{kept.get('letter', '')}".strip(), row.version)
        row.words = {**(row.words or {}), **words}
        row.version += 1
        row.save(update_fields=["words", "version"])
    return row


def finish(file: OpenCase, *, hand_over: HandOver) -> HandOver:
    """From this moment the next worker walks with them; whoever did until now stands behind for a while.

    Done twice (a double click, two windows) it is done once.
    """
    with transaction.atomic():
        case = locked(file.thing.pk, hand_over.giver_id, hand_over.taker_id)
        row = (
            HandOver.objects.select_for_update(of=("self",))
            .select_related("giver", "taker")
            .get(pk=hand_over.pk)
        )
        if row.state == HandOver.DONE:
            return row
        taker = _agreed(case, row)
        pass_to(case, taker)
        stand_behind(case, row.giver)
        pass_promises(file, row.giver_id, taker)
        row.state, row.done_on = HandOver.DONE, timezone.localdate()
        row.save(update_fields=["state", "done_on"])
        _look_in_later(case, row, taker)
    return row


def _agreed(case: Case, row: HandOver) -> Person:
    """Whoever said yes to this hand-over, if nothing came between."""
    if row.state not in HandOver.ON_THE_WAY:
        raise CannotDo(_("This hand-over was let go of meanwhile. Nothing has changed."))
    if row.state != HandOver.AGREED or row.taker is None:
        raise CannotDo(_("Your colleague has not said yes yet. Until then nothing changes."))
    if case.primary_id != row.giver_id:
        raise CannotDo(_("Somebody else walks with them by now. Please look at who walks along first."))
    if not case.is_open:
        raise CannotDo(_("This file is closed by now. Open it again first."))
    return row.taker


def _look_in_later(case: Case, row: HandOver, taker: Person) -> None:
    look_in(case, taker, HAND_OVER_CHECK, after=CHECK_AFTER)
    until = (row.words or {}).get("overlap_until", "")
    left = (date.fromisoformat(until) - timezone.localdate()).days if until else 0
    if left > 0:
        walk_beside(case, row.giver, until=date.fromisoformat(until))
        look_in(case, taker, OVERLAP_ENDS, after=left)


def withdraw(file: OpenCase, *, hand_over: HandOver) -> None:
    """Let a hand-over go that is on its way, or an answer that was read. The primary worker stays who it is."""
    with transaction.atomic():
        case = locked(file.thing.pk)
        rows = HandOver.objects.filter(pk=hand_over.pk, case=case)
        rows.exclude(state=HandOver.DONE).update(state=HandOver.WITHDRAWN, parcel=None)
