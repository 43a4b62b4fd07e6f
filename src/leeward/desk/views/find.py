"""Finding somebody again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases import finding
from leeward.desk import pages
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
    found = finding.find(entered, query) if query else None
    shown: dict[str, Any] = {"query": query, "found": found, "may_meet": pages.may_meet(entered.visit)}
    if found:
        shown["openable"] = pages.openable(entered.visit, [hit.case for hit in found.hits])
    return page(request, "desk/find.html", shown)
