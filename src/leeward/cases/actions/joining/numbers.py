"""The numbers of notes, so that one timeline reads in the order in which it was written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from django.db.models import F, Max

from leeward.cases.actions.moving import reseal, take_back
from leeward.cases.models import Case, Entry
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Numbers are put out of the way while they are dealt anew: no two notes of a file may have the same for a moment.
_ASIDE: Final = 1_000_000_000
_AT_A_TIME: Final = 200


def numbers_of(*cases: Case) -> dict[str, int]:
    """The number of each note."""
    rows = Entry.objects.filter(case__in=cases).values_list("pk", "number")
    return {str(pk): number for pk, number in rows}


def bring_notes(kept: Case, other: Case) -> dict[str, str]:
    """Bring the notes of one file into another and number all of them in the order of writing."""
    notes = [note for _, note in sorted([*_written(kept), *_written(other)], key=_by_time)]
    for number, note in enumerate(notes, start=1):
        note.number = number
    _put_aside(kept)
    here = [note for note in notes if note.case_id == kept.pk]
    Entry.objects.bulk_update(here, ["number"], batch_size=_AT_A_TIME)
    came = {str(note.pk): str(note.came_from or "") for note in notes if note.case_id == other.pk}
    stayed = [str(note.pk) for note in notes if note.case_id == other.pk and not _brought(note, kept)]
    _end_with(kept, 0)
    return {pk: before for pk, before in came.items() if pk not in stayed}


def _by_time(written: tuple[str, Entry]) -> tuple[str, int]:
    return written[0], written[1].number


def _written(case: Case) -> Iterator[tuple[str, Entry]]:
    """Each note with when it was written; one that was damaged stands beside the one before it."""
    at = ""
    for note in Entry.objects.filter(case=case).order_by("number"):
        with suppress(Unreadable):
            at = note.facts["written_at"]
        yield at, note


def _brought(note: Entry, kept: Case) -> bool:
    """Whether it came along: a note that was damaged cannot be sealed anew, and stays where it is."""
    try:
        reseal(note, kept, "number")
    except Unreadable:
        return False
    return True


def return_notes(kept: Case, other: Case, came: dict[str, str], numbers: dict[str, int], last: int) -> None:
    """Bring notes back to where they were, with the numbers they had; what was written since goes on from there."""
    _put_aside(kept)
    for note in Entry.objects.filter(case=kept, pk__in=came):
        note.number = numbers[str(note.pk)]
        take_back(note, other, came[str(note.pk)], "number")
    staying = list(Entry.objects.filter(case=kept).only("pk", "number").order_by("number"))
    since = last
    for note in staying:
        since += str(note.pk) not in numbers
        note.number = numbers.get(str(note.pk), since)
    Entry.objects.bulk_update(staying, ["number"], batch_size=_AT_A_TIME)
    _end_with(kept, last)


def _put_aside(case: Case) -> None:
    Entry.objects.filter(case=case).update(number=F("number") + _ASIDE)


def _end_with(case: Case, at_least: int) -> None:
    newest = Entry.objects.filter(case=case).aggregate(newest=Max("number"))["newest"] or 0
    case.last_number = max(at_least, newest)
