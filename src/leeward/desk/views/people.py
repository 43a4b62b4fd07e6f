"""The people one walks with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.desk.pages import people as pages
from leeward.desk.pages.asked import Asked
from leeward.desk.pages.ways import ways_to_look
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.SEE_CARD, lists=True)
@require_GET
def people(request: HttpRequest, entered: Entered) -> HttpResponse:
    """My people, those I cover for, or everybody whom I may see."""
    shown = pages.people(entered, Asked.read(request.GET))
    return page(request, "desk/people.html", {**shown, **ways_to_look(shown)})
