"""What is kept about the walk itself: its parts, who else walks along, how it passes on, and how it ends."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from leeward.cases.models import OfCase
from leeward.continuity.words import (
    ComponentWords,
    ConferenceWords,
    DoingWords,
    EndingWords,
    HandOverWords,
    OutsideWords,
)
from leeward.staff.models import Person, Team
from leeward.vault.fields import SealedJSON
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

#: After so many days without an answer a hand-over rises to the supervisors.
UNANSWERED_DAYS: Final = 2


class Component(OfCase):
    """One part of a case, such as immigration or school, and whose it is now (practice D1)."""

    about: SealedJSON[ComponentWords] = SealedJSON(
        label="continuity.component.about", compartment=Compartment.NOTES
    )

    class Meta:
        default_related_name = "components"


class Outside(OfCase):
    """Somebody of another agency on the care team: what they may know and on what basis (practices D3, E1, E3)."""

    about: SealedJSON[OutsideWords] = SealedJSON(
        label="continuity.outside.about", compartment=Compartment.NOTES
    )

    class Meta:
        default_related_name = "outside"


class Doing(OfCase):
    """What one colleague does for this participant, so that two do not do the same (practice E1)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words: SealedJSON[DoingWords] = SealedJSON(label="continuity.doing.words", compartment=Compartment.NOTES)

    class Meta:
        default_related_name = "doings"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person"], name="one_doing_per_colleague")
        ]


class Conference(OfCase):
    """A meeting about somebody, with them or with their words in it (practice E8)."""

    about: SealedJSON[ConferenceWords] = SealedJSON(
        label="continuity.conference.about", compartment=Compartment.NOTES
    )

    class Meta:
        default_related_name = "conferences"


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Words about hand-overs."""

    def on_the_way(self) -> Self:
        """Those that are neither done nor let go of."""
        return self.filter(state__in=HandOver.ON_THE_WAY)

    def asked_of(self, person: UUID) -> Self:
        """Those that wait for one colleague's yes."""
        return self.filter(state=HandOver.ASKED, taker=person)

    def unanswered(self) -> Self:
        """Those that wait for an answer for two days or longer."""
        return self.filter(
            state=HandOver.ASKED, offered_on__lte=timezone.localdate() - timedelta(days=UNANSWERED_DAYS)
        )

    def done(self) -> Self:
        """Every change of the primary worker, the last one first."""
        return self.filter(state=HandOver.DONE, taker__isnull=False).order_by("-done_on", "-number")


class HandOver(OfCase):
    """A participant passes from one primary worker to the next: asked, agreed, done. Nobody is without one (D2)."""

    ASKED, AGREED, DONE, NOT_NOW, WITHDRAWN = "asked", "agreed", "done", "not_now", "withdrawn"
    STATES: ClassVar = [(state, state) for state in (ASKED, AGREED, DONE, NOT_NOW, WITHDRAWN)]
    ON_THE_WAY: ClassVar = [ASKED, AGREED]

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="given")
    #: Nobody, while another team has not answered, and where the worker went over to it with them.
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="taken")
    #: Another team that was asked. It learns only who asks, and since when.
    team_to = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=STATES, default=ASKED)
    #: The how-manieth of its file.
    number = models.PositiveIntegerField(default=1)
    offered_on = models.DateField(default=timezone.localdate)
    done_on = models.DateField(null=True)
    #: At once and for now, because somebody left: the next step is still to be talked about.
    for_now = models.BooleanField(default=False)
    #: The file's key in the other team's drop box, until that team answers.
    parcel = models.BinaryField(max_length=128, null=True)
    words = SealedJSON[HandOverWords](
        label="continuity.handover.words", compartment=Compartment.NOTES, null=True
    )
    version = models.PositiveIntegerField(default=1)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        default_related_name = "hand_overs"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["asked", "agreed"]), name="one_hand_over_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(taker__isnull=False) | Q(team_to__isnull=False), name="a_hand_over_is_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(taker=None) | ~Q(taker=F("giver")), name="nobody_hands_over_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(parcel=None) | Q(state="asked"), name="a_parcel_waits_for_an_answer"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "offered_on"])]

    @property
    def is_on_the_way(self) -> bool:
        """Whether it is neither done nor let go of."""
        return self.state in self.ON_THE_WAY

    @property
    def is_agreed(self) -> bool:
        """Whether the next worker said yes."""
        return self.state == self.AGREED


class Ending(OfCase):
    """How a walk together ended, and how one comes back in; or that somebody died (practices C5, M9)."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=1)
    words: SealedJSON[EndingWords] = SealedJSON(
        label="continuity.ending.words", compartment=Compartment.NOTES
    )

    class Meta:
        default_related_name = "endings"


class FarewellQuerySet(models.QuerySet["Farewell"]):
    """Words about what is told gently."""

    def for_(self, person: UUID) -> Self:
        """What one colleague has not read yet."""
        return self.filter(person=person, read=False)


class Farewell(models.Model):
    """A gentle word to one colleague that somebody they walked with has died, until it is read (practice M9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ending = models.ForeignKey(Ending, on_delete=models.CASCADE, related_name="farewells")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="farewells")
    read = models.BooleanField(default=False)

    objects = FarewellQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ending", "person"], name="one_farewell_each")
        ]

    def __str__(self) -> str:
        return str(self.id)
