"""What is written on the desk and belongs in files: a note with its promise, and taking both back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from leeward.cases import actions as cases
from leeward.cases.words.entry import promise_of
from leeward.days import actions as days
from leeward.days.models import Due

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Entry


def write(
    file: OpenCase, *, entry_id: UUID, answers: dict[str, Any], promise: tuple[str, date] | None = None
) -> Entry:
    """Write down what happened and what was promised, both or neither. A double click is one of each (B1)."""
    with transaction.atomic():
        entry = cases.write_entry(file, entry_id=entry_id, **answers)
        if promise:
            text, day = promise
            days.promise(file, due_id=promise_of(entry.pk), text=text, day=day, entry=entry)
    return entry


def undo(file: OpenCase, *, entry: UUID) -> None:
    """Take one's last note back, with the promise that was made in it; all of it is a draft again."""
    with transaction.atomic():
        made = Due.objects.filter(pk=promise_of(entry), case=file.thing, is_open=True, version=1).first()
        also = (
            {"promise_text": (made.words or {})["text"], "promise_day": made.day.isoformat()} if made else {}
        )
        cases.take_back(file, entry=entry, also=also)
        if made:
            days.take_out(file, made)
