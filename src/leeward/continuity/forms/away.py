"""Questions about time off, and about those somebody walked with when they leave."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.continuity.forms.people import offer
from leeward.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leeward.cases.pages.wishes import Suggestion

    #: For each file: its name, who could carry it, and who comes first among them.
    type Choices = dict[UUID, tuple[str, list[Person], Person | None]]
    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField


def _day(label: Any) -> forms.DateField:  # noqa: ANN401 - words that are translated late
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AwayForm(forms.Form):
    """Days off, and who covers."""

    absence_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    person = _PersonChoice(label=_("Who is away"), queryset=None, empty_label=None)
    since = _day(_("First day"))
    until = _day(_("Last day"))
    cover = _PersonChoice(
        label=_("Who covers"),
        queryset=None,
        required=False,
        empty_label=_("nobody yet: each person’s backup stands in"),
    )

    def __init__(self, *args: Any, whose: list[Person], covers: list[Person], **options: Any) -> None:  # noqa: ANN401
        """Offer those for whom this person may say so; with one alone there is nothing to ask."""
        super().__init__(*args, **options)
        offer(self.fields["person"], whose)
        offer(self.fields["cover"], covers)
        self.fields["person"].initial = whose[0]
        if len(whose) == 1:
            self.fields["person"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and nobody covers for themselves."""
        answers = self.cleaned_data
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first. Please look again."))
        if answers.get("cover") and answers.get("cover") == answers.get("person"):
            self.add_error("cover", _("Somebody else has to cover. Please choose a colleague."))
        return answers


class InterimForm(forms.Form):
    """Who walks with each of them for now, when one worker is gone."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        choices: Choices,
        mind: Mapping[UUID, Sequence[Suggestion]],
        **options: Any,  # noqa: ANN401
    ) -> None:
        """One question for each file, with who comes to mind; and where there are several, one for all of them."""
        super().__init__(*args, **options)
        shared = _shared([able for _name, able, _first in choices.values()])
        if len(choices) > 1 and shared:
            everybody = [("", _("as said below")), *((str(person.pk), person.name) for person in shared)]
            self.fields["everybody"] = forms.ChoiceField(
                label=_("All of them with"), choices=everybody, required=False
            )
        for case, (name, able, first) in choices.items():
            self.fields[f"with_{case}"] = forms.ChoiceField(
                label=name,
                choices=[(str(person.pk), person.name) for person in able],
                initial=str(first.pk) if first else None,
                help_text="; ".join(str(each) for each in mind.get(case, ())),
            )

    def cases(self) -> list[forms.BoundField]:
        """The questions for single files."""
        return [self[name] for name in self.fields if name.startswith("with_")]

    def chosen(self) -> dict[UUID, UUID]:
        """Who for which file."""
        answers = self.cleaned_data
        everybody = answers.get("everybody", "")
        return {
            UUID(name.removeprefix("with_")): UUID(everybody or person)
            for name, person in answers.items()
            if name.startswith("with_")
        }


def _shared(able: list[list[Person]]) -> list[Person]:
    """Those who could step in for every one of these files."""
    first, *others = able or [[]]
    return [person for person in first if all(person in people for people in others)]
