"""The parts of a case, and conferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.cases.pages.file import head
from leeward.cases.pages.minors import blocked_in
from leeward.cases.pages.rows import told_lines
from leeward.continuity import actions
from leeward.continuity.actions import CannotDo, ChangedMeanwhile
from leeward.continuity.forms.meeting import ConferenceForm
from leeward.continuity.forms.people import ComponentForm
from leeward.continuity.models import Component, Conference
from leeward.continuity.pages import matters as pages
from leeward.continuity.pages.walking import Met
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.WRITE_ENTRY)
@require_GET
def components(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The parts of the case, and whose each is."""
    return page(request, "continuity/components.html", pages.components(file))


@case_page(Action.WRITE_ENTRY)
@require_POST
def component(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Answer for one part."""
    form = ComponentForm(request.POST, blocked=blocked_in(file))
    if not form.is_valid():
        return page(request, "continuity/components.html", pages.components(file, form), status=422)
    answers = {"row_id": form.cleaned_data["row_id"], "version": form.cleaned_data["version"]}
    try:
        actions.answer_component(file, facts=form.facts(), **answers)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "continuity/components.html", pages.components(file, form), status=422)
    except ChangedMeanwhile as other:
        shown = pages.components(file, form, _both(form, other))
        return page(request, "continuity/components.html", shown, status=409)
    messages.success(request, _("Saved."))
    return redirect(_back(request), case=file.thing.pk)


def _back(request: HttpRequest) -> str:
    """The closing page asks about parts too, and goes on from there."""
    return "continuity:close" if request.POST.get("to") == "close" else "continuity:components"


def _both(form: ComponentForm, other: ChangedMeanwhile) -> dict[str, str]:
    saved = Component.objects.filter(pk=form.cleaned_data["row_id"]).first()
    both = {
        "mine": told_lines(form, form.cleaned_data),
        "theirs": told_lines(form, saved.about if saved else {}),
    }
    form.again(other.version)
    return both


@case_page(Action.WRITE_ENTRY)
@require_POST
def never_came_up(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """All parts that nobody spoke of never came up."""
    actions.rest_never_came_up(file)
    messages.success(request, _("Saved."))
    return redirect(_back(request), case=file.thing.pk)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def conference_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """A conference, with their agenda on top."""
    return _keep(request, file, ConferenceForm(request.POST or None, blocked=blocked_in(file)))


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def conference_change(request: HttpRequest, file: OpenCase, conference: UUID) -> HttpResponse:
    """Plan it further, or write down what came of it."""
    row = get_object_or_404(Conference, pk=conference, case=file.thing)
    posted = request.method == "POST"
    as_it_stands = None if posted else ConferenceForm.of(row.pk, row.about)
    return _keep(request, file, as_it_stands or ConferenceForm(request.POST, blocked=blocked_in(file)))


def _keep(request: HttpRequest, file: OpenCase, form: ConferenceForm) -> HttpResponse:
    shown: dict[str, Any] = {**head(file, "continuity:walking"), "form": form}
    if not form.is_bound or not form.is_valid():
        return page(request, "continuity/conference_ask.html", shown, status=422 if form.is_bound else 200)
    answers = {"row_id": form.cleaned_data["row_id"], "version": form.cleaned_data["version"]}
    try:
        row = actions.keep_conference(file, facts=form.facts(), **answers)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "continuity/conference_ask.html", shown, status=422)
    except ChangedMeanwhile as other:
        saved = Met(form.cleaned_data["row_id"], Conference.objects.get(pk=form.cleaned_data["row_id"]).about)
        both = {"mine": pages.lines_of(form.facts()), "theirs": pages.lines_of(saved.about)}
        form.again(other.version)
        return page(request, "continuity/conference_ask.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("continuity:conference_see", case=file.thing.pk, conference=row.pk)


@case_page(Action.WRITE_ENTRY)
@require_GET
def conference_see(request: HttpRequest, file: OpenCase, conference: UUID) -> HttpResponse:
    """A conference as it was, or will be."""
    return page(request, "continuity/conference.html", _shown(file, conference))


@case_page(Action.WRITE_ENTRY)
@require_GET
def conference_print(request: HttpRequest, file: OpenCase, conference: UUID) -> HttpResponse:
    """The plain summary for them, on paper."""
    shown = _shown(file, conference)
    return page(request, "continuity/summary.html", {**shown, "text": shown["met"].about.get("summary", "")})


def _shown(file: OpenCase, conference: UUID) -> dict[str, Any]:
    row = get_object_or_404(Conference, pk=conference, case=file.thing)
    return {**head(file, "continuity:walking"), "met": Met(row.pk, row.about)}
