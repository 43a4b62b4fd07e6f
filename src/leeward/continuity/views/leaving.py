"""Somebody leaves today, or a role ends: nobody they walk with is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.actions import CannotDo, Interims
from leeward.continuity.actions.leaving import carried_by
from leeward.continuity.forms.away import InterimForm
from leeward.continuity.pages.leaving import leaving
from leeward.staff import actions as staff
from leeward.staff.actions.authority import teams_of
from leeward.staff.door import staff_page
from leeward.staff.models import Membership, Person
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered


@staff_page(Action.END_MEMBERSHIP, lists=True)
@require_http_methods(["GET", "POST"])
def goodbye(request: HttpRequest, entered: Entered, person: UUID) -> HttpResponse:
    """Somebody leaves the agency today."""
    found = get_object_or_404(Person.objects.here(), pk=person)
    files = leaving(entered, found, Case.objects.filter(primary=found), teams_of(found))
    form = InterimForm(
        request.POST if request.method == "POST" else None, choices=files.choices, mind=files.mind
    )
    shown = {"colleague": found, "form": form, "files": files}
    if not form.is_valid():
        return page(request, "continuity/goodbye.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.goodbye(entered, person=found, interims=Interims(form.chosen(), set(files.choices)))
    except (CannotDo, staff.CannotDo) as why:
        return page(request, "continuity/goodbye.html", {**shown, "why": str(why)}, status=422)
    messages.success(
        request, _("Their access has ended, everywhere, with this moment. Nobody was left alone.")
    )
    return redirect("staff:colleagues")


@staff_page(Action.CHANGE_MEMBERSHIP, lists=True)
@require_http_methods(["GET", "POST"])
def role_ends(request: HttpRequest, entered: Entered, membership: UUID) -> HttpResponse:
    """A role ends today; whoever could carry nobody without it passes on first."""
    found = get_object_or_404(Membership.objects.select_related("person"), pk=membership)
    files = leaving(entered, found.person, carried_by(found), [found.team_id])
    form = InterimForm(
        request.POST if request.method == "POST" else None, choices=files.choices, mind=files.mind
    )
    shown = {"colleague": found.person, "membership": found, "form": form, "files": files}
    if not form.is_valid():
        return page(
            request, "continuity/role_ends.html", shown, status=200 if request.method == "GET" else 422
        )
    try:
        actions.role_ends(entered, membership=found, interims=Interims(form.chosen(), set(files.choices)))
    except (CannotDo, staff.CannotDo) as why:
        return page(request, "continuity/role_ends.html", {**shown, "why": str(why)}, status=422)
    messages.success(request, _("This role has ended. What only it opened is shut now."))
    return redirect("staff:colleague", person=found.person_id)
