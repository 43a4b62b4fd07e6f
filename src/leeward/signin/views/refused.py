"""When a form cannot be taken in: what happened, and that the words are not lost."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from leeward.ui import page
from leeward.ui.views import open_too_long


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a token that fits: the page was open too long, or the browser keeps no cookies."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return page(request, "signin/no_cookie.html", status=403)
    return open_too_long(request, reason)
