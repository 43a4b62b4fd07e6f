"""Verbs that write in a participant's file. Each takes the open file: proof that the gate let somebody in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leeward.cases.actions.ages import tell_band
from leeward.cases.actions.remembering import remember_words
from leeward.cases.models import (
    Case,
    Paper,
    Participant,
    Piece,
)
from leeward.cases.words import names_on
from leeward.vault import wordset
from leeward.vault.files import FileKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.cases.door import OpenCase
    from leeward.cases.words import Card


class CannotDo(Exception):  # noqa: N818
    """What was asked cannot be done now; the message says why and what to do."""


@dataclass
class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody saved another version while this one was being written; the page shows both side by side."""

    saved: str
    version: int


def _card_words(card: Card) -> set[str]:
    return wordset.called(names_on(card))


def change_card(file: OpenCase, *, card: Card, version: int) -> Participant:
    """Change what stands on the card, unless somebody changed it meanwhile."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        person = Participant.objects.get(case=file.thing)
        if person.version != version:
            raise ChangedMeanwhile("", person.version)
        person.card = {**card, "since": person.card.get("since", "")}
        person.version += 1
        person.save(update_fields=["card", "version"])
        remember_words(file.thing, _card_words(card), other_names=True)
        tell_band(file.thing, card)
    return person


def add_paper(
    file: OpenCase, *, paper_id: UUID, name: str, kind: str, stream: Iterable[bytes], size: int
) -> Paper:
    """Seal a paper into the file, piece by piece. The same `paper_id` twice is one paper."""
    key = FileKey.fresh()
    with transaction.atomic():
        if existing := Paper.objects.filter(pk=paper_id, case=file.thing).first():
            return existing
        paper = Paper(id=paper_id, case=file.thing, added_by_id=file.visit.actor.id, key=key)
        paper.about = {"name": name, "type": kind, "size": size, "added_at": timezone.now().isoformat()}
        paper.save(force_insert=True)
        for number, sealed in enumerate(key.seal(stream, paper.pk.bytes)):
            Piece.objects.create(paper=paper, number=number, sealed=sealed)
    return paper
