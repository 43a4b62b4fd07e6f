"""What a page shows of something due, opened once; each look says no more than its reader may open."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.days.words import (
    ENDINGS,
    FOLLOW_UPS,
    LOOKS,
    MINORS,
    Along,
    Childcare,
    CourtWords,
    DueKind,
    Ending,
    Hearing,
    Interpreter,
    OtherSide,
    SlotWords,
    Transport,
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
_ARRANGED: Final = frozenset(
    {Interpreter.REMOTE, Interpreter.HERE, Interpreter.NAMELESS, Interpreter.COLLEAGUE}
)


class Tag(NamedTuple):
    """A few words with an icon; the tone says nothing that the words do not."""

    text: str
    icon: str
    tone: str = ""


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

    @property
    def at(self) -> str:
        """The time of day, or nothing."""
        return self.slot.get("at", "")

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
            kind = Hearing(hearing).label if hearing in Hearing.values else _("Court")
            return " · ".join(str(each) for each in (kind, self.text) if each)
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
        return self.day, self.at or _SOME_TIME, self.title.casefold()

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

    @property
    def leaves(self) -> bool:
        """Whether "Leaving" belongs beside it: an appointment of today, to which nobody has left yet."""
        stays = {Along.ALONE, Along.CHOSEN}
        going = self.kind == DueKind.APPOINTMENT and self.due.is_open and self.is_today
        return going and self.trip is None and self.words.get("along") not in stays

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
    def tags(self) -> list[Tag]:
        """The few things that somebody should know at a glance."""
        return [
            *self._what(),
            *self._how(),
            *(Tag(point, "circle-dashed", "sun") for point in self.open_points),
        ]

    def _what(self) -> list[Tag]:
        told = []
        if self.legal:
            told.append(Tag(_("Legal deadline"), "scale", "dusk"))
        if self.words.get("other_side") in {OtherSide.YES, OtherSide.MAYBE}:
            told.append(Tag(_("Other side may be there"), "shield", "dusk"))
        if self.due.is_open and self.moved_from:
            told.append(
                Tag(_("moved from %(day)s") % {"day": moments.day(self.moved_from[-1])}, "calendar-sync")
            )
        if self.slot.get("at_the_door"):
            told.append(Tag(_("Front desk expects them"), "door-open"))
        return told

    def _how(self) -> list[Tag]:
        told, words = [], self.words
        if words.get("along") in {Along.ME, Along.COLLEAGUE, Along.CHOSEN}:
            who = words.get("accompanied_by") or str(Along(words["along"]).label)
            told.append(Tag(who, "footprints", "moss"))
        if words.get("transport") in {Transport.RIDE, Transport.TAXI, Transport.BUS}:
            told.append(Tag(str(Transport(words["transport"]).label), "car", "harbour"))
        if words.get("interpreter") in _ARRANGED:
            told.append(Tag(_("Interpreter arranged"), "languages", "moss"))
        elif words.get("interpreter_reason"):
            told.append(Tag(_("Interpreter close to them, with a reason"), "languages", "dusk"))
        if words.get("childcare") in {Childcare.ARRANGED, Childcare.ALONG}:
            told.append(Tag(str(Childcare(words["childcare"]).label), "baby", "moss"))
        return told

    @cached_property
    def open_points(self) -> list[str]:
        """What is not arranged yet, as questions. They never stand in the way of saving (practices F5, M7)."""
        if not self.due.is_open or self.kind != DueKind.APPOINTMENT:
            return []
        words = self.words
        asked = (
            (words.get("along") == Along.OPEN, _("Who goes along?")),
            (words.get("transport") == Transport.OPEN, _("How do they get there?")),
            (words.get("childcare") == Childcare.OPEN, _("Who looks after the children?")),
            (words.get("interpreter") == Interpreter.OPEN, _("Who interprets?")),
            (self._by_us and not words.get("permission"), _("Who allows the ride?")),
            (
                self._by_us == Transport.RIDE and not words.get("second_adult"),
                _("Which second adult, or which rule?"),
            ),
        )
        return [question for open_yet, question in asked if open_yet]

    @property
    def _by_us(self) -> str:
        """How we bring a minor, if we do."""
        transport = self.words.get("transport", "")
        return transport if self.is_minor and transport in {Transport.RIDE, Transport.TAXI} else ""
