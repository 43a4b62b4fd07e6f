"""Pages are drawn while the door is still open, never later."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

ASKS_FOR_A_PART = ("HX-Request", "X-Part")


def page(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Draw a page at once; with `#part` in its name, only that part for whoever asks for parts."""
    whole, _, part = name.partition("#")
    wanted = name if part and wants_part(request) else whole
    response = HttpResponse(render_to_string(wanted, dict(context or {}), request), status=status)
    if part:
        patch_vary_headers(response, ASKS_FOR_A_PART)
    return response


def wants_part(request: HttpRequest) -> bool:
    """Say whether a script asks for a piece of a page; going back in history always gets the whole."""
    if request.headers.get("HX-History-Restore-Request"):
        return False
    return any(header in request.headers for header in ASKS_FOR_A_PART)


def say_where(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell our scripts where a redirect goes, so that the next page is opened (and written down) once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "X-Part" not in request.headers or response.status_code not in {301, 302, 303}:
            return response
        answer = HttpResponse(status=204, headers={"X-Go": response["Location"]})
        answer.cookies = response.cookies
        return answer

    return middleware
