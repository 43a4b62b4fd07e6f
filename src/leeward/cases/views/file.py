"""Pages about one participant: the file opens, something is written or shown, and it shuts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access import gate, trail
from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.door import case_page
from leeward.cases.forms import file as forms
from leeward.cases.models import Paper
from leeward.cases.pages import file as pages
from leeward.cases.pages.otherwise import of_card
from leeward.ui.pages import page
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from leeward.cases.door import OpenCase
    from leeward.cases.words import Card


@case_page(Action.CHANGE_CARD)
@require_http_methods(["GET", "POST"])
def change_card(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Change what stands on the card."""
    person = file.thing.participant
    initial = {**person.card, "version": person.version}
    form = forms.ChangeCardForm(request.POST or None, initial=initial)
    shown = {**pages.head(file, "cases:more"), "form": form, "card_otherwise": of_card(person.card)}
    if not form.is_valid():
        return page(request, "cases/change_card.html", shown, status=422 if form.is_bound else 200)
    card = cast("Card", form.card())
    try:
        actions.change_card(file, card=card, version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        both = {"mine": pages.card_lines(card), "theirs": pages.card_lines(person.card)}
        return page(request, "cases/change_card.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("desk:person", case=file.thing.pk)


@case_page(Action.ADD_FILE)
@require_http_methods(["GET", "POST"])
def add_paper(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Add a paper or a photograph."""
    form = forms.PaperForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "cases/add_paper.html", {**pages.head(file), "form": form}, status=status)
    upload = form.cleaned_data["file"]
    kind = forms.type_by_content(upload.read(16))
    upload.seek(0)
    actions.add_paper(
        file,
        paper_id=form.cleaned_data["paper_id"],
        name=upload.name,
        kind=kind,
        stream=upload.chunks(),
        size=upload.size,
    )
    return redirect("desk:person", case=file.thing.pk)


@case_page(Action.SEE_CASE)
@require_GET
def paper(request: HttpRequest, file: OpenCase, paper: UUID) -> HttpResponseBase:  # noqa: ARG001
    """Hand out a paper, opened piece by piece; always as a download, never shown inside the page."""
    if Compartment.FILES not in file.compartments:
        raise Http404
    found = get_object_or_404(Paper, pk=paper, case=file.thing)
    about, key = found.about, found.key
    pieces = (
        bytes(sealed) for sealed in found.pieces.values_list("sealed", flat=True).iterator(chunk_size=4)
    )
    return gate.stream(
        key.open(pieces, found.pk.bytes),
        content_type=about["type"],
        headers={"Content-Disposition": pages.download_name(about), "Content-Length": str(about["size"])},
    )


@case_page(Action.SEE_OPENINGS)
@require_GET
def openings(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Who opened this file, when, and for what."""
    lines = trail.openings_of(file.thing.pk)[:200]
    return page(
        request, "cases/openings.html", {**pages.head(file, "cases:more"), "lines": pages.openings(lines)}
    )
