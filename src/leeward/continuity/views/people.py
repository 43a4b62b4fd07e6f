"""Who walks with a participant, here and at other agencies, and who does what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.cases.models import CareTeamMember
from leeward.cases.pages.file import head
from leeward.cases.pages.minors import blocked_in
from leeward.cases.views.rows import Asking, ask
from leeward.continuity import actions
from leeward.continuity.actions import CannotDo, ChangedMeanwhile
from leeward.continuity.forms.people import DoingForm, OutsideForm, PersonForm
from leeward.continuity.models import Outside
from leeward.continuity.pages import walking as pages
from leeward.staff.models import Person
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.WRITE_ENTRY)
@require_GET
def walking(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Who walks with somebody, inside and outside."""
    return page(request, "continuity/walking.html", pages.walking(file))


@case_page(Action.ASSIGN)
@require_POST
def colleague(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """A colleague joins, or takes over."""
    place = actions.take_over if request.POST.get("place") == "primary" else actions.walk_along
    return _chosen(request, file, pages.colleagues(file), partial(place, file))


@case_page(Action.NAME_BACKUP)
@require_POST
def backup(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody stands behind the primary worker, who chooses whom; a supervisor may, too."""
    return _chosen(request, file, pages.offered(file), partial(actions.name_backup, file))


def _chosen(
    request: HttpRequest, file: OpenCase, people: list[Person], place: Callable[..., object]
) -> HttpResponse:
    """Whoever was chosen gets their place, or the page says why not."""
    form = PersonForm(request.POST, people=people)
    try:
        if form.is_valid():
            place(person=form.cleaned_data["person"])
            messages.success(request, _("Saved."))
            return redirect("continuity:walking", case=file.thing.pk)
    except CannotDo as why:
        form.add_error(None, str(why))
    return page(request, "continuity/walking.html", pages.walking(file, form), status=422)


@case_page(Action.NAME_BACKUP)
@require_POST
def no_backup(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Nobody stands behind for now."""
    actions.name_backup(file, person=None)
    messages.success(request, _("Saved."))
    return redirect("continuity:walking", case=file.thing.pk)


@case_page(Action.ASSIGN)
@require_POST
def step_back(request: HttpRequest, file: OpenCase, member: UUID) -> HttpResponse:
    """Take a colleague off the care team."""
    actions.step_back(file, member=get_object_or_404(CareTeamMember, pk=member, case=file.thing))
    messages.success(request, _("Saved."))
    return redirect("continuity:walking", case=file.thing.pk)


@case_page(Action.HAND_OVER)
@require_POST
def stay(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Whoever stepped in for now goes on."""
    actions.stay(file)
    messages.success(request, _("Saved."))
    return redirect("continuity:walking", case=file.thing.pk)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def doing(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Who does what."""
    form = DoingForm(request.POST or None, **pages.doings(file))
    if not form.is_valid():
        shown = {**head(file, "continuity:walking"), "form": form}
        return page(request, "continuity/doing.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.say_doing(file, changed=form.changed())
    except ChangedMeanwhile as other:
        mine = "\n".join(does for _was, does in form.changed().values())
        fresh = DoingForm(**pages.doings(file))
        fresh.initial.update({f"does_{person}": does for person, (_was, does) in form.changed().items()})
        shown = {**head(file, "continuity:walking"), "form": fresh, "mine": mine, "theirs": other.saved}
        return page(request, "continuity/doing.html", shown, status=409)
    messages.success(request, _("Saved."))
    return redirect("continuity:walking", case=file.thing.pk)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def outside_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody of another agency joins."""
    form = OutsideForm(request.POST or None, blocked=blocked_in(file))
    return ask(request, file, form, _outside(_("Somebody from outside")))


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def outside_change(request: HttpRequest, file: OpenCase, outside: UUID) -> HttpResponse:
    """What is known of somebody of another agency."""
    row = get_object_or_404(Outside, pk=outside, case=file.thing)
    posted = request.method == "POST"
    form = (
        OutsideForm(request.POST, blocked=blocked_in(file)) if posted else OutsideForm.of(row.pk, row.about)
    )
    return ask(request, file, form, _outside(row.about.get("name", "")))


def _outside(heading: str) -> Asking:
    def saved(pk: UUID) -> dict[str, Any]:
        return dict(Outside.objects.get(pk=pk).about)

    hint = _(
        "What they may know needs a basis: a release that is in force, an order, or that the participant was there."
    )
    return Asking(heading, "continuity:walking", actions.keep_outside, saved, icon="shield", hint=hint)


@case_page(Action.WRITE_ENTRY)
@require_POST
def ours_central(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The central case manager across agencies is ours."""
    actions.we_are_central(file)
    messages.success(request, _("Saved."))
    return redirect("continuity:walking", case=file.thing.pk)
