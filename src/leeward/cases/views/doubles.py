"""Pages for somebody who may be known twice: looking into it, joining two files, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo, joining
from leeward.cases.actions.doubles import looked_into
from leeward.cases.door import case_page, page_among
from leeward.cases.forms.meeting import OtherFileForm
from leeward.cases.models import Identity, Joining, Profile, Reach
from leeward.cases.pages import joining as pages
from leeward.cases.pages.meeting import doubts as doubts_shown
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.models.people import PageOfCase

_QUESTION = 422


@staff_page(Action.LOOK_AFTER, lists=True)
@require_http_methods(["GET", "POST"])
def doubts(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Files of one's own teams that somebody else may have begun a second time."""
    if request.method == "POST" and (doubt := _number(request.POST.get("doubt", ""))):
        looked_into(entered, doubt=doubt)
        messages.success(request, _("Looked into. Thank you."))
        return redirect("cases:doubts")
    return page(request, "cases/doubts.html", {"doubts": doubts_shown(entered)})


@page_among(Action.JOIN)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Make one file out of two: find the other, look at both, then join them."""
    if request.POST.get("other"):
        return _both(request, file, entered)
    form = OtherFileForm(request.POST or None)
    shown: dict[str, Any] = {**pages.joinings(file), "form": form}
    if form.is_valid():
        shown["candidates"] = pages.candidates(entered, file, form.cleaned_data["name"])
    return page(request, "cases/join.html", shown, status=_QUESTION if form.errors else 200)


def _both(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Both files side by side, and the button that makes them one."""
    other = pages.other_file(entered, request.POST["other"])
    if other is None:
        raise Http404
    shown = {**pages.joinings(file), **pages.both(file, other), "joining_id": uuid4()}
    joining_id = _number(request.POST.get("joining_id", ""))
    if joining_id is None:
        return page(request, "cases/join_both.html", shown)
    try:
        joining.join(file, other, joining_id=joining_id)
    except CannotDo as why:
        return page(request, "cases/join_both.html", {**shown, "why": str(why)}, status=_QUESTION)
    messages.success(request, _("The two files are one now. For 30 days you can take that back."))
    return redirect("desk:person", case=file.thing.pk)


@page_among(Action.JOIN)
@require_POST
def join_undo(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Make two files out of one again."""
    number = _number(request.POST.get("joining", ""))
    row = get_object_or_404(Joining.objects.filter(kept=file.thing), pk=number)
    other = pages.other_file(entered, str(row.other_id))
    assert other  # noqa: S101 - a file that was joined is never deleted
    try:
        joining.undo(file, other, joining=row.pk)
    except CannotDo as why:
        messages.warning(request, str(why))
        return redirect("cases:join", case=file.thing.pk)
    messages.success(request, _("They are two files again. What was written since then stays in this one."))
    return redirect("desk:person", case=file.thing.pk)


@case_page(Action.SEE_CASE, joined=True)
@require_GET
def joined(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Where a file went that became part of another one."""
    if file.thing.joined_to_id is None:
        return HttpResponseRedirect(reverse("desk:person", args=[file.thing.pk]), status=303)
    shown = pages.joined(file)
    if not shown:
        raise Http404
    return page(request, "cases/joined.html", shown)


@case_page(Action.WRITE_ENTRY)
@require_POST
def profile_settle(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Take what a joined file said in their words, or leave it out."""
    return _settle(request, file, Profile, "cases:profile")


@case_page(Action.CHANGE_REACH)
@require_POST
def reach_settle(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The same of how any contact begins."""
    return _settle(request, file, Reach, "cases:reach")


@case_page(Action.IDENTITY)
@require_POST
def identity_settle(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The same of names and papers."""
    return _settle(request, file, Identity, "cases:identity")


def _settle(request: HttpRequest, file: OpenCase, kind: type[PageOfCase], back: str) -> HttpResponse:
    told = {name: request.POST.get(name, "") for name in ("name", "other")}
    joining.settle(file, kind, take="take" in request.POST, **told)
    messages.success(request, _("Saved."))
    return redirect(back, case=file.thing.pk)


def _number(asked: str) -> UUID | None:
    try:
        return UUID(asked)
    except ValueError:
        return None
