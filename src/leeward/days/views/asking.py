"""Who waits for our answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import write_entry
from leeward.cases.door import case_page
from leeward.cases.models import Case
from leeward.cases.words import EntryKind
from leeward.days import actions
from leeward.days.actions import Asked, CannotDo
from leeward.days.forms.asking import AnswerForm, AskForm
from leeward.days.models import Ask
from leeward.days.pages import asking as pages
from leeward.days.views import returning
from leeward.days.words import Who
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


@staff_page(Action.TAKE_REQUESTS, lists=True)
@require_GET
def waiting(request: HttpRequest, entered: Entered) -> HttpResponse:
    """All that wait in my teams, who waits longest first; the one that an address names stands open."""
    return page(request, "days/waiting.html", pages.all_of(entered, _number(request.GET.get("ask", ""))))


@staff_page(Action.TAKE_REQUESTS, lists=True)
@require_http_methods(["GET", "POST"])
def ask_new(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Take a request down; about whom is asked only of those who may open files."""
    teams, cases = pages.teams_of(entered.visit), pages.about_whom(entered)
    people = [(str(case.pk), case.participant.card.get("name", "")) for case in cases]
    form = AskForm(request.POST or None, teams=teams, people=people)
    shown = {"form": form, "teams": teams, "back": returning.asked(request)}
    if not form.is_valid():
        return page(request, "days/ask_new.html", shown, status=422 if form.is_bound else 200)
    about = next((case for case in cases if str(case.pk) == form.cleaned_data.get("case")), None)
    try:
        actions.take_ask(entered, _asked(form, about))
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "days/ask_new.html", shown, status=422)
    messages.success(request, _("Saved."))
    return redirect("days:waiting")


@case_page(Action.DAYS)
@require_http_methods(["GET", "POST"])
def ask_of(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Take down what this participant asks, or somebody about them: it goes to the primary worker (practice D3)."""
    team = str(file.thing.team_id)
    name = file.thing.participant.card.get("name", "")
    initial = {"sort": Who.PARTICIPANT, "who": name}
    form = AskForm(request.POST or None, teams=[(team, "")], people=[], initial=initial)
    shown = {**pages.head(file), "form": form, "back": returning.asked(request)}
    if not form.is_valid():
        return page(request, "days/ask_of.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.take_ask(file, _asked(form, file.thing))
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "days/ask_of.html", shown, status=422)
    messages.success(request, _("Saved."))
    return returning.back(request, file.thing.pk)


def _asked(form: AskForm, about: Case | None) -> Asked:
    team = about.team_id if about else UUID(form.cleaned_data["team"])
    return Asked(ask_id=form.cleaned_data["ask_id"], team=team, words=form.words(), case=about)  # type: ignore[arg-type]


@staff_page(Action.TAKE_REQUESTS)
@require_POST
def ask_take(request: HttpRequest, entered: Entered, ask: UUID) -> HttpResponse:
    """I see to it."""
    try:
        actions.hand_ask(entered, _found(entered, ask))
    except CannotDo as why:
        messages.info(request, str(why))
    return returning.back(request) if returning.asked(request) else redirect("days:waiting")


@staff_page(Action.TAKE_REQUESTS, lists=True)
@require_http_methods(["GET", "POST"])
def ask_answer(request: HttpRequest, entered: Entered, ask: UUID) -> HttpResponse:
    """They have their answer, and if wanted it stands in their file too: typed once."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{reverse('days:waiting')}?ask={ask}#ask-{ask}", status=303)
    row = _found(entered, ask)
    form = AnswerForm(request.POST, auto_id=f"{row.pk}_%s")
    if not form.is_valid():
        return page(request, "days/waiting.html", pages.all_of(entered, row.pk, form), status=422)
    try:
        answered = actions.answer(entered, row, text=form.cleaned_data["text"])
    except CannotDo as why:
        messages.info(request, str(why))
        return redirect("days:waiting")
    if form.cleaned_data["as_note"]:
        _note(entered, answered)
    messages.success(request, _("Answered."))
    return returning.back(request) if returning.asked(request) else redirect("days:waiting")


def _number(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _found(entered: Entered, ask: UUID) -> Ask:
    return get_object_or_404(Ask.objects.open_to(entered.visit.actor), pk=ask)


def _note(entered: Entered, ask: Ask) -> None:
    """What was asked and answered, as a note in the file that it is about, for who may write there."""
    case = pages.my_case(entered.visit, ask.case_id)
    if case is None:
        return
    file = entered.open(case, Action.WRITE_ENTRY)
    words: dict[str, Any] = dict(ask.words)
    text = "\n".join(each for each in (words.get("who"), words.get("text"), words.get("answer")) if each)
    kind = EntryKind.PARTNER if words.get("sort") == Who.PARTNER else EntryKind.OTHER
    write_entry(file, entry_id=ask.pk, text=text, kind=kind, happened_at=timezone.now())
