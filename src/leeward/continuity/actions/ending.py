"""Closing together, coming back, and a death. Nothing closes or opens by itself (practices C5, D1, M9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo, locked
from leeward.cases.models import CareTeamMember
from leeward.cases.models.walking import carriers
from leeward.continuity.actions.passing import let_go, look_in, pass_on
from leeward.continuity.interim import who_takes_over
from leeward.continuity.models import Ending, Farewell
from leeward.continuity.still_open import still_open
from leeward.continuity.words import DIED, FOLLOW_UPS
from leeward.days import actions as days
from leeward.staff.models import Absence, Person

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case
    from leeward.continuity.words import EndingWords


def close(file: OpenCase, *, ending_id: UUID, words: EndingWords) -> Ending:
    """Close a file together. Every part of the case has its answer first; all else is theirs to choose (T1)."""
    with transaction.atomic():
        case = locked(file.thing.pk)
        if existing := Ending.objects.filter(pk=ending_id, case=case).first():
            return existing
        if not case.is_open:
            raise CannotDo(_("This file is closed already."))
        _nothing_left(file, words)
        case.is_open = False
        case.save(update_fields=["is_open"])
        let_go(case)
        ending = _ended(file, case, ending_id, words)
        for code, after in FOLLOW_UPS.items() if words.get("follow_ups") else ():
            look_in(case, case.primary, code, after=after)
    return ending


def _nothing_left(file: OpenCase, words: EndingWords) -> None:
    left = still_open(file)
    if left.unanswered:
        raise CannotDo(
            _(
                "Some parts of the case have no answer yet; they are named above. “Not wanted by them” is an "
                "answer too."
            )
        )
    if left.needs_their_word and not words.get("because"):
        raise CannotDo(
            _(
                "Something is still open, as named above. If they want to close all the same, write down why: "
                "it is theirs to say."
            )
        )


def _ended(file: OpenCase, case: Case, ending_id: UUID, words: EndingWords) -> Ending:
    last = Ending.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    ending = Ending(id=ending_id, case=case, by_id=file.visit.actor.id, number=last + 1)
    ending.words = {"on": timezone.localdate().isoformat(), **words}
    ending.save(force_insert=True)
    return ending


def reopen(file: OpenCase, *, person: Person) -> Case:
    """Somebody comes back: everything is still there, and somebody walks with them from this moment (practice C5).

    Twice (a double click) it is opened once.
    """
    with transaction.atomic():
        case = locked(file.thing.pk, person.pk)
        if case.rests:
            raise CannotDo(_("This record is held. If that was a mistake, a supervisor can take it back."))
        if case.joined_to_id:
            raise CannotDo(_one_with_another())
        if case.is_open:
            return case
        if person.pk != case.primary_id:
            pass_on(case, person, file=file)
        elif person not in carriers(case):
            raise CannotDo(_("Please choose somebody of this participant’s team who holds its key."))
        case.is_open = True
        case.save(update_fields=["is_open"])
        _come_back(case)
    return case


def _come_back(case: Case) -> None:
    """What was set for after the end is not needed any more; the last ending knows when they came back."""
    days.looked_into(case, *FOLLOW_UPS)
    if last := Ending.objects.filter(case=case).order_by("-number").first():
        last.words = {**last.words, "back_on": timezone.localdate().isoformat()}
        last.save(update_fields=["words"])


def rest(file: OpenCase, *, ending_id: UUID, words: EndingWords) -> Ending:
    """Somebody died. Nothing is due, sent or asked any more, the record is held, and the team is told gently (M9)."""
    with transaction.atomic():
        case = locked(file.thing.pk)
        if existing := Ending.objects.filter(pk=ending_id, case=case).first():
            return existing
        if case.rests:
            raise CannotDo(_("This is written down already."))
        let_go(case)
        told: EndingWords = {**words, "reason": DIED, "was_open": case.is_open}
        ending = _ended(file, case, ending_id, told)
        case.is_open, case.rests = False, True
        case.save(update_fields=["is_open", "rests"])
        known = walkers(case) - {file.visit.actor.id}
        Farewell.objects.bulk_create(Farewell(ending=ending, person_id=each) for each in sorted(known))
    return ending


def walkers(case: Case) -> set[UUID]:
    """Everybody who walks with somebody now: primary worker, backup, care team, and who covers."""
    along = CareTeamMember.objects.current().filter(case=case).values_list("person", flat=True)
    cover = Absence.objects.current().filter(person=case.primary_id, cover__isnull=False)
    found = {case.primary_id, case.backup_id, *along, *cover.values_list("cover", flat=True)}
    return {each for each in found if each}


def take_back(file: OpenCase) -> None:
    """It was written down by mistake: the file is as it was, what was set aside is due again, and the team hears so."""
    with transaction.atomic():
        case = locked(file.thing.pk, *(each.pk for each in carriers(file.thing)))
        if case.joined_to_id:
            raise CannotDo(_one_with_another())
        ending = Ending.objects.filter(case=case).order_by("-number").first()
        if not case.rests or ending is None:
            return
        words = ending.words
        case.rests, case.is_open = False, bool(words.get("was_open"))
        case.save(update_fields=["rests", "is_open"])
        _somebody_walks(file, case)
        ending.words = {**words, "back_on": timezone.localdate().isoformat()}
        ending.save(update_fields=["words"])
        ending.farewells.update(read=False)


def _somebody_walks(file: OpenCase, case: Case) -> None:
    """Whoever walked with them may have left meanwhile; then somebody else does for now."""
    if not case.is_open or case.primary in carriers(case):
        return
    after = who_takes_over(case, case.primary_id) or Person.objects.get(pk=file.visit.actor.id)
    pass_on(case, after, file=file, for_now=True)


def _one_with_another() -> str:
    return _("This file became one with another. Please open that one.")


def has_read(farewell: Farewell) -> None:
    """A colleague read the gentle word, and it is not shown again."""
    Farewell.objects.filter(pk=farewell.pk).update(read=True)
