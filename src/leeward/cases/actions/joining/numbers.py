"""The numbers of notes, so that one timeline reads in the order in which it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F, Max

from leeward.cases.actions.moving import reseal
from leeward.cases.models import Case, Entry
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Numbers are put out of the way while they are dealt anew: no two notes of a file may have the same for a moment.
_ASIDE: Final = 1_000_000_000


def numbers_of(*cases: Case) -> dict[str, int]:
    """The number of each note."""
    rows = Entry.objects.filter(case__in=cases).values_list("pk", "number")
    return {str(pk): number for pk, number in rows}


def bring_notes(kept: Case, other: Case) -> dict[str, str]:
    """Bring the notes of one file into another and number all of them in the order of writing.

    A note that was damaged cannot be sealed anew; it stays where it is.
    """
    notes = sorted([*_written(kept), *_written(other)], key=lambda note: (note[0], note[1].number))
    came = {str(note.pk): str(note.came_from or "") for _, note in notes if note.case_id == other.pk}
    _put_aside(kept)
    for number, (_, note) in enumerate(notes, start=1):
        note.number = number
        if note.case_id == other.pk:
            reseal(note, kept, "number")
        else:
            note.save(update_fields=["number"])
    _end_with(kept, len(notes))
    return came


def _written(case: Case) -> Iterable[tuple[str, Entry]]:
    """Each note with when it was written; one that was damaged stands beside the one before it."""
    at = ""
    for note in Entry.objects.filter(case=case).order_by("number"):
        try:
            at = note.facts["written_at"]
            note.text  # noqa: B018 - reading opens: one that does not open is not moved
        except Unreadable:
            if case.joined_to_id is None and note.case_id != case.pk:
                continue
        yield at, note


def return_notes(kept: Case, other: Case, came: dict[str, str], numbers: dict[str, int], last: int) -> None:
    """Bring notes back to where they were, with the numbers they had; what was written since goes on from there."""
    _put_aside(kept)
    for note in Entry.objects.filter(case=kept, pk__in=came):
        note.number = numbers[str(note.pk)]
        reseal(note, other, "number")
    staying = list(Entry.objects.filter(case=kept).only("pk", "number").order_by("number"))
    since = last
    for note in staying:
        since += str(note.pk) not in numbers
        note.number = numbers.get(str(note.pk), since)
        note.save(update_fields=["number"])
    _end_with(kept, max(since, last))


def _put_aside(case: Case) -> None:
    Entry.objects.filter(case=case).update(number=F("number") + _ASIDE)


def _end_with(case: Case, number: int) -> None:
    newest = Entry.objects.filter(case=case).aggregate(newest=Max("number"))["newest"] or 0
    case.last_number = max(number, newest)
