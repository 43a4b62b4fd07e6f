"""Meeting people: those who come once, those who may be known already, and two files of one person."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from leeward.cases.models.case import Case
from leeward.cases.words.people import BeforeJoining, PassingWords
from leeward.staff.models import Person, Team
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, Scope


class Passing(SealedModel):
    """A contact with somebody who may never come back: counted, and nothing else needed (E5, R12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="passings")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words: SealedJSON[PassingWords] = SealedJSON(label="cases.passing.words")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "number"], name="one_passing_per_number")
        ]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team's own words."""
        return Scope.team(self.team_id)


class Known(SealedModel):
    """Marks of two exact facts together, by which somebody known elsewhere is noticed and never shown.

    Marks are made with the pepper and sealed to the team of everyone: the database alone tells nothing, and
    whoever searches learns no more than "we will check".
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="known")
    everyone = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    marks: SealedJSON[list[str]] = SealedJSON(label="cases.known.marks")

    def __str__(self) -> str:
        return str(self.case_id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team of everyone."""
        return Scope.team(self.everyone_id)


class DoubtQuerySet(models.QuerySet["Doubt"]):
    """Words about doubts."""

    def waiting(self) -> Self:
        """Those nobody looked into yet."""
        return self.filter(answered=False)


class Doubt(models.Model):
    """Somebody may be known twice: for the supervisor of the file that was there first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="doubts")
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(default=timezone.localdate)
    answered = models.BooleanField(default=False)

    objects = DoubtQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class Joining(SealedModel):
    """Two files of one person that became one: what each card said before, so that it can be undone for 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="joinings")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(default=timezone.localdate)
    undone = models.BooleanField(default=False)
    before: SealedJSON[BeforeJoining] = SealedJSON(
        label="cases.joining.before", compartment=Compartment.NOTES
    )

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The key of the file that was kept."""
        return Scope.case(self.kept_id, part or Compartment.NOTES)
