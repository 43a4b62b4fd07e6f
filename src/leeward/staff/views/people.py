"""Pages about colleagues, teams and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.staff import actions, forms, pages
from leeward.staff.actions import CannotDo
from leeward.staff.door import staff_page
from leeward.staff.models import Person
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.staff.actions import Invitation


@staff_page(Action.SEE_STAFF)
@require_GET
def colleagues(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Everybody who works here."""
    shown = {**pages.head(entered.visit, "colleagues"), "colleagues": pages.colleagues(entered.visit)}
    return page(request, "staff/colleagues.html", shown)


@staff_page(Action.SEE_STAFF)
@require_GET
def roles(request: HttpRequest, entered: Entered) -> HttpResponse:
    """What each role opens, and what stays shut."""
    return page(request, "staff/roles.html", {**pages.head(entered.visit, "roles"), "roles": pages.roles()})


@staff_page(Action.SEE_STAFF)
@require_GET
def colleague(request: HttpRequest, entered: Entered, person: UUID) -> HttpResponse:
    """One colleague: roles, and whether keys were handed over."""
    found = get_object_or_404(Person, pk=person)
    return page(request, "staff/colleague.html", pages.one(found, entered.visit))


@staff_page(Action.INVITE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Invite a colleague: the link and the code are shown once, to go two different ways."""
    form = forms.InviteForm(
        request.POST or None, actor=entered.visit.actor, teams=pages.team_choices(entered.visit)
    )
    if form.is_valid():
        try:
            return _show(request, actions.invite(entered, **form.cleaned_data))
        except CannotDo as why:
            form.add_error("email", str(why))
    shown = {"form": form, "may": pages.may(entered.visit)}
    return page(request, "staff/invite.html", shown, status=422 if form.is_bound else 200)


@staff_page(Action.INVITE)
@require_POST
def invite_again(request: HttpRequest, entered: Entered, person: UUID) -> HttpResponse:
    """A new link and code for somebody who has not joined yet."""
    found = get_object_or_404(Person.objects.here(), pk=person)
    try:
        return _show(request, actions.invite_again(entered, person=found))
    except CannotDo as why:
        messages.info(request, str(why))
        return redirect("staff:colleague", person=person)


def _show(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    link = request.build_absolute_uri(reverse("signin:join", args=[invitation.link]))
    return page(
        request, "staff/invited.html", {"invitation": invitation, "link": link, "hours": actions.INVITE_HOURS}
    )


@staff_page(Action.GRANT)
@require_POST
def hand_keys(request: HttpRequest, entered: Entered, person: UUID) -> HttpResponse:
    """Hand a colleague the keys of shared teams."""
    count = actions.hand_keys(entered, person=get_object_or_404(pages.joined(), pk=person))
    said = ngettext("%(count)d key handed over.", "%(count)d keys handed over.", count) % {"count": count}
    messages.success(
        request,
        said if count else _("There was nothing to hand over: you share no team, or they hold it already."),
    )
    return redirect("staff:colleague", person=person)


@staff_page(Action.CHANGE_MEMBERSHIP)
@require_http_methods(["GET", "POST"])
def add_role(request: HttpRequest, entered: Entered, person: UUID) -> HttpResponse:
    """Give a colleague one more role or team."""
    found = get_object_or_404(Person.objects.here(), pk=person)
    form = forms.RoleForm(
        request.POST or None, actor=entered.visit.actor, teams=pages.team_choices(entered.visit)
    )
    if not form.is_valid():
        shown = {"form": form, "colleague": found, "may": pages.may(entered.visit)}
        return page(request, "staff/add_role.html", shown, status=422 if form.is_bound else 200)
    actions.add_membership(entered, person=found, **form.cleaned_data)
    return redirect("staff:colleague", person=person)


@staff_page(Action.CHANGE_MEMBERSHIP)
@require_http_methods(["GET", "POST"])
def start_team(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Start a new team."""
    form = forms.TeamForm(request.POST or None)
    if not form.is_valid():
        return page(request, "staff/start_team.html", {"form": form}, status=422 if form.is_bound else 200)
    actions.start_team(entered, **form.cleaned_data)
    return redirect("staff:colleagues")


@staff_page(Action.SEE_TRAIL)
@require_GET
def log(request: HttpRequest, entered: Entered) -> HttpResponse:
    """The log book's newest lines and its head, to be kept elsewhere."""
    return page(request, "staff/log.html", pages.recent_lines(entered.visit))


@staff_page(Action.SEE_KEYS)
@require_GET
def key_state(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Who holds how much: a team whose key only one person holds is thin."""
    visit = entered.visit
    shown = {"teams": pages.key_state(visit), "lacking": pages.lacking(visit)}
    return page(request, "staff/keys.html", {**pages.head(visit, "keys"), **shown})
