"""A van is back: one note for those who rode along, each file blind to the others; what was booked ends with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from leeward.cases.actions import write_for_several
from leeward.days.actions.ending import end
from leeward.days.models import Due
from leeward.days.words.been import note_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Entry
    from leeward.cases.words.telling import OwnNote


def date_of(trip: UUID, case: UUID) -> UUID:
    """The number of the appointment that a trip made in the file of somebody who rode along."""
    return uuid5(trip, str(case))


def note_for_those_along(
    files: Sequence[OpenCase], *, trip: UUID, entry_id: UUID, notes: Mapping[UUID, OwnNote]
) -> list[Entry]:
    """Write in each file its own note; what the trip booked there ends by it, so that nobody is asked again.

    The note is the one that the appointment leaves on the timeline, so each of them counts once however it is said.
    """
    numbers = [date_of(trip, file.thing.pk) for file in files]
    with transaction.atomic():
        dues = {due.case_id: due for due in Due.objects.filter(pk__in=numbers)}
        own = {pk: replace(note, entry_id=_number(dues.get(pk))) for pk, note in notes.items()}
        entries = write_for_several(files, entry_id=entry_id, notes=own)
        for file in files:
            _end(file, dues.get(file.thing.pk), own[file.thing.pk].text)
    return entries


def _number(due: Due | None) -> UUID | None:
    return note_of(due.pk) if due else None


def _end(file: OpenCase, due: Due | None, text: str) -> None:
    """What somebody ended meanwhile, the first of two clicks too, stays as it is. The file is held already."""
    if due and Due.objects.select_for_update().get(pk=due.pk).is_open:
        end(file, due, "happened", {"happened": text})
