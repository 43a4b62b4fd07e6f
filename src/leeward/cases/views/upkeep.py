"""Bringing files up to date, a hundred at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases.actions.upkeep import A_BATCH, complete_wraps, incomplete
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.GRANT)
@require_http_methods(["GET", "POST"])
def upkeep(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Files from before a part of them had a key of its own: how many there are, and the next hundred."""
    if request.method == "GET":
        left = incomplete(entered.visit).count()
        return page(request, "cases/upkeep.html", {"left": left, "batch": min(left, A_BATCH)})
    done = complete_wraps(entered)
    if done:
        said = ngettext("%(n)d file is up to date now.", "%(n)d files are up to date now.", done) % {
            "n": done
        }
        messages.success(request, said)
    else:
        messages.info(request, _("There was nothing that could be brought up to date."))
    return redirect("cases:upkeep")
