"""What is kept about what was not safe. Clear columns hold ids, who wrote it, and whether it is open."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils import timezone

from leeward.cases.models import Case, OfCase
from leeward.cases.models.people import PageOfCase
from leeward.cases.words.entry import A_DAY
from leeward.safety.words import (
    CrisisWords,
    HoursWords,
    MissingWords,
    NightWords,
    ReportWords,
    WishesWords,
)
from leeward.staff.models import Person
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, Scope

if TYPE_CHECKING:
    from uuid import UUID


class CrisisWishes(PageOfCase):
    """What somebody wishes for a bad moment, told in calm times: shown before anything else in a crisis (A4, T1)."""

    words: SealedJSON[WishesWords] = SealedJSON(label="safety.wishes.words", compartment=Compartment.SAFETY)

    class Meta:
        default_related_name = "crisis_wishes"


class OpenQuerySet(models.QuerySet["Crisis"]):
    """Words about what begins and ends."""

    def open(self) -> Self:
        """What has not ended."""
        return self.filter(is_open=True)


class Crisis(OfCase):
    """A crisis, from the first minute to the talk afterwards (practice A4). One is open at a time."""

    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    words: SealedJSON[CrisisWords] = SealedJSON(label="safety.crisis.words", compartment=Compartment.SAFETY)

    objects = OpenQuerySet.as_manager()

    class Meta:
        default_related_name = "crises"
        indexes: ClassVar = [models.Index(fields=["case", "is_open"])]

    def is_a_slip_of(self, person: UUID) -> bool:
        """Whether this person began it lately, and nobody has written anything in it: perhaps it was the wrong name."""
        words = self.words
        untouched = not any(told for name, told in words.items() if name != "began")
        lately = timezone.now() < datetime.fromisoformat(words["began"]) + A_DAY
        return self.is_open and self.author_id == person and untouched and lately


class NightQuerySet(models.QuerySet["NightNote"]):
    """Words about nights."""

    def unseen(self) -> Self:
        """Those that nobody who walks along has read yet."""
        return self.filter(is_open=True)


class NightNote(OfCase):
    """What whoever was on call did at night (practice D4). Open until somebody who walks along has read it."""

    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    words: SealedJSON[NightWords] = SealedJSON(label="safety.night.words", compartment=Compartment.SAFETY)
    #: What the night cost its writer: the writer's own, so that it counts for them when the file is shut again.
    hours: SealedJSON[HoursWords] = SealedJSON(label="safety.night.hours")

    objects = NightQuerySet.as_manager()

    class Meta:
        default_related_name = "nights"
        indexes: ClassVar = [models.Index(fields=["case", "is_open"])]

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key; the hours are under their writer's."""
        return Scope.case(self.case_id, part) if part else Scope.person(self.author_id)


class MissingQuerySet(models.QuerySet["Missing"]):
    """Words about being away."""

    def open(self) -> Self:
        """Those who are not back."""
        return self.filter(is_open=True)


class Missing(OfCase):
    """Nobody knows where somebody is, until they are back (practice M4). One is open at a time."""

    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    words: SealedJSON[MissingWords] = SealedJSON(label="safety.missing.words", compartment=Compartment.SAFETY)

    objects = MissingQuerySet.as_manager()

    class Meta:
        default_related_name = "missing_times"
        indexes: ClassVar = [models.Index(fields=["case", "is_open"])]


class ReportQuerySet(models.QuerySet["Report"]):
    """Words about reports."""

    def in_file(self, case: UUID) -> Self:
        """Those of one file, with who wrote them."""
        return self.filter(case=case).select_related("author")

    def open(self) -> Self:
        """Those that wait: to be made, or for a number or an answer."""
        return self.filter(is_open=True)

    def open_by(self, person: UUID) -> Self:
        """Those of one writer."""
        return self.open().filter(author=person)

    def alone_by(self, person: UUID) -> Self:
        """Those of one writer that stand in no file."""
        return self.filter(case=None, author=person)


class Report(SealedModel):
    """A report that the law asks for, or an emergency (M2, M3). Without a file it is sealed to whoever wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="reports")
    came_from = models.UUIDField(null=True, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    words: SealedJSON[ReportWords] = SealedJSON(label="safety.report.words", compartment=Compartment.DUTY)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "is_open"]),
            models.Index(fields=["author", "is_open"]),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key, in a part of its own; or the writer's."""
        if self.case_id is None:
            return Scope.person(self.author_id)
        return Scope.case(self.case_id, part or Compartment.DUTY)
