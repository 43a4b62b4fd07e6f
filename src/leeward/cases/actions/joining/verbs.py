"""Making one file out of two, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions.counting import recount_contact
from leeward.cases.actions.doubles import remember
from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.joining import numbers, pages, rows
from leeward.cases.models import CareTeamMember, Case, Joining, Participant, Wall, WordSet
from leeward.cases.words.meeting import UNDO_DAYS
from leeward.staff.models import Person

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.words import Card
    from leeward.cases.words.people import BeforeJoining

_STATE: Final = ("is_open", "restricted", "rests")


def join(kept: OpenCase, other: OpenCase, *, joining_id: UUID) -> Joining:
    """Make one file out of two of the same person. The kept primary worker stays; the other one walks along.

    The same `joining_id` twice (a double click) joins once.
    """
    with transaction.atomic():
        mine, theirs = _locked(kept, other)
        if existing := Joining.objects.filter(pk=joining_id, kept=mine, other=theirs).first():
            return existing
        _must_fit(mine, theirs)
        before = _before(mine, theirs)
        _bring_everything(mine, theirs, before)
        _name_both(mine, theirs)
        _stand_together(mine, theirs, before)
        for name in _STATE:
            setattr(mine, name, getattr(mine, name) or getattr(theirs, name))
        mine.backup_id = mine.backup_id or (theirs.backup_id if theirs.backup_id != mine.primary_id else None)
        theirs.is_open, theirs.restricted, theirs.joined_to = False, mine.restricted, mine
        _save(mine, theirs)
        recount_contact(mine)
        remember(kept.visit, mine, "nlb")
        return Joining.objects.create(
            id=joining_id, kept=mine, other=theirs, by_id=kept.visit.actor.id, before=before
        )


def undo(kept: OpenCase, other: OpenCase, *, joining: UUID) -> None:
    """Make two files out of one again. What was written since stays in the kept one."""
    with transaction.atomic():
        mine, theirs = _locked(kept, other)
        row = Joining.objects.filter(pk=joining, kept=mine, other=theirs).first()
        if row is None or row.undone:
            return
        before = row.before
        _must_come_apart(mine, theirs, row, before)
        _return_everything(mine, theirs, before)
        _name_apart(mine, theirs, before)
        Wall.objects.filter(pk__in=before.get("walls", [])).delete()
        CareTeamMember.objects.filter(pk__in=before.get("members", [])).delete()
        _as_before(mine, theirs, before)
        _save(mine, theirs)
        recount_contact(mine)
        recount_contact(theirs)
        remember(kept.visit, mine, "nlb")
        row.undone = True
        row.save(update_fields=["undone"])


def _locked(kept: OpenCase, other: OpenCase) -> tuple[Case, Case]:
    """Both rows, taken in one order by everybody, so that two at once wait for each other and do not lock up."""
    pks = sorted({kept.thing.pk, other.thing.pk})
    found = {pk: Case.objects.select_for_update().get(pk=pk) for pk in pks}
    return found[kept.thing.pk], found[other.thing.pk]


def _must_fit(mine: Case, theirs: Case) -> None:
    if mine.pk == theirs.pk:
        raise CannotDo(_("This is the same file. Please choose another one."))
    if mine.joined_to_id or theirs.joined_to_id:
        raise CannotDo(
            _("One of these files became part of another already. Please open that one, and join there.")
        )
    if mine.team_id != theirs.team_id:
        raise CannotDo(
            _(
                "These files are in two teams. First hand one of them over to the other team; then they can be joined."
            )
        )
    rows.must_carry_no_key(mine)
    rows.must_carry_no_key(theirs)


def _before(mine: Case, theirs: Case) -> BeforeJoining:
    card: Any = Participant.objects.get(case=mine).card
    return {
        "nth": Joining.objects.filter(kept=mine, undone=False).count(),
        "card": card,
        "is_open": mine.is_open,
        "restricted": mine.restricted,
        "rests": mine.rests,
        "backup": str(mine.backup_id or ""),
        "last_number": mine.last_number,
        "other": {name: getattr(theirs, name) for name in _STATE},
        "numbers": numbers.numbers_of(mine, theirs),
    }


def _bring_everything(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    notes = numbers.bring_notes(mine, theirs)
    moved, twice = rows.bring_rows(mine, theirs)
    before["moved"] = {**moved, "notes": notes}
    before["pages"] = pages.fill_pages(mine, theirs, twice)


def _return_everything(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    moved = before["moved"]
    numbers.return_notes(mine, theirs, moved["notes"], before["numbers"], before["last_number"])
    rows.return_rows(mine, theirs, moved)
    pages.empty_pages(theirs, before["pages"])


def _name_both(mine: Case, theirs: Case) -> None:
    """One card with all names, which search finds; the other file keeps its own."""
    person, other = Participant.objects.get(case=mine), Participant.objects.get(case=theirs)
    person.card = pages.joined_card(person.card, other.card, str(theirs.pk))
    person.version += 1
    person.save(update_fields=["card", "version"])
    pages.name_anew(mine, person.card, WordSet.objects.get(case=theirs).words)


def _name_apart(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    """The card as it was; one that was changed since keeps the change, and loses only the other's names."""
    person, other = Participant.objects.get(case=mine), Participant.objects.get(case=theirs)
    was: Card = before["card"]  # type: ignore[assignment]
    person.card = pages.card_apart(person.card, was, other.card, str(theirs.pk))
    person.version += 1
    person.save(update_fields=["card", "version"])
    pages.name_anew(mine, person.card)


def _stand_together(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    """Walls stand before both; everybody who walked with the one walks along in the other."""
    walls = [
        Wall(case=to, person_id=wall.person_id, team_id=wall.team_id, own=wall.own)
        for to, of in ((mine, theirs), (theirs, mine))
        for wall in Wall.objects.filter(case=of)
        if not Wall.objects.filter(case=to, person=wall.person_id, team=wall.team_id).exists()
    ]
    along = theirs.care_team.current().values_list("person", flat=True)
    there = {mine.primary_id, *mine.care_team.current().values_list("person", flat=True)}
    join = dict.fromkeys([theirs.primary_id, theirs.backup_id, *along])
    members = [CareTeamMember(case=mine, person_id=one) for one in join if one and one not in there]
    Wall.objects.bulk_create(walls)
    CareTeamMember.objects.bulk_create(members)
    before["walls"] = [str(wall.pk) for wall in walls]
    before["members"] = [str(member.pk) for member in members]


def _must_come_apart(mine: Case, theirs: Case, row: Joining, before: BeforeJoining) -> None:
    if timezone.localdate() > row.on + timedelta(days=UNDO_DAYS):
        raise CannotDo(_("This was more than 30 days ago, so it stays as it is. Move single notes instead."))
    if theirs.joined_to_id != mine.pk or mine.joined_to_id:
        raise CannotDo(_("This file became part of another one since. Take that back first."))
    if mine.team_id != theirs.team_id:
        raise CannotDo(_("The file is with another team now, so the two cannot be taken apart any more."))
    later = Joining.objects.filter(kept=mine, undone=False).exclude(pk=row.pk)
    if any(one.before["nth"] > before["nth"] for one in later):
        raise CannotDo(_("Another file was joined after this one. Take that back first."))
    rows.must_carry_no_key(mine)


def _as_before(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    """Open, shut and held as they were; what was changed since stays changed."""
    other, was = before["other"], {name: before[name] for name in _STATE}
    for name in _STATE:
        if getattr(mine, name) == (was[name] or other[name]):
            setattr(mine, name, was[name])
        setattr(theirs, name, other[name])
    if not before["backup"] and mine.backup_id == theirs.backup_id:
        mine.backup = None
    if not Person.objects.here().filter(pk=theirs.primary_id).exists():
        theirs.primary_id = mine.primary_id  # nobody is without somebody who is there
    theirs.joined_to = None


def _save(*cases: Case) -> None:
    for case in cases:
        case.save(update_fields=[*_STATE, "backup", "primary", "joined_to", "last_number"])
