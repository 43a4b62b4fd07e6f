"""One note for several people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import WouldTell
from leeward.cases.door import OpenCase
from leeward.cases.models import Case
from leeward.cases.pages import several as pages
from leeward.cases.pages.naming import point_out, to_ask_about
from leeward.cases.words.telling import OwnNote
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from leeward.access.gate import Entered

#: What keeps the notes: takes the open files, the number of the form, and what each file is to hold.
type Keeping = Callable[[Sequence[OpenCase], UUID, Mapping[UUID, OwnNote]], object]


@dataclass(frozen=True, kw_only=True)
class Several:
    """Where one note for several is asked for, what stands in it at first, and what keeps it."""

    begins: QueryDict
    url: str
    back: str
    action: Action
    keep: Keeping


@staff_page(Action.WRITE_ENTRY, lists=True)
@require_http_methods(["GET", "POST"])
def same_note(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Write once for siblings, a van, a group. No file ever names another's person."""
    url, back = reverse("cases:same_note"), reverse("desk:people")
    asking = Several(begins=request.GET, url=url, back=back, action=Action.WRITE_ENTRY, keep=_keep)
    return for_several(request, entered, asking)


def _keep(files: Sequence[OpenCase], number: UUID, notes: Mapping[UUID, OwnNote]) -> None:
    actions.write_for_several(files, entry_id=number, notes=notes)


def for_several(request: HttpRequest, entered: Entered, asking: Several) -> HttpResponse:
    """Ask for the note, say which words would tell in whose file, and keep it in each."""
    asked = request.method == "POST" and "look" not in request.POST
    form = pages.form_for(entered, request.POST if request.method == "POST" else asking.begins, asked=asked)
    shown = {"form": form, "action": asking.url, "back": asking.back}
    if not form.is_valid():
        return page(request, "cases/same_note.html", shown, status=422 if asked else 200)
    found = Case.objects.with_people().select_related("team").filter(pk__in=form.cleaned_data["people"])
    files = [entered.open(case, asking.action) for case in found]
    if names := to_ask_about(request, entered, files, form):
        return page(request, "cases/same_note.html", {**shown, "others_named": names}, status=422)
    try:
        asking.keep(files, form.cleaned_data["entry_id"], pages.notes(form, files))
    except WouldTell as told:
        pages.explain(form, files, told.words)
        return page(request, "cases/same_note.html", shown, status=422)
    said = ngettext("Saved in %(n)d file.", "Saved in %(n)d files, each for itself.", len(files))
    messages.success(request, said % {"n": len(files)})
    point_out(request, files, form)
    return redirect(asking.back)
