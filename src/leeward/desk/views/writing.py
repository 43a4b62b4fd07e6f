"""Writing: about somebody, or first the words and then whom they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases import actions as cases
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.door import case_page, page_among
from leeward.cases.models import Case
from leeward.cases.pages.file import head
from leeward.cases.pages.naming import point_out, to_ask_about
from leeward.cases.pages.timeline import draft_words
from leeward.desk import actions
from leeward.desk.forms import WriteFirst
from leeward.desk.pages import writable
from leeward.desk.pages import writing as pages
from leeward.desk.pages.today import today as todays
from leeward.staff.door import staff_page
from leeward.staff.pages.own import phrases
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.desk.forms import WriteForm


@page_among(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Write down what happened and what was promised."""
    if "again" in request.POST:
        return _asked(request, file, pages.same_again(file, request), 200)
    form = pages.form_for(file, request.POST or None, kind=request.GET.get("kind", ""))
    if not form.is_valid():
        return _asked(request, file, form, 422 if form.is_bound else 200)
    if names := to_ask_about(request, entered, [file], form):
        return _asked(request, file, form, 422, names)
    try:
        actions.write(
            file, entry_id=form.cleaned_data["entry_id"], answers=form.answers(), promise=form.promise()
        )
    except CannotDo as why:
        form.add_error("promise_text", str(why))
        return _asked(request, file, form, 422)
    messages.success(request, _("Saved."))
    point_out(request, [file], form)
    return redirect("desk:person", case=file.thing.pk)


def _asked(
    request: HttpRequest, file: OpenCase, form: WriteForm, status: int, names: Sequence[str] = ()
) -> HttpResponse:
    shown = {**head(file), **pages.shown(file, form), "others_named": names}
    return page(request, "cases/write.html", shown, status=status)


@case_page(Action.WRITE_ENTRY)
@require_POST
def undo(request: HttpRequest, file: OpenCase, entry: UUID) -> HttpResponse:
    """Take one's last note back; its words are a draft again."""
    if not pages.is_here(file, entry):
        raise Http404
    try:
        actions.undo(file, entry=entry)
    except CannotDo as why:
        messages.info(request, str(why))
    else:
        messages.success(request, _("Undone. Your words are in the field again."))
    return redirect("desk:person", case=file.thing.pk)


@staff_page(Action.TODAY, lists=True)
@require_POST
def write_first(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Save what was written first into the file that was chosen."""
    able = writable(entered.visit).values_list("pk", flat=True)
    form = WriteFirst(request.POST, people=[(str(pk), "") for pk in able], phrases=phrases(entered.visit))
    if not form.is_valid():
        return _ask_first(request, entered, form)
    file = entered.open(get_object_or_404(Case, pk=form.cleaned_data["case"]), Action.WRITE_ENTRY)
    if names := to_ask_about(request, entered, [file], form):
        return _ask_first(request, entered, form, names)
    try:
        actions.write(
            file, entry_id=form.cleaned_data["entry_id"], answers=form.answers(), promise=form.promise()
        )
    except CannotDo as why:
        form.add_error("promise_text", str(why))
        return _ask_first(request, entered, form)
    cases.drop_draft(entered, case=None)
    messages.success(request, _("Saved."))
    point_out(request, [file], form)
    return redirect("desk:person", case=file.thing.pk)


def _ask_first(
    request: HttpRequest, entered: Entered, form: WriteFirst, names: Sequence[str] = ()
) -> HttpResponse:
    shown = {**todays(entered), "others_named": names}
    form.fields["case"].choices = [("", _("choose …")), *shown["people"]]  # type: ignore[attr-defined]
    return page(request, "desk/today.html", {**shown, "form": form}, status=422)


@staff_page(Action.TODAY)
@require_POST
def draft(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Keep what is being written on the desk."""
    words, version = draft_words(request)
    try:
        kept = cases.keep_draft(entered, case=None, words=words, version=version)
    except ChangedMeanwhile as other:
        return HttpResponse(status=409, headers={"X-Version": str(other.version)})
    return HttpResponse(status=204, headers={"X-Version": str(kept.version)})
