"""The vocabulary of a file, in the words of the people who write in it."""

from __future__ import annotations

from typing import Final, NotRequired, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """How a moment on the timeline came about."""

    # Translators: a telephone call that took place
    CALL = "call", _("Call")
    # Translators: a text message to or from a telephone
    TEXT = "text", _("Text")
    VISIT = "visit", _("Visit")
    # Translators: somebody went along with the participant, to a court or a doctor
    TOGETHER = "together", _("Together")
    TRIED = "tried", _("Tried to reach")
    # Translators: a moment with another organization that works with ours
    PARTNER = "partner", _("With a partner")
    MEETING = "meeting", _("Meeting")
    CRISIS = "crisis", _("Crisis")
    # Translators: somebody was asked for something on the participant's behalf
    ADVOCACY = "advocacy", _("Speaking up")
    MONEY = "money", _("Money or gift")
    OTHER = "other", _("Note")


#: The icon and the tone of each kind; the word beside it carries the meaning.
KIND_LOOKS: Final = {
    EntryKind.CALL: ("phone", "harbour"),
    EntryKind.TEXT: ("message-square", "harbour"),
    EntryKind.VISIT: ("house", "moss"),
    EntryKind.TOGETHER: ("footprints", "moss"),
    EntryKind.TRIED: ("phone-missed", "sun"),
    EntryKind.PARTNER: ("handshake", "dusk"),
    EntryKind.MEETING: ("users", "dusk"),
    EntryKind.CRISIS: ("life-buoy", "dusk"),
    EntryKind.ADVOCACY: ("megaphone", "dusk"),
    EntryKind.MONEY: ("gift", "sun"),
    EntryKind.OTHER: ("pencil", "harbour"),
}


#: Moments that were not with the participant: they say nothing about when we last spoke.
WITHOUT_THEM: Final = frozenset({EntryKind.TRIED, EntryKind.PARTNER, EntryKind.ADVOCACY})


class AgeBand(models.TextChoices):
    """About how old somebody is. Near enough to help; a birth date is asked only where a law needs it."""

    UNDER_12 = "0-11", _("under 12")
    A12 = "12-13", _("12 or 13")
    A14 = "14-15", _("14 or 15")
    A16 = "16-17", _("16 or 17")
    A18 = "18-24", _("18 to 24")
    A25 = "25-39", _("25 to 39")
    A40 = "40-59", _("40 to 59")
    A60 = "60+", _("60 or older")
    UNSAID = "unsaid", _("prefers not to say")


_BANDS: Final = dict(AgeBand.choices)


class Card(TypedDict, total=False):
    """What stands on somebody's card. Only the name to call them by is needed, and it may be invented.

    `also` is what the card of a joined file said otherwise, by the number of that file, until somebody saved it anew.
    """

    name: str
    aliases: str
    pronouns: str
    language: str
    age_band: str
    since: str
    also: dict[str, dict[str, str]]


def names_on(card: Card) -> str:
    """Every name that somebody is called by."""
    return f"{card.get('name', '')} {card.get('aliases', '')}"


def facts_on(card: Card) -> list[str]:
    """What the line under the name says: only what was told."""
    band = _BANDS.get(card.get("age_band", ""), "")
    told = (card.get("pronouns", ""), str(band), card.get("language", ""))
    return [fact for fact in told if fact]


class EntryFacts(TypedDict, total=False):
    """The small facts of an entry: kind, when it happened and when it was written (ISO 8601), and how it went.

    Times in minutes, ways in miles. `asked`, `of_whom`, `what_for` and `answer` belong to speaking up (practice F9).
    `group` says about how many people one note was, and never about whom; its time is counted in one file only,
    and `counted_elsewhere` in the others. `without_us` says that nobody of us was there, so nobody spoke with them.
    """

    kind: str
    happened_at: str
    written_at: str
    minutes: int
    travel_minutes: int
    miles: float
    after_hours: bool
    who: str
    language: str
    interpreter: str
    asked: str
    of_whom: str
    what_for: str
    answer: str
    group: int
    counted_elsewhere: bool
    without_us: bool


class TallyFacts(TypedDict, total=False):
    """What reports count of an entry, without a word of it: typed once, counted once."""

    kind: str
    day: str
    minutes: int
    travel_minutes: int
    miles: float
    after_hours: bool
    group: int


class MoreFacts(TypedDict):
    """What was added to a note later: the words, and when (ISO 8601); or the answer that came at last (practice F9)."""

    text: str
    written_at: str
    answer: NotRequired[str]


def added(words: MoreFacts) -> str:
    """Everything that was added, as one text."""
    return f"{words['text']} {words.get('answer', '')}"


class PaperFacts(TypedDict):
    """What a paper is: its name, its type by content, its size in bytes, and when it came (ISO 8601)."""

    name: str
    type: str
    size: int
    added_at: str
