"""Book an appointment or a date in court, and change one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.days import actions
from leeward.days.actions import Agreed, CannotDo, ChangedMeanwhile
from leeward.days.forms.booking import AppointmentForm, CourtForm
from leeward.days.forms.dues import RewordForm
from leeward.days.pages import booking as pages
from leeward.days.pages import file as file_pages
from leeward.days.views import returning
from leeward.days.views.file import found
from leeward.days.words import Along, DueKind
from leeward.ui import moments
from leeward.ui.pages import page
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase
    from leeward.days.models import Due
    from leeward.days.words import CourtWords, DueWords, SlotWords


@case_page(Action.DAYS)
@require_http_methods(["GET", "POST"])
def appointment_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Book an appointment: what and when is enough."""
    initial = {"along": Along.ME, "language": file.thing.participant.card.get("language", "")}
    form = AppointmentForm(request.POST or None, booking=pages.booking(file), initial=initial)
    return _book(request, file, form)


@case_page(Action.DAYS)
@require_http_methods(["GET", "POST"])
def court_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Book a date in court, where the role may know of one."""
    if Compartment.JUSTICE not in file.compartments:
        return page(request, "days/not_here.html", file_pages.head(file))
    initial = {"along": Along.ME, "language": file.thing.participant.card.get("language", "")}
    form = CourtForm(request.POST or None, booking=pages.booking(file), initial=initial)
    return _book(request, file, form)


@case_page(Action.DAYS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Change what was booked or agreed; what a colleague saved meanwhile stands beside it."""
    row = found(file, due)
    look = file_pages.look(file, row)
    if conference := look.words.get("conference"):
        return redirect("continuity:conference_change", case=file.thing.pk, conference=conference)
    if row.kind == DueKind.FOLLOW_UP or not row.is_open:
        raise Http404
    form, shown = pages.changing(file, row, look, request.POST or None)
    template = "days/book.html" if row.kind == DueKind.APPOINTMENT else "days/reword.html"
    if not form.is_valid():
        return page(request, template, shown, status=422 if form.is_bound else 200)
    try:
        actions.change(file, row, version=form.cleaned_data["version"] or 0, agreed=_agreed(form, row))
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        both = {"mine": pages.lines(form), "theirs": file_pages.lines(look)}
        return page(request, template, {**shown, **both}, status=409)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, template, shown, status=422)
    messages.success(request, _("Saved."))
    return redirect("days:due", case=file.thing.pk, due=row.pk)


def _book(request: HttpRequest, file: OpenCase, form: AppointmentForm) -> HttpResponse:
    shown = {**pages.shown(file, form), "back": returning.asked(request)}
    if not form.is_valid():
        return page(request, "days/book.html", shown, status=422 if form.is_bound else 200)
    try:
        due = actions.appointment(file, due_id=form.cleaned_data["due_id"], agreed=_agreed(form))
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "days/book.html", shown, status=422)
    messages.success(request, _("Saved."))
    return redirect("days:due", case=file.thing.pk, due=due.pk)


def _agreed(form: AppointmentForm | RewordForm, row: Due | None = None) -> Agreed:
    """The answers as the verbs take them; other words for a promise leave its day and time alone."""
    given, words = form.cleaned_data, cast("DueWords", form.words())
    if isinstance(form, RewordForm):
        return Agreed(day=row.day if row else moments.today(), words=words, owner=given["owner"])
    court = cast("CourtWords", form.court_words()) if isinstance(form, CourtForm) else None
    slot = cast("SlotWords", form.slot())
    return Agreed(day=given["day"], words=words, slot=slot, court=court, owner=given["owner"])
