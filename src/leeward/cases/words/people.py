"""What the sealed parts of a file hold about a person. Every answer may be missing: it was not asked, or not told.

A text answer of `UNSAID` means "prefers not to say", which differs from an answer that is not there ("not asked").
"""

from __future__ import annotations

from typing import Final, TypedDict

UNSAID: Final = "\x00unsaid"


class GlanceWords(TypedDict, total=False):
    """When we last spoke and how (ISO 8601), when we last tried, and what matters most now, in their words."""

    contact_at: str
    contact_kind: str
    tried_at: str
    matters: str
    matters_on: str


class ProfileWords(TypedDict, total=False):
    """Somebody in their own words."""

    pronunciation: str
    languages: str
    dialects: str
    culture: str
    nation: str
    faith: str
    calendar: str
    sensitive: str
    word_for_it: str
    street_words: str
    never_ask: str
    access: str
    barriers: str
    adapted: str
    strengths: str
    worker_wishes: list[str]
    worker_wishes_more: str


class IdentityWords(TypedDict, total=False):
    """As the law knows somebody; `papers` are lines of kind, number, where it is."""

    legal_name: str
    other_legal_names: str
    born_on: str
    born_in: str
    papers: list[dict[str, str]]


class ReachWords(TypedDict, total=False):
    """How any contact begins. `night` is "mine" or "anyone"."""

    code_word: str
    say_if_other: str
    never_know: str
    night: str
    reminders: str


class WayFacts(TypedDict, total=False):
    """One way to reach somebody. `message` is "yes", "no" or a sentence that may be left; `gone` when it ended."""

    kind: str
    value: str
    when: str
    how: str
    language: str
    who_may_answer: str
    message: str
    say_if_other: str
    controlled_by: str
    checked_on: str
    first: bool
    gone: str


class PlaceFacts(TypedDict, total=False):
    """Where somebody lives or sleeps."""

    kind: str
    address: str
    who_knows: str
    since: str
    gone: str


class SayFacts(TypedDict, total=False):
    """Who decides about what, on what basis, from when until when; or who must never be told or asked."""

    topic: str
    who: str
    basis: str
    since: str
    until: str
    never_tell: bool
    never_ask: bool
    reason: str


class DecisionFacts(TypedDict, total=False):
    """What was decided, by whom, on what basis, when; and what the participant says about it."""

    what: str
    decided_by: str
    basis: str
    on: str
    own_view: str


class BondFacts(TypedDict, total=False):
    """A tie to somebody: what they are to the participant, a name, and the number of their file if there is one."""

    kind: str
    name: str
    other: str
    more: str


class HarmWords(TypedDict, total=False):
    """What was done, when it was told (ISO 8601), and whether it may be asked about again."""

    text: str
    told_on: str
    may_ask: bool


class IntroductionFacts(TypedDict, total=False):
    """What was said at a first meeting, when, and in which language."""

    said: list[str]
    on: str
    language: str
    more: str


class PassingWords(TypedDict, total=False):
    """A contact in passing: when (ISO 8601), where about, with how many, what was given, and a few words."""

    at: str
    where: str
    people: int
    gave: str
    text: str
    minutes: int


class BeforeJoining(TypedDict, total=False):
    """The kept file before two became one: its card, restrictions, and which numbers its notes had."""

    card: dict[str, str]
    restricted: bool
    numbers: dict[str, int]
    pages: dict[str, dict[str, object]]
