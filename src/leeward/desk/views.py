"""The desk's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases import actions, finding
from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.door import case_page
from leeward.cases.forms.file import WriteFirstForm
from leeward.cases.models import Case
from leeward.cases.pages.file import draft_words, whole
from leeward.desk import pages
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


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


@staff_page(Action.TODAY, lists=True)
@require_POST
def write_first(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Save what was written first into the file that was chosen."""
    form = WriteFirstForm(
        request.POST,
        people=[(str(pk), "") for pk in pages.writable(entered.visit).values_list("pk", flat=True)],
    )
    if not form.is_valid():
        shown = pages.today(entered)
        form.fields["case"].choices = [("", _("choose …")), *shown["people"]]  # type: ignore[attr-defined]
        return page(request, "desk/today.html", {**shown, "form": form}, status=422)
    file = entered.open(get_object_or_404(Case, pk=form.cleaned_data["case"]), Action.WRITE_ENTRY)
    answers = {name: form.cleaned_data[name] for name in ("entry_id", "text", "kind", "happened_at")}
    actions.write_entry(file, **answers)
    actions.drop_draft(entered, case=None)
    messages.success(request, _("Saved."))
    return redirect("desk:person", case=file.thing.pk)


@staff_page(Action.TODAY)
@require_POST
def draft(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Keep what is being written on the desk."""
    words, version = draft_words(request)
    try:
        kept = actions.keep_draft(entered, case=None, words=words, version=version)
    except ChangedMeanwhile as other:
        return HttpResponse(status=409, headers={"X-Version": str(other.version)})
    return HttpResponse(status=204, headers={"X-Version": str(kept.version)})


@case_page(Action.SEE_CASE)
@require_GET
def person(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """A participant's page, read in twenty seconds: how to reach them, what matters, what is promised."""
    return page(request, "desk/person.html", whole(file, before=request.GET.get("before", "")))


@staff_page(Action.SEE_CARD, lists=True)
@require_GET
def people(request: HttpRequest, entered: Entered) -> HttpResponse:
    """My people, or everybody whom I may see."""
    asked = request.GET.get("page", "1")
    number = int(asked[:6]) if asked.isascii() and asked.isdigit() else 1
    everybody = request.GET.get("who") == "all"
    return page(request, "desk/people.html", pages.people(entered, everybody=everybody, number=number))


@staff_page(Action.SEE_CARD, lists=True)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Find somebody by name or by a word in a note. Asked by POST, so that it is in no address and no log."""
    # From the field on this page, or from the one that stands on every page.
    query = (request.POST.get("q") or request.POST.get("words", ""))[:200].strip()
    found = finding.find(entered, query) if query else None
    shown: dict[str, Any] = {"query": query, "found": found, "may_meet": pages.may_meet(entered.visit)}
    if found:
        shown["openable"] = pages.openable(entered.visit, [hit.case for hit in found.hits])
    return page(request, "desk/find.html", shown)
