"""Somebody between the passphrase and the open door: what is still to be done stands in the sealed session.

Until the last step is done nobody is signed in: no page but these can be reached, whatever the cookie holds.
"""

from typing import Any, Final

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from leeward.signin.store import SessionStore, session_of
from leeward.staff.models import Person

_STEP: Final = "step"
CODE, FACTOR, CODES, SHEETS = "code", "factor", "codes", "sheets"
_PAGES: Final = {
    CODE: "signin:code",
    FACTOR: "signin:factor",
    CODES: "signin:codes",
    SHEETS: "signin:sheets",
}


class Threshold:
    """What is still to be done, and what was told so far."""

    def __init__(self, session: SessionStore) -> None:
        """Look at the step in the session; there may be none."""
        self.session = session
        self.told: dict[str, Any] = session.get(_STEP) or {}

    def needs(self, need: str) -> bool:
        """Whether this is the next thing to do."""
        return bool(self.told.get("needs", [])[:1] == [need])

    def page(self) -> str:
        """Where the next thing is done."""
        needs = self.told.get("needs", [])
        return reverse(_PAGES[needs[0]] if needs else "signin:sign_in")

    def done(self, need: str) -> bool:
        """Tick off what was done; whether that was the last."""
        self.tell(needs=[other for other in self.told.get("needs", []) if other != need])
        return not self.told["needs"]

    def tell(self, **facts: Any) -> None:  # noqa: ANN401 - JSON values
        """Remember something until the door is open."""
        self.told |= facts
        self.session[_STEP] = self.told

    @property
    def person(self) -> Person:
        """Whose passphrase was right."""
        return get_object_or_404(Person.objects.here(), pk=self.told["person"])


def threshold(request: HttpRequest) -> Threshold:
    """The threshold that this request stands on."""
    return Threshold(session_of(request))
