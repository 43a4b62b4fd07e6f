"""Questions about the rota."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.staff.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_WEEKS: Final = 26

if TYPE_CHECKING:
    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField


class ShiftForm(forms.Form):
    """Hours for somebody, once or every week."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    person = _PersonChoice(label=_("Who"), queryset=None, empty_label=_("choose …"))
    day = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=_("From"), initial=time(18), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("To"),
        initial=time(8),
        help_text=_("An earlier hour means the next day."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    weeks = forms.IntegerField(
        label=_("For how many weeks"),
        required=False,
        min_value=1,
        max_value=MOST_WEEKS,
        help_text=_("The same hours every week. Empty means only this once."),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:  # noqa: ANN401
        """Offer those who have the on-call role."""
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = people
        self.fields["day"].initial = timezone.localdate()

    def hours(self) -> list[tuple[datetime, datetime]]:
        """From when until when, on the clock of each week: an hour more or less in a year does not move it."""
        told = self.cleaned_data
        over_night = told["ends"] <= told["begins"]
        days = [told["day"] + timedelta(weeks=week) for week in range(told["weeks"] or 1)]
        at, zone = datetime.combine, timezone.get_current_timezone()
        return [
            (at(day, told["begins"], zone), at(day + timedelta(days=over_night), told["ends"], zone))
            for day in days
        ]


class OfferForm(forms.Form):
    """Whom to ask to take hours over."""

    to = _PersonChoice(
        label=_("Whom would you like to ask?"), queryset=None, empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:  # noqa: ANN401
        """Offer those who have the on-call role on that day."""
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = people
        known = list(people[:2])
        field.initial = known[0].pk if len(known) == 1 else None
