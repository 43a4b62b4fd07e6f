"""Who is on call at this moment: asked by every page, so it is one small question (practice D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max, Q
from django.utils import timezone

from leeward.staff.models import Person

if TYPE_CHECKING:
    from datetime import datetime


class OnCall(NamedTuple):
    """Somebody who is on call now, and until when."""

    name: str
    until: datetime


def _hours() -> Q:
    now = timezone.now()
    return Q(shifts__since__lte=now, shifts__until__gt=now)


def on_now() -> list[Person]:
    """Everybody who is on call now, each with `until`."""
    hours = _hours()
    found = Person.objects.here().filter(hours).annotate(until=Max("shifts__until", filter=hours))
    return list(found.only("name").order_by("name"))


def names_on_now() -> list[OnCall]:
    """The same as names and hours alone, for the corner of every page."""
    hours = _hours()
    found = Person.objects.here().filter(hours).values("pk", "name")
    rows = found.annotate(until=Max("shifts__until", filter=hours)).order_by("name")
    return [OnCall(row["name"], row["until"]) for row in rows]
