"""Closing together, coming back, and a death."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.cases.models.walking import carriers
from leeward.cases.pages.file import head
from leeward.continuity import actions
from leeward.continuity.actions import CannotDo
from leeward.continuity.forms.path import CloseForm, ReopenForm, RestForm
from leeward.continuity.pages import ending as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.CLOSE)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Close a file together, when nothing is left unanswered."""
    form = CloseForm(request.POST or None, initial={"way_back": pages.way_back()})
    try:
        if form.is_valid():
            actions.close(file, ending_id=form.cleaned_data["ending_id"], words=form.told())
            messages.success(
                request, _("The file is closed. Whenever they come back, everything is still here.")
            )
            return redirect("continuity:walking", case=file.thing.pk)
    except CannotDo as why:
        form.add_error(None, str(why))
    shown = {**pages.closing(file), "form": form}
    return page(request, "continuity/close.html", shown, status=422 if form.is_bound else 200)


# Whoever may start a file for somebody new may take up the one that is there: coming back is one step (practice C5).
@case_page(Action.START_CASE)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody comes back: everything is kept, and the same worker if they are here."""
    form = ReopenForm(
        request.POST or None, people=carriers(file.thing), initial={"person": pages.again(file)}
    )
    try:
        if form.is_valid():
            actions.reopen(file, person=form.cleaned_data["person"])
            messages.success(request, _("Welcome back. Everything is still here."))
            return redirect("desk:person", case=file.thing.pk)
    except CannotDo as why:
        form.add_error(None, str(why))
    shown = {**pages.coming_back(file), "form": form}
    return page(request, "continuity/reopen.html", shown, status=422 if form.is_bound else 200)


@case_page(Action.CLOSE)
@require_http_methods(["GET", "POST"])
def death(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody died: everything stops, and the team is told gently."""
    form = RestForm(request.POST or None)
    shown: dict[str, Any] = {**head(file, "continuity:walking"), "form": form}
    if not form.is_valid():
        return page(request, "continuity/death.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.rest(file, ending_id=form.cleaned_data["ending_id"], words=form.told())
        messages.success(
            request, _("Everything has stopped. Your colleagues who walked along will read it on their desk.")
        )
    except CannotDo as why:
        messages.info(request, str(why))
    return redirect("continuity:walking", case=file.thing.pk)


@case_page(Action.ASSIGN)
@require_POST
def death_undo(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """It was written down by mistake."""
    actions.take_back(file)
    messages.success(
        request,
        _("Taken back. Everything is as it was, and your colleagues will read that it was a mistake."),
    )
    return redirect("continuity:walking", case=file.thing.pk)
