"""Pages that belong to one worker: what I say about myself, and my phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.door import staff_page
from leeward.staff.forms.own import AboutForm, PhraseForm
from leeward.staff.pages import own as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered


@staff_page(Action.OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def about_me(request: HttpRequest, entered: Entered) -> HttpResponse:
    """What I choose to say about myself, so that a participant's wish can be met."""
    mine = pages.about(entered.visit, [entered.visit.actor.id]).get(entered.visit.actor.id, {})
    initial = {**mine, "languages": ", ".join(mine.get("languages", []))}
    form = AboutForm(request.POST or None, initial=initial)
    if not form.is_valid():
        shown = {"form": form, "said": mine}
        return page(request, "staff/about_me.html", shown, status=422 if form.is_bound else 200)
    words = {} if "nothing" in request.POST else form.words()
    try:
        actions.say_about_me(entered, words=words, version=form.cleaned_data["version"])
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        both = {"mine": form.lines(words), "theirs": form.lines(mine)}
        return page(request, "staff/about_me.html", {"form": form, "said": mine, **both}, status=409)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "staff/about_me.html", {"form": form, "said": mine}, status=422)
    messages.success(request, _("Saved.") if words else _("Nothing is said about you any more."))
    return redirect("staff:about_me")


@staff_page(Action.OWN_ACCOUNT)
@require_GET
def phrases(request: HttpRequest, entered: Entered) -> HttpResponse:
    """My phrases."""
    return page(
        request, "staff/phrases.html", {"phrases": pages.phrases(entered.visit), "form": PhraseForm()}
    )


@staff_page(Action.OWN_ACCOUNT)
@require_POST
def keep_phrase(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Keep a new phrase."""
    return _keep(request, entered, PhraseForm(request.POST), "staff/phrases.html")


@staff_page(Action.OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def phrase(request: HttpRequest, entered: Entered, phrase: UUID) -> HttpResponse:
    """Change a phrase; if another window changed it meanwhile, both stand side by side."""
    current = next((one for one in pages.phrases(entered.visit) if one.id == str(phrase)), None)
    if current is None:
        raise Http404
    if request.method == "POST":
        return _keep(
            request, entered, PhraseForm({**request.POST.dict(), "phrase_id": phrase}), "staff/phrase.html"
        )
    form = PhraseForm(initial={**current._asdict(), "phrase_id": phrase})
    return page(request, "staff/phrase.html", {"form": form, "phrase": phrase})


def _keep(request: HttpRequest, entered: Entered, form: PhraseForm, name: str) -> HttpResponse:
    shown = {"form": form, "phrases": pages.phrases(entered.visit), "phrase": form.data.get("phrase_id")}
    if not form.is_valid():
        return page(request, name, shown, status=422)
    told = form.cleaned_data
    try:
        actions.keep_phrase(
            entered,
            phrase_id=told["phrase_id"],
            name=told["name"],
            text=told["text"],
            version=told["version"],
        )
    except ChangedMeanwhile as other:
        saved = next(one for one in pages.phrases(entered.visit) if one.id == str(told["phrase_id"]))
        form.data = {**form.data, "version": str(other.version)}
        return page(request, name, {**shown, "mine": told["text"], "theirs": saved.text}, status=409)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, name, shown, status=422)
    messages.success(request, _("Saved."))
    return redirect("staff:phrases")


@staff_page(Action.OWN_ACCOUNT)
@require_POST
def drop_phrase(request: HttpRequest, entered: Entered, phrase: UUID) -> HttpResponse:
    """Let a phrase go."""
    actions.drop_phrase(entered, phrase_id=phrase)
    messages.success(request, _("It is gone."))
    return redirect("staff:phrases")
