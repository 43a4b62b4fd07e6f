"""Questions about who is kept away from a file. None asks for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.staff.models import Person, Team

if TYPE_CHECKING:
    from leeward.cases.models import Case

    _PersonChoice = forms.ModelChoiceField[Person]
    _TeamChoice = forms.ModelChoiceField[Team]
else:
    _PersonChoice = _TeamChoice = forms.ModelChoiceField


class WallForm(forms.Form):
    """A wall before a colleague, or before a team."""

    person = _PersonChoice(
        label=_("A colleague"), queryset=Person.objects.none(), required=False, empty_label=_("choose …")
    )
    team = _TeamChoice(
        label=_("Or everybody of a team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("choose …"),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:  # noqa: ANN401
        """Offer everybody who works here, and every team but the one that walks with the participant."""
        super().__init__(*args, **options)
        person, team = self.fields["person"], self.fields["team"]
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(team, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        person.queryset = Person.objects.here().order_by("name")
        team.queryset = Team.objects.filter(everyone=False).exclude(pk=case.team_id)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told = super().clean() or {}
        if not self.errors and bool(told.get("person")) == bool(told.get("team")):
            raise forms.ValidationError(_("Choose a colleague, or a team: one of the two."))
        return told


class WorksHereForm(forms.Form):
    """A participant who works or volunteers here now."""

    colleague = _PersonChoice(
        label=_("Which colleague this is"), queryset=Person.objects.none(), empty_label=_("choose …")
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Offer everybody who works here."""
        super().__init__(*args, **options)
        field = self.fields["colleague"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Person.objects.here().order_by("name")
