"""My month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.desk.pages import counted
from leeward.desk.pages import month as pages
from leeward.desk.pages.asked import number_of
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.TODAY, lists=True)
@require_GET
def month(request: HttpRequest, entered: Entered) -> HttpResponse:
    """What I did in a month, out of my own notes; behind each number the notes that it counts."""
    asked = pages.Month.read(request.GET.get("month", ""))
    part, nth = request.GET.get("part", ""), number_of(request.GET.get("page", ""))
    if part == counted.IN_PASSING:
        met = pages.in_passing(entered, asked, nth)
        return page(request, "desk/month_passing.html", {**met, **counted.head(asked, part)})
    mine = pages.mine(entered)
    notes = pages.of_month(mine.notes, asked)
    if part in counted.CODES:
        behind = pages.behind(entered, pages.fitting(notes, part), nth)
        return page(request, "desk/month_notes.html", {**behind, **counted.head(asked, part)})
    return page(request, "desk/month.html", counted.shown(entered, asked, mine, notes))
