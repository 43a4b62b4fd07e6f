"""Where somebody comes back to after a button was pressed: only places that we know, never an address from outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect
from django.urls import reverse

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

#: Places by the word that a form says, and those of them that are about one participant.
_PLACES: Final = {
    "today": "desk:today",
    "day": "days:day",
    "week": "days:week",
    "list": "days:list",
    "waiting": "days:waiting",
    "trip": "days:trip",
}
_OF_A_FILE: Final = {"person": "desk:person", "dates": "days:of_case"}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def asked(request: HttpRequest) -> str:
    """The place that this request came from, if we know it: "today", "week/2026-11-23"."""
    told = request.POST.get("back") or request.GET.get("back", "")
    place, _, on = told.partition("/")
    if place not in _PLACES and place not in _OF_A_FILE:
        return ""
    return f"{place}/{on}" if _DAY.fullmatch(on) else place


def back(request: HttpRequest, case: UUID | None = None) -> HttpResponse:
    """Go back there; otherwise to the dates of the file, or to the calendar."""
    place, _, on = asked(request).partition("/")
    if case and place not in _PLACES:
        return redirect(_OF_A_FILE.get(place, "days:of_case"), case=case)
    url = reverse(_PLACES.get(place, "days:list"))
    return redirect(f"{url}?on={on}" if on else url)
