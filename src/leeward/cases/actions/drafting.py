"""Words that are not saved yet, sealed to whoever writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from leeward.cases.actions.file import ChangedMeanwhile
from leeward.cases.models import Draft, Entry

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case


def keep_draft(visit: Entered | OpenCase, *, case: Case | None, words: dict[str, str], version: int) -> Draft:
    """Keep what is being written, sealed to the writer, unless another window keeps a newer draft."""
    person = visit.visit.actor.id
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(person=person, case=case).first()
        if draft is None:
            _refuse_ghost(words, version)
            return _first_draft(person, case, words)
        if draft.version != version:
            raise ChangedMeanwhile(draft.words.get("text", ""), draft.version)
        draft.words, draft.version = words, draft.version + 1
        draft.save(update_fields=["words", "version"])
    return draft


def _refuse_ghost(words: dict[str, str], version: int) -> None:
    """A draft that arrives after its note was saved must not come back to life."""
    try:
        entry_id = UUID(words.get("entry_id", ""))
    except ValueError:
        return
    if Entry.objects.filter(pk=entry_id).exists():
        raise ChangedMeanwhile("", version)


def _first_draft(person: UUID, case: Case | None, words: dict[str, str]) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(person_id=person, case=case, words=words)
    except IntegrityError:  # another window of the same person was quicker by a moment
        raise ChangedMeanwhile("", 1) from None


def drop_draft(visit: Entered | OpenCase, *, case: Case | None) -> None:
    """Let go of what was being written, because the writer says so."""
    Draft.objects.filter(person=visit.visit.actor.id, case=case).delete()


def put_back(file: OpenCase, words: dict[str, str]) -> None:
    """Words that were saved are a draft again; what is being written meanwhile stays, below them."""
    person, case = file.visit.actor.id, file.thing
    draft = Draft.objects.select_for_update().filter(person=person, case=case).first()
    if draft is None:
        Draft.objects.create(person_id=person, case=case, words=words)
        return
    now = draft.words
    texts = {name: "\n\n".join(filter(None, (words.get(name), now.get(name)))) for name in ("text", "hard")}
    draft.words = {**words, **now, **{name: text for name, text in texts.items() if text}}
    draft.version += 1
    draft.save(update_fields=["words", "version"])
