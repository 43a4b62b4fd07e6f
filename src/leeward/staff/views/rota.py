"""Pages of the rota."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.staff import actions
from leeward.staff.actions import CannotDo, Hours
from leeward.staff.door import staff_page
from leeward.staff.forms.rota import OfferForm, ShiftForm
from leeward.staff.models import Shift
from leeward.staff.pages import rota as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from leeward.access.gate import Entered


@staff_page(Action.SEE_STAFF)
@require_GET
def rota(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Who is on call, now and in the next weeks."""
    return page(request, "staff/rota.html", pages.rota(entered.visit))


@staff_page(Action.KEEP_ROTA)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Put somebody on the rota, once or every week."""
    form = ShiftForm(request.POST or None, people=pages.on_call_people())
    if form.is_valid():
        hours = [Hours(*each) for each in form.hours()]
        told = form.cleaned_data
        try:
            actions.add_shifts(entered, person=told["person"], hours=hours, form_id=told["form_id"])
            messages.success(request, _("It is on the rota."))
            return redirect("staff:rota")
        except CannotDo as why:
            form.add_error(None, str(why))
    return page(request, "staff/rota_new.html", {"form": form}, status=422 if form.is_bound else 200)


@staff_page(Action.KEEP_ROTA)
@require_POST
def take_away(request: HttpRequest, entered: Entered, shift: UUID) -> HttpResponse:
    """Take hours off the rota."""
    return _done(request, lambda: actions.take_away(entered, shift=shift), _("It is off the rota."))


@staff_page(Action.SEE_STAFF)
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, entered: Entered, shift: UUID) -> HttpResponse:
    """Ask a colleague to take over hours of one's own."""
    mine = Shift.objects.coming().filter(pk=shift, person=entered.visit.actor.id).first()
    if mine is None:
        messages.info(request, _("These hours are no longer yours on the rota. Below is how it is now."))
        return redirect("staff:rota")
    people = pages.who_could_take(mine)
    form = OfferForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            actions.offer_shift(entered, shift=shift, to=form.cleaned_data["to"])
            messages.success(request, _("They are asked. The hours stay yours until they say yes."))
            return redirect("staff:rota")
        except CannotDo as why:
            form.add_error(None, str(why))
    shown = {"form": form, "line": pages.line(mine, entered.visit), "anybody": people.exists()}
    return page(request, "staff/rota_offer.html", shown, status=422 if form.is_bound else 200)


@staff_page(Action.SEE_STAFF)
@require_POST
def keep(request: HttpRequest, entered: Entered, shift: UUID) -> HttpResponse:
    """Keep hours that were offered."""
    return _done(request, lambda: actions.keep_shift(entered, shift=shift), _("You keep these hours."))


@staff_page(Action.SEE_STAFF)
@require_POST
def answer(request: HttpRequest, entered: Entered, shift: UUID) -> HttpResponse:
    """Take over hours that a colleague offers, or say not this time."""
    yes = "yes" in request.POST
    said = (
        _("These hours are yours now. Thank you.") if yes else _("You said: not this time. Nothing changed.")
    )
    asked_by = _number(request.POST.get("asked_by", ""))
    return _done(
        request, lambda: actions.answer_shift(entered, shift=shift, asked_by=asked_by, yes=yes), said
    )


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _done(request: HttpRequest, verb: Callable[[], object], said: str) -> HttpResponse:
    """Do it and say so, or say why not; the rota below shows how it is now either way."""
    try:
        verb()
        messages.success(request, said)
    except CannotDo as why:
        messages.info(request, str(why))
    return redirect("staff:rota")
