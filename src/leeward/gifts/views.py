"""Pages about money and gifts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.door import case_page
from leeward.cases.pages.file import head
from leeward.gifts import actions, pages
from leeward.gifts.forms import ChangeFundForm, GiveForm, NewFundForm, ReceiptForm
from leeward.gifts.models import Fund, Gift
from leeward.gifts.words import GiftState, amount
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


@case_page(Action.WRITE_ENTRY)
@require_GET
def ledger(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What was given to one participant."""
    return page(request, "gifts/ledger.html", pages.ledger(file))


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """Give something: it stands in the ledger and on the timeline, typed once."""
    form = GiveForm(request.POST or None, team=file.thing.team)
    shown = {**head(file, "cases:more"), "form": form}
    if not form.is_valid():
        return page(request, "gifts/give.html", shown, status=422 if form.is_bound else 200)
    told = form.cleaned_data
    try:
        gift = actions.give(file, gift_id=told["gift_id"], fund=told["fund"], words=form.words())
    except CannotDo as why:
        form.add_error("fund", str(why))
        return page(request, "gifts/give.html", shown, status=422)
    asked = gift.state == GiftState.ASKED
    messages.success(request, _("A supervisor is asked to agree.") if asked else _("It is in the ledger."))
    return redirect("gifts:ledger", case=file.thing.pk)


@case_page(Action.LOOK_AFTER)
@require_POST
def agree(request: HttpRequest, file: OpenCase, gift: UUID) -> HttpResponse:
    """A second person says yes, or not this time."""
    get_object_or_404(Gift, pk=gift, case=file.thing)
    yes = "yes" in request.POST
    said = _("Agreed. Now it can be handed over.") if yes else _("You said: not this time.")
    return _done(request, file, lambda: actions.agree(file, gift=gift, yes=yes), said)


@case_page(Action.WRITE_ENTRY)
@require_POST
def hand_over(request: HttpRequest, file: OpenCase, gift: UUID) -> HttpResponse:
    """What was agreed is handed over."""
    get_object_or_404(Gift, pk=gift, case=file.thing)
    return _done(request, file, lambda: actions.hand_over(file, gift=gift), _("It is in the ledger."))


@case_page(Action.WRITE_ENTRY)
@require_POST
def cross_out(request: HttpRequest, file: OpenCase, gift: UUID) -> HttpResponse:
    """It was written down by mistake."""
    get_object_or_404(Gift, pk=gift, case=file.thing)
    return _done(request, file, lambda: actions.cross_out(file, gift=gift), _("It is crossed out."))


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, file: OpenCase, gift: UUID) -> HttpResponse:
    """Where the receipt is."""
    current = get_object_or_404(Gift, pk=gift, case=file.thing)
    kept = current.about.get("receipt", "")
    form = ReceiptForm(request.POST or None, initial={"receipt": kept, "version": current.version})
    shown = {**head(file, "cases:more"), "form": form, "gift": gift}
    if not form.is_valid():
        return page(request, "gifts/receipt.html", shown, status=422 if form.is_bound else 200)
    try:
        actions.keep_receipt(file, gift=gift, **form.cleaned_data)
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        both = {"mine": form.cleaned_data["receipt"], "theirs": other.saved}
        return page(request, "gifts/receipt.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("gifts:ledger", case=file.thing.pk)


def _done(request: HttpRequest, file: OpenCase, verb: Callable[[], object], said: str) -> HttpResponse:
    """Do it and say so, or say why not; the ledger shows how it is now either way."""
    try:
        verb()
        messages.success(request, said)
    except CannotDo as why:
        messages.info(request, str(why))
    return redirect("gifts:ledger", case=file.thing.pk)


@staff_page(Action.KEEP_FUNDS, lists=True)
@require_GET
def funds(request: HttpRequest, entered: Entered) -> HttpResponse:
    """The funds of one's teams."""
    return page(request, "gifts/funds.html", pages.funds(entered))


@staff_page(Action.KEEP_FUNDS)
@require_http_methods(["GET", "POST"])
def new_fund(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Start a fund."""
    form = NewFundForm(request.POST or None, teams=pages.teams_kept(entered.visit))
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.start_fund(entered, fund_id=told["fund_id"], team=told["team"], words=form.words())
            messages.success(request, _("The fund is there."))
            return redirect("gifts:funds")
        except CannotDo as why:
            form.add_error(None, str(why))
    return page(request, "gifts/fund.html", {"form": form}, status=422 if form.is_bound else 200)


@staff_page(Action.KEEP_FUNDS)
@require_http_methods(["GET", "POST"])
def fund(request: HttpRequest, entered: Entered, fund: UUID) -> HttpResponse:
    """Change a fund, or shut it."""
    current = get_object_or_404(Fund, pk=fund, team__in=pages.teams_kept(entered.visit))
    words = current.words
    initial = {**words, "is_open": current.is_open, "version": current.version}
    initial["limit"] = amount(words["limit"]) if "limit" in words else ""
    form = ChangeFundForm(request.POST or None, initial=initial)
    shown = {"form": form, "fund": current}
    if not form.is_valid():
        return page(request, "gifts/fund.html", shown, status=422 if form.is_bound else 200)
    told = form.cleaned_data
    try:
        actions.change_fund(
            entered, fund=current, words=form.words(), is_open=told["is_open"], version=told["version"]
        )
    except ChangedMeanwhile as other:
        form.data = {**form.data.dict(), "version": str(other.version)}  # type: ignore[attr-defined]
        both = {"mine": _lines(form.words()["name"], form.words().get("limit")),
                "theirs": _lines(words["name"], words.get("limit"))}  # fmt: skip
        return page(request, "gifts/fund.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect("gifts:funds")


def _lines(name: str, limit: int | None) -> str:
    return name if limit is None else f"{name}\n{amount(limit)}"
