"""Questions about what is given. Nothing asks what somebody did for it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.gifts.models import Fund
from leeward.gifts.words import amount, cents_of
from leeward.staff.models import Team

if TYPE_CHECKING:
    from leeward.gifts.words import FundWords, GiftWords

    _FundChoice = forms.ModelChoiceField[Fund]
    _TeamChoice = forms.ModelChoiceField[Team]
else:
    _FundChoice = _TeamChoice = forms.ModelChoiceField


class AmountField(forms.CharField):
    """An amount of money, written as people write it; becomes cents."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        """A text field, because number fields turn a comma away on half of all phones."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 12})
        super().__init__(max_length=20, required=False, widget=widget, **options)

    def clean(self, value: Any) -> int | None:  # noqa: ANN401
        """Read it, or say how to write it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return cents_of(text)
        except ValueError:
            raise forms.ValidationError(
                _("We could not read this amount. Please write it like 20 or 12.50, without words.")
            ) from None


class FundChoice(_FundChoice):
    """Choosing a fund by its name, which only its team can read."""

    def label_from_instance(self, obj: Fund) -> str:
        """The fund, and up to how much one person gives alone."""
        words = obj.words
        if "limit" not in words:
            return words["name"]
        limit = amount(words["limit"], words.get("currency", ""))
        return str(_("%(name)s (up to %(limit)s alone)") % {"name": words["name"], "limit": limit})


class GiveForm(forms.Form):
    """What is given."""

    gift_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    what = forms.CharField(
        label=_("What"),
        max_length=200,
        required=False,
        help_text=_("For example a bus card, groceries, money for a room."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    amount = AmountField(label=_("How much it cost"))
    fund = FundChoice(label=_("Out of which fund"), queryset=None, required=False, empty_label=_("none"))
    receipt = forms.CharField(
        label=_("Receipt"),
        max_length=120,
        required=False,
        help_text=_("Its number, or where it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    why = forms.CharField(
        label=_("What it helps with"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    day = forms.DateField(
        label=_("When"),
        required=False,
        help_text=_("Empty means today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:  # noqa: ANN401
        """Offer the funds of the participant's team; where there is one, it is chosen already."""
        super().__init__(*args, **options)
        funds = Fund.objects.open().filter(team=team).order_by("pk")
        field = self.fields["fund"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = funds
        known = list(funds[:2])
        field.initial = known[0].pk if len(known) == 1 else None
        if not known:
            field.widget = forms.HiddenInput()

    def clean_day(self) -> Any:  # noqa: ANN401
        """Not chosen means today; nothing is given tomorrow."""
        day = self.cleaned_data["day"] or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Write it down on the day itself."))
        return day

    def clean(self) -> dict[str, Any]:
        """Either of the two says what was given."""
        told = super().clean() or {}
        if not self.errors and not told.get("what") and not told.get("amount"):
            self.add_error("what", _("Please write what was given, or how much."))
        return told

    def words(self) -> GiftWords:
        """What was said, as it is kept."""
        told = self.cleaned_data
        words: dict[str, Any] = {name: told[name] for name in ("what", "receipt", "why") if told[name]}
        words["day"] = told["day"].isoformat()
        if told["amount"]:
            words["cents"] = told["amount"]
        return words  # type: ignore[return-value]


class ReceiptForm(forms.Form):
    """Where the receipt is."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    receipt = forms.CharField(
        label=_("Receipt"),
        max_length=120,
        required=False,
        help_text=_("Its number, or where it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FundForm(forms.Form):
    """A fund. It has no conditions but this one: above the limit two people decide."""

    name = forms.CharField(
        label=_("What is it called?"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=5,
        required=False,
        initial="$",
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 5}),
    )
    limit = AmountField(
        label=_("Up to how much one person gives alone"),
        help_text=_("Above it a supervisor agrees first. Empty means: any amount."),
    )

    def words(self) -> FundWords:
        """What was said, as it is kept."""
        told = self.cleaned_data
        words: FundWords = {"name": told["name"], "currency": told["currency"]}
        if told["limit"] is not None:
            words["limit"] = told["limit"]
        return words


class TeamChoice(_TeamChoice):
    """Choosing a team by its name, which only its members can read."""

    def label_from_instance(self, obj: Team) -> str:
        """The team's name."""
        return obj.name


class NewFundForm(FundForm):
    """A new fund, and whose it is."""

    fund_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    team = TeamChoice(label=_("Whose fund is it?"), queryset=None, empty_label=None)
    field_order = ["name", "team", "currency", "limit", "fund_id"]

    def __init__(self, *args: Any, teams: list[Team], **options: Any) -> None:  # noqa: ANN401
        """Offer the teams whose funds this person keeps; with one team there is nothing to ask."""
        super().__init__(*args, **options)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        if len(teams) == 1:
            field.initial, field.widget = teams[0], forms.HiddenInput()


class ChangeFundForm(FundForm):
    """Changing a fund, knowing which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_open = forms.BooleanField(
        label=_("It can be given from"), required=False, help_text=_("What was given stays in the ledger.")
    )
