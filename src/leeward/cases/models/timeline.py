"""What happened, what is being written, and which papers came."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from leeward.cases.models.case import Case
from leeward.cases.words import KIND_LOOKS, EntryFacts, EntryKind, PaperFacts, TallyFacts
from leeward.cases.words.card import MoreFacts, added
from leeward.cases.words.searched import Searched
from leeward.staff.models import Person
from leeward.vault.fields import SealedFile, SealedJSON, SealedModel, SealedText
from leeward.vault.scopes import Compartment, Scope


class OfCase(SealedModel):
    """A row whose words are sealed under its case's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    #: The file that this row was in before it came here, when two files became one or a note was in the wrong one.
    came_from = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key."""
        return Scope.case(self.case_id, part or Compartment.NOTES)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Words about the timeline."""

    def newest_first(self) -> Self:
        """In the order of writing, the last one on top, with who wrote it."""
        return self.select_related("author").order_by("-number")


class Entry(OfCase):
    """One moment on a participant's timeline."""

    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    text = SealedText(label="cases.entry.text", compartment=Compartment.NOTES)
    facts: SealedJSON[EntryFacts] = SealedJSON(label="cases.entry.facts", compartment=Compartment.NOTES)
    #: A passage that may be hard to read: folded until somebody asks for it.
    hard = SealedText(label="cases.entry.hard", compartment=Compartment.NOTES, null=True)
    tally = SealedJSON[TallyFacts](label="cases.entry.tally", compartment=Compartment.FACTS, null=True)
    version = models.PositiveIntegerField(default=1)

    searched: ClassVar = Searched("text", str, ("-number",))

    objects = EntryQuerySet.as_manager()

    class Meta:
        default_related_name = "entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_entry_per_number")
        ]

    @property
    def look(self) -> EntryLook:
        """What the page shows around the words, opened once."""
        return EntryLook(self.facts)


class Amendment(OfCase):
    """What was added to a note later. The note itself stays as it was."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="amendments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words: SealedJSON[MoreFacts] = SealedJSON(label="cases.amendment.words", compartment=Compartment.NOTES)

    searched: ClassVar = Searched("words", added, ("-entry__number",), shown="entry")

    class Meta:
        default_related_name = "amendments_of"


class MisfiledQuerySet(models.QuerySet["Misfiled"]):
    """Words about notes in the wrong file."""

    def waiting(self) -> Self:
        """Those that wait for a second person."""
        return self.filter(answered_by=None)


class Misfiled(models.Model):
    """A note that stands in the wrong file: one person says so, a second one moves it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="misfiled")
    #: Where it belongs.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    moved = models.BooleanField(default=False)

    objects = MisfiledQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class EntryLook:
    """The facts of an entry, ready to show."""

    __slots__ = ("happened_at", "icon", "kind", "label", "tone", "written_at")

    def __init__(self, facts: EntryFacts) -> None:
        """Read the facts once for all that a page shows of them."""
        self.kind = EntryKind(facts.get("kind", EntryKind.OTHER.value))
        self.label = self.kind.label
        self.icon, self.tone = KIND_LOOKS[self.kind]
        self.happened_at = datetime.fromisoformat(facts["happened_at"])
        self.written_at = datetime.fromisoformat(facts["written_at"])


class WordSet(SealedModel):
    """Which words occur in a file: looked through by search before anything else is opened."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="word_set")
    words = SealedText(label="cases.wordset.words", compartment=Compartment.NOTES)

    def __str__(self) -> str:
        return str(self.case_id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key."""
        return Scope.case(self.case_id, part or Compartment.NOTES)


class Draft(SealedModel):
    """Words not yet saved, sealed to the person who is writing them. Lost with that person's keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts", null=True)
    words: SealedJSON[dict[str, str]] = SealedJSON(label="cases.draft.words")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "case"], name="one_draft_per_person_and_case"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(case=None), name="one_draft_on_each_desk"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - a draft has one part
        """The writer's own key."""
        return Scope.person(self.person_id)


class Paper(OfCase):
    """A paper or photograph in a participant's file, sealed in pieces under a key of its own."""

    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about: SealedJSON[PaperFacts] = SealedJSON(label="cases.paper.about", compartment=Compartment.FILES)
    key = SealedFile(label="cases.paper.key", compartment=Compartment.FILES)

    class Meta:
        default_related_name = "papers"


class Piece(models.Model):
    """One sealed piece of a paper, in the same store and the same backup as everything else."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_piece_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.number}"
