"""Questions about a way out: where, by when back, how to be reached. No participant's name is asked for."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.days.forms.dues import line

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Nobody is on the way for longer than this without saying so again.
_LONGEST = timedelta(days=3)


class LaterForm(forms.Form):
    """By when somebody is back now."""

    back_by = forms.DateTimeField(
        label=_("Back by"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_back_by(self) -> datetime:
        """Some time from now on, and not for ever."""
        back_by: datetime = self.cleaned_data["back_by"]
        now = timezone.now()
        if back_by <= now:
            raise forms.ValidationError(
                _("This time has passed. Please say when you will be back from now on.")
            )
        if back_by > now + _LONGEST:
            raise forms.ValidationError(
                _("That is more than three days away. Please choose an earlier time.")
            )
        return back_by


class TripForm(NamesSomebody, LaterForm):
    """A way out, alone or with several people in one van."""

    naming = ("adults",)

    trip_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    team = forms.ChoiceField(label=_("Which team looks out for you"))
    where = line(_("Where to"), _("Your team reads this. No participant’s name, please."))
    how = line(_("How: which car, van, bus"))
    phone = line(_("How to reach you"))
    people = forms.MultipleChoiceField(
        label=_("Who rides along"),
        help_text=_("Each of them gets an appointment of their own, and no file names another’s person."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    adults = line(_("Which other adult rides along"))
    field_order = ["where", "back_by", "how", "phone", "people", "adults", "team", "trip_id"]

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - whatever a form takes
        teams: list[tuple[str, str]],
        people: Iterable[tuple[str, str]],
        **options: Any,  # noqa: ANN401 - the same
    ) -> None:
        """With one team there is nothing to ask."""
        super().__init__(*args, **options)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        if not self.fields["people"].choices:  # type: ignore[attr-defined]
            del self.fields["people"], self.fields["adults"]
        if len(teams) == 1:
            self.fields["team"].initial, self.fields["team"].widget = teams[0][0], forms.HiddenInput()

    def words(self) -> dict[str, str]:
        """What the team reads."""
        return {name: self.cleaned_data.get(name, "") for name in ("where", "how", "phone", "adults")}
