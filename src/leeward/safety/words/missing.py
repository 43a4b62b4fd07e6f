"""Nights told to the morning, and missing from care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.safety.words.crisis import LineFacts

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise  # exists for the type checker only


class NightKind(models.TextChoices):
    """How a contact at night came about."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text")
    VISIT = "visit", _("Visit")
    OTHER = "other", _("Something else")


NIGHT_ICONS: Final = {"call": "phone", "text": "message-square", "visit": "house", "other": "moon"}


class NightWords(TypedDict, total=False):
    """A contact at night (practice D4): when (ISO 8601), how, minutes, what was done, what the morning should bring."""

    at: str
    kind: str
    minutes: int
    done: str
    morning: str


class HoursWords(TypedDict, total=False):
    """What a night cost its worker: the day, the minutes, and how (for the worker's own month)."""

    day: str
    minutes: int
    kind: str


class BackFacts(TypedDict, total=False):
    """Somebody is back: when, and the talk that welcomed them. No question asks why."""

    at: str
    by: str
    how: str
    needs: str
    told: str
    next_time: str
    version: int


#: What a welcome asks: with any of it there was a talk.
BACK: Final = ("how", "needs", "told", "next_time")


class MissingWords(TypedDict, total=False):
    """Nobody knows where somebody is (practice M4). Times in ISO 8601."""

    since: str
    seen_at: str
    where: str
    wearing: str
    company: str
    more: str
    told: list[LineFacts]
    heard: list[LineFacts]
    back: BackFacts


class ToTell(NamedTuple):
    """Somebody who is told when a young person is missing, and whether the clock runs for it."""

    code: str
    label: StrPromise
    clock: bool


TO_TELL: Final = (
    ToTell("guardian", _("Whoever decides with them"), clock=True),
    ToTell("agency", _("The agency that is responsible for them"), clock=True),
    ToTell("police", _("The police"), clock=True),
    ToTell("ncmec", _("The center for missing children"), clock=True),
    ToTell("first", _("The one they want called"), clock=False),
    ToTell("colleague", _("A colleague or supervisor"), clock=False),
    ToTell("other", _("Somebody else"), clock=False),
)
TOLD: Final[dict[str, StrPromise]] = {one.code: one.label for one in TO_TELL}
#: Who may be told that a grown person is missing: no law asks for it, their own wish does.
GROWN: Final = frozenset({"first", "colleague", "police"})
