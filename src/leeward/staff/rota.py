"""Who is on call at this moment: asked by every page, so it is one small question (practice D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max, Q
from django.utils import timezone

from leeward.staff.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.staff.models.people import PersonQuerySet


class OnCall(NamedTuple):
    """Somebody who is on call now, and until when."""

    name: str
    until: datetime


def _on_now() -> PersonQuerySet:
    now = timezone.now()
    hours = Q(shifts__since__lte=now, shifts__until__gt=now)
    found = Person.objects.here().filter(hours).order_by("name")
    return found.annotate(until=Max("shifts__until", filter=hours))


def on_now() -> list[Person]:
    """Everybody who is on call now, each with `until`."""
    return list(_on_now().only("name"))


def names_on_now() -> list[OnCall]:
    """The same as names and hours alone, for the corner of every page."""
    return [OnCall(name, until) for name, until in _on_now().values_list("name", "until")]
