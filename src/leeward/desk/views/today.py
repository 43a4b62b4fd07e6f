"""The day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases.forms.writing import WriteFirstForm
from leeward.desk.pages import today as pages
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET"])
def today(request: HttpRequest, entered: Entered) -> HttpResponse:
    """The day: write first, then choose whom it is about."""
    shown = pages.today(entered)
    draft = shown["first_draft"]
    initial = {**draft.words, "draft_version": draft.version} if draft else {}
    return page(
        request, "desk/today.html", {**shown, "form": WriteFirstForm(people=shown["people"], initial=initial)}
    )
