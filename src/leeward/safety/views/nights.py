"""Nights: what was done, told to the morning, and the sheet for whoever is on call (practice D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo
from leeward.cases.door import case_page
from leeward.safety import actions
from leeward.safety.forms import file as forms
from leeward.safety.models import NightNote
from leeward.safety.pages import file as pages
from leeward.safety.pages.nights import night_sheet
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


@case_page(Action.CRISIS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What was done at night; the worker reads it in the morning."""
    form = forms.NightForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "safety/night.html", {**pages.head(file), "form": form}, status=status)
    actions.write_night(file, note_id=form.cleaned_data["note_id"], at=form.at_or_now(), words=form.words())
    messages.success(request, _("Saved. The morning will find it."))
    return redirect("safety:of_case", case=file.thing.pk)


@case_page(Action.CRISIS)
@require_POST
def seen(request: HttpRequest, file: OpenCase, note: UUID) -> HttpResponse:
    """Somebody who walks along has read it."""
    try:
        actions.night_seen(file, note=get_object_or_404(NightNote, pk=note, case=file.thing))
    except CannotDo as why:
        messages.warning(request, str(why))
    return redirect("safety:of_case", case=file.thing.pk)


@staff_page(Action.NIGHT, lists=True)
@require_GET
def sheet(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Everybody for whom this person may be called tonight."""
    return page(request, "safety/night_sheet.html", night_sheet(entered, _number(request)))


@staff_page(Action.NIGHT, lists=True)
@require_GET
def paper(request: HttpRequest, entered: Entered) -> HttpResponse:
    """The same for the pocket: it tells nobody whose list it is."""
    return page(request, "safety/night_paper.html", night_sheet(entered, _number(request)))


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked[:6]) if asked.isascii() and asked.isdigit() else 1
