"""Who is on the way, and whom somebody should look for (practice B4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from leeward.days.models import Trip
from leeward.days.words import span
from leeward.ui import moments

if TYPE_CHECKING:
    from leeward.access.gate import Visit
    from leeward.days.looks import DueLook
    from leeward.days.words import TripWords

#: How long the way takes, and a trip of which nobody said how long it is.
_WAY, _A_WHILE, _STEP = timedelta(hours=1), timedelta(hours=3), timedelta(minutes=15)
EVERY_TRIP: Final = 20


@dataclass(frozen=True, slots=True)
class TripLook:
    """A colleague on the way, opened once. Nothing in it names a participant."""

    trip: Trip
    words: TripWords
    mine: bool

    @classmethod
    def of(cls, trip: Trip, visit: Visit) -> TripLook:
        """Open it."""
        return cls(trip, trip.words, trip.person_id == visit.actor.id)

    @property
    def is_safe(self) -> bool:
        """Whether they said that they arrived."""
        return self.trip.state == Trip.SAFE

    @property
    def left_at(self) -> datetime | None:
        """When they left."""
        return _moment(self.words.get("left_at"))

    @property
    def safe_at(self) -> datetime | None:
        """When they said that they are safe."""
        return _moment(self.words.get("safe_at"))

    @property
    def back_at(self) -> datetime | None:
        """When they said that they are back."""
        return _moment(self.words.get("back_at"))

    @property
    def minutes(self) -> int:
        """How long they were out."""
        left, back = self.left_at, self.back_at or timezone.now()
        return max(int((back - left).total_seconds() // 60), 0) if left else 0

    @property
    def is_awaited(self) -> bool:
        """Whether they should be back by now."""
        return self.trip.state != Trip.BACK and self.trip.back_by < timezone.now()

    @property
    def back_by(self) -> str:
        """By when they are back, as one says it: the time alone where it is today."""
        here = moments.local(self.trip.back_by)
        return moments.clock(here) if here.date() == moments.today() else moments.moment(here, exact=True)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def awaited_for(visit: Visit) -> list[TripLook]:
    """Colleagues who should be back by now, for whoever is on call or supervises, until somebody has looked."""
    trips = Trip.objects.awaited().watched_by(visit.actor).filter(seen_by=None)
    return _looks(visit, trips.order_by("back_by"))


def out_now(visit: Visit) -> list[TripLook]:
    """My own trips."""
    return _looks(visit, Trip.objects.out().filter(person=visit.actor.id).order_by("back_by"))


def out_in_my_teams(visit: Visit) -> list[TripLook]:
    """Who else of my teams is on the way."""
    trips = Trip.objects.out().filter(team__in=visit.actor.teams).exclude(person=visit.actor.id)
    return _looks(visit, trips.order_by("back_by"))


def _looks(visit: Visit, trips: Any) -> list[TripLook]:  # noqa: ANN401 - Django's stubs lose the query's type
    held = trips.filter(team__in=visit.holder.teams()).select_related("person")
    return [TripLook.of(trip, visit) for trip in held[:EVERY_TRIP]]


def my_phone(visit: Visit) -> str:
    """The number that I gave on my last way out."""
    last = (
        Trip.objects.filter(person=visit.actor.id, team__in=visit.holder.teams()).order_by("-back_by").first()
    )
    return last.words.get("phone", "") if last else ""


def back_again(look: DueLook | None) -> datetime:
    """By when somebody is probably back: after the appointment and the way, or in three hours; on a round minute."""
    now = timezone.now()
    if look is None or not look.at:
        return _round(now + _A_WHILE)
    _start, end = span(look.day, look.slot)
    return _round(max(end, now) + _WAY)


def _round(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment - over + (_STEP if over else timedelta())
