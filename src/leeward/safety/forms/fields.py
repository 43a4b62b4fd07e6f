"""Fields that these questions share."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

#: As long as anybody writes on a phone at night, and short enough to open at once.
LONGEST = 20_000
_YEARS = range(2000, 2101)


class Words(forms.CharField):
    """A few words or a page of them; it may stay empty."""

    def __init__(self, label: Any, *, rows: int = 2, help_text: Any = "", required: bool = False) -> None:  # noqa: ANN401 - lazy words
        """A place to write, `rows` lines high to begin with."""
        area = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=required, max_length=LONGEST, widget=area)


class Short(forms.CharField):
    """One line, which may stay empty."""

    def __init__(self, label: Any, *, help_text: Any = "") -> None:  # noqa: ANN401 - lazy words
        """A line to write on."""
        line = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(label=label, help_text=help_text, required=False, max_length=300, widget=line)


class Moment(forms.DateTimeField):
    """A day and a time, which may stay empty."""

    def __init__(self, label: Any, *, help_text: Any = "") -> None:  # noqa: ANN401 - lazy words
        """Ask when something was."""
        clock = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, help_text=help_text, required=False, widget=clock)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401 - whatever was sent
        """A slip in the year is asked about; no calendar here reaches that far."""
        when: datetime | None = super().to_python(value)
        if when is not None and when.year not in _YEARS:
            raise forms.ValidationError(_("Please look at the year again."))
        return when


class OneOf(forms.ChoiceField):
    """One of a few answers, or none."""

    def __init__(self, label: Any, choices: Any, *, help_text: Any = "") -> None:  # noqa: ANN401 - lazy words
        """Show the answers as chips."""
        super().__init__(
            label=label, choices=choices, help_text=help_text, required=False, widget=forms.RadioSelect
        )


def fresh_id() -> forms.UUIDField:
    """A number made with the page: the same form sent twice is one thing."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def told(answers: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Only what was answered, times as sealed words keep them."""
    found = {name: answers[name] for name in names if answers.get(name)}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found.items()
    }
