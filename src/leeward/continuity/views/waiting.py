"""Hand-overs that wait for a yes, offers of other teams, time off with cover, and a gentle word."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.models.walking import able_in
from leeward.continuity import actions
from leeward.continuity.actions import Away, CannotDo
from leeward.continuity.forms.away import AwayForm
from leeward.continuity.forms.people import PersonForm
from leeward.continuity.looking_after import offers_to
from leeward.continuity.models import Farewell, HandOver
from leeward.continuity.pages import cover as cover_pages
from leeward.continuity.pages import offers as pages
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.TODAY, lists=True)
@require_GET
def offers(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Everything about hand-overs that waits for this person, or for a team they look after."""
    return page(request, "continuity/offers.html", pages.offers(entered))


@staff_page(Action.TODAY, lists=True)
@require_POST
def answer(request: HttpRequest, entered: Entered, hand_over: UUID) -> HttpResponse:
    """Say yes, or not now, to a colleague who asks."""
    row = get_object_or_404(HandOver.objects.filter(taker=entered.visit.actor.id), pk=hand_over)
    yes = "yes" in request.POST
    try:
        actions.answer(entered, hand_over=row, yes=yes)
    except CannotDo as why:
        messages.info(request, str(why))
        return redirect("continuity:offers")
    messages.success(request, _("Thank you. Your colleague sees your answer."))
    return redirect("continuity:walking", case=row.case_id) if yes else redirect("continuity:offers")


@staff_page(Action.TODAY, lists=True)
@require_POST
def take(request: HttpRequest, entered: Entered, hand_over: UUID) -> HttpResponse:
    """Say yes for one's team, and who walks with them from now on."""
    row = next((each for each in offers_to(entered.visit) if each.pk == hand_over), None)
    if row is None or row.team_to_id is None:
        messages.info(
            request, _("This offer was taken back or answered meanwhile. Nothing has changed for anybody.")
        )
        return redirect("continuity:offers")
    people = able_in([row.team_to_id]).get(row.team_to_id, [])
    form = PersonForm(request.POST, people=people, auto_id=f"offer_{row.pk}_%s")
    if not form.is_valid():
        return page(request, "continuity/offers.html", pages.offers(entered, row.pk, form), status=422)
    try:
        case = actions.take(entered, hand_over=row, person=form.cleaned_data["person"])
    except CannotDo as why:
        messages.info(request, str(why))
        return redirect("continuity:offers")
    messages.success(request, _("The file is with your team now. Please tell whoever offered it."))
    return redirect("desk:person", case=case.pk)


@staff_page(Action.TODAY, lists=True)
@require_POST
def not_now(request: HttpRequest, entered: Entered, hand_over: UUID) -> HttpResponse:
    """Say for one's team that it cannot be now."""
    row = get_object_or_404(HandOver, pk=hand_over, team_to__isnull=False)
    try:
        actions.not_now(entered, hand_over=row)
        messages.success(request, _("Whoever asked sees that it cannot be now. A call helps them to go on."))
    except CannotDo as why:
        messages.info(request, str(why))
    return redirect("continuity:offers")


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Time off: one's own, and of those one looks after; and who covers."""
    form = AwayForm(request.POST or None, **cover_pages.choices(entered.visit))
    if form.is_bound and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in Away._fields}
        try:
            actions.go_away(entered, absence_id=form.cleaned_data["absence_id"], away=Away(**answers))
            messages.success(request, _("Saved. It begins and ends by itself."))
            return redirect("continuity:cover")
        except CannotDo as why:
            form.add_error(None, str(why))
    shown = {**cover_pages.cover(entered.visit), "form": form}
    return page(request, "continuity/cover.html", shown, status=422 if form.is_bound else 200)


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def cover_change(request: HttpRequest, entered: Entered, absence: UUID) -> HttpResponse:
    """Other days, or somebody else who covers."""
    row = get_object_or_404(cover_pages.mine_to_say(entered.visit), pk=absence)
    initial = {
        "absence_id": row.pk,
        "person": row.person,
        "since": row.since,
        "until": row.until,
        "cover": row.cover,
    }
    form = AwayForm(
        request.POST or None,
        initial=initial,
        whose=[row.person],
        covers=cover_pages.choices(entered.visit)["covers"],
    )
    if form.is_bound and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in Away._fields}
        try:
            actions.change_days(entered, absence=row, away=Away(**answers))
            messages.success(request, _("Saved. It begins and ends by itself."))
            return redirect("continuity:cover")
        except CannotDo as why:
            form.add_error(None, str(why))
    shown = {"form": form, "absence": row}
    return page(request, "continuity/cover_change.html", shown, status=422 if form.is_bound else 200)


@staff_page(Action.TODAY, lists=True)
@require_POST
def come_back(request: HttpRequest, entered: Entered, absence: UUID) -> HttpResponse:
    """Back from today on, or not away after all."""
    actions.come_back(entered, absence=get_object_or_404(cover_pages.mine_to_say(entered.visit), pk=absence))
    messages.success(request, _("Saved."))
    return redirect("continuity:cover")


@staff_page(Action.TODAY, lists=True)
@require_POST
def has_read(_request: HttpRequest, entered: Entered, farewell: UUID) -> HttpResponse:
    """A gentle word was read."""
    found = get_object_or_404(Farewell, pk=farewell, person=entered.visit.actor.id)
    actions.has_read(found)
    return redirect("desk:today")
