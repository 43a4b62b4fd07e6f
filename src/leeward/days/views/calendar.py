"""A worker's calendar: day, week, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.days.pages import calendar as pages
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


def _team(request: HttpRequest, entered: Entered) -> bool:
    return request.GET.get("who") == "team" and pages.may_see_team(entered.visit)


def _shown(request: HttpRequest, here: str, found: dict[str, Any], *, team: bool) -> HttpResponse:
    tabs = pages.tabs(here, found["on"], team=team)
    back = f"{here}/{found['on'].isoformat()}" if here != "list" else here
    return page(request, f"days/{here}.html", {**found, "tabs": tabs, "back": back, "here": here})


@staff_page(Action.TODAY, lists=True)
@require_GET
def day(request: HttpRequest, entered: Entered) -> HttpResponse:
    """One day."""
    on, team = pages.asked_day(request.GET.get("on", "")), _team(request, entered)
    return _shown(request, "day", pages.a_day(entered, on, team=team), team=team)


@staff_page(Action.TODAY, lists=True)
@require_GET
def week(request: HttpRequest, entered: Entered) -> HttpResponse:
    """One week, from Monday on."""
    on, team = pages.asked_day(request.GET.get("on", "")), _team(request, entered)
    return _shown(request, "week", pages.a_week(entered, on, team=team), team=team)


@staff_page(Action.TODAY, lists=True)
@require_GET
def coming(request: HttpRequest, entered: Entered) -> HttpResponse:
    """What comes, in one list."""
    team = _team(request, entered)
    return _shown(request, "list", pages.a_list(entered, team=team), team=team)
