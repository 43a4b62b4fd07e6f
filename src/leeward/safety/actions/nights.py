"""What happens at night is told to the morning (practice D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo
from leeward.safety.actions.lines import wait_for
from leeward.safety.models import NightNote
from leeward.ui import moments

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.cases.door import OpenCase
    from leeward.safety.words import HoursWords, NightWords


def write_night(file: OpenCase, *, note_id: UUID, at: datetime, words: NightWords) -> NightNote:
    """Write down what was done at night. The same `note_id` twice (a double click) is one note."""
    with transaction.atomic():
        wait_for(file)
        if same := NightNote.objects.filter(pk=note_id, case=file.thing).first():
            return same
        if NightNote.objects.filter(pk=note_id).exists():
            note_id = uuid4()
        note = NightNote(id=note_id, case=file.thing, author_id=file.visit.actor.id)
        note.words = {**words, "at": at.isoformat()}
        note.hours = _hours(at, words)
        # Who walks along has written it: there is nobody else to tell.
        note.is_open = not file.thing.is_walked_by(file.visit.actor.id)
        note.save(force_insert=True)
    return note


def _hours(at: datetime, words: NightWords) -> HoursWords:
    day = moments.local(at).date().isoformat()
    return {"day": day, "minutes": words.get("minutes", 0), "kind": words.get("kind", "other")}


def night_seen(file: OpenCase, *, note: NightNote) -> None:
    """Somebody who walks along has read it. It stays where it is, and stops asking to be read."""
    if not file.thing.is_walked_by(file.visit.actor.id):
        raise CannotDo(_("It waits for somebody who walks with them. You can read it all the same."))
    NightNote.objects.filter(pk=note.pk, case=file.thing).update(is_open=False)
