"""What a page shows of something due, opened once; each look says no more than its reader may open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.days.looks.tagging import Tag, open_points, tags
from leeward.days.words import (
    ENDINGS,
    FOLLOW_UPS,
    LOOKS,
    MINORS,
    RIDE,
    Along,
    CourtWords,
    DueKind,
    Ending,
    Hearing,
    SlotWords,
    Transport,
    span,
)
from leeward.ui import moments
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from leeward.days.models import Due, Trip

#: What most pages open of something due.
CARD_AND_NOTES: Final = frozenset({Compartment.CARD, Compartment.NOTES})
CARD: Final = frozenset({Compartment.CARD})
_EVERYTHING: Final = frozenset(Compartment)
#: What stands in a list where no time was said: at the end of its day.
_SOME_TIME: Final = "99"
#: Who does not go along does not leave; and so many hours before, it is not yet time to.
_STAYS: Final = frozenset({Along.ALONE, Along.CHOSEN})
_TIME_TO_LEAVE: Final = 3


class DueLook:
    """Something due, ready to show. `parts` are the compartments of its file whose keys are on the ring."""

    def __init__(
        self,
        due: Due,
        parts: frozenset[Compartment] = CARD_AND_NOTES,
        *,
        may_act: bool = True,
        trip: Trip | None = None,
    ) -> None:
        """Open it once."""
        self.due, self.may_act, self.trip = due, may_act, trip
        self.parts = _EVERYTHING if due.case_id is None else parts
        self.day = due.day
        self.damaged = False
        self.slot: SlotWords = self._opened("slot", Compartment.CARD)
        court = self._opened("court", Compartment.JUSTICE)
        self.is_court = bool(set(court) - {"room"})
        #: About a date in court everything stands with the court words, and nothing among the notes but that it ended.
        self.words = cast("CourtWords", {**self._opened("words", Compartment.NOTES), **court})

    def _opened(self, field: str, part: Compartment) -> Any:  # noqa: ANN401 - each field has its own words
        if part not in self.parts:
            return {}
        try:
            return getattr(self.due, field) or {}
        except Unreadable:  # one row whose bytes were damaged says so, and lets the others be
            self.damaged = True
            return {}

    @property
    def text(self) -> str:
        """What was agreed, in the words of whoever wrote it."""
        return self.words.get("text", "")

    @cached_property
    def at(self) -> str:
        """The time of day as one says it, or nothing."""
        told = self.slot.get("at", "")
        return moments.clock(datetime.combine(self.day, time.fromisoformat(told))) if told else ""

    @property
    def minutes(self) -> int | None:
        """How long."""
        return self.slot.get("minutes")

    @property
    def place(self) -> str:
        """Where."""
        return self.words.get("place", "")

    @property
    def legal(self) -> bool:
        """Whether a law sets this day."""
        return bool(self.words.get("legal"))

    @property
    def kind(self) -> DueKind:
        """What it is."""
        return DueKind(self.due.kind)

    @cached_property
    def label(self) -> str:
        """What it is, in words."""
        if self.is_court:
            return _("Court")
        if self.kind == DueKind.TODO and self.legal:
            return _("Legal deadline")
        return str(self.kind.label)

    @cached_property
    def title(self) -> str:
        """What a row says first."""
        if self.damaged:
            return _("This cannot be read: what is stored of it was changed or damaged")
        code = self.slot.get("code", "")
        if code in FOLLOW_UPS:
            return str(FOLLOW_UPS[code])
        hearing = self.words.get("hearing", "")
        if self.is_court:
            kind = str(Hearing(hearing).label) if hearing in Hearing.values else _("Court")
            return kind if self.text in {"", kind} else f"{kind} · {self.text}"
        return self.text or self.label

    @property
    def icon(self) -> str:
        """Its picture; words stand beside it always."""
        return "scale" if self.is_court or self.legal else LOOKS[self.kind][0]

    @property
    def tone(self) -> str:
        """Its colour, which alone says nothing."""
        return "dusk" if self.is_court or self.legal else LOOKS[self.kind][1]

    @cached_property
    def name(self) -> str:
        """What to call the participant, or nothing for what is the worker's own."""
        return str(self._card.get("name", ""))

    @cached_property
    def _card(self) -> Any:  # noqa: ANN401 - a card, or nothing
        if self.due.case is None or Compartment.CARD not in self.parts:
            return {}
        return self.due.case.participant.card

    @property
    def is_minor(self) -> bool:
        """Whether somebody else may have a say about how they travel."""
        return self._card.get("age_band", "") in MINORS

    @property
    def order(self) -> tuple[date, str, str]:
        """By day, then by time."""
        return self.day, self.slot.get("at") or _SOME_TIME, self.title.casefold()

    @cached_property
    def when(self) -> str:
        """When, the way one tells a colleague. What is still open from before says since when, and blames nobody."""
        if self.due.is_open and self.day < moments.today():
            return _("since %(day)s") % {"day": moments.day(self.day)}
        return f"{moments.day(self.day)} {self.at}".strip()

    @cached_property
    def url(self) -> str:
        """Its own page; what is done with it hangs below."""
        if self.due.case_id is None:
            return reverse("days:own_due", args=[self.due.pk])
        return reverse("days:due", args=[self.due.case_id, self.due.pk])

    @property
    def is_today(self) -> bool:
        """Whether it is for today."""
        return self.day == moments.today()

    @cached_property
    def _span(self) -> tuple[datetime, datetime] | None:
        return span(self.day, self.slot) if self.at else None

    @property
    def is_over(self) -> bool:
        """Whether it should have taken place by now, and waits for a word on how it was."""
        if not self.due.is_open or self.kind != DueKind.APPOINTMENT:
            return False
        return self._span[1] < timezone.now() if self._span else self.day < moments.today()

    @property
    def leaves(self) -> bool:
        """Whether "Leaving" belongs beside it: an appointment of the next hours, to which nobody has left yet."""
        going = self.kind == DueKind.APPOINTMENT and self.due.is_open and self.is_today and not self.is_over
        stays = (
            self.words.get("along") in _STAYS or self.words.get("transport") == Transport.NONE or self.is_ride
        )
        return going and not stays and self.trip is None and not self.soon

    @property
    def is_ride(self) -> bool:
        """Whether they ride along on a trip that began already: what is left to say is how it was."""
        return self.due.is_open and self.slot.get("code") == RIDE

    @cached_property
    def soon(self) -> str:
        """In how many hours an appointment of today begins, while it is not yet time to leave."""
        if not self._span or not self.is_today or not self.due.is_open:
            return ""
        hours = (self._span[0] - timezone.now()) // timedelta(hours=1)
        return _("in %(hours)d h") % {"hours": hours} if hours >= _TIME_TO_LEAVE else ""

    @property
    def ending(self) -> Ending | None:
        """How it ended, if it did."""
        return None if self.due.is_open else ENDINGS.get(self.words.get("ended", "done"), ENDINGS["done"])

    @property
    def ended_at(self) -> datetime | None:
        """When it ended."""
        told = self.words.get("ended_at")
        return datetime.fromisoformat(told) if told else None

    @property
    def moved_from(self) -> list[date]:
        """The days on which it was before."""
        return [date.fromisoformat(day) for day in self.words.get("moved_from", [])]

    @cached_property
    def open_points(self) -> list[str]:
        """What is not arranged yet, as questions."""
        return open_points(self)

    @cached_property
    def tags(self) -> list[Tag]:
        """The few things that somebody should know at a glance."""
        return tags(self)
