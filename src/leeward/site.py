"""The staff's front door: every address, and the way around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import include, path, reverse
from django.utils.translation import gettext as _

from leeward.access.marks import public
from leeward.ui import views as ui_views

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

urlpatterns = [
    path("", include("leeward.signin.urls")),
    path("", include("leeward.desk.urls")),
    path("people/", include("leeward.cases.urls")),
    path("staff/", include("leeward.staff.urls")),
    path(
        "look/",
        public(reason="the style guide: shows our parts with invented words, opens nothing")(ui_views.look),
        name="look",
    ),
]

handler400 = "leeward.ui.views.bad_request"
handler403 = "leeward.ui.views.forbidden"
handler404 = "leeward.ui.views.not_found"
handler500 = "leeward.ui.views.server_error"


@dataclass(frozen=True, slots=True)
class Way:
    """One place in the navigation."""

    label: str
    url: str
    icon: str
    current: bool


class Ways:
    """Middleware: tells the page where one can go from here. `ui` draws it and knows no pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand before the view."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the way around for people who are signed in."""
        if getattr(request, "visit", None):
            request.nav = ways(request.path)  # type: ignore[attr-defined]
            request.search_url = reverse("desk:find")  # type: ignore[attr-defined]
            request.add_url = reverse("cases:meet")  # type: ignore[attr-defined]
        return self.get_response(request)


def ways(here: str) -> list[Way]:
    """Today, people, colleagues; one's own page hangs on one's name."""
    return [
        Way(_("Today"), reverse("desk:today"), "sun", here == "/"),
        Way(_("People"), reverse("desk:people"), "users", here.startswith("/people/")),
        Way(_("Team"), reverse("staff:colleagues"), "handshake", here.startswith("/staff/")),
    ]
