"""How the agency works: everybody reads it, supervisors write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.door import staff_page
from leeward.staff.forms.ways import WaysForm
from leeward.staff.pages import ways as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered


@staff_page(Action.SEE_STAFF)
@require_GET
def ways(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Whom to call, when we are open, and what we agreed on."""
    return page(request, "staff/ways.html", pages.shown(entered.visit))


@staff_page(Action.KEEP_WAYS)
@require_http_methods(["GET", "POST"])
def change_ways(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Write down how we work; if somebody else did so meanwhile, both stand side by side."""
    row = pages.our_ways_row(entered.visit)
    words = row.words if row else {}
    initial = {**WaysForm.initial_of(words), "version": row.version if row else 0}
    form = WaysForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return page(request, "staff/change_ways.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        actions.change_ways(entered, words=form.words(), version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        both = {"mine": form.lines(form.words()), "theirs": form.lines(words)}
        return page(request, "staff/change_ways.html", {"form": form, **both}, status=409)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "staff/change_ways.html", {"form": form}, status=422)
    messages.success(request, _("Saved."))
    return redirect("staff:ways")
