"""A crisis: two taps from every page, their own wishes first, every answer kept at once (practices A4, T1)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.door import case_page
from leeward.cases.pages.naming import point_out
from leeward.safety import actions
from leeward.safety.forms import file as forms
from leeward.safety.models import Crisis
from leeward.safety.pages import file as pages
from leeward.safety.pages import whom
from leeward.safety.words import TICKS
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


@staff_page(Action.CRISIS, lists=True)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, entered: Entered) -> HttpResponse:
    """For whom? What is typed to find somebody is kept nowhere."""
    query = request.POST.get("q", "")[:200].strip()
    shown = whom.found(entered, query) if query else whom.whom(entered)
    return page(request, "safety/crisis.html", {**shown, "fresh": uuid.uuid4()})


@case_page(Action.CRISIS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Their own wishes, how to reach them, and one button. Where a crisis is open already, it goes on there."""
    going = Crisis.objects.open().filter(case=file.thing).only("pk").first()
    if going and request.method != "POST":
        return redirect("safety:crisis_see", case=file.thing.pk, crisis=going.pk)
    form = forms.BeginForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "safety/crisis_new.html", {**pages.first(file), "form": form}, status=status)
    begun = actions.begin_crisis(file, **form.cleaned_data)
    return redirect("safety:crisis_see", case=file.thing.pk, crisis=begun.pk)


@case_page(Action.CRISIS)
@require_GET
def see(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """A crisis while it lasts, and what was said afterwards."""
    found = _crisis(file, crisis)
    shown = {**pages.crisis(file, found), "line": forms.LineForm(), "somebody": _somebody()}
    return page(request, "safety/crisis_see.html", shown)


@case_page(Action.CRISIS)
@require_POST
def undo(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """Begun for the wrong person: it vanishes, and the right one is a tap away."""
    if Crisis.objects.filter(pk=crisis).exclude(case=file.thing).exists():
        raise Http404
    try:
        actions.undo_crisis(file, crisis=crisis)
    except CannotDo as why:
        messages.warning(request, str(why))
        return redirect("safety:crisis_see", case=file.thing.pk, crisis=crisis)
    messages.success(request, _("Undone. Nothing of it is in the file."))
    return redirect("safety:crisis")


@case_page(Action.CRISIS)
@require_POST
def tick(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """One tap on the list. Each button bears the name of its line."""
    found = _crisis(file, crisis)
    code = next((name for name in TICKS if name in request.POST), "")
    try:
        actions.tick(file, crisis=found, code=code, answer=request.POST.get(code, ""))
    except CannotDo as why:
        messages.warning(request, str(why))
    return _back(file, found, f"check-{code}" if code else "")


@case_page(Action.CRISIS)
@require_POST
def called(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """Who was called: one tap adds the time."""
    found, form = _crisis(file, crisis), _somebody(request)
    if not form.is_valid():
        shown = {**pages.crisis(file, found), "line": forms.LineForm(), "somebody": form}
        return page(request, "safety/crisis_see.html", shown, status=422)
    try:
        actions.called(file, crisis=found, **form.cleaned_data)
    except CannotDo as why:
        messages.warning(request, str(why))
    point_out(request, [file], form, ("text",))
    return _back(file, found, "called")


@case_page(Action.CRISIS)
@require_POST
def wrote(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """A line about what happens."""
    found, form = _crisis(file, crisis), forms.LineForm(request.POST)
    if not form.is_valid():
        shown = {**pages.crisis(file, found), "line": form, "somebody": _somebody()}
        return page(request, "safety/crisis_see.html", shown, status=422)
    actions.write_line(file, crisis=found, **form.cleaned_data)
    return _back(file, found, "lines")


@case_page(Action.CRISIS)
@require_POST
def take_back(request: HttpRequest, file: OpenCase, crisis: UUID, line: UUID) -> HttpResponse:  # noqa: ARG001
    """A slip of the thumb."""
    found = _crisis(file, crisis)
    actions.take_back(file, crisis=found, line=line)
    return _back(file, found, "called")


@case_page(Action.CRISIS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """It has calmed: their own account, and whether their wishes changed. Now, later, or never."""
    found = _crisis(file, crisis)
    shown = pages.crisis(file, found)
    form = forms.EndForm(request.POST or None, initial=shown["crisis"].answers())
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "safety/crisis_end.html", {**shown, "form": form}, status=status)
    try:
        actions.end_crisis(file, crisis=found, words=form.words(), version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        return _both(request, file, found, form, other.version)
    messages.success(request, _("Saved."))
    return redirect("safety:of_case", case=file.thing.pk)


def _both(
    request: HttpRequest, file: OpenCase, crisis: Crisis, form: forms.EndForm, version: int
) -> HttpResponse:
    """Somebody else closed it meanwhile: both accounts stand side by side."""
    crisis.refresh_from_db()
    shown = pages.crisis(file, crisis)
    form.data = {**form.data.dict(), "version": str(version)}  # type: ignore[attr-defined]
    both = {"mine": form.as_lines(), "theirs": "\n".join(text for _name, text in shown["crisis"].after())}
    return page(request, "safety/crisis_end.html", {**shown, **both, "form": form}, status=409)


@case_page(Action.CRISIS)
@require_POST
def again(request: HttpRequest, file: OpenCase, crisis: UUID) -> HttpResponse:
    """It was not over."""
    found = _crisis(file, crisis)
    try:
        actions.open_crisis_again(file, crisis=found)
    except CannotDo as why:
        messages.warning(request, str(why))
    return _back(file, found, "")


def _somebody(request: HttpRequest | None = None) -> forms.CalledForm:
    """The form for somebody who is not on the list; its fields are named apart from those of the lines."""
    return forms.CalledForm(request.POST if request else None, auto_id="called_%s")


def _crisis(file: OpenCase, crisis: UUID) -> Crisis:
    return get_object_or_404(Crisis.objects.select_related("author"), pk=crisis, case=file.thing)


def _back(file: OpenCase, crisis: Crisis, place: str) -> HttpResponse:
    """To the same place on the same page."""
    url = reverse("safety:crisis_see", args=[file.thing.pk, crisis.pk])
    return redirect(f"{url}#{place}" if place else url)
