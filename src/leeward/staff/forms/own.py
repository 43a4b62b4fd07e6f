"""Questions about oneself, and phrases of one's own. Nothing here has to be answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from leeward.staff.models.rota import AboutWords


class AboutForm(forms.Form):
    """What somebody chooses to say about themselves (practices H2, H6)."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    languages = forms.CharField(
        label=_("Languages I speak"),
        max_length=200,
        required=False,
        help_text=_("With a comma between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    gender = forms.CharField(
        label=_("Gender"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    culture = forms.CharField(
        label=_("Culture, Nation or where I am from"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    faith = forms.CharField(
        label=_("Faith"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    more = forms.CharField(
        label=_("Anything else a participant might wish to know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def words(self) -> AboutWords:
        """What was said; what was left empty is not kept."""
        told = self.cleaned_data
        languages = [one.strip() for one in told["languages"].replace(";", ",").split(",")]
        words: dict[str, Any] = {name: told[name] for name in ("gender", "culture", "faith", "more")}
        words["languages"] = list(dict.fromkeys(one for one in languages if one))
        return {name: value for name, value in words.items() if value}  # type: ignore[return-value]

    @staticmethod
    def lines(words: AboutWords) -> str:
        """What was said as lines of text, to stand beside another version of it."""
        told = (
            ", ".join(words.get("languages", [])),
            *(words.get(name, "") for name in ("gender", "culture", "faith", "more")),
        )
        return "\n".join(str(line) for line in told if line)


class PhraseForm(forms.Form):
    """A phrase and the short name that it is found by."""

    phrase_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        help_text=_("As short as you like: it is what you choose it by."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("The words"),
        max_length=2000,
        help_text=_("No names, and nothing about one participant: phrases are for many."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
