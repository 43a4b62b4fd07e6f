"""Adding to a note that stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from leeward.cases.actions import remembering
from leeward.cases.models import Amendment, Case

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.models import Entry
    from leeward.cases.words import MoreFacts


def amend(file: OpenCase, *, entry: Entry, amendment_id: UUID, text: str, answer: str = "") -> Amendment:
    """Add what is known now under a note. The same form twice is one addition."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        amendment_id, existing = _where_to(file, amendment_id, text)
        if existing:
            return existing
        added = Amendment(id=amendment_id, case=file.thing, entry=entry, author_id=file.visit.actor.id)
        told: MoreFacts = {"text": text, "written_at": timezone.now().isoformat()}
        added.words = {**told, "answer": answer} if answer else told
        added.save(force_insert=True)
        remembering.remember_text(file.thing, f"{text} {answer}")
    return added


def _where_to(file: OpenCase, amendment_id: UUID, text: str) -> tuple[UUID, Amendment | None]:
    """The addition that says this already, or an id that is free: other words in an old form are one more."""
    while existing := Amendment.objects.filter(pk=amendment_id).first():
        if existing.case_id == file.thing.pk and existing.words["text"] == text:
            return amendment_id, existing
        amendment_id = uuid5(amendment_id, "more")
    return amendment_id, None
