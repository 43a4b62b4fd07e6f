"""Reports that the law asks for, emergencies, and lines that anybody may call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.safety.words.crisis import LineFacts

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise  # exists for the type checker only


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
