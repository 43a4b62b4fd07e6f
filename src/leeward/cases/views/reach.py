"""Pages about reaching somebody safely (practices G5, M7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.actions import reach as actions
from leeward.cases.door import case_page
from leeward.cases.forms.reach import PlaceForm, ReachForm, WayForm
from leeward.cases.models import Reach, Way, Whereabouts
from leeward.cases.pages import file as pages
from leeward.cases.pages.minors import blocked_in
from leeward.cases.pages.otherwise import of_reach
from leeward.cases.pages.reach import places, safely
from leeward.cases.pages.rows import told_lines
from leeward.cases.views.rows import Asking, ask
from leeward.cases.words.people import WayKind
from leeward.ui.pages import page
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.REACH)
@require_GET
def reach(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """How to reach somebody safely, and where they are."""
    shown = {
        **pages.head(file, "cases:reach"),
        "reach": safely(file),
        "places": places(file),
        "otherwise": of_reach(file.thing),
    }
    return page(request, "cases/reach.html", shown)


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def reach_change(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What goes for every way: code word, what to say, who must never know, the night, reminders."""
    row = Reach.objects.filter(case=file.thing).first()
    initial = {**row.words, "version": row.version} if row else {}
    form = ReachForm(request.POST or None, initial=initial)
    shown = {**pages.head(file), "form": form}
    if not form.is_valid():
        return page(request, "cases/reach_change.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.change_reach(file, facts=form.facts(), version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        form.again(other.version)
        both = {"mine": told_lines(form, form.cleaned_data), "theirs": told_lines(form, initial)}
        return page(request, "cases/reach_change.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("cases:reach", case=file.thing.pk)


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def way_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """One more way to reach them."""
    first = not Way.objects.filter(case=file.thing).exists()
    form = WayForm(
        request.POST or None, blocked=blocked_in(file), initial={"first": first, "kind": WayKind.PHONE}
    )
    return ask(request, file, form, _about_way(_("One more way to reach them")))


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def way_change(request: HttpRequest, file: OpenCase, way: UUID) -> HttpResponse:
    """What is known about one way; or that it ended."""
    row = get_object_or_404(Way, pk=way, case=file.thing)
    about = row.about
    posted = request.method == "POST"
    form = WayForm(request.POST, blocked=blocked_in(file)) if posted else WayForm.of(row.pk, about)
    end = {"url": reverse("cases:way_end", args=[file.thing.pk, row.pk]), "gone": about.get("gone", "")}
    return ask(request, file, form, _about_way(_("This way to reach them"), end=end))


def _about_way(heading: str, **more: object) -> Asking:
    return Asking(heading, "cases:reach", actions.keep_way, _saved_way, icon="phone", more=more)


def _saved_way(pk: UUID) -> dict[str, Any]:
    return dict(WayForm.of(pk, Way.objects.get(pk=pk).about).initial)


@case_page(Action.CHANGE_REACH)
@require_POST
def way_end(request: HttpRequest, file: OpenCase, way: UUID) -> HttpResponse:
    """One way ended, or works again; or one from a joined file is still right."""
    row = get_object_or_404(Way, pk=way, case=file.thing)
    if "right" in request.POST:
        actions.still_right(file, way=row)
    else:
        actions.end_way(file, way=row, back="back" in request.POST)
    messages.success(request, _("Saved."))
    return redirect("cases:reach", case=file.thing.pk)


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def place_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """One more place where they live, sleep or are found."""
    form = PlaceForm(request.POST or None)
    return _place(request, file, form, _("Where they are"))


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def place_change(request: HttpRequest, file: OpenCase, place: UUID) -> HttpResponse:
    """What is known about a place."""
    row = get_object_or_404(Whereabouts, pk=place, case=file.thing)
    if Compartment.LOCATION not in file.compartments:
        return _stays_shut(request, file)
    about = row.about
    form = PlaceForm(request.POST) if request.method == "POST" else PlaceForm.of(row.pk, about)
    return _place(request, file, form, _("This place"))


def _place(request: HttpRequest, file: OpenCase, form: PlaceForm, heading: str) -> HttpResponse:
    if Compartment.LOCATION not in file.compartments:
        return _stays_shut(request, file)
    hint = _(
        "Whoever looks for them looks for this. It is a part of the file of its own, shut to most roles."
    )
    asking = Asking(heading, "cases:reach", actions.keep_place, _saved_place, icon="map-pin", hint=hint)
    return ask(request, file, form, asking)


def _saved_place(pk: UUID) -> dict[str, Any]:
    return dict(Whereabouts.objects.get(pk=pk).about)


def _stays_shut(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Where somebody lives stays shut to a role that may know how to reach them."""
    return page(request, "cases/places_shut.html", pages.head(file, "cases:reach"))
