"""Pages of safety."""

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


@case_page(Action.CRISIS)
@require_GET
def of_case(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What is not safe, and what helps."""
    return page(request, "cases/frame.html", pages.head(file, "safety:of_case"))
