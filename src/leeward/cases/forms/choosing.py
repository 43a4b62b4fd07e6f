"""Choosing people, and one note for several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import words
from leeward.cases.forms.writing import EntryForm

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

#: More than this is a meeting of its own, and no van.
MOST: Final = 30
#: Before a participant's number: the field with what is written in that file only.
APART: Final = "text_"
OUT, OWN_WORDS = "out", "apart"


class OneOfThem(forms.ChoiceField):
    """Somebody on the list, or anybody else who may be chosen: a list shows only some of them."""

    able: Collection[str] = ()

    def valid_value(self, value: object) -> bool:
        """Asked of the rule, not of the list."""
        return value in self.able


class SomeOfThem(forms.MultipleChoiceField):
    """The same for several."""

    able: Collection[str] = ()

    def valid_value(self, value: object) -> bool:
        """Asked of the rule, not of the list."""
        return value in self.able


class BelongsForm(forms.Form):
    """In whose file a note belongs."""

    belongs = OneOfThem(label=_("It belongs to"), widget=forms.RadioSelect)

    def offer(self, people: list[tuple[str, str]], able: Collection[str]) -> None:
        """Offer these people, and take any who may be chosen."""
        offer(self.fields["belongs"], people, able)


class SameNoteForm(EntryForm):
    """One note for several people, each file blind to the others."""

    people = SomeOfThem(
        label=_("About whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose whom it is about.")},
    )
    q = forms.CharField(label=_("Somebody else"), max_length=200, required=False)
    instead = words(_("Instead of a name, write"))
    #: Which words would name somebody in another's file; and what each file may say instead, for each person.
    telling: list[tuple[str, list[str]]]

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Begin with nobody told about."""
        super().__init__(*args, **options)
        self.telling = []

    def offer(self, people: list[tuple[str, str]], able: Collection[str]) -> None:
        """Offer these people, and take any who may be chosen."""
        offer(self.fields["people"], people, able)

    def clean_people(self) -> list[str]:
        """Not more than fit into a van and a half."""
        chosen: list[str] = self.cleaned_data["people"]
        if len(chosen) > MOST:
            raise forms.ValidationError(
                _("Please choose %(n)d people at most, and write the others a second note.") % {"n": MOST}
            )
        return chosen

    def write_apart(self, texts: list[tuple[UUID, str, str]]) -> None:
        """Ask for each file's own words: the number, the name, and what may stand there so far."""
        told = self.data.copy() if self.is_bound else {}  # type: ignore[attr-defined]
        for pk, name, text in texts:
            self.fields[f"{APART}{pk}"] = field = words(name, rows=3)
            field.initial = told[f"{APART}{pk}"] = text
        if self.is_bound:
            self.data = told

    def every_word(self) -> str:
        """All that somebody who opens one of the files will read."""
        return "\n".join([super().every_word(), *(str(field.value() or "") for field in self.apart)])

    @property
    def apart(self) -> list[forms.BoundField]:
        """The fields with each file's own words."""
        return [self[name] for name in self.fields if name.startswith(APART)]


def offer(field: forms.Field, people: list[tuple[str, str]], able: Collection[str]) -> None:
    """Offer these people, and take any who may be chosen."""
    assert isinstance(field, OneOfThem | SomeOfThem)  # noqa: S101 - for the type checker
    field.choices, field.able = people, able
