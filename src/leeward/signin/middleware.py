"""Who is here: the session before the page, the lock, the hidden token of forms, and the visit that pages ask for."""

import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils import translation

from leeward.access.marks import mark_of
from leeward.signin import late, limits
from leeward.signin.models import IDLE, SHARED
from leeward.signin.store import SHUT, SessionStore, State, session_of
from leeward.staff.door import visit_of
from leeward.ui.pages import page, wants_part

type Answer = Callable[[HttpRequest], HttpResponseBase]

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_TIDY_EVERY: Final = 60
_SERVER_FAULT: Final = 500
#: What goes on while the screen is turned.
GO_ON: Final = frozenset(
    {"signin:lock", "signin:locked", "signin:unlock", "signin:still_here", "signin:turn", "signin:turned"}
)
#: Where the passphrase is asked for; whose sign-in is open comes here only when the screen is turned.
_ASKS: Final = {State.LOCKED: "signin:locked", State.OPEN: "signin:turned"}
_FROM_OURSELVES: Final = frozenset({"same-origin", "none"})


class Sessions:
    """Meets the cookie, and gives it back."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response
        self._tidied = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open what may be opened; afterwards save what changed."""
        session = request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        if _comes_from_elsewhere(request):
            return page(request, "signin/arriving.html", {"here": request.get_full_path()})
        self._tidy()
        session.meet()
        # A request that a script sends by its own clock says so, and is no sign that somebody is there.
        if session.may_open and "X-Quiet" not in request.headers:
            session.touch()
        response = self._get_response(request)
        _leave(session, response)
        return response

    def _tidy(self) -> None:
        """Delete what is too old, at most once a minute in each process."""
        if time.monotonic() - self._tidied > _TIDY_EVERY:
            self._tidied = time.monotonic()
            SessionStore.clear_expired()
            limits.forget_old()


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """A link in a mail arrives without our strict cookie; answering with a new one would sign the reader out."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and request.headers.get("Sec-Fetch-Site") == "cross-site"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
    )


def _leave(session: SessionStore, response: HttpResponseBase) -> None:
    if session.modified and response.status_code != _SERVER_FAULT:
        session.save()
    if session.ended:
        response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Strict")
        response.cookies[settings.SESSION_COOKIE_NAME]["secure"] = True
    elif session.cookie != session.came and (session.row or session.form_shown):
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            str(session.cookie),
            path="/",
            secure=True,
            httponly=True,
            samesite="Strict",
        )


class Csrf(CsrfViewMiddleware):
    """Django's check of the hidden token, with a secret derived from the cookie: it holds after a restart too."""

    def _get_secret(self, request: HttpRequest) -> str | None:
        came = session_of(request).came
        return came.form_secret if came else None

    def _set_csrf_cookie(self, request: HttpRequest, _response: HttpResponseBase) -> None:
        session_of(request).form_shown = True

    def process_request(self, request: HttpRequest) -> None:
        """A visitor without a cookie gets the token of the cookie that goes out with the page."""
        request.META["CSRF_COOKIE"] = session_of(request).cookie.form_secret

    def _origin_verified(self, request: HttpRequest) -> bool:
        # Our pages send no referrer, so browsers call the origin of a plain form "null" and say the truth elsewhere.
        if request.META["HTTP_ORIGIN"] == "null":
            return request.headers.get("Sec-Fetch-Site", "none") in _FROM_OURSELVES
        return bool(super()._origin_verified(request))  # type: ignore[misc]  # Django keeps it to itself

    def _check_referer(self, request: HttpRequest) -> None:
        if "HTTP_REFERER" in request.META:
            super()._check_referer(request)  # type: ignore[misc]  # the same


class Locks:
    """Keeps what is shut shut, and what is typed."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Before: keep hold of a form that comes too late. After: send on what was kept, once it may be."""
        session = session_of(request)
        if request.method == "POST" and (session.state in SHUT or session.turned is not None):
            late.hold_body(request)
        response = self._get_response(request)
        return self._send_on(request, response) if session.takes_in else response

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Answer in place of any page that is not for everybody while the sign-in is shut."""
        session = session_of(request)
        mark = mark_of(view)
        is_public = bool(mark and mark.kind == "public")
        if session.state in SHUT:
            return None if is_public else _shut(request)
        if session.turned is None or _is_in_sight(request, session.turned):
            return None
        return _to_the_lock(request) if is_public else _shut(request)

    def _send_on(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Answer with what became of the kept forms; one with a question about it comes before the rest."""
        session = session_of(request)
        session.takes_in = False
        if session.modified:
            session.save()
        while session.row and (kept := late.take(session.row, session.pair())):
            response = self._get_response(late.again(request, kept))
            if response.status_code >= _SERVER_FAULT:
                late.put_back(kept)
            if not 300 <= response.status_code < 400:  # noqa: PLR2004 - redirects
                break
        return response


def _is_in_sight(request: HttpRequest, turned: str) -> bool:
    """Whether this goes on while the screen is turned: the one page that it is turned to, the lock, turning back."""
    found = request.resolver_match
    if found and found.view_name in GO_ON:
        return True
    return request.method in SAFE and request.get_full_path() == turned


def _shut(request: HttpRequest) -> HttpResponse:
    """What is answered in place of a page: scripts cover theirs, a form is kept, and the passphrase is asked for."""
    if wants_part(request):
        return _said(request, "423.html", 423)
    return _to_the_lock(request) if request.method in SAFE else _keep(request)


def _said(request: HttpRequest, name: str, status: int) -> HttpResponse:
    response = page(request, name, status=status)
    response["X-Locked"] = "1"
    return response


def _to_the_lock(request: HttpRequest, after: str | None = None) -> HttpResponse:
    """To the lock, to turning the screen back, or to signing in when the sign-in is over."""
    name = _ASKS.get(session_of(request).state, "signin:sign_in")
    query = urlencode({"next": request.get_full_path() if after is None else after})
    response = HttpResponseRedirect(f"{reverse(name)}?{query}")
    response.status_code = 303
    return response


def _keep(request: HttpRequest) -> HttpResponse:
    row = session_of(request).row
    try:
        if row and late.keep(request, row):
            return _to_the_lock(request, after="/")
    except late.TooLarge:
        return page(request, "signin/too_large.html", status=413)
    return _said(request, "423.html", 423)


class WhoIsHere:
    """Says who is signed in. It is found out at every request, so that leaving works at once."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set `request.visit` (None: nobody) and speak the person's language."""
        session = session_of(request)
        person = session.row.person if session.row and session.state is not State.NOBODY else None
        facts: dict[str, Any] = {"visit": None, "visit_name": "", "language_url": reverse("signin:language")}
        if person:
            translation.activate(person.language)
            facts |= {"LANGUAGE_CODE": person.language, "language_url": ""}
        if person and session.state is State.OPEN:
            facts |= _visit(request, session)
        request.__dict__.update(facts)
        return self._get_response(request)


def _visit(request: HttpRequest, session: SessionStore) -> dict[str, Any]:
    row = session.row
    if row is None or row.person is None:
        return {}
    safe = request.method in SAFE
    return {
        "visit": visit_of(UUID(session["agency"]), row.person, session.pair(), safe=safe),
        "visit_name": row.person.name,
        "account_url": reverse("signin:you"),
        "lock_after": int(IDLE[row.device].total_seconds()),
        "on_shared_device": row.device == SHARED,
        "turned": session.turned is not None,
        "turn_url": reverse("signin:turn"),
        "turned_url": reverse("signin:turned"),
    }
