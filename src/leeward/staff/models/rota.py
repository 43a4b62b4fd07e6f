"""Who is there when: the rota, absence and cover; and what the agency and its people say about how they work."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self, TypedDict

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leeward.staff.models.people import Person, Team
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, Scope

if TYPE_CHECKING:
    from datetime import date, datetime


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Words about the rota."""

    def on(self, moment: datetime | None = None) -> Self:
        """Who is on call at a moment (now)."""
        moment = moment or timezone.now()
        return self.filter(since__lte=moment, until__gt=moment, person__left_at=None)

    def coming(self) -> Self:
        """From now on, the next first."""
        return self.filter(until__gt=timezone.now()).order_by("since")


class Shift(models.Model):
    """Hours in which somebody is on call (practice D4). The on-call role counts only during them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shifts")
    since = models.DateTimeField()
    until = models.DateTimeField()
    #: A colleague who was asked to take it over; nothing changes until they say yes.
    offered_to = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="offered_shifts"
    )

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gt=models.F("since")), name="a_shift_ends_after_it_begins"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["until", "since"])]

    def __str__(self) -> str:
        return str(self.id)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Words about absence."""

    def current(self, day: date | None = None) -> Self:
        """Who is away on a day (today)."""
        day = day or timezone.localdate()
        return self.filter(since__lte=day, until__gte=day)


class Absence(models.Model):
    """Days on which somebody is away, and who covers. It begins and ends by its dates alone (practice S1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField()
    until = models.DateField()
    cover = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="covers")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="an_absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=models.F("person")), name="nobody_covers_themselves"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AboutWords(TypedDict, total=False):
    """What somebody on the staff chose to say about themselves. Everything may stay empty (practice H2)."""

    languages: list[str]
    gender: str
    culture: str
    faith: str
    more: str
    version: int


class About(SealedModel):
    """What a colleague chose to say about themselves, for participants' wishes. Colleagues can read it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="about")
    everyone = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    words: SealedJSON[AboutWords] = SealedJSON(label="staff.about.words")

    def __str__(self) -> str:
        return str(self.person_id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team of everyone."""
        return Scope.team(self.everyone_id)


class NotebookWords(TypedDict, total=False):
    """What a worker keeps to work faster: phrases by their short name, and ways to look at a list."""

    phrases: list[dict[str, str]]
    views: list[dict[str, str]]
    feed: str


class Notebook(SealedModel):
    """A worker's own phrases and saved views. Lost with that person's keys, and nobody else's business."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="notebook")
    words: SealedJSON[NotebookWords] = SealedJSON(label="staff.notebook.words")

    def __str__(self) -> str:
        return str(self.person_id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The worker's own key."""
        return Scope.person(self.person_id)


class HouseWords(TypedDict, total=False):
    """One line of the house log: when (ISO 8601), how many slept or sat there, and what the next shift should know."""

    at: str
    adults: int
    children: int
    text: str


class HouseNote(SealedModel):
    """A line in the log of a house: headcounts and what the next shift should know, never a participant's name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="house_notes")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words: SealedJSON[HouseWords] = SealedJSON(label="staff.house.words")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "number"], name="one_house_note_per_number")
        ]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team's own words."""
        return Scope.team(self.team_id)


class WaysWords(TypedDict, total=False):
    """How the agency works, in its own words. Numbers here are the agency's to check, with the day they did."""

    child_line: str
    child_line_name: str
    adult_line: str
    missing_line: str
    report_hours: int
    on_call_phone: str
    front_phone: str
    minors_transport: str
    day_begins: str
    day_ends: str
    checked_on: str
    first_meeting: str


class OurWays(SealedModel):
    """How the agency works: whom to call, office hours, the rule for driving minors. The whole staff reads it."""

    everyone = models.OneToOneField(Team, on_delete=models.PROTECT, primary_key=True, related_name="ways")
    words: SealedJSON[WaysWords] = SealedJSON(label="staff.ways.words")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.everyone_id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team of everyone."""
        return Scope.team(self.everyone_id)


class CommunityWords(TypedDict, total=False):
    """What we were taught about a community, under the names it calls itself by, and who taught us.

    `learnt_on` and `checked_on` are days: of the lesson, and of the last time that somebody asked again.
    """

    about: str
    text: str
    source: str
    learnt_on: str
    checked_on: str


class CommunityNote(SealedModel):
    """What the agency learnt about a language, culture, Nation or faith; nothing about any participant (C6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    everyone = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="community_notes")
    words: SealedJSON[CommunityWords] = SealedJSON(label="staff.community.words")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team of everyone."""
        return Scope.team(self.everyone_id)
