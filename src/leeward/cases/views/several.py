"""One note for several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import WouldTell
from leeward.cases.models import Case
from leeward.cases.pages import several as pages
from leeward.cases.pages.naming import to_ask_about
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.WRITE_ENTRY, lists=True)
@require_http_methods(["GET", "POST"])
def same_note(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Write once for siblings, a van, a group. No file ever names another's person."""
    asked = request.method == "POST" and "look" not in request.POST
    form = pages.form_for(entered, request.POST if request.method == "POST" else request.GET, asked=asked)
    if not form.is_valid():
        return page(request, "cases/same_note.html", {"form": form}, status=422 if asked else 200)
    found = Case.objects.with_people().select_related("team").filter(pk__in=form.cleaned_data["people"])
    files = [entered.open(case, Action.WRITE_ENTRY) for case in found]
    if names := to_ask_about(request, entered, files, form):
        return page(request, "cases/same_note.html", {"form": form, "others_named": names}, status=422)
    try:
        actions.write_for_several(
            files, entry_id=form.cleaned_data["entry_id"], notes=pages.notes(form, files)
        )
    except WouldTell as told:
        pages.explain(form, files, told.words)
        return page(request, "cases/same_note.html", {"form": form}, status=422)
    said = ngettext("Saved in %(n)d file.", "Saved in %(n)d files, each for itself.", len(files))
    messages.success(request, said % {"n": len(files)})
    return redirect("desk:people")
