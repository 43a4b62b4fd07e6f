"""Questions, in plain language. Only one of them needs an answer: what to call somebody."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.words import AgeBand
from leeward.staff.models import Person

LARGEST_PAPER = 20 * 1024 * 1024
#: Types that we recognise by content; everything else is kept and handed out as "some file", never shown.
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"PK\x03\x04": "application/zip",
}


def _readable(text: str) -> str:
    if "\ufffd" in text:
        raise forms.ValidationError(
            _(
                "Some signs could not be read and became “\ufffd”. Please write these words again; "
                "everything else is still here."
            )
        )
    return text


class CardForm(forms.Form):
    """What stands on the card."""

    name = forms.CharField(
        label=_("What should we call them?"),
        max_length=80,
        help_text=_("Any name they like. It may be invented."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    aliases = forms.CharField(
        label=_("Other names they go by"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.CharField(
        label=_("Languages"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    age_band = forms.ChoiceField(
        label=_("About how old"), required=False, choices=[("", _("not asked")), *AgeBand.choices]
    )

    def clean_name(self) -> str:
        """Nothing unreadable in a name."""
        return _readable(self.cleaned_data["name"])

    def card(self) -> dict[str, Any]:
        """The card's part of the answers."""
        return {
            name: self.cleaned_data[name] for name in ("name", "aliases", "pronouns", "language", "age_band")
        }


if TYPE_CHECKING:
    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField


class ChangeCardForm(CardForm):
    """Changing the card, knowing which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """Adding a paper. The page around it says what must never be uploaded (practice M6)."""

    paper_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=_("A paper or photograph"),
        help_text=_("Up to 20 MB."),
        error_messages={"empty": _("This file is empty. Please choose another one.")},
    )

    def clean_file(self) -> Any:  # noqa: ANN401
        """Not too large, and with a name that can be shown."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PAPER:
            raise forms.ValidationError(
                _("This file is larger than 20 MB. Please make it smaller or split it.")
            )
        return file


def type_by_content(start: bytes) -> str:
    """What a file is, by its first bytes, whatever its name says."""
    return next(
        (kind for sign, kind in SIGNATURES.items() if start.startswith(sign)), "application/octet-stream"
    )
