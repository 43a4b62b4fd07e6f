"""One note for several people: siblings, a van, a group. Each file gets its own, blind to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.writing import add_entry, take_copy
from leeward.cases.models import Entry
from leeward.cases.words.telling import names_in, of_others, telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts
    from leeward.cases.words.telling import OwnNote


@dataclass
class WouldTell(CannotDo):
    """Words that would name one participant in another's file; nothing was written."""

    words: dict[UUID, list[str]]

    def __str__(self) -> str:
        return _(
            "Some words would name one of them in another’s file. Please leave them out, or write apart."
        )


def write_for_several(
    files: Sequence[OpenCase], *, entry_id: UUID, notes: Mapping[UUID, OwnNote]
) -> list[Entry]:
    """Write in each file its own note, or in none: whatever would name another of them is turned away.

    Time and miles are counted in one file only, and which one is said nowhere. A double click writes once.
    """
    names = {file.thing.pk: names_in(file.thing.participant.card) for file in files}
    found = {pk: telling(note.words(), of_others(names, pk)) for pk, note in notes.items()}
    if any(found.values()):
        raise WouldTell({pk: words for pk, words in found.items() if words})
    now = timezone.now().isoformat()
    in_order = sorted(files, key=lambda file: file.thing.pk)
    with transaction.atomic():
        return [
            _write(file, entry_id, notes[file.thing.pk], {"written_at": now, **_share(place, len(files))})
            for place, file in enumerate(in_order)
        ]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the copies of one note: the words that were taken back by file, and where it stays."""

    words: dict[UUID, OwnNote]
    stays: list[OpenCase]


def take_back_all(copies: Sequence[tuple[OpenCase, UUID]]) -> TakenBack:
    """Undo one's last note for several. Each file gives its own copy back, and learns nothing of the others.

    A copy that was changed, added to or moved since stays, and so does one that is older than ten minutes.
    """
    in_order = sorted(copies, key=lambda copy: copy[0].thing.pk)
    with transaction.atomic():
        taken = [(file, take_copy(file, entry=entry)) for file, entry in in_order]
        left = set(Entry.objects.filter(pk__in=[entry for _, entry in in_order]).values_list("pk", flat=True))
    words = {file.thing.pk: note for file, note in taken if note}
    return TakenBack(words, [file for file, entry in in_order if entry in left])


def _share(place: int, of: int) -> EntryFacts:
    share: EntryFacts = {"group": of} if of > 1 else {}
    return {**share, "counted_elsewhere": True} if place else share


def _write(file: OpenCase, entry_id: UUID, note: OwnNote, share: EntryFacts) -> Entry:
    own = note.entry_id or uuid5(entry_id, str(file.thing.pk))
    return add_entry(file, entry_id=own, text=note.text, told={**note.facts, **share}, hard=note.hard)
