"""Nobody knows where somebody is, until they are back (practice M4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.door import case_page
from leeward.cases.pages.minors import blocked_in
from leeward.safety import actions
from leeward.safety.forms import file as forms
from leeward.safety.models import Missing
from leeward.safety.pages import file as pages
from leeward.safety.words import BACK
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from leeward.cases.door import OpenCase


@case_page(Action.CRISIS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Their own wishes first, then what is known. Where an episode is open already, it goes on there."""
    going = Missing.objects.open().filter(case=file.thing).only("pk").first()
    if going and request.method != "POST":
        return redirect("safety:missing_see", case=file.thing.pk, missing=going.pk)
    form = forms.MissingForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "safety/missing_new.html", {**pages.first(file), "form": form}, status=status)
    begun = actions.begin_missing(file, missing_id=form.cleaned_data["missing_id"], words=form.words())
    return redirect("safety:missing_see", case=file.thing.pk, missing=begun.pk)


@case_page(Action.CRISIS)
@require_GET
def see(request: HttpRequest, file: OpenCase, missing: UUID) -> HttpResponse:
    """What is known, who was told, what was heard."""
    return _show(request, file, _missing(file, missing))


@case_page(Action.CRISIS)
@require_POST
def told(request: HttpRequest, file: OpenCase, missing: UUID) -> HttpResponse:
    """Somebody was told."""
    found, form = _missing(file, missing), _told_form(file, request.POST)
    if not form.is_valid():
        return _show(request, file, found, status=422, tell_form=form)
    actions.told(file, missing=found, **form.cleaned_data)
    return _back(file, found, "told")


@case_page(Action.CRISIS)
@require_POST
def heard(request: HttpRequest, file: OpenCase, missing: UUID) -> HttpResponse:
    """A sign of life."""
    found, form = _missing(file, missing), forms.HeardForm(request.POST)
    if not form.is_valid():
        return _show(request, file, found, status=422, heard_form=form)
    actions.heard(file, missing=found, **form.cleaned_data)
    return _back(file, found, "heard")


@case_page(Action.CRISIS)
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest, file: OpenCase, missing: UUID) -> HttpResponse:
    """Welcome back. Nothing here asks why."""
    found = _missing(file, missing)
    shown = pages.missing(file, found)
    held = shown["missing"].back
    form = forms.BackForm(request.POST or None, initial={**held, "at": shown["missing"].back_at})
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "safety/missing_back.html", {**shown, "form": form}, status=status)
    try:
        actions.come_back(file, missing=found, back=form.words(), version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        return _both(request, file, found, form, other.version)
    messages.success(request, _("Saved."))
    return redirect("safety:of_case", case=file.thing.pk)


def _both(
    request: HttpRequest, file: OpenCase, missing: Missing, form: forms.BackForm, version: int
) -> HttpResponse:
    """Somebody else wrote the welcome meanwhile: both stand side by side."""
    missing.refresh_from_db()
    shown = pages.missing(file, missing)
    form.data = {**form.data.dict(), "version": str(version)}  # type: ignore[attr-defined]
    theirs = "\n".join(str(shown["missing"].back[name]) for name in BACK if shown["missing"].back.get(name))
    both = {"mine": form.as_lines(), "theirs": theirs}
    return page(request, "safety/missing_back.html", {**shown, **both, "form": form}, status=409)


@case_page(Action.CRISIS)
@require_POST
def again(request: HttpRequest, file: OpenCase, missing: UUID) -> HttpResponse:
    """They are not back after all."""
    found = _missing(file, missing)
    try:
        actions.missing_again(file, missing=found)
    except CannotDo as why:
        messages.warning(request, str(why))
    return _back(file, found, "")


def _show(
    request: HttpRequest,
    file: OpenCase,
    missing: Missing,
    status: int = 200,
    **asked: Any,  # noqa: ANN401 - forms
) -> HttpResponse:
    plain = {"tell_form": _told_form(file, None), "heard_form": forms.HeardForm()}
    shown = {**pages.missing(file, missing), **plain, **asked}
    return page(request, "safety/missing_see.html", shown, status=status)


def _told_form(file: OpenCase, sent: QueryDict | None) -> forms.ToldForm:
    return forms.ToldForm(sent, auto_id="told_%s", blocked=blocked_in(file) if sent else ())


def _missing(file: OpenCase, missing: UUID) -> Missing:
    return get_object_or_404(Missing.objects.select_related("author"), pk=missing, case=file.thing)


def _back(file: OpenCase, missing: Missing, place: str) -> HttpResponse:
    """To the same place on the same page."""
    url = reverse("safety:missing_see", args=[file.thing.pk, missing.pk])
    return redirect(f"{url}#{place}" if place else url)
