"""A van is back: one note for those who rode along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases.views.several import Several, for_several
from leeward.days import actions
from leeward.days.models import Trip
from leeward.days.pages.came_back import begun_note
from leeward.staff.door import staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.words.telling import OwnNote


@staff_page(Action.WRITE_ENTRY, lists=True)
@require_http_methods(["GET", "POST"])
def trip_note(request: HttpRequest, entered: Entered, trip: UUID) -> HttpResponse:
    """One note for those who rode along. It begins with what the trip knows, and ends what it booked for them."""
    row = get_object_or_404(Trip, pk=trip, person=entered.visit.actor.id)
    asking = Several(
        begins=begun_note(entered.visit, row),
        url=reverse("days:trip_note", args=[row.pk]),
        back=reverse("days:trip"),
        action=Action.DAYS,
        keep=partial(_keep, row.pk),
    )
    return for_several(request, entered, asking)


def _keep(trip: UUID, files: Sequence[OpenCase], number: UUID, notes: Mapping[UUID, OwnNote]) -> None:
    actions.note_for_those_along(files, trip=trip, entry_id=number, notes=notes)
