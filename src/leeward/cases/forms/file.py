"""Questions, in plain language. Only one of them needs an answer: what to call somebody."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.words import AgeBand, EntryKind
from leeward.staff.models import Person, Team

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.cases.models import Entry

#: Longer than any note that a person writes in one go, short enough to open at once on an old phone.
LONGEST_NOTE = 200_000
#: The plain note comes first, because that is what it is when nothing is chosen.
KINDS = sorted(EntryKind.choices, key=lambda kind: kind[0] != EntryKind.OTHER)
LARGEST_PAPER = 20 * 1024 * 1024
#: Types that we recognise by content; everything else is kept and handed out as "some file", never shown.
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"PK\x03\x04": "application/zip",
}


def _readable(text: str) -> str:
    if "\ufffd" in text:
        raise forms.ValidationError(
            _(
                "Some signs could not be read and became “\ufffd”. Please write these words again; "
                "everything else is still here."
            )
        )
    return text


class CardForm(forms.Form):
    """What stands on the card."""

    name = forms.CharField(
        label=_("What should we call them?"),
        max_length=80,
        help_text=_("Any name they like. It may be invented."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    aliases = forms.CharField(
        label=_("Other names they go by"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pronouns = forms.CharField(
        label=_("Pronouns"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.CharField(
        label=_("Languages"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    age_band = forms.ChoiceField(
        label=_("About how old"), required=False, choices=[("", _("not asked")), *AgeBand.choices]
    )

    def clean_name(self) -> str:
        """Nothing unreadable in a name."""
        return _readable(self.cleaned_data["name"])

    def card(self) -> dict[str, Any]:
        """The card's part of the answers."""
        return {
            name: self.cleaned_data[name] for name in ("name", "aliases", "pronouns", "language", "age_band")
        }


if TYPE_CHECKING:
    _TeamChoice = forms.ModelChoiceField[Team]
    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _TeamChoice = _PersonChoice = forms.ModelChoiceField


class TeamChoice(_TeamChoice):
    """Choosing a team by its name, which only its members can read."""

    def label_from_instance(self, obj: Team) -> str:
        """The team's name."""
        return obj.name


class MeetForm(CardForm):
    """Meeting somebody new."""

    case_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    team = TeamChoice(label=_("Which team walks with them"), queryset=None, empty_label=None)
    field_order = ["name", "pronouns", "language", "age_band", "aliases", "team", "case_id"]

    def __init__(self, *args: Any, teams: list[Team], **options: Any) -> None:  # noqa: ANN401
        """Offer the teams in which this person may start a file; with one team there is nothing to ask."""
        super().__init__(*args, **options)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        if len(teams) == 1:
            field.initial, field.widget = teams[0], forms.HiddenInput()


class ChangeCardForm(CardForm):
    """Changing the card, knowing which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class EntryForm(forms.Form):
    """What happened. Type first, choose later."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    text = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        strip=True,
    )
    kind = forms.ChoiceField(
        label=_("How"), choices=KINDS, initial=EntryKind.OTHER, required=False, widget=forms.RadioSelect
    )
    happened_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty means just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_text(self) -> str:
        """Long enough for anything that happened; all of it stays in the field when it is too long."""
        text: str = _readable(self.cleaned_data["text"])
        if len(text) > LONGEST_NOTE:
            raise forms.ValidationError(
                _(
                    "This is longer than one note can be (200,000 signs). Nothing is lost: please save it in parts."
                )
            )
        return text

    def clean_kind(self) -> str:
        """Not chosen means simply a note."""
        return self.cleaned_data["kind"] or EntryKind.OTHER.value

    def clean_happened_at(self) -> Any:  # noqa: ANN401
        """Not chosen means now."""
        return self.cleaned_data["happened_at"] or timezone.now()


class WriteFirstForm(EntryForm):
    """Writing before choosing whom it is about."""

    case = forms.ChoiceField(label=_("About whom"))
    field_order = ["text", "case", "kind", "happened_at", "entry_id", "draft_version"]

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        """Offer the people whose files this person may write in."""
        super().__init__(*args, **options)
        self.fields["case"].choices = [("", _("choose …")), *people]  # type: ignore[attr-defined]


class ChangeEntryForm(EntryForm):
    """Changing one's own note, knowing which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, entry: Entry) -> ChangeEntryForm:
        """The form as the note stands."""
        look = entry.look
        initial = {
            "entry_id": entry.pk,
            "text": entry.text,
            "kind": look.kind,
            "happened_at": look.happened_at,
        }
        return cls(initial={**initial, "version": entry.version})


class PaperForm(forms.Form):
    """Adding a paper. The page around it says what must never be uploaded (practice M6)."""

    paper_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=_("A paper or photograph"),
        help_text=_("Up to 20 MB."),
        error_messages={"empty": _("This file is empty. Please choose another one.")},
    )

    def clean_file(self) -> Any:  # noqa: ANN401
        """Not too large, and with a name that can be shown."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PAPER:
            raise forms.ValidationError(
                _("This file is larger than 20 MB. Please make it smaller or split it.")
            )
        return file


def type_by_content(start: bytes) -> str:
    """What a file is, by its first bytes, whatever its name says."""
    return next(
        (kind for sign, kind in SIGNATURES.items() if start.startswith(sign)), "application/octet-stream"
    )


class ColleagueForm(forms.Form):
    """Choosing a colleague of the participant's team."""

    person = _PersonChoice(label=_("Colleague"), queryset=None, empty_label=_("choose …"))

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:  # noqa: ANN401
        """Offer people who are in the team today."""
        super().__init__(*args, **options)
        from_team = team.memberships.current().values("person")
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Person.objects.here().filter(pk__in=from_team).order_by("name")
