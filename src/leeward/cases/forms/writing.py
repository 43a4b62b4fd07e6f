"""Questions around a note. Type first, choose later: the words are all that is needed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import readable, words
from leeward.cases.words import EntryKind
from leeward.cases.words.entry import ASKED, MINUTES, NO, SAID, YES, lasting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.cases.words import EntryFacts

#: Longer than any note that a person writes in one go, short enough to open at once on an old phone.
LONGEST_NOTE: Final = 200_000
LONGEST_HARD: Final = 20_000
_A_DAY_OF_MINUTES, _FAR = 24 * 60, 5000
#: The plain note comes first, because that is what it is when nothing is chosen.
KINDS = sorted(EntryKind.choices, key=lambda kind: kind[0] != EntryKind.OTHER)
#: Small questions by where they stand: how it went, and speaking up for somebody.
HOW_IT_WENT: Final = (
    "happened_at", "after_hours", "who", "language", "interpreter", "travel_minutes", "miles",
)  # fmt: skip
SPEAKING_UP: Final = ("of_whom", "what_for", "asked", "answer")
_NUMBER: Final = {"inputmode": "numeric", "min": 0, "autocomplete": "off"}
_TOO_LONG = _("This is more than a day. Please say it in minutes.")


def _chips() -> list[tuple[str, str]]:
    return [(str(minutes), lasting(minutes)) for minutes in MINUTES]


def minutes_of(label: Any, **shown: Any) -> forms.IntegerField:  # noqa: ANN401 - words that are translated later
    """How many minutes something took."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=_A_DAY_OF_MINUTES,
        widget=forms.NumberInput({**_NUMBER, **shown}),
        error_messages={"max_value": _TOO_LONG, "invalid": _("Please write a number of minutes, like 45.")},
    )


def miles_of(label: Any) -> forms.FloatField:  # noqa: ANN401 - words that are translated later
    """How many miles it was."""
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=_FAR,
        widget=forms.NumberInput({**_NUMBER, "inputmode": "decimal", "step": "any"}),
        error_messages={"invalid": _("Please write a number of miles, like 12.5.")},
    )


class EntryForm(forms.Form):
    """What happened. Type first, choose later."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    text = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        strip=True,
        validators=[readable],
    )
    kind = forms.ChoiceField(
        label=_("How"), choices=KINDS, initial=EntryKind.OTHER, required=False, widget=forms.RadioSelect
    )
    minutes = forms.ChoiceField(label=_("How long"), choices=_chips, required=False, widget=forms.RadioSelect)
    minutes_more = minutes_of(_("or minutes"), placeholder=_("min"))
    happened_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty means just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    after_hours = forms.ChoiceField(
        label=_("After hours"),
        choices=[("", _("by the clock")), (YES, _("yes")), (NO, _("no"))],
        required=False,
    )
    who = words(_("Who was there"))
    language = words(_("Language"))
    interpreter = words(_("Interpreter"))
    travel_minutes = minutes_of(_("Minutes on the way"))
    miles = miles_of(_("Miles"))
    of_whom = words(_("Whom did you ask?"))
    what_for = words(_("What for?"))
    asked = forms.ChoiceField(
        label=_("Whose wish was it?"),
        choices=[("", _("not said")), *ASKED.items()],
        required=False,
    )
    answer = words(_("Their answer"))
    hard = forms.CharField(
        label=_("A passage that may be hard to read"),
        required=False,
        max_length=LONGEST_HARD,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        validators=[readable],
    )

    def clean_text(self) -> str:
        """Long enough for anything that happened; all of it stays in the field when it is too long."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST_NOTE:
            raise forms.ValidationError(
                _(
                    "This is longer than one note can be (200,000 signs). Nothing is lost: please save it in parts."
                )
            )
        return text

    def clean_kind(self) -> str:
        """Not chosen means simply a note."""
        return self.cleaned_data["kind"] or EntryKind.OTHER.value

    def clean_happened_at(self) -> Any:  # noqa: ANN401
        """Not chosen means now."""
        return self.cleaned_data["happened_at"] or timezone.now()

    def more(self) -> EntryFacts:
        """What was told beside the words: only what was."""
        told: EntryFacts = {name: self.cleaned_data[name] for name in SAID if self.cleaned_data[name]}  # type: ignore[assignment]
        if minutes := self.cleaned_data["minutes_more"] or int(self.cleaned_data["minutes"] or 0):
            told["minutes"] = minutes
        if self.cleaned_data["travel_minutes"]:
            told["travel_minutes"] = self.cleaned_data["travel_minutes"]
        if self.cleaned_data["miles"]:
            told["miles"] = self.cleaned_data["miles"]
        return told | self._chosen()

    def _chosen(self) -> EntryFacts:
        told: EntryFacts = {}
        if self.cleaned_data["asked"]:
            told["asked"] = self.cleaned_data["asked"]
        if late := self.cleaned_data["after_hours"]:
            told["after_hours"] = late == YES
        return told

    def every_word(self) -> str:
        """All that somebody who opens the file will read."""
        return "\n".join(self.cleaned_data[name] for name in ("text", "hard", *SAID))

    def answers(self) -> dict[str, Any]:
        """Everything about the note, as the verbs take it."""
        plain = {name: self.cleaned_data[name] for name in ("text", "kind", "happened_at", "hard")}
        return {**plain, "more": self.more()}

    @property
    def how_it_went(self) -> list[forms.BoundField]:
        """The small questions about when, who was there and the way."""
        return [self[name] for name in HOW_IT_WENT]

    @property
    def speaking_up(self) -> list[forms.BoundField]:
        """The small questions about asking somebody for something (practice F9)."""
        return [self[name] for name in SPEAKING_UP]

    @property
    def tells_more(self) -> bool:
        """Whether any of the first is answered, or has to be looked at again: then they stand open."""
        return any(field.value() or field.errors for field in self.how_it_went)

    @property
    def tells_hard(self) -> bool:
        """Whether there is a passage that may be hard to read."""
        return bool(self["hard"].value() or self["hard"].errors)


class WriteFirstForm(EntryForm):
    """Writing before choosing whom it is about."""

    case = forms.ChoiceField(label=_("About whom"))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        """Offer the people whose files this person may write in."""
        super().__init__(*args, **options)
        self.fields["case"].choices = [("", _("choose …")), *people]  # type: ignore[attr-defined]


class ChangeEntryForm(EntryForm):
    """Changing one's own note, knowing which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AmendForm(forms.Form):
    """Adding to a note that stays as it was."""

    amendment_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("What do you know now?"),
        max_length=LONGEST_HARD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        validators=[readable],
    )
    answer = words(_("Their answer"))

    def clean(self) -> None:
        """Something has to be said."""
        if not self.errors and not (self.cleaned_data["text"] or self.cleaned_data["answer"]):
            self.add_error("text", _("Please write what should be added."))

    def every_word(self) -> str:
        """All that somebody who opens the file will read."""
        return "\n".join(self.cleaned_data[name] for name in ("text", "answer"))

    def answers(self) -> dict[str, Any]:
        """What is added, as the verb takes it."""
        return {name: self.cleaned_data[name] for name in ("amendment_id", "text", "answer")}
