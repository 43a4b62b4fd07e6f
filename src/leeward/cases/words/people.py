"""What the sealed parts of a file hold about a person. Every answer may be missing: it was not asked, or not told.

A text answer of `UNSAID` means "prefers not to say", which differs from an answer that is not there ("not asked").
"""

from __future__ import annotations

from typing import Final, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNSAID: Final = "\x00unsaid"


class Night(models.TextChoices):
    """Whom somebody wants at night (practice D4)."""

    MINE = "mine", _("my worker")
    ANYONE = "anyone", _("whoever is on")


class WayKind(models.TextChoices):
    """What one reaches somebody by."""

    PHONE = "phone", _("Calls and texts")
    CALL = "call", _("Calls only")
    TEXT = "text", _("Texts only")
    ACCOUNT = "account", _("An account")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letters")
    # Translators: a person through whom one reaches somebody
    BETWEEN = "between", _("A go-between")


#: The icon of each way.
WAY_ICONS: Final = {
    WayKind.PHONE: "phone",
    WayKind.CALL: "phone",
    WayKind.TEXT: "message-square",
    WayKind.ACCOUNT: "at-sign",
    WayKind.EMAIL: "mail",
    WayKind.LETTER: "mailbox",
    WayKind.BETWEEN: "user-round",
}


class Control(models.TextChoices):
    """Who types there now: somebody else may hold the phone (practice M7)."""

    OWN = "own", _("only they do")
    UNSURE = "unsure", _("we are not sure")
    OTHER = "other", _("somebody else may")


class PlaceKind(models.TextChoices):
    """What a place is to somebody."""

    HOME = "home", _("Home")
    SHELTER = "shelter", _("Shelter")
    STAYS = "stays", _("Stays there at times")
    SCHOOL = "school", _("School")
    WORK = "work", _("Work")
    FOUND = "found", _("Is found there")


class Topic(models.TextChoices):
    """What somebody may have a say about."""

    HEALTH = "health", _("Health")
    SCHOOL = "school", _("School")
    TRAVEL = "travel", _("Travel")
    # Translators: who decides about a participant's legal matters
    LEGAL = "legal", pgettext_lazy("who decides", "Legal matters")
    MONEY = "money", _("Money")
    PHOTOS = "photos", _("Photos and stories")
    OTHER = "other", pgettext_lazy("who decides", "Other things")


class BondKind(models.TextChoices):
    """What one person is to another."""

    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent or carer")
    SIBLING = "sibling", _("Sibling")
    PARTNER = "partner", _("Partner")
    KIN = "kin", _("Chosen family, kin or elder")
    SURVIVOR = "survivor", _("Went through it together")
    TOGETHER = "together", _("Came together")
    FRIEND = "friend", _("Friend")
    APART = "apart", _("Keep apart")


#: What the same tie is called from the other side.
OTHER_SIDE: Final = {BondKind.CHILD: BondKind.PARENT, BondKind.PARENT: BondKind.CHILD}


class WorkerWish(models.TextChoices):
    """What somebody wishes of those who work with them (practices C1, H2)."""

    LANGUAGE = "language", _("speaks their language")
    WOMAN = "woman", _("a woman")
    MAN = "man", _("a man")
    BEYOND = "beyond", _("trans, non-binary or Two-Spirit")
    CULTURE = "culture", _("knows their culture from within")
    OUTSIDE = "outside", _("is not from their community")
    FAITH = "faith", _("shares their faith")
    AGE = "age", _("is about their age")
    LIVED = "lived", _("has lived through something like it")


class GlanceWords(TypedDict, total=False):
    """When we last spoke and how (ISO 8601), when we last tried, and what matters most now, in their words.

    `reach_at` and `reach_by` say when and by whom it was last changed how to reach them.
    """

    contact_at: str
    contact_kind: str
    tried_at: str
    matters: str
    matters_on: str
    reach_at: str
    reach_by: str


class ProfileWords(TypedDict, total=False):
    """Somebody in their own words; what matters most now stands in `GlanceWords` too, unless they prefer not to say."""

    matters: str
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
    """One way to reach somebody. `message` is "yes", "no" or a sentence that may be left; `gone` when it ended.

    `control` says whether somebody else may be typing there, `controlled_by` who, or since when that is so (M7).
    `kept_on` is when somebody looked at what came from a joined file.
    """

    kind: str
    value: str
    when: str
    how: str
    language: str
    who_may_answer: str
    message: str
    say_if_other: str
    control: str
    controlled_by: str
    checked_on: str
    first: bool
    gone: str
    kept_on: str
    version: int


class PlaceFacts(TypedDict, total=False):
    """Where somebody lives or sleeps; `kept_on` is when somebody looked at what came from a joined file."""

    kind: str
    address: str
    who_knows: str
    since: str
    gone: str
    kept_on: str
    version: int


class SayFacts(TypedDict, total=False):
    """Who decides about what, on what basis, from when until when; or who must never be told or asked.

    `alone` is true where the participant decides alone.
    """

    topic: str
    alone: bool
    who: str
    basis: str
    since: str
    until: str
    never_tell: bool
    never_ask: bool
    reason: str
    version: int


class DecisionFacts(TypedDict, total=False):
    """What was decided, by whom, on what basis, when; and what the participant says about it."""

    what: str
    decided_by: str
    basis: str
    on: str
    own_view: str
    version: int


class BondFacts(TypedDict, total=False):
    """A tie to somebody: what they are to the participant, a name, and the number of their file if there is one."""

    kind: str
    name: str
    other: str
    more: str
    version: int


class HarmWords(TypedDict, total=False):
    """What was done, when it was told (ISO 8601), and whether it may be asked about again."""

    text: str
    told_on: str
    may_ask: bool
    version: int


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
    """What two files were before they became one, so that it can be undone: numbers and names of answers only.

    `moved` says which rows came, by table, each with the file it had come from before; `pages` which answers were
    filled in from the other file, which keeps its own; `walls` and `members` what was put up on both.
    """

    nth: int
    card: dict[str, str]
    restricted: bool
    is_open: bool
    rests: bool
    backup: str
    last_number: int
    other: dict[str, bool]
    numbers: dict[str, int]
    moved: dict[str, dict[str, str]]
    pages: dict[str, dict[str, object]]
    walls: list[str]
    members: list[str]
