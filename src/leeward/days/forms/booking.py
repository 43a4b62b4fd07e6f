"""Questions about an appointment and about a date in court. What and when is enough; the rest may stay open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.cases.forms.rows import one_of, words
from leeward.days.forms.dues import DueForm, OwnerChoice, Whose, a_day, a_time, clock, line
from leeward.days.words import (
    STOPPED,
    Along,
    Childcare,
    Entrance,
    Hearing,
    Interpreter,
    MustAttend,
    OtherSide,
    Part,
    Transport,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSAID: Final = _("not said")
_SLOT: Final = frozenset({"at", "minutes", "at_the_door"})
_NO_WORDS: Final = frozenset({"due_id", "version", "day", "owner"}) | _SLOT
_LONGEST_DAY = 24 * 60
#: The parts of the form that can wait, and their questions.
PARTS: Final = {
    "way": ("transport", "transport_more", "permission", "second_adult", "childcare", "childcare_more"),
    "tongue": ("language", "interpreter", "interpreter_who", "interpreter_wish", "interpreter_reason"),
    "works": ("with_whom", "bring", "remind", "at_the_door", "owner"),
}


def _choice(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:  # noqa: ANN401 - lazy words
    return forms.ChoiceField(
        label=label, help_text=help_text, required=False, choices=[("", _UNSAID), *choices]
    )


@dataclass(frozen=True, kw_only=True)
class Booking:
    """What the form has to know of the file it books for."""

    whose: Whose
    minor: bool = False
    blocked: list[str] = field(default_factory=list)


class AppointmentForm(NamesSomebody, DueForm):
    """A date: what, when, where, and how they get there and back (practices F5, H3, H4, M7)."""

    naming = (
        "accompanied_by",
        "interpreter_who",
        "with_whom",
        "permission",
        "second_adult",
        "childcare_more",
    )

    text = line(_("What is it?"), required=True)
    day = a_day(_("Day"))
    at = a_time(_("Time"))
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=_LONGEST_DAY, widget=forms.NumberInput
    )
    place = line(_("Where"), _("Your team sees this place while you are on the way."))
    with_whom = line(_("With whom"))
    along = one_of(_("Who goes along"), Along.choices, unasked=_UNSAID)
    accompanied_by = line(_("Their name, where it is not you"))
    transport = _choice(_("How they get there and back"), Transport.choices)
    transport_more = line(_("More about the way"))
    permission = line(
        _("Who allows the ride?"), _("By whom and when it was said. Leave it empty while it is open.")
    )
    second_adult = line(
        _("Which second adult rides along, or which rule holds instead?"),
        _("Leave it empty while it is open."),
    )
    childcare = _choice(_("The children meanwhile"), Childcare.choices)
    childcare_more = line(_("Who looks after them, and from when"))
    interpreter = _choice(_("Interpreter"), Interpreter.choices)
    interpreter_who = line(_("Who interprets"))
    interpreter_wish = line(
        _("What they wish of an interpreter"), _("A woman, a dialect, nobody from here …")
    )
    interpreter_reason = words(_("Why it is right here"), rows=2)
    language = line(_("Language"))
    bring = line(_("What to bring"))
    remind = line(
        _("How to remind them"), _("What may be said, and on which way: see how to reach them safely.")
    )
    at_the_door = forms.BooleanField(
        label=_("The front desk expects them"),
        help_text=_("It sees the name on the card and the time, nothing else."),
        required=False,
    )
    owner = OwnerChoice()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, booking: Booking, **options: Any) -> None:  # noqa: ANN401
        """Ask about permission where somebody else has a say, and for a reason only where one is needed."""
        super().__init__(*args, blocked=booking.blocked, whose=booking.whose, **options)
        self.booking = booking
        if not booking.minor:
            del self.fields["permission"], self.fields["second_adult"]

    @property
    def open_parts(self) -> set[str]:
        """Which parts of the form stand open: those that say something already, or have to be looked at again."""
        stand = {part for part, names in PARTS.items() if any(self._stands(name) for name in names)}
        return stand | ({"way"} if self.booking.minor else set())

    def _stands(self, name: str) -> bool:
        if name not in self.fields:
            return False
        return bool(self[name].errors or (name != "language" and self[name].value()))

    @property
    def asks_reason(self) -> bool:
        """Whether somebody close to them would interpret: then a reason is asked for (practice H4)."""
        return (self["interpreter"].value() or "") in STOPPED

    def clean(self) -> dict[str, Any]:
        """Stop where an interpreter is close to them, without a reason."""
        answers = super().clean()
        if answers.get("interpreter") in STOPPED and not answers.get("interpreter_reason"):
            self.add_error(
                "interpreter_reason",
                _(
                    "Somebody close to them can change what is safe to say. Choose another interpreter, or write "
                    "why it is right here."
                ),
            )
        return answers

    def words(self) -> dict[str, Any]:
        """What is said about it; what was left empty is empty, so that a change can take something away."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _NO_WORDS}

    def slot(self) -> dict[str, Any]:
        """When on its day, and whether the door expects them."""
        given = self.cleaned_data
        return {
            "at": clock(given.get("at")),
            "minutes": given.get("minutes") or 0,
            "at_the_door": bool(given.get("at_the_door")),
        }


#: What is sealed with the court words only.
_COURT: Final = (
    "hearing", "role", "must_attend", "court", "number", "other_side", "entrance", "entrance_more", "missing_it",
    "orders",
)  # fmt: skip


class CourtForm(AppointmentForm):
    """A date in court or with an authority (practice M5)."""

    text = line(_("What it is about"))
    hearing = _choice(_("What kind of date"), Hearing.choices)
    role = _choice(_("Their part in it"), Part.choices)
    must_attend = one_of(_("Do they have to be there?"), MustAttend.choices, unasked=_UNSAID)
    court = line(_("Which court, which room"))
    number = line(_("Case number"))
    other_side = one_of(_("Will the other side be there?"), OtherSide.choices, unasked=_UNSAID)
    entrance = one_of(_("A separate way in, and a place to wait apart"), Entrance.choices, unasked=_UNSAID)
    entrance_more = line(_("Where that is, and whom to ask for"))
    missing_it = words(
        _("What it means if they are not there"), _("In plain words, as you would tell them."), rows=2
    )
    orders = words(
        _("No-contact and other orders that hold"), _("They show wherever something is booked."), rows=2
    )

    def court_words(self) -> dict[str, Any]:
        """What makes it a date in court, even where nothing of it was said yet."""
        return {name: self.cleaned_data.get(name, "") for name in _COURT}

    def words(self) -> dict[str, Any]:
        """All the rest."""
        return {name: value for name, value in super().words().items() if name not in _COURT}


def initial_of(words: Mapping[str, Any], slot: Mapping[str, Any]) -> dict[str, Any]:
    """A form as the date stands."""
    return {**words, **slot, "minutes": slot.get("minutes") or None}
