"""Leaving, safe, back (practices B4, M7). A trip's words are the team's: whoever is on call reads them at night.

So they never name a participant. A van with several people is one trip, and each of their files holds no more than an
appointment of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.gate import Entered
from leeward.cases.actions import CannotDo
from leeward.days.actions.agreeing import Agreed, appointment
from leeward.days.actions.riding import date_of
from leeward.days.models import Due, Trip
from leeward.days.words import TripWords
from leeward.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case

    type Door = OpenCase | Entered


@dataclass(frozen=True, kw_only=True)
class Going:
    """Where somebody goes, and by when they are back. `names` are those that must not stand in the words."""

    trip_id: UUID
    team: UUID
    back_by: datetime
    words: TripWords
    due: Due | None = None
    names: tuple[str, ...] = ()


def leave(door: Door, going: Going) -> Trip:
    """Leaving. The same click twice is one trip, and so is leaving twice for one appointment."""
    me = door.visit.actor.id
    if going.team not in door.visit.holder.teams():
        raise CannotDo(
            _("You do not hold this team’s key yet. Ask a colleague of the team to hand it to you.")
        )
    _say_no_name(going)
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=me)
        out = Trip.objects.out().filter(person=me)
        if existing := _begun(out, going):
            return existing
        trip = Trip(id=going.trip_id, team_id=going.team, person_id=me, due=going.due, back_by=going.back_by)
        trip.words = {**going.words, "left_at": timezone.now().isoformat()}
        trip.save(force_insert=True)
        forget_old_trips()
    return trip


def forget_old_trips() -> None:
    """Let go of trips that nobody needs any more, of every team: no key is needed for that, and no program that waits.

    Whoever leaves does it for all, and so does bringing the store to a newer version.
    """
    Trip.objects.long_over().delete()


def with_several(entered: Entered, going: Going, *, files: Iterable[OpenCase], agreed: Agreed) -> Trip:
    """Several people in one van: one trip, and in each file an appointment that knows of nobody else."""
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=entered.visit.actor.id)
        if existing := Trip.objects.filter(pk=going.trip_id, person=entered.visit.actor.id).first():
            return existing
        for file in files:
            appointment(file, due_id=date_of(going.trip_id, file.thing.pk), agreed=agreed)
        return leave(entered, going)


def safe(entered: Entered, trip: Trip) -> Trip:
    """Arrived, and safe."""
    return _go_on(entered, trip, Trip.SAFE, "safe_at")


def back(entered: Entered, trip: Trip) -> Trip:
    """Back, and nobody waits any more."""
    return _go_on(entered, trip, Trip.BACK, "back_at")


def later(entered: Entered, trip: Trip, *, back_by: datetime) -> Trip:
    """It takes longer. Whoever is on call looks again when that time has passed."""
    with transaction.atomic():
        current = Trip.objects.select_for_update().get(pk=trip.pk, person=entered.visit.actor.id)
        if current.state == Trip.BACK:
            raise CannotDo(_("You are back already. For another way out, begin with “Leaving”."))
        current.back_by, current.seen_by = back_by, None
        current.save(update_fields=["back_by", "seen_by"])
    return current


def looked(entered: Entered, trip: Trip) -> None:
    """On call looked, and they are safe: nobody else needs to look."""
    actor = entered.visit.actor
    Trip.objects.awaited().watched_by(actor).filter(pk=trip.pk, seen_by=None).update(seen_by=actor.id)


def names_of(cases: Iterable[Case]) -> tuple[str, ...]:
    """Every name that the words of a trip must not hold; their cards are open."""
    cards = [case.participant.card for case in cases]
    told = [part for card in cards for part in (card.get("name", ""), *card.get("aliases", "").split(","))]
    return tuple(name.strip() for name in told if name.strip())


def says_a_name(text: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in a text, as words of it."""
    words = f" {_plain(text)} "
    return any(f" {_plain(name)} " in words for name in names)


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _say_no_name(going: Going) -> None:
    text = " / ".join(str(value) for value in going.words.values())
    if says_a_name(text, going.names):
        raise CannotDo(
            _(
                "The whole team reads where you go, so a participant’s name must not stand there. Please take it out."
            )
        )


def _begun(out: Iterable[Trip], going: Going) -> Trip | None:
    """The same trip, begun by the first of two clicks, or one for the same appointment."""
    mine = list(out)
    same = [trip for trip in mine if trip.pk == going.trip_id]
    return next(iter(same or [trip for trip in mine if going.due and trip.due_id == going.due.pk]), None)


def _go_on(entered: Entered, trip: Trip, state: str, at: str) -> Trip:
    with transaction.atomic():
        current = Trip.objects.select_for_update().get(pk=trip.pk, person=entered.visit.actor.id)
        if current.state in {state, Trip.BACK}:
            return current
        current.state = state
        now: TripWords = {at: timezone.now().isoformat()}  # type: ignore[misc]  # "safe_at" or "back_at"
        current.words = {**current.words, **now}
        current.save(update_fields=["state", "words"])
    return current
