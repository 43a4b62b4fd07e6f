"""Making one file out of two, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions.counting import recount_contact
from leeward.cases.actions.doubles import remember
from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.joining import numbers, pages, people, rows
from leeward.cases.actions.remembering import remember_everything
from leeward.cases.models import Case, Joining, Participant
from leeward.cases.words.meeting import UNDO_DAYS

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.words import Card
    from leeward.cases.words.people import BeforeJoining

_STATE: Final = ("is_open", "restricted", "rests")


def join(kept: OpenCase, other: OpenCase, *, joining_id: UUID) -> Joining:
    """Make one file out of two of the same person. The kept primary worker stays; the other one walks along.

    The same `joining_id` twice (a double click) joins once.
    """
    with transaction.atomic():
        mine, theirs = people.both_locked(kept, other)
        if existing := Joining.objects.filter(pk=joining_id, kept=mine, other=theirs).first():
            return existing
        _must_fit(mine, theirs)
        before = _before(mine, theirs)
        _bring_everything(mine, theirs, before)
        _name_both(mine, theirs)
        people.stand_together(mine, theirs, before)
        _put(mine, _together(_state(mine), _state(theirs)))
        people.must_be_carried(mine, theirs)
        theirs.is_open, theirs.restricted, theirs.joined_to = False, mine.restricted, mine
        _save(mine, theirs)
        rows.wait_for_nobody_kept_out(mine)
        recount_contact(mine)
        remember_everything(mine)
        remember(kept.visit, mine, "nlb")
        return Joining.objects.create(
            id=joining_id, kept=mine, other=theirs, by_id=kept.visit.actor.id, before=before
        )


def undo(kept: OpenCase, other: OpenCase, *, joining: UUID) -> None:
    """Make two files out of one again. What was written since stays in the kept one."""
    with transaction.atomic():
        mine, theirs = people.both_locked(kept, other)
        row = Joining.objects.filter(pk=joining, kept=mine, other=theirs).first()
        if row is None or row.undone:
            return
        before = row.before
        _must_come_apart(mine, theirs, row, before)
        _return_everything(mine, theirs, before)
        _name_apart(mine, theirs, before)
        people.come_apart(before)
        _as_before(mine, theirs, before)
        _save(mine, theirs)
        for case in (mine, theirs):
            rows.wait_for_nobody_kept_out(case)
            recount_contact(case)
        remember_everything(theirs)
        remember(kept.visit, mine, "nlb")
        row.undone = True
        row.save(update_fields=["undone"])


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
    for case in (mine, theirs):
        rows.must_carry_no_key(case)
        rows.must_be_on_no_way(case)


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
        "other": _state(theirs),
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
    pages.name_together(mine, person.card, theirs)


def _name_apart(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    """The card as it was; one that was changed since keeps the change, and loses only the other's names."""
    person, other = Participant.objects.get(case=mine), Participant.objects.get(case=theirs)
    was: Card = before["card"]  # type: ignore[assignment]
    person.card = pages.card_apart(person.card, was, other.card, str(theirs.pk))
    person.version += 1
    person.save(update_fields=["card", "version"])
    pages.name_apart(mine, person.card, theirs)


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
    """Open, shut and held as they were; what was changed since stays changed. Somebody walks with each of them."""
    other, was = before["other"], {name: before[name] for name in _STATE}
    together = _together(was, other)
    _put(mine, {name: said for name, said in was.items() if getattr(mine, name) == together[name]})
    _put(theirs, other)
    if not before["backup"] and mine.backup_id == theirs.backup_id:
        mine.backup = None
    people.be_carried(mine, theirs.primary)
    people.be_carried(theirs, mine.primary)
    theirs.joined_to = None


def _state(case: Case) -> dict[str, bool]:
    return {name: getattr(case, name) for name in _STATE}


def _put(case: Case, state: dict[str, bool]) -> None:
    for name, said in state.items():
        setattr(case, name, said)


def _together(one: dict[str, bool], other: dict[str, bool]) -> dict[str, bool]:
    """What both say as one: open if either was, and the stricter of the two in all else."""
    both = {name: one[name] or other[name] for name in _STATE}
    return {**both, "is_open": both["is_open"] and not both["rests"]}


def _save(*cases: Case) -> None:
    for case in cases:
        case.save(update_fields=[*_STATE, "backup", "primary", "joined_to", "last_number"])
