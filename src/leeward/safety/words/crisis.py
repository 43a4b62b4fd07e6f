"""What somebody wishes for a bad moment, and a crisis itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise  # exists for the type checker only


class WishesWords(TypedDict, total=False):
    """What somebody wished for a bad moment, told in calm times; `away_…` is for when nobody knows where they are.

    `away_photo` is "yes", "no" or "ask". `on` is the day it was told (ISO 8601), `by` who wrote it down.
    """

    signs: str
    helps: str
    worse: str
    say: str
    call_first: str
    call_never: str
    where_to_go: str
    away_call: str
    away_places: str
    away_photo: str
    away_back: str
    on: str
    by: str


#: The questions about a crisis, and about being away, in the order a page shows them.
WISHES: Final[dict[str, StrPromise]] = {
    "helps": _("What helps"),
    "worse": _("What makes it worse"),
    "call_first": _("Call first"),
    "call_never": _("Never call"),
    "where_to_go": _("Where to go"),
    "say": _("Words that help, or hurt"),
    "signs": _("How one can tell that it begins"),
}
AWAY_WISHES: Final[dict[str, StrPromise]] = {
    "away_call": _("If I am away, call"),
    "away_places": _("Where to look, and where not"),
    "away_photo": _("My photo"),
    "away_back": _("When I am back, I want"),
}


class PhotoWish(models.TextChoices):
    """Whether a photo may be shown to find somebody: their own answer, given beforehand."""

    YES = "yes", _("may be shown to find me")
    ASK = "ask", _("only after asking the one to call first")
    NO = "no", _("is never shown")


class CheckFacts(TypedDict):
    """An answer to one line of a list: what, when (ISO 8601), who ticked it."""

    answer: str
    at: str
    by: str


class LineFacts(TypedDict, total=False):
    """Something said, done or heard: its own number, when (ISO 8601), who wrote it, the words, whom or how."""

    id: str
    at: str
    by: str
    text: str
    who: str


class CrisisWords(TypedDict, total=False):
    """A crisis from the first minute to the talk afterwards (practice A4). Times in ISO 8601."""

    began: str
    checks: dict[str, CheckFacts]
    calls: list[LineFacts]
    lines: list[LineFacts]
    ended: str
    ended_by: str
    how: str
    account: str
    wishes: str
    next_time: str
    version: int


class Check(NamedTuple):
    """One line of the list of immediate safety, and the answers that fit it."""

    code: str
    label: StrPromise
    icon: str
    answers: tuple[str, ...]


ANSWERS: Final[dict[str, StrPromise]] = {
    "yes": _("Yes"),
    "not_yet": _("Not yet"),
    "not_wanted": _("Not wanted"),
    "unsure": _("Not sure"),
    "none": pgettext_lazy("there are none of these", "None"),
}
_OURS: Final = ("yes", "not_yet", "not_wanted")
CHECKS: Final = (
    Check("safe", _("Safe this minute, where they are"), "shield", ("yes", "not_yet", "unsure")),
    Check("line", _("Free to talk, nobody listening"), "phone", ("yes", "not_yet", "unsure")),
    Check("with", _("Somebody with them whom they trust"), "heart-handshake", _OURS),
    Check("children", _("Their children are safe"), "baby", ("yes", "not_yet", "none")),
    Check("doctor", _("A doctor or a hospital"), "stethoscope", _OURS),
    Check("police", _("The police, if they want them"), "shield-half", _OURS),
    Check("tonight", _("Somewhere to be tonight"), "house", _OURS),
    Check("next", _("Agreed when we speak next"), "clock", _OURS),
)

#: The answers that each line takes.
TICKS: Final[dict[str, tuple[str, ...]]] = {check.code: check.answers for check in CHECKS}

#: Who can be called, one tap each. What the person wants stands above them on the page.
CALLED: Final[dict[str, StrPromise]] = {
    "first": _("The one they want first"),
    "worker": _("Their worker"),
    "supervisor": _("A supervisor"),
    "emergency": _("Emergency services"),
    "doctor": _("A doctor"),
    "police": _("The police"),
    "line": _("A helpline"),
}


#: Under which code a list knows that the wishes are to be read together again.
WISHES_REVIEW: Final = "wishes_review"
#: After so long they are read together again, whatever happened meanwhile.
HALF_A_YEAR: Final = timedelta(days=183)
#: Under which code a list knows that nobody has asked yet how a crisis was for them.
CRISIS_TALK: Final = "crisis_talk"


class WishesAfter(models.TextChoices):
    """Whether the crisis wishes were looked at again afterwards."""

    CHANGED = "changed", _("looked at together, and changed")
    STAY = "stay", _("looked at together, they stay as they are")
    LATER = "later", _("another day")
