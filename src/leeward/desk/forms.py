"""What the desk asks: a note, and what was promised in it."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import words
from leeward.cases.forms.writing import EntryForm, WriteFirstForm
from leeward.days.forms.dues import soon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leeward.staff.pages.own import Phrase


def tomorrow() -> str:
    """The day that a promise is for, unless another is chosen."""
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def _written_out(text: str, phrases: Sequence[Phrase]) -> str:
    """A text in which each "/name" that begins a word is the phrase of that name."""
    known = {phrase.name.casefold(): phrase.text for phrase in phrases}
    if not known or "/" not in text:
        return text
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    sought = re.compile(rf"(?<!\S)/({names})(?!\w)", re.IGNORECASE)
    return sought.sub(lambda found: known[found[1].casefold()], text)


class DayChoice(forms.ChoiceField):
    """One of the next days. A page that was open over midnight still means the day that it showed."""

    def valid_value(self, value: object) -> bool:
        """Any day will do."""
        try:
            return bool(date.fromisoformat(str(value)))
        except ValueError:
            return False


class WriteForm(EntryForm):
    """What happened, and what I promised in it (practice B1)."""

    promise_text = words(_("I will …"))
    promise_by = DayChoice(
        label=_("by"), choices=soon, initial=tomorrow, required=False, widget=forms.RadioSelect
    )
    promise_day = forms.DateField(
        label=_("or by another day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    #: The writer's own, by their short names.
    phrases: Sequence[Phrase] = ()

    def __init__(self, *args: Any, phrases: Sequence[Phrase] = (), **options: Any) -> None:  # noqa: ANN401
        """Know the writer's phrases."""
        super().__init__(*args, **options)
        self.phrases = phrases
        self.fields["promise_text"].widget.attrs["placeholder"] = _("check the form, call the school …")

    def clean_text(self) -> str:
        """With "/name" written out as the phrase of that name."""
        self.cleaned_data["text"] = _written_out(self.cleaned_data["text"], self.phrases)
        return super().clean_text()

    def clean_promise_day(self) -> date | None:
        """A day that is still to come."""
        day: date | None = self.cleaned_data["promise_day"] or self._chosen_day()
        if day and day < timezone.localdate() and self.cleaned_data.get("promise_text"):
            raise forms.ValidationError(_("This day has passed. Please choose today or a later one."))
        return day

    def _chosen_day(self) -> date:
        return date.fromisoformat(self.cleaned_data.get("promise_by") or tomorrow())

    def every_word(self) -> str:
        """All that somebody who opens the file will read, the promise too."""
        return f"{super().every_word()}\n{self.cleaned_data['promise_text']}"

    def promise(self) -> tuple[str, date] | None:
        """What was promised and by when, if anything was."""
        text = self.cleaned_data["promise_text"]
        return (text, self.cleaned_data["promise_day"]) if text else None


class WriteFirst(WriteForm, WriteFirstForm):
    """The same, before choosing whom it is about."""


class KeepViewForm(forms.Form):
    """Keeping a way to look at one's people under a name of one's own."""

    view_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    #: The end of an address: codes only, read again before it is kept.
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    name = words(_("Name of this view"), required=True)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """A name that fits on a button."""
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs |= {"placeholder": _("Monday round"), "maxlength": 40}
