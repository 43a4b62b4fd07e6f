"""The staff's front door: every address, and the way around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leeward.access import policy
from leeward.access.marks import public
from leeward.access.policy import Action
from leeward.ui import views as ui_views

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from leeward.access.gate import Visit
    from leeward.access.policy import Actor

urlpatterns = [
    path("", include("leeward.signin.urls")),
    path("", include("leeward.desk.urls")),
    path("people/", include("leeward.cases.urls")),
    path("days/", include("leeward.days.urls")),
    path("safety/", include("leeward.safety.urls")),
    path("gifts/", include("leeward.gifts.urls")),
    path("walking/", include("leeward.continuity.urls")),
    path("staff/", include("leeward.staff.urls")),
    path(
        "look/",
        public(reason="the style guide: shows our parts with invented words, opens nothing")(ui_views.look),
        name="look",
    ),
]

_FILE = re.compile(r"/people/([0-9a-f-]{36})/")

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
        visit: Visit | None = getattr(request, "visit", None)
        if visit:
            request.__dict__.update(
                nav=ways(visit.actor, request.path), **shortcuts(visit.actor, request.path)
            )
        return self.get_response(request)


def _can(actor: Actor, action: Action) -> bool:
    """Whether somebody may do this anywhere at all; each page decides again."""
    return any(policy.reach(roles, action) for roles in actor.teams.values())


def ways(actor: Actor, here: str) -> list[Way]:
    """Today, people, colleagues; one's own page hangs on one's name. Nobody is shown a way that stays shut."""
    people = [Way(_("People"), reverse("desk:people"), "users", here.startswith("/people/"))]
    return [
        Way(_("Today"), reverse("desk:today"), "sun", here == "/"),
        *(people if _can(actor, Action.SEE_CARD) else []),
        Way(_("Team"), reverse("staff:colleagues"), "handshake", here.startswith("/staff/")),
    ]


def shortcuts(actor: Actor, here: str) -> dict[str, str]:
    """The search field, and what the "+" under the thumb begins: a note inside a file, somebody new elsewhere."""
    found = {"search_url": reverse("desk:find")} if _can(actor, Action.SEE_CARD) else {}
    file = _FILE.match(here)
    # Which team the file is of is not known here, so only who may write in all of theirs is offered it.
    if file and actor.teams and all(policy.reach(held, Action.WRITE_ENTRY) for held in actor.teams.values()):
        return {**found, "add_url": reverse("cases:write", args=[file[1]]), "add_label": _("Write")}
    if _can(actor, Action.START_CASE):
        return {**found, "add_url": reverse("cases:meet"), "add_label": pgettext("somebody", "New")}
    return found
