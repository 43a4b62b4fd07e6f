"""When a form cannot be taken in: what happened, and that the words are not lost."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from leeward.signin.store import State, session_of
from leeward.ui import page
from leeward.ui.views import open_too_long


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a token that fits: the page was open too long, or the browser keeps no cookies."""
    if who := _not_hers_any_more(request):
        response = page(request, "423.html", status=423)
        response["X-Locked"] = who
        return response
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return page(request, "signin/no_cookie.html", status=403)
    return open_too_long(request, reason)


def _not_hers_any_more(request: HttpRequest) -> str:
    """Defends against words that are saved under another name: this page is of somebody who is not signed in here now.

    Our scripts say whose page it is. It is covered then, with the words on it, until that person is back.
    """
    session = session_of(request)
    here = str(session.row.person_id) if session.row and session.state is not State.NOBODY else ""
    if request.headers.get("X-Who", here) == here:
        return ""
    return "other" if here else "gone"
