"""Pages of days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.cases.pages import file as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.DAYS)
@require_GET
def of_case(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The dates of one participant."""
    return page(request, "cases/frame.html", pages.head(file, "days:of_case"))
