"""A note in the wrong file: saying so, and being the second to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import CannotDo
from leeward.cases.door import page_among
from leeward.cases.forms.choosing import BelongsForm
from leeward.cases.models import Case, Entry, Misfiled
from leeward.cases.pages import choosing
from leeward.cases.pages import misfiled as pages
from leeward.cases.pages.file import head
from leeward.cases.pages.timeline import one
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


@page_among(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def misfiled(request: HttpRequest, file: OpenCase, entered: Entered, entry: UUID) -> HttpResponse:
    """Say in which file a note belongs; a second person moves it."""
    found = get_object_or_404(Entry.objects.newest_first(), pk=entry, case=file.thing)
    query = request.POST.get("q", "")[:200].strip()
    people = choosing.people(entered, query, without={file.thing.pk})
    asked = request.method == "POST" and "q" not in request.POST
    form = BelongsForm(request.POST if asked else None)
    form.offer(people, choosing.able(entered.visit))
    shown = {**head(file), **one(file, found), "form": form, "people": people, "query": query}
    if not form.is_valid():
        return page(request, "cases/misfiled.html", shown, status=422 if form.is_bound else 200)
    try:
        belongs = entered.open(_case(form.cleaned_data["belongs"]), Action.WRITE_ENTRY)
        actions.say_misfiled(file, entry=found, belongs=belongs)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "cases/misfiled.html", shown, status=422)
    messages.success(
        request, _("A second person will look at it, and move it. Until then it stays where it is.")
    )
    return redirect("desk:person", case=file.thing.pk)


@staff_page(Action.MOVE, lists=True)
@require_http_methods(["GET", "POST"])
def misfiled_answer(request: HttpRequest, entered: Entered, misfiled: UUID) -> HttpResponse:
    """Be the second to look: move the note with all that hangs on it, or leave it."""
    said = get_object_or_404(
        Misfiled.objects.waiting().select_related("entry__author", "asked_by"), pk=misfiled
    )
    file, belongs = (entered.open(_case(pk), Action.MOVE) for pk in (said.entry.case_id, said.case_id))
    why = ""
    if request.method == "POST":
        try:
            _answer(request, file, belongs, said)
        except CannotDo as reason:
            why = str(reason)
        else:
            return redirect("desk:person", case=file.thing.pk)
    shown = {**pages.one(file, belongs, said), "why": why}
    return page(request, "cases/misfiled_answer.html", shown, status=422 if why else 200)


def _answer(request: HttpRequest, file: OpenCase, belongs: OpenCase, said: Misfiled) -> None:
    if "moves" in request.POST:
        actions.move_it(file, belongs, misfiled=said, named=request.POST["moves"] == "named")
        messages.success(request, _("Moved, with everything that was added to it."))
    else:
        actions.leave_it(file, misfiled=said)
        messages.success(request, _("It stays where it is."))


def _case(pk: UUID | str) -> Case:
    found = Case.objects.with_people().select_related("team").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
