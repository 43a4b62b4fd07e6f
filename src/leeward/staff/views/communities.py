"""What the agency learnt about communities: everybody reads it, supervisors write it down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.door import staff_page
from leeward.staff.forms.communities import CommunityForm
from leeward.staff.models import CommunityNote
from leeward.staff.pages import communities as pages
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leeward.access.gate import Entered

_PAGE = "staff/community.html"


@staff_page(Action.SEE_STAFF)
@require_GET
def communities(request: HttpRequest, entered: Entered) -> HttpResponse:
    """What we learnt, to be read before a first meeting."""
    return page(request, "staff/communities.html", pages.shown(entered.visit))


@staff_page(Action.KEEP_WAYS)
@require_http_methods(["GET", "POST"])
def community_new(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Write down what we were taught."""
    form = CommunityForm(request.POST or None)
    if not form.is_valid():
        return page(request, _PAGE, {"form": form}, status=422 if form.is_bound else 200)
    return _keep(request, entered, form)


@staff_page(Action.KEEP_WAYS)
@require_http_methods(["GET", "POST"])
def community(request: HttpRequest, entered: Entered, community: UUID) -> HttpResponse:
    """Change it, say that somebody asked again, or let it go."""
    held = CommunityNote.objects.filter(everyone__in=entered.visit.holder.teams())
    note = get_object_or_404(held, pk=community)
    if "let_go" in request.POST:
        actions.let_go_of_community(entered, note=note)
        messages.success(request, _("It is gone."))
        return redirect("staff:communities")
    initial = {**CommunityForm.initial_of(note.words), "note_id": note.pk, "version": note.version}
    told = {**request.POST.dict(), "note_id": note.pk} if request.method == "POST" else None
    form = CommunityForm(told, initial=initial)
    if not form.is_valid():
        shown = {"form": form, "note": note}
        return page(request, _PAGE, shown, status=422 if form.is_bound else 200)
    return _keep(request, entered, form, note)


def _keep(
    request: HttpRequest, entered: Entered, form: CommunityForm, note: CommunityNote | None = None
) -> HttpResponse:
    told = form.cleaned_data
    try:
        actions.keep_community(entered, note_id=told["note_id"], words=form.words(), version=told["version"])
    except ChangedMeanwhile as other:
        saved = CommunityNote.objects.get(pk=told["note_id"])
        form.data = {**form.data, "version": str(other.version)}
        both = {"mine": form.lines(form.words()), "theirs": form.lines(saved.words)}
        return page(request, _PAGE, {"form": form, "note": note or saved, **both}, status=409)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, _PAGE, {"form": form, "note": note}, status=422)
    messages.success(request, _("Saved."))
    return redirect("staff:communities")
