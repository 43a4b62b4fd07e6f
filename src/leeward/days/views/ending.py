"""How something ends. Most of it is one tap; what a colleague ended meanwhile is said, and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page, page_among
from leeward.cases.pages.naming import point_out, to_ask_about
from leeward.days import actions
from leeward.days.actions import CannotDo, ChangedMeanwhile, When
from leeward.days.forms.been import ContinuedForm, HappenedForm
from leeward.days.forms.dues import MoveForm, ToldForm, clock
from leeward.days.pages import file as pages
from leeward.days.views import returning
from leeward.days.views.file import found, kept_elsewhere
from leeward.days.words.been import been
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.days.models import Due
    from leeward.days.words import CourtWords

    type Form = ToldForm | MoveForm | ContinuedForm | HappenedForm


@case_page(Action.DAYS)
@require_POST
def keep(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Kept."""
    return _with_a_word(request, file, due, actions.keep)


@case_page(Action.DAYS)
@require_POST
def release(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Released by them, or no longer needed."""
    return _with_a_word(request, file, due, actions.release)


@case_page(Action.DAYS)
@require_POST
def done(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Done."""
    return _with_a_word(request, file, due, actions.done)


@case_page(Action.DAYS)
@require_POST
def again(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Open it again: it was ended by mistake. Where its note stays, the page about it says so and leads there."""
    row = found(file, due)
    answer = _do(request, file, lambda: actions.again(file, row))
    stays = pages.told_as(file, row)
    return redirect("days:due", case=file.thing.pk, due=row.pk) if stays else answer


@page_among(Action.DAYS)
@require_POST
def happened(request: HttpRequest, file: OpenCase, entered: Entered, due: UUID) -> HttpResponse:
    """It happened, or not this time. Others who live there too are not named in it unasked."""
    row = found(file, due)
    form = pages.happened_form(pages.look(file, row), request.POST)
    if not form.is_valid():
        return _ask_again(request, file, row, happened_form=form)
    if names := to_ask_about(request, entered, [file], form):
        return _ask_again(request, file, row, happened_form=form, others_named=names)
    how = "not_now" if "not_now" in request.POST else "happened"
    told = cast("CourtWords", form.told())
    answer = _do(request, file, lambda: actions.happened(file, row, how=how, told=told, note=form.note()))
    point_out(request, [file], form)
    return answer


@case_page(Action.DAYS)
@require_POST
def move(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """Moved to another day; when a colleague moved it meanwhile, both days stand side by side."""
    row = found(file, due)
    if kept_elsewhere(file, row):
        messages.info(request, _("For another day, change the conference: this date moves with it."))
        return returning.back(request, file.thing.pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, file, row, move_form=form)
    given = form.cleaned_data
    when = When(given["day"], clock(given["at"]))
    try:
        actions.move(file, row, when=when, told=given["told"], version=given["version"])
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        return _ask_again(request, file, found(file, due), move_form=form, status=409)
    except CannotDo as why:
        messages.info(request, str(why))
        return returning.back(request, file.thing.pk)
    messages.success(request, _("Moved."))
    return returning.back(request, file.thing.pk)


@case_page(Action.DAYS)
@require_POST
def continued(request: HttpRequest, file: OpenCase, due: UUID) -> HttpResponse:
    """The court set another date."""
    row = found(file, due)
    look = pages.look(file, row)
    form = ContinuedForm(request.POST, been=been(look.words, look.slot))
    if not form.is_valid():
        return _ask_again(request, file, row, continued_form=form)
    given = form.cleaned_data
    when = When(given["day"], clock(given["at"]))
    said = {"told": given["told"], "note": form.note()}
    return _do(request, file, lambda: actions.continued(file, row, due_id=given["due_id"], when=when, **said))


def _with_a_word(
    request: HttpRequest, file: OpenCase, due: UUID, verb: Callable[[OpenCase, Due, str], Due]
) -> HttpResponse:
    row = found(file, due)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, file, row, told_form=form)
    return _do(request, file, lambda: verb(file, row, form.cleaned_data["told"]))


def _do(request: HttpRequest, file: OpenCase, verb: Callable[[], Due]) -> HttpResponse:
    """Do it, or say why it is as it is."""
    try:
        verb()
    except CannotDo as why:
        messages.info(request, str(why))
    else:
        messages.success(request, _("Saved."))
    return returning.back(request, file.thing.pk)


def _ask_again(
    request: HttpRequest, file: OpenCase, due: Due, *, status: int = 422, **bound: Form | list[str]
) -> HttpResponse:
    """The page about it, with everything that was typed still there."""
    shown = {**pages.one(file, due), **bound, "back": returning.asked(request), "conflict": status != 422}  # noqa: PLR2004 - "please look again"
    return page(request, "days/due.html", shown, status=status)
