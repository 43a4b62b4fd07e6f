"""The front desk: whom to expect today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from leeward.access.policy import Action
from leeward.days.pages.asking import may_take
from leeward.days.pages.expected import expected as expected_today
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.EXPECTED, lists=True)
@require_GET
def expected(request: HttpRequest, entered: Entered) -> HttpResponse:
    """A name and a time, nothing else."""
    shown = {"expected": expected_today(entered), "may_take": may_take(entered.visit)}
    return page(request, "days/expected.html", shown)
