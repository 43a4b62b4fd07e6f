"""The lock, which shuts by itself, and the turned screen, which shows one page: only the passphrase opens either."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.access.gate import Entered
from leeward.access.marks import mark_of, public
from leeward.access.policy import Action
from leeward.signin import actions, late
from leeward.signin.forms import PassphraseForm
from leeward.signin.limits import Slower
from leeward.signin.store import SHUT, SessionStore, State, session_of
from leeward.signin.views.asking import ask, go
from leeward.staff.door import staff_page
from leeward.ui import page
from leeward.ui.pages import wants_part


@public(reason="Locking must always work.")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Shut at once."""
    actions.lock(request)
    return go("/locked/")


@public(reason="It shows nothing but a field for the passphrase.")
def locked(request: HttpRequest) -> HttpResponse:
    """The lock, as a page of its own."""
    session = session_of(request)
    after = actions.local(request, request.GET.get("next", ""))
    if session.state is State.LOCKED:
        return ask(request, "locked", PassphraseForm(), _facts(session, after))
    if session.turned is not None:
        return go(session.turned or reverse("signin:turned"))
    if (
        session.state is State.OPEN
        and session.row
        and session.row.person
        and late.waiting(session.row, session.row.person)
    ):
        return page(request, "signin/kept.html", {"next": after})
    return go(after if session.state is State.OPEN else "/sign-in/")


@public(reason="It shows nothing but a field for the passphrase.")
def turned(request: HttpRequest) -> HttpResponse:
    """What every address answers while the screen is turned, but the one page that it is turned to."""
    session = session_of(request)
    after = actions.local(request, request.GET.get("next") or session.turned or "")
    if session.state in SHUT:
        return go(f"/locked/?{urlencode({'next': after})}")
    if session.turned is None:
        return go(after)
    return ask(request, "turned", PassphraseForm(), _facts(session, after))


@staff_page(Action.OWN_ACCOUNT)
@require_POST
def turn(request: HttpRequest, entered: Entered) -> HttpResponse:  # noqa: ARG001 - who is signed in may
    """Turn the screen to the page that somebody is looking at."""
    path = request.POST.get("path", "")
    ours = actions.local(request, path) == path and _is_a_page(path)
    return go(actions.turn(request, path) if ours else "/")


def _is_a_page(path: str) -> bool:
    """Whether this is one of the pages behind the door."""
    try:
        mark = mark_of(resolve(urlsplit(path).path).func)
    except Resolver404:
        return False
    return mark is not None and mark.kind != "public"


def _facts(session: SessionStore, after: str) -> dict[str, object]:
    person = session.row.person if session.row else None
    kept = bool(session.row and person and late.waiting(session.row, person))
    who = {"who": person.name, "email": person.email} if person else {}
    return {**who, "next": after, "kept": kept, "page": session.turned}


@public(reason="Whoever unlocks is not signed in until the passphrase fits.")
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """The passphrase opens the page again, as it was."""
    return _for_the_page(request) if wants_part(request) else _for_the_form(request)


def _for_the_page(request: HttpRequest) -> HttpResponse:
    """For the cover that our script lays over a page: that page keeps its words and sends them itself."""
    try:
        actions.unlock(
            request,
            request.POST.get("passphrase", ""),
            who=request.POST.get("who", ""),
            takes_in=False,
            turns_back="turns_back" in request.POST,
        )
    except actions.SignedOut:
        return HttpResponse(status=401)
    except actions.SomebodyElse:
        return HttpResponse(status=409)
    except actions.NotMatched:
        return HttpResponse(_("Those words did not match. Please try again."), status=403)
    except Slower as slower:
        return HttpResponse(slower.sentence(), status=429, headers={"Retry-After": str(slower.seconds)})
    return HttpResponse(status=204)


def _for_the_form(request: HttpRequest) -> HttpResponse:
    session, after = session_of(request), actions.local(request, request.POST.get("next", ""))
    form = PassphraseForm(request.POST)
    back = "turns_back" in request.POST
    name = "turned" if back else "locked"
    if session.state is State.OPEN and "passphrase" not in request.POST:
        actions.take_in(request)
        return go(after)
    if not form.is_valid():
        return ask(request, name, form, _facts(session, after))
    try:
        actions.unlock(request, form.cleaned_data["passphrase"], takes_in=True, turns_back=back)
    except actions.SignedOut:
        return go("/sign-in/")
    except actions.NotMatched:
        form.add_error("passphrase", _("Those words did not match. Please try again."))
    except Slower as slower:
        form.add_error(None, slower.sentence())
    return ask(request, name, form, _facts(session, after)) if form.errors else go(after)


@public(reason="It answers only whether the lock is still open.")
@require_POST
def still_here(request: HttpRequest) -> HttpResponse:
    """Somebody is there: the lock waits on. Asking is itself the sign. Behind a turned screen all else is covered."""
    session = session_of(request)
    covered = session.turned is not None and "turned" not in request.GET
    if session.state is State.OPEN and not covered:
        return HttpResponse(status=204)
    return HttpResponse(status=423, headers={"X-Locked": "1"})
