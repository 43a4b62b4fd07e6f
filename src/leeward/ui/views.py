"""The style guide, and the answers that Django asks for by name."""

import re

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from leeward.ui.look import everything
from leeward.ui.pages import page, wants_part


def look(request: HttpRequest) -> HttpResponse:
    """Show every part in every state: the style guide, and what the screenshots are taken of."""
    return page(request, "ui/look.html", everything(request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that something could not be read, or was too much at once, and what to do."""
    if isinstance(exception, RequestDataTooBig):
        return page(request, "413.html", status=413)
    return page(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a page is not open to this person, and whom to ask."""
    return page(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say the same whether a page is not open or does not exist, so that nothing is given away."""
    return page(request, "404.html", status=404)


#: What is never given back: secrets, and what nobody typed.
_NOT_TYPED = re.compile(
    r"csrf|pass|code|sheet|once|offered|version|device|(^|_)id$|^next$|^kind$|^team$|^happened_at$"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it was not the person, and give back what was typed; needs no database and no session."""
    # Only what was taken apart already: reading the rest now could go wrong too.
    sent = getattr(request, "_post", None) or {}
    typed = [value for name, value in sent.items() if value.strip() and not _NOT_TYPED.search(name)]
    return HttpResponse(render_to_string("500.html", {"typed": typed}), status=500)


def open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a page was open for too long; our own scripts get what they need to try again."""
    response = page(request, "403_csrf.html", status=403)
    if wants_part(request):
        response["X-Fresh-Token"] = get_token(request)
    return response
