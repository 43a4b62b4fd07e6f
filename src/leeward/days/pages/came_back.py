"""After a trip: who rode along and has no word yet on how it was, so that one note is enough for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid5

from django.http import QueryDict
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.hours import after_hours
from leeward.cases.models import Case
from leeward.cases.words import EntryKind
from leeward.cases.words.entry import as_typed
from leeward.days.actions.riding import date_of
from leeward.days.models import Due, Trip
from leeward.days.pages.going import TripLook
from leeward.days.words import DueKind
from leeward.ui import moments
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from leeward.access.gate import Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts
    from leeward.days.looks import DueLook
    from leeward.days.models import TripQuerySet

#: Trips that are looked back on.
A_FEW: Final = 10
_NOTES: Final = frozenset({Compartment.NOTES})


class CameBack(NamedTuple):
    """A trip of mine that is over, and what is not said of it yet."""

    look: TripLook
    #: Appointments of those who rode along, or the one it was for.
    dues: list[Due]


def came_back(visit: Visit) -> list[CameBack]:
    """My trips that are over, with appointments that still wait for a word on how it was; the latest first."""
    trips = list(_mine(visit).filter(state=Trip.BACK)[:A_FEW])
    dues = _waiting(visit) if trips else []
    found = [CameBack(TripLook.of(trip, visit), _of(trip, dues)) for trip in trips]
    return [one for one in found if one.dues]


def _mine(visit: Visit) -> TripQuerySet:
    mine = Trip.objects.filter(person=visit.actor.id, team__in=visit.holder.teams())
    return mine.order_by("-back_by")


def _waiting(visit: Visit) -> list[Due]:
    """My appointments up to today, in files that are open to me, that wait for a word."""
    able = Case.objects.open_to(visit.actor, Action.DAYS, _NOTES).held_by(visit.holder, Compartment.NOTES)
    dated = Due.objects.open().of(visit.actor.id).until(moments.today())
    return list(dated.filter(kind=DueKind.APPOINTMENT, case__in=able).only("case"))


def _of(trip: Trip, dues: list[Due]) -> list[Due]:
    """Those that a trip made, or the one it was for."""
    return [due for due in dues if due.pk == trip.due_id or _rode(trip, due)]


def _rode(trip: Trip, due: Due) -> bool:
    return due.case_id is not None and due.pk == date_of(trip.pk, due.case_id)


class Ride(NamedTuple):
    """A trip of mine on which somebody rides along: whether others do too, and how long it took, once it is over."""

    trip: Trip
    others: bool
    minutes: int


def ride_of(file: OpenCase, look: DueLook) -> Ride | None:
    """The ride that an appointment is, while it waits for a word on how it was."""
    if not look.is_ride:
        return None
    trip = next((trip for trip in _mine(file.visit)[:A_FEW] if _rode(trip, look.due)), None)
    if trip is None:
        return None
    over = trip.state == Trip.BACK
    minutes = TripLook.of(trip, file.visit).minutes if over else 0
    return Ride(trip, len(_of(trip, _waiting(file.visit))) > 1, minutes)


def begun_note(visit: Visit, trip: Trip) -> QueryDict:
    """What a note for those who rode along says before anybody types: who, when, how long."""
    look = TripLook.of(trip, visit)
    left = look.left_at or timezone.now()
    facts: EntryFacts = {
        "kind": EntryKind.TOGETHER.value,
        "happened_at": left.isoformat(),
        "minutes": look.minutes,
        "who": look.words.get("adults", ""),
    }
    begun = QueryDict(mutable=True)
    begun.update(as_typed(facts, by_clock=after_hours(visit, left)))
    begun["entry_id"] = str(uuid5(trip.pk, "note"))
    begun.setlist("people", [str(due.case_id) for due in _of(trip, _waiting(visit))])
    return begun
