"""A team, for whoever looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.desk.pages import again
from leeward.desk.pages import team as pages
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.LOOK_AFTER, lists=True)
@require_GET
def team(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Who walks with whom, where somebody is missing, what waits."""
    return page(request, "desk/team.html", pages.team(entered))


@staff_page(Action.LOOK_AFTER, lists=True)
@require_GET
def reports(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Reports of these teams that are still open."""
    return page(request, "desk/reports.html", again.reports(entered))
