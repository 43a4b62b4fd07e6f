"""Questions about what the agency was taught about a community."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from leeward.staff.models.rota import CommunityWords

_TEXTS: Final = ("about", "text", "source")
_DAYS: Final = ("learnt_on", "checked_on")


def _line(label: Any, help_text: Any, **options: Any) -> forms.CharField:  # noqa: ANN401 - lazy words
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, max_length=200, widget=widget, **options)


def _day(label: Any, **options: Any) -> forms.DateField:  # noqa: ANN401 - lazy words
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class CommunityForm(forms.Form):
    """What we were taught, by whom, and when somebody last asked whether it is still so."""

    note_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    about = _line(
        _("A language, culture, Nation or faith"),
        _("As people call it themselves; with a comma between several names of the same."),
    )
    text = forms.CharField(
        label=_("What we learnt"),
        max_length=4000,
        help_text=_(
            "What to ask, and how to be a good guest. Nothing about any participant: everybody here reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    source = _line(
        _("Who taught us"),
        _("A training, a cultural adviser, an elder: as they wish to be named."),
    )
    learnt_on = _day(_("When"), initial=date.today)
    checked_on = _day(_("When somebody last asked whether it is still so"), required=False)

    @classmethod
    def initial_of(cls, words: CommunityWords) -> dict[str, Any]:
        """The answers as they stand."""
        return {**words, **{name: date.fromisoformat(words[name]) for name in _DAYS if words.get(name)}}

    def words(self) -> CommunityWords:
        """What was said, as it is kept."""
        told = self.cleaned_data
        words = {name: told[name] for name in _TEXTS}
        words |= {name: told[name].isoformat() for name in _DAYS if told[name]}
        return words  # type: ignore[return-value]

    def lines(self, words: CommunityWords) -> str:
        """The answers with their questions, to stand beside another version of them."""
        return "\n".join(
            f"{field.label}: {words[name]}"  # type: ignore[literal-required]
            for name, field in self.fields.items()
            if words.get(name)
        )
