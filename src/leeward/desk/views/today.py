"""The day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.desk.forms import WriteFirst
from leeward.desk.pages import changes, is_at_the_door
from leeward.desk.pages import today as pages
from leeward.signin.store import session_of
from leeward.staff.door import staff_page
from leeward.staff.pages.own import phrases
from leeward.ui.pages import page

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET"])
def today(request: HttpRequest, entered: Entered) -> HttpResponse:
    """The day: write first, then choose whom it is about."""
    if is_at_the_door(entered.visit):
        return redirect("days:expected")
    shown = pages.today(entered, since=_last_here(request, entered))
    draft = shown["first_draft"]
    initial = {**draft.words, "draft_version": draft.version} if draft else {}
    form = WriteFirst(people=shown["people"], phrases=phrases(entered.visit), initial=initial)
    return page(request, "desk/today.html", {**shown, "form": form})


def _last_here(request: HttpRequest, entered: Entered) -> datetime | None:
    row = session_of(request).row
    return changes.last_here(entered.visit.actor.id, row.started_at) if row else None
