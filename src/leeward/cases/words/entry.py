"""What a note's small facts are called, as somebody types them and as a page tells them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.ui import moments

if TYPE_CHECKING:
    from leeward.cases.words.card import EntryFacts

#: How long most things take: one tap each, anything else is typed.
MINUTES: Final = (5, 15, 30, 60)
#: Facts that are words. Whoever reads the file reads them, so they name nobody else's participant either.
SAID: Final = ("who", "language", "interpreter", "of_whom", "what_for", "answer")
YES, NO = "yes", "no"
#: What mostly stays as it was from one moment to the next.
SAME_AGAIN: Final = (
    "kind", "minutes", "minutes_more", "travel_minutes", "miles", "who", "language", "interpreter",
)  # fmt: skip
#: Every field that somebody types into before saving: a draft keeps all of them.
TYPED: Final = (
    *SAME_AGAIN, "entry_id", "text", "hard", "happened_at", "after_hours", "asked", "of_whom", "what_for", "answer",
    "case", "promise_text", "promise_by", "promise_day",
)  # fmt: skip
ASKED: Final = {YES: _("They asked us to"), NO: _("Our own idea")}
_WHEN: Final = "%Y-%m-%dT%H:%M"
_AN_HOUR: Final = 60
#: How long a note can be changed by whoever wrote it, and how long it can be taken back.
A_DAY, A_MOMENT = timedelta(hours=24), timedelta(minutes=10)


def promise_of(entry: UUID) -> UUID:
    """The number of the promise that was made with a note: wherever the note goes, it goes along."""
    return uuid5(entry, "promise")


def is_fresh(facts: EntryFacts, span: timedelta) -> bool:
    """Whether a note was written so short a time ago."""
    return timezone.now() < datetime.fromisoformat(facts["written_at"]) + span


def as_typed(facts: EntryFacts, *, by_clock: bool) -> dict[str, str]:
    """The facts as the form for writing asks them; after hours is only said where it is not as the clock has it."""
    minutes = facts.get("minutes", 0)
    chip = minutes in MINUTES
    late = facts.get("after_hours", by_clock)
    typed = {
        "kind": facts["kind"],
        "happened_at": moments.local(datetime.fromisoformat(facts["happened_at"])).strftime(_WHEN),
        "minutes": str(minutes) if chip else "",
        "minutes_more": "" if chip or not minutes else str(minutes),
        "travel_minutes": str(facts.get("travel_minutes") or ""),
        "miles": str(facts.get("miles") or ""),
        "asked": facts.get("asked", ""),
        "after_hours": "" if late == by_clock else (YES if late else NO),
    }
    return typed | {name: str(facts.get(name, "")) for name in SAID}


def lasting(minutes: int) -> str:
    """How long, as one says it: "45 min", "2 h", "1 h 30"."""
    hours, rest = divmod(minutes, _AN_HOUR)
    if not hours:
        return gettext("{minutes} min").format(minutes=rest)
    if not rest:
        return gettext("{hours} h").format(hours=hours)
    return gettext("{hours} h {minutes}").format(hours=hours, minutes=f"{rest:02}")


def told(facts: EntryFacts) -> list[str]:
    """What the line above a note says beside kind and time: only what was told, in a few words each."""
    said = [gettext("without us")] if facts.get("without_us") else []
    if facts.get("minutes"):
        said.append(lasting(facts["minutes"]))
    if facts.get("after_hours"):
        said.append(gettext("after hours"))
    said += [facts[name] for name in ("who", "language") if facts.get(name)]
    if facts.get("interpreter"):
        said.append(gettext("interpreter: {name}").format(name=facts["interpreter"]))
    return said + _on_the_way(facts)


def _on_the_way(facts: EntryFacts) -> list[str]:
    said = []
    if facts.get("travel_minutes"):
        said.append(gettext("{time} on the way").format(time=lasting(facts["travel_minutes"])))
    if facts.get("miles"):
        said.append(gettext("{miles} miles").format(miles=f"{facts['miles']:g}"))
    if facts.get("group", 1) > 1:
        said.append(gettext("one note for {n} people").format(n=facts["group"]))
    return said


def spoken_up(facts: EntryFacts) -> list[tuple[str, str]]:
    """What was asked for somebody, of whom, whether they wanted that, and the answer (practice F9)."""
    asked = ASKED.get(facts.get("asked", ""))
    lines = (
        (gettext("Asked of"), facts.get("of_whom")),
        (gettext("What for"), facts.get("what_for")),
        (gettext("Whose wish"), asked and str(asked)),
        (gettext("Answer"), facts.get("answer")),
    )
    return [(label, said) for label, said in lines if said]
