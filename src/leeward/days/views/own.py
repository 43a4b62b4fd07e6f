"""What is the worker's own, in nobody's file: sealed to the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.days import actions
from leeward.days.actions import CannotDo, ChangedMeanwhile, When
from leeward.days.forms.dues import OwnMoveForm, OwnTodoForm, ToldForm, clock
from leeward.days.looks import DueLook
from leeward.days.models import Due
from leeward.days.views import returning
from leeward.staff.door import staff_page
from leeward.ui import moments
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.TODAY)
@require_http_methods(["GET", "POST"])
def own_new(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Something to do that is in nobody's file."""
    form = OwnTodoForm(request.POST or None, initial={"day": moments.today() + timedelta(days=1)})
    if not form.is_valid():
        shown = {"form": form, "back": returning.asked(request)}
        return page(request, "days/own_new.html", shown, status=422 if form.is_bound else 200)
    actions.own_todo(entered, due_id=form.cleaned_data["due_id"], **form.said())
    messages.success(request, _("Saved."))
    return returning.back(request)


@staff_page(Action.TODAY)
@require_GET
def own_due(request: HttpRequest, entered: Entered, own: UUID) -> HttpResponse:
    """One of them."""
    return page(request, "days/own_due.html", _one(request, _found(entered, own)))


@staff_page(Action.TODAY)
@require_POST
def own_done(request: HttpRequest, entered: Entered, own: UUID) -> HttpResponse:
    """Done."""
    return _do(request, lambda: actions.done(entered, _found(entered, own)))


@staff_page(Action.TODAY)
@require_POST
def own_release(request: HttpRequest, entered: Entered, own: UUID) -> HttpResponse:
    """No longer needed."""
    return _do(request, lambda: actions.release(entered, _found(entered, own)))


@staff_page(Action.TODAY)
@require_POST
def own_again(request: HttpRequest, entered: Entered, own: UUID) -> HttpResponse:
    """Open it again."""
    return _do(request, lambda: actions.again(entered, _found(entered, own)))


@staff_page(Action.TODAY)
@require_POST
def own_move(request: HttpRequest, entered: Entered, own: UUID) -> HttpResponse:
    """Another day."""
    row = _found(entered, own)
    form = OwnMoveForm(request.POST)
    if not form.is_valid():
        return page(request, "days/own_due.html", {**_one(request, row), "move_form": form}, status=422)
    given = form.cleaned_data
    when = When(given["day"], clock(given["at"]))
    try:
        actions.move(entered, row, when=when, told="", version=given["version"])
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        shown = {**_one(request, _found(entered, own)), "move_form": form, "conflict": True}
        return page(request, "days/own_due.html", shown, status=409)
    except CannotDo as why:
        messages.info(request, str(why))
    return returning.back(request)


def _found(entered: Entered, own: UUID) -> Due:
    return get_object_or_404(Due, pk=own, case=None, owner=entered.visit.actor.id)


def _one(request: HttpRequest, due: Due) -> dict[str, Any]:
    look = DueLook(due)
    again = {"day": due.day, "at": look.slot.get("at", ""), "version": due.version}
    return {
        "look": look,
        "move_form": OwnMoveForm(initial=again),
        "told_form": ToldForm(),
        "back": returning.asked(request),
    }


def _do(request: HttpRequest, verb: Callable[[], Due]) -> HttpResponse:
    try:
        verb()
    except CannotDo as why:
        messages.info(request, str(why))
    else:
        messages.success(request, _("Saved."))
    return returning.back(request)
