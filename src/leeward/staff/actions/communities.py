"""What the agency learnt about communities: written down, asked about again, let go of (practice C6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from leeward.staff.actions.about import everyone_of, must_keep_ways
from leeward.staff.actions.authority import ChangedMeanwhile
from leeward.staff.models import CommunityNote, Team

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.staff.models.rota import CommunityWords


def keep_community(entered: Entered, *, note_id: UUID, words: CommunityWords, version: int) -> CommunityNote:
    """Write down what we were taught, or change it unless somebody did so meanwhile. A double click is one note."""
    must_keep_ways(entered)
    everyone = everyone_of(entered)
    with transaction.atomic():
        Team.objects.select_for_update().only("pk").get(pk=everyone.pk)
        row = CommunityNote.objects.filter(pk=note_id).first()
        if row is None:
            return CommunityNote.objects.create(id=note_id, everyone=everyone, words=words)
        if row.words == words:
            return row
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        row.words, row.version = words, row.version + 1
        row.save(update_fields=["words", "version"])
    return row


def let_go_of_community(entered: Entered, *, note: CommunityNote) -> None:
    """Take a note away that is not true, or not ours to keep."""
    must_keep_ways(entered)
    CommunityNote.objects.filter(pk=note.pk).delete()
