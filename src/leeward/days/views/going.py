"""Leaving, safe, back: one tap each. And for whoever is on call: they should be back by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.cases.pages.minors import blocked_in
from leeward.days import actions
from leeward.days.actions import CannotDo, Going
from leeward.days.forms.going import LaterForm, TripForm
from leeward.days.models import Trip
from leeward.days.pages import file as file_pages
from leeward.days.pages import going as pages
from leeward.days.pages import riding
from leeward.days.pages.came_back import came_back
from leeward.days.views import returning
from leeward.days.views.file import found
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.days.words import TripWords


@case_page(Action.DAYS)
@require_POST
def trip_leave(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Leaving for an appointment: one tap. Everything else can be said on the way."""
    row = found(file, due)
    look = file_pages.look(file, row)
    going = riding.leaving(file, look)
    try:
        actions.leave(file, going)
    except CannotDo as why:
        messages.info(request, str(why))
        return returning.back(request, file.thing.pk)
    return redirect("days:trip")


@staff_page(Action.TODAY)
@require_GET
def trip(request: HttpRequest, entered: Entered) -> HttpResponse:
    """I am on the way: two large buttons, and by when I am back."""
    return page(request, "days/trip.html", _mine(entered))


def _mine(entered: Entered) -> dict[str, Any]:
    looks = pages.out_now(entered.visit)
    return {
        "trips": [(look, LaterForm(initial={"back_by": look.trip.back_by}, auto_id=f"{look.trip.pk}_%s"))
                  for look in looks],
        "came_back": came_back(entered.visit),
        "others": pages.out_in_my_teams(entered.visit),
        "awaited": pages.awaited_for(entered.visit),
    }  # fmt: skip


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def trip_new(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Leaving without an appointment, or with several people in one van."""
    asked = riding.asking(entered)
    initial = {"back_by": timezone.localtime(pages.back_again(None)), "phone": pages.my_phone(entered.visit)}
    form = TripForm(request.POST or None, teams=asked.teams, people=asked.people, initial=initial)
    shown = {"form": form, "teams": asked.teams, "rule": asked.rule}
    if not form.is_valid():
        return page(request, "days/trip_new.html", shown, status=422 if form.is_bound else 200)
    try:
        _set_out(entered, form, asked)
    except CannotDo as why:
        form.add_error("where", str(why))
    if form.errors:
        return page(request, "days/trip_new.html", shown, status=422)
    return redirect("days:trip")


def _set_out(entered: Entered, form: TripForm, asked: riding.Asking) -> None:
    given = form.cleaned_data
    chosen = [asked.cases[pk] for pk in given.get("people", [])]
    going = Going(
        trip_id=given["trip_id"],
        team=UUID(given["team"]),
        back_by=given["back_by"],
        words=cast("TripWords", form.words()),
        names=riding.names_of(chosen),
    )
    if not chosen:
        actions.leave(entered, going)
        return
    files = [entered.open(case, Action.DAYS) for case in chosen]
    if not form.stops(blocked_in(*files)):
        actions.with_several(entered, going, files=files, agreed=riding.appointment_of(going))


@staff_page(Action.TODAY)
@require_POST
def trip_safe(request: HttpRequest, entered: Entered, trip: UUID) -> HttpResponse:
    """Safe."""
    return _tap(request, entered, trip, actions.safe)


@staff_page(Action.TODAY)
@require_POST
def trip_back(request: HttpRequest, entered: Entered, trip: UUID) -> HttpResponse:
    """Back."""
    return _tap(request, entered, trip, actions.back)


def _tap(
    request: HttpRequest, entered: Entered, trip: UUID, verb: Callable[[Entered, Trip], Trip]
) -> HttpResponse:
    verb(entered, get_object_or_404(Trip, pk=trip, person=entered.visit.actor.id))
    messages.success(request, _("Saved."))
    return returning.back(request) if returning.asked(request) else redirect("days:trip")


@staff_page(Action.TODAY)
@require_POST
def trip_later(request: HttpRequest, entered: Entered, trip: UUID) -> HttpResponse:
    """It takes longer."""
    row = get_object_or_404(Trip, pk=trip, person=entered.visit.actor.id)
    form = LaterForm(request.POST, auto_id=f"{row.pk}_%s")
    if not form.is_valid():
        shown = _mine(entered)
        shown["trips"] = [(look, form if look.trip.pk == row.pk else other) for look, other in shown["trips"]]
        return page(request, "days/trip.html", shown, status=422)
    try:
        actions.later(entered, row, back_by=form.cleaned_data["back_by"])
    except CannotDo as why:
        messages.info(request, str(why))
    return redirect("days:trip")


@staff_page(Action.TODAY)
@require_POST
def trip_looked(request: HttpRequest, entered: Entered, trip: UUID) -> HttpResponse:
    """On call looked: they are safe."""
    watched = Trip.objects.all().watched_by(entered.visit.actor)
    actions.looked(entered, get_object_or_404(watched, pk=trip))
    messages.success(request, _("Saved."))
    return returning.back(request) if returning.asked(request) else redirect("days:trip")
