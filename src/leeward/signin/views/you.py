"""One's own pages: name, language, passphrase, second step, sign-ins."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.access.gate import Entered
from leeward.access.policy import Action
from leeward.signin import actions, factors
from leeward.signin.forms import NewPassphraseForm, OwnForm, PassphraseForm
from leeward.signin.models import SignIn
from leeward.signin.store import session_of
from leeward.signin.views.asking import ask, go, tried
from leeward.staff.door import staff_page
from leeward.staff.models import Person
from leeward.ui import page
from leeward.vault import paper


def _me(entered: Entered) -> Person:
    return Person.objects.get(pk=entered.visit.actor.id)


@staff_page(Action.OWN_ACCOUNT)
def you(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Name and language, and the ways to the rest."""
    person = _me(entered)
    form = OwnForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if form.is_valid():
        actions.introduce(entered, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return go("/you/")
    facts = {
        "person": person,
        "has_app": factors.has_one(person),
        "codes_left": factors.paper_codes_left(person),
    }
    return ask(request, "you", form, facts)


@staff_page(Action.OWN_ACCOUNT)
def passphrase(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Another passphrase."""
    offered = request.POST.get("offered") or paper.six_words()
    person = _me(entered)
    form = NewPassphraseForm(request.POST or None, person=person, initial={"offered": offered})

    def change(told: dict[str, str]) -> str:
        actions.change_passphrase(entered, request, now=told["now"], new=told["passphrase"])
        messages.success(
            request, _("From now on your new passphrase opens Leeward. Your other sign-ins have ended.")
        )
        return "/you/"

    url = tried(form, change, _("The passphrase you have now does not match. Please type it again."))
    return go(url) if url else ask(request, "passphrase", form, {"offered": offered, "email": person.email})


@staff_page(Action.OWN_ACCOUNT)
def app(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Another app or phone for the second step: it is set up as at the first time, and the old one ends then."""
    form = PassphraseForm(request.POST or None)
    url = tried(
        form,
        lambda told: actions.another_app(entered, request, told["passphrase"]),
        _("Those words did not match. Please try again."),
    )
    return go(url) if url else ask(request, "app", form, {"email": _me(entered).email})


@staff_page(Action.OWN_ACCOUNT)
def codes(request: HttpRequest, entered: Entered) -> HttpResponse:
    """New codes for paper, shown once; the old ones end."""
    form = PassphraseForm(request.POST or None)
    made: list[str] = []

    def make(told: dict[str, str]) -> str:
        made.extend(actions.new_paper_codes(entered, told["passphrase"]))
        return ""

    tried(form, make, _("Those words did not match. Please try again."))
    if made:
        return page(request, "signin/own_codes_made.html", {"codes": made})
    return ask(request, "own_codes", form, {"email": _me(entered).email})


@staff_page(Action.OWN_ACCOUNT)
def sign_ins(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Where I am signed in."""
    here = session_of(request).row
    mine = SignIn.objects.in_force().filter(person=entered.visit.actor.id)
    rows = [{"sign_in": row, "here": here is not None and row.pk == here.pk} for row in mine]
    return page(request, "signin/sign_ins.html", {"rows": rows})


@staff_page(Action.OWN_ACCOUNT)
@require_POST
def end_sign_in(request: HttpRequest, entered: Entered, sign_in: UUID) -> HttpResponse:
    """End one of them."""
    actions.end_sign_in(entered, sign_in=sign_in)
    messages.success(request, _("That sign-in has ended."))
    return go("/you/sign-ins/")


@staff_page(Action.OWN_ACCOUNT)
@require_POST
def sign_out_everywhere(request: HttpRequest, entered: Entered) -> HttpResponse:
    """End all of them, this one too."""
    actions.sign_out_everywhere(entered)
    actions.sign_out(request)
    response = go("/sign-in/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
