"""Hand-over, step by step: to a colleague, or to another team."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.cases.pages.file import head
from leeward.cases.pages.rows import told_lines
from leeward.continuity import actions
from leeward.continuity.actions import CannotDo, ChangedMeanwhile
from leeward.continuity.forms.path import PathForm
from leeward.continuity.forms.people import AskForm, OfferForm
from leeward.continuity.models import HandOver
from leeward.continuity.pages import path as pages
from leeward.continuity.pages.walking import next_workers
from leeward.staff.models import Team
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase
    from leeward.continuity.words import HandOverWords

_PATH = "continuity/hand_over.html"


@case_page(Action.HAND_OVER)
@require_GET
def hand_over(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Where a hand-over stands, or whom to ask."""
    return page(request, _PATH, pages.path(file))


@case_page(Action.HAND_OVER)
@require_POST
def ask(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Ask a colleague."""
    form = AskForm(request.POST, people=next_workers(file), auto_id="ask_%s")
    try:
        if form.is_valid():
            actions.ask(file, **form.cleaned_data)
            return redirect("continuity:hand_over", case=file.thing.pk)
    except CannotDo as why:
        form.add_error(None, str(why))
    return page(request, _PATH, pages.path(file, ask=form), status=422)


@case_page(Action.HAND_OVER)
@require_POST
def offer(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Ask another team."""
    form = OfferForm(request.POST, teams=pages.other_teams(file), auto_id="offer_%s")
    try:
        if form.is_valid():
            answers = {**form.cleaned_data, "team": get_object_or_404(Team, pk=form.cleaned_data["team"])}
            actions.offer(file, **answers)
            return redirect("continuity:hand_over", case=file.thing.pk)
    except CannotDo as why:
        form.add_error(None, str(why))
    return page(request, _PATH, pages.path(file, offer=form), status=422)


@case_page(Action.HAND_OVER)
@require_POST
def prepare(request: HttpRequest, file: OpenCase, hand_over: UUID) -> HttpResponse:
    """Keep what was prepared; begin the letter anew in another language; or say that it is done."""
    row = get_object_or_404(_of(file), pk=hand_over)
    form = PathForm(request.POST)
    if not form.is_valid():
        return page(request, _PATH, pages.path(file, form=form), status=422)
    if "anew" in request.POST:
        return page(request, _PATH, pages.path(file, form=_with_draft(file, row, form)))
    try:
        _keep(request, file, row, form)
    except ChangedMeanwhile as other:
        form.again(other.version)
        shown = {**pages.path(file, form=form), "mine": told_lines(form, form.facts()), "theirs": other.saved}
        return page(request, _PATH, shown, status=409)
    except CannotDo as why:
        shown = pages.path(file, form=form)
        form.add_error(None, str(why))
        return page(request, _PATH, {**shown, "kept": told_lines(form, form.facts())}, status=422)
    done = "done" in request.POST
    return redirect("continuity:walking" if done else "continuity:hand_over", case=file.thing.pk)


def _keep(request: HttpRequest, file: OpenCase, row: HandOver, form: PathForm) -> None:
    """Keep the words, and then, if that was asked for, take the last step."""
    done = "done" in request.POST
    if not (done and row.state == HandOver.DONE):
        kept = actions.prepare(
            file,
            hand_over=row,
            words=cast("HandOverWords", form.facts()),
            version=form.cleaned_data["version"],
        )
        form.again(kept.version)
    if done:
        actions.finish(file, hand_over=row)
    messages.success(request, _("From now on somebody new walks with them.") if done else _("Saved."))


def _with_draft(file: OpenCase, row: HandOver, form: PathForm) -> PathForm:
    language = form.cleaned_data["language"] or "en"
    text = pages.draft(file, row, language, form.facts()["meeting_on"])
    form.data = {**form.data.dict(), "letter": text}  # type: ignore[attr-defined]
    return form


def _of(file: OpenCase) -> QuerySet[HandOver]:
    return HandOver.objects.filter(case=file.thing).select_related("giver", "taker")


@case_page(Action.HAND_OVER)
@require_POST
def withdraw(request: HttpRequest, file: OpenCase, hand_over: UUID) -> HttpResponse:
    """Let it go, or put an answer away that was read."""
    actions.withdraw(file, hand_over=get_object_or_404(_of(file), pk=hand_over))
    messages.success(request, _("Let go. Nothing has changed."))
    return redirect("continuity:hand_over", case=file.thing.pk)


@case_page(Action.HAND_OVER)
@require_GET
def letter(request: HttpRequest, file: OpenCase, hand_over: UUID) -> HttpResponse:
    """The letter on paper. Nothing on it tells where it comes from."""
    row = get_object_or_404(_of(file), pk=hand_over)
    words = cast("HandOverWords", row.words or {})
    prepared = pages.path_form(file, row, words).initial
    shown = {
        **head(file, "continuity:walking"),
        "text": prepared["letter"],
        "language": prepared["language"],
    }
    return page(request, "continuity/letter.html", shown)
