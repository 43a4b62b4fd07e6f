"""The people one walks with, and ways to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leeward.access.policy import Action
from leeward.desk.forms import KeepViewForm
from leeward.desk.pages import people as pages
from leeward.desk.pages.asked import Asked
from leeward.desk.pages.ways import kept_views, ways_to_look
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from leeward.access.gate import Entered


@staff_page(Action.SEE_CARD, lists=True)
@require_GET
def people(request: HttpRequest, entered: Entered) -> HttpResponse:
    """My people, those I cover for, or everybody whom I may see."""
    return _people(request, entered, Asked.read(request.GET))


def _people(
    request: HttpRequest, entered: Entered, asked: Asked, keeping: KeepViewForm | None = None
) -> HttpResponse:
    shown = pages.people(entered, asked)
    asked = shown["asked"]
    ways = {**ways_to_look(shown), "views": kept_views(entered.visit, asked)}
    form = keeping or KeepViewForm(initial={"query": asked.query()})
    return page(
        request, "desk/people.html", {**shown, **ways, "keeping": form}, status=422 if keeping else 200
    )


@staff_page(Action.SEE_CARD, lists=True)
@require_POST
def keep_view(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Keep this way to look at people, under a name; the address that it keeps holds codes only."""
    form = KeepViewForm(request.POST)
    asked = Asked.read(QueryDict(request.POST.get("query", "")[:300].lstrip("?")))
    if not form.is_valid():
        return _people(request, entered, asked, form)
    told = form.cleaned_data
    try:
        actions.keep_view(entered, view_id=told["view_id"], name=told["name"][:40], query=asked.query())
    except (CannotDo, ChangedMeanwhile) as why:
        form.add_error("name", str(why))
        return _people(request, entered, asked, form)
    messages.success(request, _("Kept among your views."))
    return redirect(reverse("desk:people") + asked.query())


@staff_page(Action.SEE_CARD)
@require_POST
def drop_view(request: HttpRequest, entered: Entered, kept: UUID) -> HttpResponse:
    """Let a way to look go."""
    actions.drop_view(entered, view_id=kept)
    messages.success(request, _("Gone from your views."))
    return redirect("desk:people")
