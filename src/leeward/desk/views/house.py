"""Writing in the log of a house: a name in it is asked about before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.access.policy import Action
from leeward.cases.finding import named
from leeward.staff import actions
from leeward.staff.actions import CannotDo
from leeward.staff.door import staff_page
from leeward.staff.forms.house import HouseForm
from leeward.staff.pages import house as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.staff.models import Team


@staff_page(Action.HOUSE_LOG, lists=True)
@require_POST
def write(request: HttpRequest, entered: Entered, team: UUID) -> HttpResponse:
    """Save a line for the next shift. Where it may name somebody, the page asks first, and the writer decides."""
    house = next((one for one in pages.houses(entered.visit) if one.pk == team), None)
    if house is None:
        raise Http404
    form = HouseForm(request.POST)
    if not form.is_valid():
        return _again(request, entered, house, form)
    names = [] if "go_on" in request.POST else named(entered, house, form.cleaned_data["text"])
    if names:
        return _again(request, entered, house, form, names)
    try:
        actions.write_house_note(
            entered, team=house, note_id=form.cleaned_data["note_id"], words=form.words()
        )
    except CannotDo as why:
        form.add_error(None, str(why))
        return _again(request, entered, house, form)
    messages.success(request, _("Saved for the next shift."))
    return redirect("staff:house", team=house.pk)


def _again(
    request: HttpRequest, entered: Entered, house: Team, form: HouseForm, names: list[str] | None = None
) -> HttpResponse:
    """The page once more, with everything that was typed."""
    shown = {**pages.log(entered.visit, house), "form": form, "names": names}
    return page(request, "staff/house_log.html", shown, status=422)
