"""Pages about who is kept away from a file, and about stepping aside (practice M8)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo
from leeward.cases.door import case_page
from leeward.cases.models import Wall
from leeward.cases.pages import file as pages
from leeward.continuity.actions import walls as actions
from leeward.continuity.forms.walls import WallForm, WorksHereForm
from leeward.continuity.pages.walls import stepping_aside
from leeward.continuity.pages.walls import walls as walls_of
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.WALL)
@require_http_methods(["GET", "POST"])
def walls(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Who is kept away from this file; put up a wall."""
    form = WallForm(request.POST or None, case=file.thing)
    if form.is_bound and form.is_valid():
        try:
            actions.put_wall(file, person=form.cleaned_data["person"], team=form.cleaned_data["team"])
        except CannotDo as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The wall stands. Nobody is told."))
            return redirect("continuity:walls", case=file.thing.pk)
    return _page(request, file, form, WorksHereForm())


def _page(request: HttpRequest, file: OpenCase, form: WallForm, works: WorksHereForm) -> HttpResponse:
    shown = {**pages.head(file, "cases:more"), **walls_of(file), "form": form, "works": works}
    status = 422 if form.is_bound or works.is_bound else 200
    return page(request, "continuity/walls.html", shown, status=status)


@case_page(Action.WALL)
@require_POST
def wall_away(request: HttpRequest, file: OpenCase, wall: UUID) -> HttpResponse:
    """Take a wall away, or undo that somebody stepped aside."""
    actions.take_wall(file, wall=get_object_or_404(Wall, pk=wall, case=file.thing))
    messages.success(request, _("The wall is gone."))
    return redirect("continuity:walls", case=file.thing.pk)


@case_page(Action.WALL)
@require_POST
def works_here(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """They work or volunteer here now: the file opens to those who walk along only."""
    form = WorksHereForm(request.POST)
    if not form.is_valid():
        return _page(request, file, WallForm(case=file.thing), form)
    try:
        actions.works_here(file, person=form.cleaned_data["colleague"])
    except CannotDo as why:
        form.add_error(None, str(why))
        return _page(request, file, WallForm(case=file.thing), form)
    messages.success(request, _("Saved."))
    return redirect("continuity:walls", case=file.thing.pk)


@case_page(Action.WALL)
@require_POST
def open_to_team(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The file opens to its whole team again."""
    actions.open_to_team(file)
    messages.success(request, _("Saved."))
    return redirect("continuity:walls", case=file.thing.pk)


@case_page(Action.STEP_ASIDE)
@require_http_methods(["GET", "POST"])
def step_aside(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Step aside in one tap. Nobody asks why, and the file is gone from every list."""
    shown = {**pages.head(file), **stepping_aside(file)}
    if request.method == "GET":
        return page(request, "continuity/step_aside.html", shown)
    try:
        after = actions.step_aside(file)
    except CannotDo as why:
        return page(request, "continuity/step_aside.html", {**shown, "why": str(why)}, status=422)
    told = _("You have stepped aside. %(name)s walks with them now.") % {"name": after.name} if after else ""
    messages.success(request, told or _("You have stepped aside. Nobody asks why."))
    return redirect("desk:people")
