"""Pages about notes: what is being written, changing one's own for a day, adding to any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.door import case_page, page_among
from leeward.cases.forms.writing import AmendForm, ChangeEntryForm
from leeward.cases.models import Entry
from leeward.cases.pages import timeline as pages
from leeward.cases.pages.file import head
from leeward.cases.pages.naming import point_out, to_ask_about
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


@case_page(Action.WRITE_ENTRY)
@require_POST
def draft(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Keep what is being written, every few seconds; 409 when another window has a newer draft."""
    words, version = pages.draft_words(request)
    try:
        kept = actions.keep_draft(file, case=file.thing, words=words, version=version)
    except ChangedMeanwhile as other:
        return HttpResponse(status=409, headers={"X-Version": str(other.version)})
    return HttpResponse(status=204, headers={"X-Version": str(kept.version)})


@case_page(Action.WRITE_ENTRY)
@require_POST
def drop_draft(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Let go of a draft."""
    actions.drop_draft(file, case=file.thing)
    messages.success(request, _("The draft is gone."))
    return redirect("desk:person", case=file.thing.pk)


@page_among(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def change_entry(request: HttpRequest, file: OpenCase, entered: Entered, entry: UUID) -> HttpResponse:
    """Change one's own note for a day; if another version was saved meanwhile, both stand side by side."""
    notes = Entry.objects.newest_first().filter(case=file.thing, author=file.visit.actor.id)
    current = get_object_or_404(notes, pk=entry)
    if request.method == "GET" and not pages.may_change(current):
        messages.info(request, _("A note can be changed for one day. From then on you can add to it, here."))
        return redirect("cases:amend", case=file.thing.pk, number=current.number)
    form = ChangeEntryForm(request.POST or None, initial=pages.to_change(file, current))
    shown = {**head(file), "form": form, "entry": current}
    if request.method == "GET":
        return page(request, "cases/change_entry.html", shown)
    shown["others_named"] = to_ask_about(request, entered, [file], form) if form.is_valid() else []
    if form.errors or shown["others_named"]:
        return page(request, "cases/change_entry.html", shown, status=422)
    try:
        actions.change_entry(file, entry=current, version=form.cleaned_data["version"], **form.answers())
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        return page(request, "cases/change_entry.html", {**shown, "theirs": other.saved}, status=409)
    except CannotDo as why:
        added = AmendForm(initial={"text": form.cleaned_data["text"]})
        return _note(request, file, current, added, status=409, why=str(why))
    messages.success(request, _("Saved."))
    point_out(request, [file], form)
    return redirect("desk:person", case=file.thing.pk)


@page_among(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, file: OpenCase, entered: Entered, number: int) -> HttpResponse:
    """One note, with what was added to it later, and what can be done with it."""
    entry = get_object_or_404(Entry.objects.newest_first(), number=number, case=file.thing)
    form = AmendForm(request.POST or None)
    if not form.is_valid():
        return _note(request, file, entry, form, status=422 if form.is_bound else 200)
    if names := to_ask_about(request, entered, [file], form):
        return _note(request, file, entry, form, status=422, others_named=names)
    actions.amend(file, entry=entry, **form.answers())
    messages.success(request, _("Added."))
    return redirect("cases:amend", case=file.thing.pk, number=number)


def _note(
    request: HttpRequest, file: OpenCase, entry: Entry, form: AmendForm, *, status: int, **more: object
) -> HttpResponse:
    shown = {**head(file), **pages.one(file, entry), "form": form, **more}
    return page(request, "cases/amend.html", shown, status=status)
