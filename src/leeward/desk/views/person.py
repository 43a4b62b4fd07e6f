"""A participant's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.desk.pages.person import whole
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.SEE_CASE)
@require_GET
def person(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """A participant's page, read in twenty seconds: how to reach them, what matters, what is promised."""
    return page(request, "desk/person.html", whole(file, before=request.GET.get("before", "")))
