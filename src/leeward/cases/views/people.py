"""Pages of cases."""

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


@case_page(Action.WRITE_ENTRY)
@require_GET
def profile(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody in their own words."""
    return page(request, "cases/frame.html", pages.head(file, "cases:profile"))


@case_page(Action.REACH)
@require_GET
def reach(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """How to reach somebody safely."""
    return page(request, "cases/frame.html", pages.head(file, "cases:reach"))


@case_page(Action.SEE_CASE)
@require_GET
def more(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Everything else in a file."""
    return page(request, "cases/frame.html", pages.head(file, "cases:more"))
