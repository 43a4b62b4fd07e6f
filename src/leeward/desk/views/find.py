"""Finding somebody again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.desk.pages import find as pages
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.SEE_CARD, lists=True)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Find somebody by name or by a word in a note. Asked by POST, so that it is in no address and no log."""
    # From the field on this page, or from the one that stands on every page.
    query = (request.POST.get("q") or request.POST.get("words", ""))[:200].strip()
    return page(request, "desk/find.html", pages.find(entered, query))
