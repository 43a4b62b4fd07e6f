"""The staff's front door: every address, and the way around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import include, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leeward.access import policy
from leeward.access.marks import public
from leeward.access.policy import Action, Role
from leeward.staff.rota import names_on_now
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

#: Every page about one participant, whichever package it is of.
_FILE = re.compile(r"/(?:people|days|safety|gifts|walking)/([0-9a-f-]{36})/")

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
            # Asked once by the page that shows it, and by no answer that shows none (practice D4).
            request.__dict__.update(rota_url=reverse("staff:rota"), on_call=SimpleLazyObject(names_on_now))
        return self.get_response(request)


def _can(actor: Actor, action: Action) -> bool:
    """Whether somebody may do this anywhere at all; each page decides again."""
    return any(policy.reach(roles, action) for roles in actor.teams.values())


def ways(actor: Actor, here: str) -> list[Way]:
    """The places of this person, the most used first. Nobody is shown a way that stays shut (practice M10)."""
    places = [(reverse(name), label, icon) for name, label, icon, shown in _places(actor) if shown]
    current = reverse("desk:people") if _FILE.match(here) else _place_of(here, [url for url, _, _ in places])
    return [Way(label, url, icon, url == current) for url, label, icon in places]


def _place_of(here: str, urls: list[str]) -> str:
    """The place in which a page lies: the one that most of its address begins with."""
    lying = {url: url for url in urls if url != "/"} | {lies: reverse(name) for lies, name in _ALSO.items()}
    found = max((lies for lies in lying if here.startswith(lies)), key=len, default="")
    return lying.get(found, here)


#: What lies in a place though its address does not begin with it.
_ALSO = {"/days/": "days:week", "/staff/": "staff:colleagues", "/walking/": "desk:team"}


def _places(actor: Actor) -> tuple[tuple[str, str, str, bool], ...]:
    """Every place: its page, its word, its icon, and whether this person may go there."""
    can = {action: _can(actor, action) for action in _ASKED}
    at_the_door, looks_after = _at_the_door(actor), can[Action.LOOK_AFTER]
    in_house = can[Action.HOUSE_LOG] and Role.HOUSE_STAFF in actor.roles
    colleagues = (_("Colleagues"), "contact") if looks_after else (_("Team"), "handshake")
    return (
        ("desk:today", _("Today"), "sun", not at_the_door),
        ("days:expected", _("Expected"), "door-open", at_the_door),
        ("desk:people", _("People"), "users", can[Action.SEE_CARD] and not at_the_door),
        ("days:week", _("Calendar"), "calendar-days", can[Action.DAYS]),
        ("safety:night_sheet", _("Night sheet"), "moon", Role.ON_CALL in actor.roles),
        ("staff:house_log", _("House log"), "house", in_house),
        # Translators: the list of those who wait for an answer
        ("days:waiting", _("Waiting"), "inbox", can[Action.TAKE_REQUESTS]),
        ("desk:team", _("Team"), "handshake", looks_after),
        ("staff:colleagues", *colleagues, True),
        ("desk:month", _("My month"), "chart-column", can[Action.WRITE_ENTRY]),
    )


_ASKED = (
    Action.SEE_CARD,
    Action.DAYS,
    Action.TAKE_REQUESTS,
    Action.HOUSE_LOG,
    Action.LOOK_AFTER,
    Action.WRITE_ENTRY,
)


def _at_the_door(actor: Actor) -> bool:
    """Who welcomes people and opens no file sees an alias and a time, and who waits."""
    at_the_door = _can(actor, Action.EXPECTED) and _can(actor, Action.TAKE_REQUESTS)
    return at_the_door and not _can(actor, Action.SEE_CASE)


def _searches(actor: Actor) -> bool:
    return _can(actor, Action.SEE_CARD) and not _at_the_door(actor)


def shortcuts(actor: Actor, here: str) -> dict[str, str]:
    """The search field, the way to a crisis, and what the "+" under the thumb begins.

    That is a note inside a file, and somebody new elsewhere.
    """
    found = {"search_url": reverse("desk:find")} if _searches(actor) else {}
    # A report that the law asks for is never gated (practice M2). Whoever opens crises has it one tap further.
    if _can(actor, Action.CRISIS):
        found["crisis_url"] = reverse("safety:crisis")
    else:
        found["report_url"] = reverse("safety:report_guide")
    file = _FILE.match(here)
    # Which team the file is of is not known here, so only who may write in all of theirs is offered it.
    if file and actor.teams and all(policy.reach(held, Action.WRITE_ENTRY) for held in actor.teams.values()):
        return {**found, "add_url": reverse("desk:write", args=[file[1]]), "add_label": _("Write")}
    if _can(actor, Action.START_CASE):
        return {**found, "add_url": reverse("cases:meet"), "add_label": pgettext("somebody", "New")}
    return found
