"""The vocabulary of what is not safe. Everything may stay empty: no question stands before help (T1)."""

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


class ReportKind(models.TextChoices):
    """What was done because the law asks for it, or because a life was at stake."""

    MANDATED = "mandated", _("Report that the law asks for")
    EMERGENCY = "emergency", _("Emergency")


class ToldFirst(models.TextChoices):
    """Whether the participant knew before anybody else did."""

    YES = "yes", _("yes, before it was made")
    TOGETHER = "together", _("we made it together")
    AFTER = "after", _("afterwards")
    UNSAFE = "unsafe", _("not yet: it would not have been safe")


class ReportWords(TypedDict, total=False):
    """A report that the law asks for (M2) or an emergency (M3): act first, then this. Times in ISO 8601.

    `about` is the number of the file that it belongs to, where the writer holds no key to write there.
    """

    kind: str
    learned_at: str
    made_at: str
    agency: str
    taken_by: str
    reference: str
    said: str
    why: str
    told_first: str
    own_words: str
    safety_after: str
    answer: str
    later: list[LineFacts]
    written_at: str
    about: str


class Line(NamedTuple):
    """A line that anybody may call, as it was when we looked. Whoever relies on it checks it first."""

    name: StrPromise
    phone: str
    more: StrPromise


#: When somebody last compared these with what the lines themselves say. Shown beside each of them.
LINES_CHECKED: Final = "2026-11-21"
LINES: Final = (
    Line(
        _("Childhelp National Child Abuse Hotline"),
        "1-800-422-4453",
        _("Day and night. Connects to the report line of each state."),
    ),
    Line(
        _("National Center for Missing and Exploited Children"),
        "1-800-843-5678",
        _("Day and night, for anybody under 18 who is missing."),
    ),
    Line(
        _("National Human Trafficking Hotline"),
        "1-888-373-7888",
        _("Day and night. Callers may stay anonymous, and may ask what is passed on and to whom."),
    ),
)
