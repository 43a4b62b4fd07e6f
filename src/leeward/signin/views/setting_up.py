"""Setting up: from nothing to the first person, with the paper kit in hand."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.access.marks import public
from leeward.signin import actions
from leeward.signin.forms import SetUpForm, SheetForm
from leeward.signin.threshold import SHEETS, threshold
from leeward.signin.views.asking import ask, go, tried
from leeward.staff.actions import Newcomer
from leeward.ui import page
from leeward.vault import paper


@public(reason="Before the first person there is nobody to ask; afterwards this page is not there.")
def set_up(request: HttpRequest) -> HttpResponse:
    """The first person, and the first team."""
    if not actions.nobody_is_here_yet():
        raise Http404
    offered = request.POST.get("offered") or paper.six_words()
    form = SetUpForm(request.POST or None, initial={"offered": offered, "language": get_language()})
    try:
        url = tried(form, lambda told: actions.found(request, _newcomer(told), device=told["device"]), "")
    except actions.TakenMeanwhile:
        return page(request, "signin/set_up_ended.html", status=409)
    return go(url) if url else ask(request, "set_up", form, {"offered": offered})


def _newcomer(told: dict[str, str]) -> Newcomer:
    asked = ("name", "email", "passphrase", "team_name", "language")
    return Newcomer(**{name: told[name] for name in asked})


@public(reason="Shown once, before the first sign-in is complete.")
def sheets(request: HttpRequest) -> HttpResponse:
    """The paper kit: three sheets, any two of which bring everything back."""
    step = threshold(request)
    if not step.needs(SHEETS):
        return go(step.page())
    numbered = [sheet.split() for sheet in step.told["sheets"]]
    return page(request, "signin/sheets.html", {"sheets": numbered, "needed": paper.NEEDED})


@public(reason="The last step before the first sign-in is complete.")
def check_sheets(request: HttpRequest) -> HttpResponse:
    """Two words of one sheet, to be sure that it is on paper."""
    step = threshold(request)
    if not step.needs(SHEETS):
        return go(step.page())
    if "asked" not in step.told:
        step.tell(asked=_two_words(step.told["sheets"]))
    form = SheetForm(request.POST or None, asked=step.told["asked"])
    url = tried(
        form,
        lambda told: actions.confirm_sheets(request, [told["first"], told["second"]]),
        _("These are not the words on that sheet. Please look again."),
    )
    return go(url) if url else ask(request, "check_sheets", form)


def _two_words(shares: list[str]) -> list[int]:
    """Which sheet, and which two of its words. The first four words of a kit's sheets are alike, so not those."""
    sheet = secrets.randbelow(len(shares))
    numbers = secrets.SystemRandom().sample(range(4, len(shares[sheet].split())), 2)
    return [sheet, *sorted(numbers)]
