"""Pages about who belongs to somebody, and whom to keep apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases import finding
from leeward.cases.actions import CannotDo
from leeward.cases.actions import people as actions
from leeward.cases.door import case_page, page_among
from leeward.cases.forms.people import BondForm, LinkForm, LookForForm
from leeward.cases.models import Bond, Case
from leeward.cases.pages import file as pages
from leeward.cases.pages.people import bonds as bonds_of
from leeward.cases.views.rows import Asking, ask
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase

_HERE = "cases:more"


@page_among(Action.WRITE_ENTRY)
@require_GET
def bonds(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Who belongs to somebody; names from other files only for those who may open them."""
    shown = {**pages.head(file, _HERE), "bonds": bonds_of(file, entered), "form": LookForForm()}
    return page(request, "cases/bonds.html", shown)


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def bond_new(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Somebody who has no page here."""
    return ask(request, file, BondForm(request.POST or None), _asking())


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def bond_change(request: HttpRequest, file: OpenCase, bond: UUID) -> HttpResponse:
    """What is known about somebody who has no page here."""
    row = get_object_or_404(Bond, pk=bond, case=file.thing)
    about = row.about
    if about.get("other"):
        raise Http404
    form = BondForm(request.POST) if request.method == "POST" else BondForm.of(row.pk, about)
    return ask(request, file, form, _asking())


def _saved(pk: UUID) -> dict[str, Any]:
    return dict(Bond.objects.get(pk=pk).about)


def _asking() -> Asking:
    hint = _(
        "For somebody who has a page here, use “Somebody who has a page here” instead: no name is copied then."
    )
    heading, back = _("Somebody who belongs to them"), "cases:bonds"
    return Asking(heading, back, actions.keep_bond, _saved, icon="link", hint=hint)


@page_among(Action.WRITE_ENTRY)
@require_POST
def bond_find(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Look for somebody who has a page here. Asked by POST, so that it is in no address and no log."""
    form = LookForForm(request.POST)
    if not form.is_valid():
        shown = {**pages.head(file, _HERE), "bonds": bonds_of(file, entered), "form": form}
        return page(request, "cases/bonds.html", shown, status=422)
    return _choosing(request, file, entered, form, LinkForm())


def _choosing(
    request: HttpRequest, file: OpenCase, entered: Entered, look: LookForForm, form: LinkForm
) -> HttpResponse:
    """Those who were found and whose page this person may write on."""
    found = finding.find(entered, look.cleaned_data["q"])
    may = Case.objects.open_to(entered.visit.actor, Action.WRITE_ENTRY).exclude(pk=file.thing.pk)
    able = set(may.filter(pk__in=[hit.case.pk for hit in found.hits]).values_list("pk", flat=True))
    hits = [hit.case for hit in found.hits if hit.case.pk in able]
    shown = {**pages.head(file, _HERE), "hits": hits, "perhaps": found.perhaps, "look": look, "form": form}
    return page(request, "cases/bond_link.html", shown, status=422 if form.is_bound else 200)


@page_among(Action.WRITE_ENTRY)
@require_POST
def bond_link(request: HttpRequest, file: OpenCase, entered: Entered) -> HttpResponse:
    """Tie two people who both have a page here; both pages open to whoever does this."""
    form, look = LinkForm(request.POST), LookForForm(request.POST)
    if not form.is_valid():
        if look.is_valid():
            return _choosing(request, file, entered, look, form)
        return redirect("cases:bonds", case=file.thing.pk)
    other = entered.open(_other(entered, form.cleaned_data["other"]))
    try:
        actions.link(file, other, row_id=form.cleaned_data["row_id"], kind=form.cleaned_data["kind"])
    except CannotDo as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("Saved."))
    return redirect("cases:bonds", case=file.thing.pk)


def _other(entered: Entered, case: UUID) -> Case:
    seen = Case.objects.with_people().as_seen_by(entered.visit.actor)
    return get_object_or_404(seen, pk=case)


@page_among(Action.WRITE_ENTRY)
@require_POST
def untie(request: HttpRequest, file: OpenCase, entered: Entered, bond: UUID) -> HttpResponse:
    """Take a tie out; one between two files out of both."""
    row = get_object_or_404(Bond, pk=bond, case=file.thing)
    other = row.about.get("other")
    opened = entered.open(_other(entered, UUID(other))) if other else None
    actions.untie(file, opened, bond=row)
    messages.success(request, _("Saved."))
    return redirect("cases:bonds", case=file.thing.pk)
