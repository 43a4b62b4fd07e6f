"""A calendar for other programs, which shows only "busy"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.marks import public
from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.days import actions
from leeward.days.pages import feed as pages
from leeward.days.pages.due import cases_of
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered


@public(reason="a calendar program has no sign-in: the address itself opens the times, and nothing else")
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Times at which somebody is busy. An address that is none of ours looks like any that is not there."""
    told = pages.calendar(token)
    if told is None:
        raise Http404
    return HttpResponse(
        told, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def feed_settings(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Make an address, renew it, or stop it. It is shown once."""
    if request.method == "POST" and "stop" in request.POST:
        actions.stop_feed(entered)
        messages.success(request, _("The address shows nothing any more."))
        return redirect("days:feed_settings")
    if request.method != "POST":
        return page(request, "days/feed_settings.html", {"has_feed": pages.has_feed(entered.visit)})
    dues = pages.dues_to_tell(entered)
    if dues:
        entered.list(CaseList(cases_of(dues)), Action.SEE_CARD)
    token = actions.start_feed(entered, dues=dues)
    address = request.build_absolute_uri(reverse("days:feed", args=[token]))
    return page(request, "days/feed_made.html", {"address": address})
