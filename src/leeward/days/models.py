"""What is due, who is on the way, and who waits. Clear columns hold a day, a generic kind, and who sees to it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.utils import timezone

from leeward.access import policy
from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.cases.words.searched import Searched
from leeward.days.words import AskWords, CourtWords, DueKind, DueWords, SlotWords, TripWords, typed
from leeward.staff.models import Person, Team
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, Scope

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from leeward.access.policy import Actor


class DueQuerySet(models.QuerySet["Due"]):
    """Words about what is due."""

    def open(self) -> Self:
        """Still to be done, in files that are not held."""
        return self.filter(is_open=True).exclude(case__rests=True)

    def of(self, person: UUID) -> Self:
        """What one worker sees to."""
        return self.filter(owner=person)

    def ended(self) -> Self:
        """Kept, done, released, happened, or not this time."""
        return self.filter(is_open=False)

    def until(self, day: date) -> Self:
        """Due on a day or before it."""
        return self.filter(day__lte=day)

    def by_day(self) -> Self:
        """The next first, with the participant and who sees to it."""
        return self.select_related("case__participant", "case__primary", "owner").order_by("day", "pk")


class Due(SealedModel):
    """A promise, something to do, an appointment, or a day to look in again (practices B1, F5, M5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: Without a case it is the worker's own, sealed to the worker.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="dues")
    came_from = models.UUIDField(null=True, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=12, choices=DueKind.choices)
    day = models.DateField()
    is_open = models.BooleanField(default=True)
    words = SealedJSON[DueWords](label="days.due.words", compartment=Compartment.NOTES, null=True)
    slot = SealedJSON[SlotWords](label="days.due.slot", compartment=Compartment.CARD, null=True)
    court = SealedJSON[CourtWords](label="days.due.court", compartment=Compartment.JUSTICE, null=True)
    version = models.PositiveIntegerField(default=1)

    #: What is still open first. Of a date in court no word is among the notes, so none of it is found.
    searched: ClassVar = Searched("words", typed, ("-is_open", "day", "pk"))

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "is_open", "day"]),
            models.Index(fields=["case", "is_open", "day"]),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key, or the worker's."""
        if self.case_id is None:
            return Scope.person(self.owner_id)
        return Scope.case(self.case_id, part or Compartment.NOTES)


#: How long a trip is kept after the day on which somebody was to be back. It is there so that a colleague is looked for
#: who does not come back. A month leaves time to look into a trip that did not go well, and to write it down where it
#: belongs; where a colleague went on which day is nobody's business for longer.
TRIPS_KEPT: Final = timedelta(days=30)


class TripQuerySet(models.QuerySet["Trip"]):
    """Words about trips."""

    def long_over(self) -> Self:
        """Those that nobody needs any more. Who has not said that they are back is still looked for, however late."""
        return self.filter(state=Trip.BACK, back_by__lt=timezone.now() - TRIPS_KEPT)

    def out(self) -> Self:
        """Those who are on the way."""
        return self.exclude(state=Trip.BACK)

    def awaited(self) -> Self:
        """Those who should be back by now, and have not said so."""
        return self.out().filter(back_by__lt=timezone.now())

    def watched_by(self, actor: Actor) -> Self:
        """Those whom this person looks out for: on call now, or a supervisor of the team."""
        teams = [team for team, roles in actor.teams.items() if roles & {Role.ON_CALL, Role.SUPERVISOR}]
        return self.filter(team__in=teams)


class Trip(SealedModel):
    """A worker on the way: leaving, safe, back (practices B4, M7). On call is told when the time has passed."""

    OUT, SAFE, BACK = "out", "safe", "back"
    STATES: ClassVar = [(OUT, OUT), (SAFE, SAFE), (BACK, BACK)]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="trips")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trips")
    due = models.ForeignKey(Due, on_delete=models.SET_NULL, null=True, related_name="trips")
    state = models.CharField(max_length=4, choices=STATES, default=OUT)
    back_by = models.DateTimeField()
    #: Who on call saw that the time has passed, and looked.
    seen_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    words: SealedJSON[TripWords] = SealedJSON(label="days.trip.words")

    objects = TripQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "back_by"])]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team's own words: whoever is on call can read them at night."""
        return Scope.team(self.team_id)


class AskQuerySet(models.QuerySet["Ask"]):
    """Words about requests."""

    def waiting(self) -> Self:
        """Those not answered yet, who waits longest first; in a file that is held nobody waits."""
        return self.filter(is_open=True).exclude(case__rests=True).order_by("number")

    def open_to(self, actor: Actor) -> Self:
        """What this person's teams were asked; nothing of a file behind a wall, or restricted to others."""
        teams = [team for team, roles in actor.teams.items() if policy.reach(roles, Action.TAKE_REQUESTS)]
        walled = Case.objects.filter(Case.objects.walls_before(actor))
        seen = Case.objects.filter(restricted=True).open_to(actor, Action.SEE_CARD)
        shut = Case.objects.filter(restricted=True).exclude(pk__in=seen)
        return self.filter(team__in=teams).exclude(case__in=walled).exclude(case__in=shut)


class Ask(SealedModel):
    """Somebody waits for our answer: a participant, a partner, somebody new (practices G7, D3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="asks")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="asks")
    number = models.PositiveIntegerField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="asks")
    is_open = models.BooleanField(default=True)
    words: SealedJSON[AskWords] = SealedJSON(label="days.ask.words")
    #: What is asked about somebody, under the key of their file too: so it goes along to another team while it waits.
    along = SealedJSON[AskWords](label="days.ask.along", compartment=Compartment.CARD, null=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "number"], name="one_ask_per_number")
        ]

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The team's own words: whoever is at the door takes requests. What goes along is the file's."""
        return Scope.case(self.case_id, part) if part and self.case_id else Scope.team(self.team_id)


class Feed(models.Model):
    """A worker's calendar for another program: only "busy". The private half is in its address, and nowhere here."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="feed")
    mark = models.BinaryField(max_length=32, unique=True)
    public = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.person_id)


class Busy(models.Model):
    """A time at which a worker is busy, sealed to the feed's public half."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="busy")
    due = models.OneToOneField(Due, on_delete=models.CASCADE, primary_key=True, related_name="busy")
    sealed = models.BinaryField(max_length=256)

    def __str__(self) -> str:
        return str(self.due_id)
