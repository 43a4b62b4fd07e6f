"""What is due in one file: all of it, something new, and one of them with all that can be done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.days import actions
from leeward.days.actions import CannotDo
from leeward.days.forms.dues import PromiseForm, TodoForm, Whose
from leeward.days.models import Due
from leeward.days.pages import file as pages
from leeward.days.views import returning
from leeward.ui import moments
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase
    from leeward.days.forms.dues import DueForm


@case_page(Action.DAYS)
@require_GET
def of_case(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Every date, promise and to-do of one participant, and what was."""
    asked = request.GET.get("page", "1")
    number = max(1, int(asked[:6])) if asked.isascii() and asked.isdigit() else 1
    return page(request, "days/of_case.html", pages.all_of(file, number))


@case_page(Action.DAYS)
@require_http_methods(["GET", "POST"])
def promise_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Promise something."""
    form = PromiseForm(request.POST or None, **_asked(file))
    return _agree(request, file, form, "promise")


@case_page(Action.DAYS)
@require_http_methods(["GET", "POST"])
def todo_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Something to do, or a deadline."""
    form = TodoForm(request.POST or None, **_asked(file))
    return _agree(request, file, form, "todo")


_VERBS: dict[str, Callable[..., Due]] = {"promise": actions.promise, "todo": actions.todo}


def _asked(file: OpenCase) -> dict[str, Any]:
    tomorrow = moments.today() + timedelta(days=1)
    whose = Whose(team=file.thing.team, me=file.visit.actor.id)
    return {"whose": whose, "initial": {"day": tomorrow}}


def _agree(request: HttpRequest, file: OpenCase, form: DueForm, what: str) -> HttpResponse:
    shown = {**pages.head(file), "form": form, "what": what, "back": returning.asked(request)}
    if not form.is_valid():
        return page(request, "days/agree.html", shown, status=422 if form.is_bound else 200)
    try:
        _VERBS[what](file, due_id=form.cleaned_data["due_id"], **form.said())
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "days/agree.html", shown, status=422)
    messages.success(request, _("Saved."))
    return returning.back(request, file.thing.pk)


@case_page(Action.DAYS)
@require_GET
def due(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """One of them, with all that is known and all that can be done."""
    return page(
        request, "days/due.html", {**pages.one(file, found(file, due)), "back": returning.asked(request)}
    )


def kept_elsewhere(file: OpenCase, due: Due) -> str:
    """The conference whose page keeps this date, if one does: it is moved there."""
    return pages.look(file, due).words.get("conference", "")


def found(file: OpenCase, due: UUID) -> Due:
    """Something due in this file; what is in another file is not there."""
    return get_object_or_404(file.thing.dues.select_related("owner"), pk=due)
