"""Pages about who decides (practice M1)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.cases.actions.minors import keep_decision, keep_say
from leeward.cases.door import case_page
from leeward.cases.forms.minors import DecisionForm, NeverForm, SayForm
from leeward.cases.models import Decision, Say
from leeward.cases.pages import file as pages
from leeward.cases.pages import minors
from leeward.cases.views.rows import Asking, ask
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.REACH)
@require_GET
def says(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Who decides about what, and who must never be told or asked."""
    shown = {
        **pages.head(file, "cases:more"),
        "deciding": minors.who_decides(file.thing),
        "ended": minors.ended(file.thing),
        "is_minor": minors.is_minor(file.thing),
        "turning": minors.turning(file.thing, file.compartments),
    }
    return page(request, "cases/says.html", shown)


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def say_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Who decides about something."""
    form = SayForm(request.POST or None, blocked=minors.blocked_in(file))
    return ask(request, file, form, _about_say())


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def never_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody who must never be told or asked."""
    return ask(request, file, NeverForm(request.POST or None), _about_never())


@case_page(Action.CHANGE_REACH)
@require_http_methods(["GET", "POST"])
def say_change(request: HttpRequest, file: OpenCase, say: UUID) -> HttpResponse:
    """What is known about who decides, or who must never be told or asked."""
    row = get_object_or_404(Say, pk=say, case=file.thing)
    about = row.about
    never = bool(about.get("never_tell") or about.get("never_ask"))
    blocked = [] if never else minors.blocked_in(file)
    kind = NeverForm if never else partial(SayForm, blocked=blocked)
    of = NeverForm.of if never else partial(SayForm.of, blocked=blocked)
    form = kind(request.POST) if request.method == "POST" else of(row.pk, about)
    asking = _about_never() if never else _about_say()
    return ask(request, file, form, asking)


def _saved_say(pk: UUID) -> dict[str, Any]:
    return dict(Say.objects.get(pk=pk).about)


def _about_say() -> Asking:
    hint = _("A worker never signs as a guardian, and nobody decides here because they happen to be there.")
    return Asking(_("Who decides"), "cases:says", keep_say, _saved_say, icon="scale", hint=hint)


def _about_never() -> Asking:
    hint = _(
        "This stands wherever contact starts, and this name cannot be chosen: not to decide, to be told, asked or "
        "called, nor as escort, interpreter or go-between."
    )
    return Asking(
        _("Never tell, never ask"), "cases:says", keep_say, _saved_say, icon="shield-alert", hint=hint
    )


@case_page(Action.WRITE_ENTRY)
@require_GET
def decisions(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What others decided, and what the participant says about it."""
    shown = {**pages.head(file, "cases:more"), "decisions": minors.decisions(file)}
    return page(request, "cases/decisions.html", shown)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def decision_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Something that somebody else decided."""
    form = DecisionForm(request.POST or None)
    return ask(request, file, form, _about_decision())


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def decision_change(request: HttpRequest, file: OpenCase, decision: UUID) -> HttpResponse:
    """What is known about a decision; above all, what the participant says about it."""
    row = get_object_or_404(Decision, pk=decision, case=file.thing)
    form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm.of(row.pk, row.about)
    return ask(request, file, form, _about_decision())


def _saved_decision(pk: UUID) -> dict[str, Any]:
    return dict(Decision.objects.get(pk=pk).about)


def _about_decision() -> Asking:
    hint = _(
        "Ask what they think of it before it is done, and write it down even when nothing can be changed."
    )
    heading, back = _("Somebody decided for them"), "cases:decisions"
    return Asking(heading, back, keep_decision, _saved_decision, icon="gavel", hint=hint)
