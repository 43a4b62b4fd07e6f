"""What the questions about a person have in common: nothing needs an answer, and what was typed is never lost."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.utils.functional import _StrPromise

    type Words = str | _StrPromise

#: Longer than anybody says about one thing, short enough to open at once.
LONGEST = 4000
NOT_ASKED = _("not asked")
#: Fields of a form that are no answers.
_NOT_ANSWERS = frozenset({"row_id", "version"})


def readable(text: str) -> None:
    """Say which words could not be read, instead of keeping what nobody wrote."""
    if "\ufffd" in text:
        raise forms.ValidationError(
            _(
                "Some signs could not be read and became “\ufffd”. Please write these words again; "
                "everything else is still here."
            )
        )


def words(label: Words, help_text: Words = "", *, rows: int = 0, required: bool = False) -> forms.CharField:
    """A question that is answered in words, on one line or on several."""
    attributes: dict[str, Any] = {"autocomplete": "off"}
    widget = forms.Textarea({**attributes, "rows": rows}) if rows else forms.TextInput(attributes)
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=widget,
        validators=[readable],
    )


def day(label: Words, help_text: Words = "") -> forms.DateField:
    """A question that is answered with a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


def one_of(
    label: Words, choices: list[tuple[str, Any]], help_text: Words = "", *, unasked: Words = NOT_ASKED
) -> forms.ChoiceField:
    """A question with a few answers, of which none need be given."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("", unasked), *choices],
        widget=forms.RadioSelect,
    )


class FactsForm(forms.Form):
    """Some things about somebody, and which version of them was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    def clean_version(self) -> int:
        """A page that knows no version knows the one before the first."""
        return self.cleaned_data["version"] or 0

    def facts(self) -> dict[str, Any]:
        """Every answer as it is kept; what was left empty is empty."""
        answers = {name: value for name, value in self.cleaned_data.items() if name not in _NOT_ANSWERS}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()
        }

    def again(self, version: int) -> None:
        """Go on from the version that somebody else saved meanwhile, with what was typed here still in place."""
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]


class RowForm(FactsForm):
    """One row of a file. Its number is made with the page, so that a double click is one row."""

    row_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    @classmethod
    def of(cls, pk: UUID, facts: Mapping[str, Any], **options: Any) -> Self:  # noqa: ANN401 - whatever the form takes
        """The form as the row stands."""
        return cls(initial={"version": 1, **facts, "row_id": pk}, **options)
