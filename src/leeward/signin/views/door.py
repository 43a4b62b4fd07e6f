"""Signing in and out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.access.marks import public
from leeward.signin import actions, factors, late
from leeward.signin.forms import CodeForm, PaperCodeForm, SignInForm
from leeward.signin.store import SHUT, State, session_of
from leeward.signin.threshold import CODE, CODES, FACTOR, threshold
from leeward.signin.views.asking import ask, go, tried
from leeward.ui import page

_A_YEAR = 365 * 24 * 60 * 60


@public(reason="Everybody begins here.")
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail address and passphrase."""
    if request.method == "GET" and actions.nobody_is_here_yet():
        return go("/set-up/")
    session = session_of(request)
    after = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "GET" and session.state is State.OPEN:
        return go(actions.local(request, after))
    form = SignInForm(request.POST or None)
    url = tried(
        form,
        lambda told: actions.sign_in(
            request, email=told["email"], typed=told["passphrase"], device=told["device"], after=after
        ),
        _("The e-mail address and the passphrase do not fit together. Please look at both again."),
    )
    if url:
        return go(url)
    kept = bool(
        session.row
        and session.row.person
        and session.state in SHUT
        and late.waiting(session.row, session.row.person)
    )
    return ask(request, "sign_in", form, {"next": after, "state": session.state.value, "kept": kept})


@public(reason="Between passphrase and code nobody is signed in yet.")
def code(request: HttpRequest) -> HttpResponse:
    """The code from the app."""
    return _code(request, CodeForm(request.POST or None), paper=False)


@public(reason="Between passphrase and code nobody is signed in yet.")
def paper_code(request: HttpRequest) -> HttpResponse:
    """A code from paper, when the phone is not there."""
    return _code(request, PaperCodeForm(request.POST or None), paper=True)


def _code(request: HttpRequest, form: CodeForm | PaperCodeForm, *, paper: bool) -> HttpResponse:
    step = threshold(request)
    if not step.needs(CODE):
        return go(step.page())
    url = tried(
        form,
        lambda told: actions.take_code(request, told["code"], paper=paper),
        _("This code does not fit, or was used already. Wait for the next one, then type it."),
    )
    return go(url) if url else ask(request, "paper_code" if paper else "code", form)


@public(reason="Whoever has no second step yet can reach nothing but this.")
def factor(request: HttpRequest) -> HttpResponse:
    """Set up the app that makes codes."""
    step = threshold(request)
    if not step.needs(FACTOR):
        return go(step.page())
    form, secret, person = CodeForm(request.POST or None), actions.offer_secret(request), step.person
    url = tried(
        form,
        lambda told: actions.prove_secret(request, told["code"]),
        _(
            "This code does not fit yet. Wait for the next one, and look whether your phone shows the right time."
        ),
    )
    facts = {
        "picture": factors.picture(person, secret),
        "address": factors.address(person, secret),
        "secret": secret,
    }
    return go(url) if url else ask(request, "factor", form, facts)


@public(reason="Shown once, before the first sign-in is complete.")
def codes(request: HttpRequest) -> HttpResponse:
    """The codes on paper, shown once."""
    step = threshold(request)
    if not step.needs(CODES):
        return go(step.page())
    if request.method == "POST":
        step.tell(codes=[])
        return go(actions.pass_on(request, step, CODES))
    return page(request, "signin/codes.html", {"codes": step.told["codes"]})


@public(reason="Leaving must always work, also while locked.")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this sign-in, and ask the browser to forget what it kept."""
    actions.sign_out(request)
    response = go("/sign-in/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public(reason="A visitor chooses a language before anything else.")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of somebody who is not signed in, in this browser."""
    response = go(actions.local(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_A_YEAR,
            secure=True,
            httponly=True,
            samesite="Strict",
        )
    return response
