"""Pages about who somebody is: in their own words, as the law knows them, what was done to them, what they wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.actions import people as actions
from leeward.cases.door import case_page
from leeward.cases.forms.people import HarmForm, IdentityForm, PaperLines, ProfileForm, WishesForm
from leeward.cases.models import Harm
from leeward.cases.pages import file as pages
from leeward.cases.pages import minors, people
from leeward.cases.pages.more import doors
from leeward.cases.pages.otherwise import of_card, of_identity, of_profile
from leeward.cases.pages.rows import told_lines
from leeward.cases.pages.wishes import matching
from leeward.cases.views.rows import Asking, ask
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase
    from leeward.cases.forms.rows import FactsForm


@case_page(Action.WRITE_ENTRY)
@require_GET
def profile(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody in their own words."""
    shown = {
        **pages.head(file, "cases:profile"),
        **people.profile(file),
        "turning": minors.turning(file.thing),
        "otherwise": of_profile(file.thing),
        "card_otherwise": of_card(file.thing.participant.card),
    }
    return page(request, "cases/profile.html", shown)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def profile_change(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Write down somebody's own words."""
    words, version = people.profile_words(file.thing)
    form = ProfileForm(request.POST or None, initial={**words, "version": version})
    shown = {**pages.head(file), "form": form}
    if not form.is_valid():
        return page(request, "cases/profile_change.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.change_profile(file, facts=form.facts(), version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        both = _both(form, other, words)
        return page(request, "cases/profile_change.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("cases:profile", case=file.thing.pk)


def _both(form: FactsForm, other: ChangedMeanwhile, saved: dict[str, Any]) -> dict[str, str]:
    """What was typed here and what was saved meanwhile; the form goes on from the newer version."""
    both = {"mine": told_lines(form, form.facts()), "theirs": told_lines(form, saved)}
    form.again(other.version)
    return both


@case_page(Action.IDENTITY)
@require_GET
def identity(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody as the law knows them."""
    shown = {
        **pages.head(file, "cases:more"),
        **people.identity(file.thing),
        "otherwise": of_identity(file.thing),
    }
    return page(request, "cases/identity.html", shown)


@case_page(Action.IDENTITY)
@require_http_methods(["GET", "POST"])
def identity_change(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Write down names and papers, where a paper needs it."""
    known = people.identity(file.thing)
    form = IdentityForm(request.POST or None, initial={**known["words"], "version": known["version"]})
    papers = PaperLines(request.POST or None, initial=known["papers"], prefix="papers")
    shown = {**pages.head(file), "form": form, "papers": papers}
    if not (form.is_valid() and papers.is_valid()):
        return page(request, "cases/identity_change.html", shown, status=422 if form.is_bound else 200)
    facts = {**form.facts(), "papers": [line for paper in papers if (line := paper.line())]}
    try:
        actions.change_identity(file, facts=facts, version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        both = _both(form, other, known["words"])
        return page(request, "cases/identity_change.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("cases:identity", case=file.thing.pk)


@case_page(Action.HISTORY)
@require_GET
def history(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What was done to somebody: folded, for those who need to know."""
    shown = {**pages.head(file, "cases:more"), "harms": people.history(file)}
    return page(request, "cases/history.html", shown)


@case_page(Action.HISTORY)
@require_http_methods(["GET", "POST"])
def harm_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Write down what was told, once."""
    return ask(request, file, HarmForm(request.POST or None), _about_harm())


@case_page(Action.HISTORY)
@require_http_methods(["GET", "POST"])
def harm_change(request: HttpRequest, file: OpenCase, harm: UUID) -> HttpResponse:
    """Put one's own words right; or note that they may be asked again, or not."""
    row = get_object_or_404(Harm, pk=harm, case=file.thing)
    own = row.author_id == file.visit.actor.id
    posted = request.method == "POST"
    form = HarmForm(request.POST, own=own) if posted else HarmForm.of(row.pk, row.words, own=own)
    return ask(request, file, form, _about_harm())


def _saved_harm(pk: UUID) -> dict[str, Any]:
    return dict(Harm.objects.get(pk=pk).words)


def _about_harm() -> Asking:
    hint = _("Nobody has to tell this. It opens only to those who walk with them and their supervisors.")
    heading, back = _("Told once"), "cases:history"
    return Asking(heading, back, actions.keep_harm, _saved_harm, icon="book-heart", hint=hint)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What somebody wishes of those who work with them, and who comes to mind."""
    known = matching(file)
    form = WishesForm(request.POST or None, initial={**known["words"], "version": known["version"]})
    shown = {**pages.head(file, "cases:more"), **known, "form": form}
    if not form.is_valid():
        return page(request, "cases/wishes.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.change_profile(file, facts=form.facts(), version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        both = _both(form, other, known["words"])
        return page(request, "cases/wishes.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("cases:wishes", case=file.thing.pk)


@case_page(Action.SEE_CASE)
@require_GET
def more(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Everything else in a file, as far as it opens."""
    head = pages.head(file, "cases:more")
    turning = minors.turning(file.thing, file.compartments)
    return page(request, "cases/more.html", {**head, "groups": doors(file, head["may"]), "turning": turning})
