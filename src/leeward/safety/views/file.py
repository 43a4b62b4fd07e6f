"""The tab of safety in a file, and wishes for a bad moment, told in calm times (practice A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.door import case_page
from leeward.cases.pages.minors import blocked_in
from leeward.safety import actions
from leeward.safety.forms.file import WishesForm
from leeward.safety.models import CrisisWishes
from leeward.safety.pages import file as pages
from leeward.safety.pages.looks import WishesLook
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.CRISIS)
@require_GET
def of_case(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What is not safe, what helps, and what was before."""
    return page(request, "safety/of_case.html", pages.of_case(file))


@case_page(Action.CRISIS)
@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Their own wishes; if another version was saved meanwhile, both stand side by side."""
    row = CrisisWishes.objects.filter(case=file.thing).first()
    posted = request.method == "POST"
    form = WishesForm(request.POST, blocked=blocked_in(file)) if posted else WishesForm.of(row)
    shown = {**pages.head(file), "form": form, "look": WishesLook.of(row)}
    if not form.is_valid():
        return page(request, "safety/wishes.html", shown, status=422 if form.is_bound else 200)
    words = form.words()
    try:
        actions.change_wishes(file, words=words, version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        mine = CrisisWishes(case=file.thing, words=words)
        both = {"mine": WishesLook.of(mine), "theirs": WishesLook.of(row)}
        return page(request, "safety/wishes.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("safety:of_case", case=file.thing.pk)
