"""The vocabulary of walking together: who, until when, and what is left."""

from __future__ import annotations

from typing import Final, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComponentKind(models.TextChoices):
    """The parts of a case: it is closed when each of them has its answer (practice D1)."""

    SERVICE = "service", _("Services and support")
    IMMIGRATION = "immigration", _("Immigration")
    CRIMINAL = "criminal", _("Criminal court")
    FAMILY = "family", _("Family court")
    CIVIL = "civil", _("Civil matters")
    EDUCATION = "education", _("School and learning")
    HEALTH = "health", _("Health")
    # Translators: what concerns somebody’s Nation or Tribe, such as a tribal court or enrollment
    TRIBAL = "tribal", _("Nation or Tribe")
    OTHER = "other", _("Something else")


#: The icon of each part; the word beside it carries the meaning.
COMPONENT_ICONS: Final = {
    ComponentKind.SERVICE: "hand-heart",
    ComponentKind.IMMIGRATION: "stamp",
    ComponentKind.CRIMINAL: "gavel",
    ComponentKind.FAMILY: "baby",
    ComponentKind.CIVIL: "scale",
    ComponentKind.EDUCATION: "graduation-cap",
    ComponentKind.HEALTH: "heart-pulse",
    ComponentKind.TRIBAL: "feather",
    ComponentKind.OTHER: "shapes",
}


class ComponentState(models.TextChoices):
    """Whose a part is now. The first two go on; the others have their answer."""

    # Translators: said of a matter, such as immigration: we see to it
    OURS = "ours", _("with us")
    # Translators: said of a matter, such as a court case: others see to it, and we follow how it goes
    WATCHED = "watched", _("we keep an eye on it")
    HANDED = "handed", _("handed to somebody")
    UNWANTED = "unwanted", _("not wanted by them")
    # Translators: said of a matter, such as immigration: it is finished
    DONE = "done", _("done")
    NEVER = "never", _("never came up")


#: The tone of each state, and those that leave nothing open.
STATE_TONES: Final = {
    ComponentState.OURS: "sun",
    ComponentState.WATCHED: "sun",
    ComponentState.HANDED: "harbour",
    ComponentState.UNWANTED: "",
    ComponentState.DONE: "moss",
    ComponentState.NEVER: "",
}
ANSWERED: Final = frozenset(
    {ComponentState.HANDED, ComponentState.UNWANTED, ComponentState.DONE, ComponentState.NEVER}
)


class EndingReason(models.TextChoices):
    """Why we part, in words that judge nobody."""

    GOALS = "goals", _("They reached what they came for")
    MOVED = "moved", _("They moved away")
    CHOSE = "chose", _("They chose to go on without us")
    LOST = "lost", _("We lost contact, and the door stays open")
    ENDED = "ended", _("Our service ends here")
    TRANSFERRED = "transferred", _("Others walk with them now")


#: A death is told on a page of its own and is no reason among others (practice M9).
DIED: Final = "died"
#: Days after which somebody looks in, if they wish: codes of the follow-ups that are set at the end.
FOLLOW_UPS: Final = {"ending_30": 30, "ending_90": 90, "ending_180": 180}
#: How it goes after the worker changed; who walks on where somebody stepped in; when two are one again.
HAND_OVER_CHECK: Final = "handover_check"
INTERIM: Final = "interim"
OVERLAP_ENDS: Final = "overlap_ends"


class Invited(models.TextChoices):
    """Whether the participant was asked to a meeting about themselves (practice E8)."""

    THERE = "there", _("they were there")
    INVITED = "invited", _("they are invited")
    WORDS = "words", _("they sent their words instead")
    CHOSE = "chose", _("they chose not to come")
    NOT_YET = "not_yet", _("not asked yet")


class ComponentWords(TypedDict, total=False):
    """One part of a case. `title` names what "something else" is; `who` and `contact` are where it is now."""

    kind: str
    title: str
    state: str
    who: str
    contact: str
    note: str
    on: str
    version: int


class OutsideWords(TypedDict, total=False):
    """Somebody of another agency: who, what they may know and why, what they do and do not do, until when."""

    name: str
    agency: str
    role: str
    phone: str
    may_know: str
    basis: str
    does: str
    does_not: str
    until: str
    contact: bool
    central: bool
    gone: str
    version: int


class DoingWords(TypedDict, total=False):
    """What a colleague does for this participant."""

    does: str


class DecisionLine(TypedDict, total=False):
    """What was decided at a conference, and whose decision it was (practice C8)."""

    what: str
    whose: str


class ConferenceWords(TypedDict, total=False):
    """A conference: when (ISO 8601), their own agenda, who was there, what came of it, told in plain words."""

    day: str
    at: str
    place: str
    minutes: int
    agenda: str
    invited: str
    there: str
    decisions: list[DecisionLine]
    next: str
    summary: str
    told: str
    version: int


class HandOverWords(TypedDict, total=False):
    """A hand-over on its way: the meeting, what they want the next person to know, the letter, how long both walk."""

    why: str
    meeting_on: str
    met: bool
    wish: str
    language: str
    letter: str
    given: bool
    overlap_until: str


class EndingWords(TypedDict, total=False):
    """How we parted, or that somebody died: when, their own view, what comes after, and the way back in.

    `back_on` is the day on which they came back, or on which a death turned out to be a mistake.
    """

    reason: str
    on: str
    view: str
    because: str
    follow_ups: bool
    way_back: str
    told_by: str
    was_open: bool
    back_on: str
