"""How an appointment stands on the timeline once it happened: worked out of what was arranged, and then asked."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.cases.words import EntryKind
from leeward.days.words.agreed import span
from leeward.days.words.booking import Along, Interpreter, Transport

if TYPE_CHECKING:
    from leeward.cases.words import EntryFacts
    from leeward.days.words.agreed import DueWords, SlotWords

#: Nobody of us was there: a note like any other, and nobody was spoken to.
WITHOUT_US: Final = "without_us"
#: How we were there, in the words of the timeline.
THERE: Final = {
    **{
        kind.value: kind.label
        for kind in (EntryKind.TOGETHER, EntryKind.VISIT, EntryKind.CALL, EntryKind.MEETING)
    },
    # Translators: the participant went to an appointment without anybody of the agency
    WITHOUT_US: _("Without us"),
}
_ALONE: Final = frozenset({Along.ALONE, Along.CHOSEN})
_NOON: Final = time(12)


def note_of(due: UUID) -> UUID:
    """The number of the note that an appointment leaves on the timeline: one, however often it is said."""
    return uuid5(due, "entry")


def there(words: DueWords, slot: SlotWords) -> str:
    """How we were probably there, as one of `THERE`."""
    if words.get("along") in _ALONE:
        return WITHOUT_US
    if words.get("conference"):
        return EntryKind.MEETING.value
    if words.get("transport") == Transport.NONE:
        return EntryKind.CALL.value
    return EntryKind.VISIT.value if slot.get("at_the_door") else EntryKind.TOGETHER.value


def been(words: DueWords, slot: SlotWords) -> EntryFacts:
    """What the note would say beside its words: how we were there, how long, in which language, with whose help."""
    how = there(words, slot)
    if how == WITHOUT_US:
        return as_facts(how)
    told = {
        "minutes": slot.get("minutes"),
        "language": words.get("language"),
        "interpreter": _interpreter(words),
    }
    return as_facts(how, **told)


def as_facts(how: str, **told: object) -> EntryFacts:
    """The same as a note keeps it. Where nobody of us was, no time of ours is counted."""
    if how == WITHOUT_US:
        return {"kind": EntryKind.OTHER.value, "without_us": True}
    return {"kind": how, **{name: value for name, value in told.items() if value}}  # type: ignore[typeddict-item]


def _interpreter(words: DueWords) -> str:
    """Who interprets, where somebody does."""
    kind = words.get("interpreter", "")
    if kind not in Interpreter.values or kind in {Interpreter.NONE, Interpreter.OPEN}:
        return ""
    return words.get("interpreter_who") or str(Interpreter(kind).label)


def when(day: date, slot: SlotWords) -> datetime:
    """When it happened: at its time, or about noon; never later than now."""
    booked = span(day, slot)[0] if slot.get("at") else timezone.make_aware(datetime.combine(day, _NOON))
    return min(booked, timezone.now())


def sentence(words: DueWords, *, court: bool) -> str:
    """What the timeline says of it. Of a date in court no word is among the notes (practice M5)."""
    if court:
        return gettext("They had an appointment.")
    following = words.get("next", "")
    lines = (
        words.get("text", ""),
        words.get("happened", ""),
        gettext("Next: {what}").format(what=following) if following else "",
    )
    return "\n".join(line for line in lines if line) or gettext("They had an appointment.")
