"""Questions on the way of a hand-over, at the end, when somebody comes back, and when somebody died."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import FactsForm, day, words
from leeward.continuity.forms.people import PersonForm
from leeward.continuity.words import EndingReason

if TYPE_CHECKING:
    from leeward.continuity.words import EndingWords

YES, NO = "yes", "no"


class PathForm(FactsForm):
    """What is prepared together before somebody new walks with a participant."""

    meeting_on = day(_("When all three of you meet"))
    met = forms.BooleanField(label=_("We met"), required=False)
    wish = words(_("What they want the next person to know"), _("In their own words."), rows=4)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, required=False
    )
    letter = words(_("The letter"), _("Change it until it sounds like you."), rows=10)
    given = forms.BooleanField(label=_("They have the letter"), required=False)
    overlap_until = day(
        _("Both walk along until"), _("After this day one of you does. Empty means no overlap.")
    )


class CloseForm(forms.Form):
    """Closing together."""

    ending_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    reason = forms.ChoiceField(
        label=_("Why do we part?"), choices=EndingReason.choices, widget=forms.RadioSelect
    )
    view = words(
        _("What they say about it"),
        _("In their own words: what helped, what did not, what comes now."),
        rows=4,
    )
    because = words(
        _("Their choice, because …"),
        _("Only if something is still open and they want to close all the same."),
        rows=2,
    )
    follow_ups = forms.ChoiceField(
        label=_("May we look in after 30, 90 and 180 days?"),
        choices=[(YES, _("Yes, please ask how things are")), (NO, _("No, thank you"))],
        widget=forms.RadioSelect,
    )
    way_back = words(
        _("The way back in"),
        _("What you told them: whom to call, and that nothing has to be told twice."),
        rows=3,
    )

    def told(self) -> EndingWords:
        """The answers as they are kept."""
        answers = self.cleaned_data
        told: EndingWords = {"reason": answers["reason"], "follow_ups": answers["follow_ups"] == YES}
        for name in ("view", "because", "way_back"):
            if answers[name]:
                told[name] = answers[name]
        return told


class ReopenForm(PersonForm):
    """Somebody comes back: who walks with them."""


class RestForm(forms.Form):
    """Somebody died."""

    ending_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    on = day(_("On which day"), _("About is good enough. Empty if you do not know."))
    told_by = words(_("How we know"))
    view = words(_("What you would like to keep of them"), rows=4)

    def clean_on(self) -> date | None:
        """Not a day that is still to come."""
        on: date | None = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Please look again, or leave it empty."))
        return on

    def told(self) -> EndingWords:
        """The answers as they are kept."""
        answers = self.cleaned_data
        told: EndingWords = {"on": answers["on"].isoformat() if answers["on"] else ""}
        for name in ("told_by", "view"):
            if answers[name]:
                told[name] = answers[name]
        return told
