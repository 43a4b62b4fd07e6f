"""Questions for the log of a house."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from leeward.staff.models.rota import HouseWords


class HouseForm(forms.Form):
    """How many are here, and what the next shift should know."""

    note_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    adults = forms.IntegerField(label=_("Adults here"), required=False, min_value=0, max_value=999)
    children = forms.IntegerField(label=_("Children here"), required=False, min_value=0, max_value=999)
    text = forms.CharField(
        label=_("For the next shift"),
        max_length=4000,
        required=False,
        help_text=_(
            "Nobody’s name belongs here. What concerns one participant stands in their own file; "
            "people who live in one house are never named in each other’s."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty means just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """One of the three is enough."""
        told = super().clean() or {}
        empty = told.get("adults") is None and told.get("children") is None and not told.get("text")
        if empty and not self.errors:
            self.add_error("text", _("Please write how many are here, or a few words for the next shift."))
        return told

    def words(self) -> HouseWords:
        """What was said, as it is kept."""
        told = self.cleaned_data
        words: HouseWords = {"at": (told["at"] or timezone.now()).isoformat(), "text": told["text"]}
        if told["adults"] is not None:
            words["adults"] = told["adults"]
        if told["children"] is not None:
            words["children"] = told["children"]
        return words
