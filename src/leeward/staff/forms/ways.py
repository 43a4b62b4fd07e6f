"""Questions about how the agency works."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from leeward.staff.models.rota import WaysWords

_TEXTS: Final = (
    "child_line", "child_line_name", "adult_line", "missing_line", "on_call_phone", "front_phone",
    "minors_transport", "first_meeting",
)  # fmt: skip


def _phone(label: Any, help_text: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy words
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )


def _clock(label: Any, help_text: Any = "") -> forms.TimeField:  # noqa: ANN401 - lazy words
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, required=False, widget=widget)


def _text(label: Any, help_text: Any, rows: int) -> forms.CharField:  # noqa: ANN401 - lazy words
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, max_length=6000, required=False, widget=widget)


class WaysForm(forms.Form):
    """How we work. What is left empty is simply not said."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    child_line_name = forms.CharField(
        label=_("Who takes reports about children"),
        max_length=120,
        required=False,
        help_text=_("The office or hotline of your state or country."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    child_line = _phone(_("Their number"))
    report_hours = forms.IntegerField(
        label=_("Within how many hours the law asks for a report"), required=False, min_value=1, max_value=720
    )
    adult_line = _phone(_("Number for reports about adults who cannot protect themselves"))
    missing_line = _phone(_("Number for missing persons"))
    on_call_phone = _phone(_("Our on-call phone"), _("It stands on the rota."))
    front_phone = _phone(_("Phone of the front desk"))
    day_begins = _clock(_("The office opens"))
    day_ends = _clock(_("The office closes"), _("From then on it is night, and somebody should be on call."))
    minors_transport = _text(
        _("Our rule for driving minors"), _("Who agrees, who comes along, what is written down."), 3
    )
    first_meeting = _text(
        _("What we say at a first meeting"),
        _("Who we are, what we can and cannot keep to ourselves, their choices."),
        5,
    )
    checked_on = forms.DateField(
        label=_("When somebody last checked these numbers"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @classmethod
    def initial_of(cls, words: WaysWords) -> dict[str, Any]:
        """The answers as they stand."""
        clocks = {name: words.get(name) for name in ("day_begins", "day_ends")}
        told: dict[str, Any] = {**words}
        told |= {name: time.fromisoformat(str(at)) for name, at in clocks.items() if at}
        if words.get("checked_on"):
            told["checked_on"] = date.fromisoformat(words["checked_on"])
        return told

    def words(self) -> WaysWords:
        """What was said, as it is kept."""
        told = self.cleaned_data
        words: dict[str, Any] = {name: told[name] for name in _TEXTS}
        words["report_hours"] = told["report_hours"]
        words |= {name: f"{told[name]:%H:%M}" for name in ("day_begins", "day_ends") if told[name]}
        words["checked_on"] = told["checked_on"].isoformat() if told["checked_on"] else ""
        return {name: value for name, value in words.items() if value}  # type: ignore[return-value]

    def lines(self, words: WaysWords) -> str:
        """The answers with their questions, to stand beside another version of them."""
        return "\n".join(
            f"{field.label}: {words[name]}"  # type: ignore[literal-required]
            for name, field in self.fields.items()
            if words.get(name)
        )
