"""Questions about who walks with somebody, here and at other agencies, and what is whose."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.cases.forms.rows import RowForm, day, one_of, words
from leeward.continuity.words import ComponentKind, ComponentState
from leeward.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField


class PersonForm(forms.Form):
    """Choosing a colleague among some."""

    person = _PersonChoice(label=_("Colleague"), queryset=None, empty_label=_("choose …"))

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:  # noqa: ANN401
        """Offer these people, by name."""
        super().__init__(*args, **options)
        offer(self.fields["person"], people)


def offer(field: forms.Field, people: Iterable[Person]) -> None:
    """Let a field choose among these people."""
    found = Person.objects.get_queryset().filter(pk__in=[person.pk for person in people])
    field.queryset = found.order_by("name")  # type: ignore[attr-defined]  # a choice of rows


class AskForm(PersonForm):
    """Asking a colleague to walk with somebody from now on."""

    hand_over_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    why = words(_("A word about why"), _("Only those who can open this file read it."))


class OfferForm(forms.Form):
    """Asking another team."""

    hand_over_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    team = forms.ChoiceField(label=_("Which team"))
    why = words(
        _("A word about why"), _("It stays here. The other team learns only that you ask, and since when.")
    )

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        """Offer the other teams, with who leads them."""
        super().__init__(*args, **options)
        self.fields["team"].choices = [("", _("choose …")), *teams]  # type: ignore[attr-defined]


class DoingForm(forms.Form):
    """What each colleague does for somebody, so that two do not do the same."""

    def __init__(self, *args: Any, people: Iterable[Person], does: dict[UUID, str], **options: Any) -> None:  # noqa: ANN401
        """One question for each who walks along, which knows what stood there when it was asked."""
        super().__init__(*args, **options)
        for person in people:
            stands = does.get(person.pk, "")
            self.fields[f"does_{person.pk}"] = words(person.name, rows=2)
            self.fields[f"was_{person.pk}"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial.update({f"does_{person.pk}": stands, f"was_{person.pk}": stands})

    def changed(self) -> dict[UUID, tuple[str, str]]:
        """Of whom something else was typed: what stood there, and what should."""
        answers = self.cleaned_data
        pairs = {
            UUID(name.removeprefix("was_")): (answers[name], answers[name.replace("was_", "does_")])
            for name in answers
            if name.startswith("was_")
        }
        return {person: (was, does) for person, (was, does) in pairs.items() if was != does}


class ComponentForm(NamesSomebody, RowForm):
    """Whose one part of the case is now."""

    naming = ("who", "contact")

    kind = forms.ChoiceField(choices=ComponentKind.choices, widget=forms.HiddenInput)
    title = words(_("What is it?"))
    state = one_of(_("Whose is it now?"), list(ComponentState.choices))
    who = words(_("Who sees to it, or to whom it was handed"))
    contact = words(_("How to reach them"))
    note = words(_("What matters about it"), rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Only "something else" needs a name of its own."""
        super().__init__(*args, **options)
        if self["kind"].value() != ComponentKind.OTHER:
            self.fields["title"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """What was handed over was handed to somebody."""
        answers = super().clean()
        if answers.get("state") == ComponentState.HANDED and not answers.get("who"):
            self.add_error("who", _("To whom was it handed? A name or an agency is enough."))
        if answers.get("kind") == ComponentKind.OTHER and not answers.get("title"):
            self.add_error("title", _("A few words say what it is."))
        return answers


class OutsideForm(NamesSomebody, RowForm):
    """Somebody of another agency who walks along."""

    naming = ("name", "phone")

    name = words(_("Their name"), required=True)
    agency = words(_("Agency"))
    role = words(_("What they are"), _("Attorney, detective, school counselor, case manager …"))
    phone = words(_("How we reach them"))
    contact = forms.BooleanField(
        label=_("They are our contact at this agency"),
        required=False,
        help_text=_("One name for each agency."),
    )
    central = forms.BooleanField(
        label=_("They are the central case manager across agencies"),
        required=False,
        help_text=_("There is one. If nobody outside is, it is our primary worker."),
    )
    may_know = words(_("What they may know"), rows=2)
    basis = words(
        _("On what basis"), _("A release and until when, a court order, the participant was there.")
    )
    does = words(_("What they do"), rows=2)
    does_not = words(_("What they do not do"), rows=2)
    until = day(_("Until"), _("After this day they stand under “before”."))
