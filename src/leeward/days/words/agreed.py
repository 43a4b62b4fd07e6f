"""What was agreed, what the sealed parts of it hold, and how it ended. No word here blames anybody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, TypedDict

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DueKind(models.TextChoices):
    """What is due, as generic as the database may say it."""

    PROMISE = "promise", _("Promise")
    TODO = "todo", _("To do")
    APPOINTMENT = "appointment", _("Appointment")
    FOLLOW_UP = "follow_up", _("Look in again")


#: The icon and the tone of each kind; the word beside it carries the meaning.
LOOKS: Final = {
    DueKind.PROMISE: ("hand-heart", "sun"),
    DueKind.TODO: ("list-checks", "harbour"),
    DueKind.APPOINTMENT: ("calendar-days", "harbour"),
    DueKind.FOLLOW_UP: ("footprints", "moss"),
}


class Ending(NamedTuple):
    """How something ended, as one says it, with an icon and a tone."""

    label: str | Promise
    icon: str
    tone: str


ENDINGS: Final = {
    # Translators: a promise was kept
    "kept": Ending(_("kept"), "circle-check", "moss"),
    # Translators: the participant said that a promise need not be kept any more
    "released": Ending(_("released by them"), "feather", "harbour"),
    # Translators: a task is done
    "done": Ending(_("done"), "circle-check", "moss"),
    # Translators: a task that nobody needs any more
    "let_go": Ending(_("no longer needed"), "feather", "harbour"),
    # Translators: an appointment took place
    "happened": Ending(_("happened"), "circle-check", "moss"),
    # Translators: an appointment did not take place; nobody is blamed
    "not_now": Ending(_("not this time"), "leaf", "harbour"),
    # Translators: an appointment was moved to another day
    "moved": Ending(_("moved"), "calendar-sync", "harbour"),
    # Translators: a court set another date for the same matter
    "continued": Ending(_("continued"), "calendar-sync", "dusk"),
}

#: The follow-up that is kept for whoever is not of age.
TURNING_18: Final = "turning_18"
#: What we set ourselves to look into again, by the code that stands in the slot. Any role that sees the card sees it.
FOLLOW_UPS: Final = {
    "look_in_24": _("Look in, a day after a crisis"),
    "look_in_72": _("Look in again, three days after a crisis"),
    "ending_30": _("Ask how things are, a month after the closing"),
    "ending_90": _("Ask how things are, three months after the closing"),
    "ending_180": _("Ask how things are, half a year after the closing"),
    "handover_check": _("See how the hand-over went"),
    "interim": _("Agree who walks with them from here"),
    "overlap_ends": _("Two walked with them until today: say who stands behind from here"),
    "conference": _("Meet with everybody who walks along"),
    "crisis_talk": _("Ask how the crisis was for them, if they want to say"),
    "missing_check": _("Look for them again"),
    "return_talk": _("Talk about what would have helped"),
    "report_follow": _("Ask what became of the report"),
    TURNING_18: _("Talk about what changes at 18"),
    "wishes_review": _("Read their crisis wishes together again"),
}


#: The code of an appointment that a trip made for somebody who rides along: nobody sets out to it again.
RIDE: Final = "ride"


class ChainLink(TypedDict):
    """A date before this one, which a court continued."""

    due: str
    day: str


class DueWords(TypedDict, total=False):
    """What was agreed. `ended` is one of `ENDINGS`, with a word on how it went; `ended_by` is who said so.

    For a deadline `legal` is true. An appointment holds who goes along, transport, childcare, interpreter, what to
    bring, how to remind, and what happened; one of a conference its number; a look at a report its number.
    `told_before` keeps what was told when it was moved earlier; `moved_at` and `moved_by` say when and by whom another
    day was last chosen.
    """

    text: str
    legal: bool
    ended: str
    ended_at: str
    ended_by: str
    told: str
    told_before: list[str]
    moved_from: list[str]
    moved_at: str
    moved_by: str
    entry: str
    place: str
    with_whom: str
    along: str
    accompanied_by: str
    transport: str
    transport_more: str
    permission: str
    second_adult: str
    childcare: str
    childcare_more: str
    interpreter: str
    interpreter_who: str
    interpreter_wish: str
    interpreter_reason: str
    language: str
    bring: str
    remind: str
    happened: str
    next: str
    conference: str
    report: str
    continued_from: list[ChainLink]
    continued_to: ChainLink


#: What somebody typed of it, beside what was chosen; the names of earlier days and people are not among it.
_TYPED: Final = (
    "text",
    "place",
    "with_whom",
    "accompanied_by",
    "transport_more",
    "permission",
    "second_adult",
    "childcare_more",
    "interpreter_who",
    "interpreter_wish",
    "interpreter_reason",
    "language",
    "bring",
    "remind",
    "happened",
    "next",
    "told",
)


def typed(words: DueWords) -> str:
    """What search finds it by."""
    said = [str(words.get(name, "")) for name in _TYPED]
    return " · ".join(filter(None, [*said, *words.get("told_before", [])]))


class SlotWords(TypedDict, total=False):
    """When on its day ("14:30"), how many minutes, whether the door expects them; a code for what we set ourselves.

    For the day to talk about 18: by how many days it was blurred, and whether it follows from a birth date.
    """

    at: str
    minutes: int
    at_the_door: bool
    code: str
    blur: int
    dated: bool


class CourtWords(DueWords, total=False):
    """A date in court, with all that is said about it, so that no word of it is among the notes (practice M5).

    An empty one means that it is in no court; `room` is what makes all of them equally long.
    """

    court: str
    hearing: str
    role: str
    must_attend: str
    number: str
    other_side: str
    entrance: str
    entrance_more: str
    missing_it: str
    orders: str
    result: str
    room: str


class TripWords(TypedDict, total=False):
    """Where a worker goes, how, and how to reach them. Never a participant's name."""

    where: str
    how: str
    phone: str
    left_at: str
    safe_at: str
    back_at: str
    adults: str


class AskWords(TypedDict, total=False):
    """Who asked what, how, and since when (ISO 8601); and what was answered, by whom. `sort` is one of `Who`."""

    who: str
    sort: str
    text: str
    how: str
    since: str
    answer: str
    answered_at: str
    answered_by: str


#: How many minutes something takes when nobody said.
AN_HOUR: Final = 60


def span(day: date, slot: SlotWords) -> tuple[datetime, datetime]:
    """From when until when, in the agency's time."""
    start = timezone.make_aware(datetime.combine(day, time.fromisoformat(slot["at"])))
    return start, start + timedelta(minutes=slot.get("minutes") or AN_HOUR)
