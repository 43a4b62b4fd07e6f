"""The log of a house, as its shifts read it. Writing is a page of the desk, which knows what names to leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.staff.door import staff_page
from leeward.staff.forms.house import HouseForm
from leeward.staff.pages import house as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered


@staff_page(Action.HOUSE_LOG)
@require_GET
def house_log(request: HttpRequest, entered: Entered, team: UUID | None = None) -> HttpResponse:
    """The log of one house: of the first, where none is named."""
    houses = pages.houses(entered.visit)
    house = next((one for one in houses if team in {None, one.pk}), None)
    if team and house is None:
        raise Http404
    shown = pages.log(entered.visit, house, request.GET.get("before", ""))
    return page(request, "staff/house_log.html", {**shown, "form": HouseForm()})
