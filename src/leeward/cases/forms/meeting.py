"""Questions when we meet somebody. One needs an answer: what to call them. Nothing asks what happened to them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.cases import doubles
from leeward.cases.forms.file import CardForm
from leeward.cases.forms.rows import day, readable, words
from leeward.cases.words import EntryKind
from leeward.cases.words.guide import GUIDE
from leeward.staff.models import Team

if TYPE_CHECKING:
    from collections.abc import Iterable

    _TeamChoice = forms.ModelChoiceField[Team]
else:
    _TeamChoice = forms.ModelChoiceField

#: A first note is a few lines; a longer one is written on their page.
LONGEST_FIRST_NOTE: Final = 20_000
MOST_AT_ONCE: Final = 40
_A_NAME: Final = 80
_OLDEST: Final = timedelta(days=130 * 365)


class TeamChoice(_TeamChoice):
    """Choosing a team by its name, which only its members can read."""

    def label_from_instance(self, obj: Team) -> str:
        """The team's name."""
        return obj.name


def _note(label: Any) -> forms.CharField:  # noqa: ANN401 - a translated word
    too_long = _(
        "This is longer than a first note can be. Nothing is lost: save a part, and the rest on their page."
    )
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_FIRST_NOTE,
        validators=[readable],
        error_messages={"max_length": too_long},
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class InATeam(forms.Form):
    """Whatever begins in a team: with one team there is nothing to ask."""

    team = TeamChoice(label=_("Which team walks with them"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, teams: list[Team], **options: Any) -> None:  # noqa: ANN401
        """Offer these teams."""
        super().__init__(*args, **options)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        if len(teams) == 1:
            field.initial, field.widget = teams[0], forms.HiddenInput()


class _LooksFirst(InATeam):
    """Names are looked for among people we know before a file begins; `sure` says that this was done for them."""

    def names(self) -> list[str]:
        """The names to look for."""
        raise NotImplementedError

    def mark(self) -> str:
        """What was looked for, so that other names are looked for again."""
        number = self.cleaned_data.get("number", "")
        return sha256("\n".join([*self.names(), number]).encode()).hexdigest()[:16]

    def is_sure(self) -> bool:
        """Whether the worker has seen who it might be, and says that it is somebody else."""
        return bool(self.data.get("sure") == self.mark())


class MeetForm(CardForm, _LooksFirst):
    """Meeting somebody new."""

    case_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    note = _note(_("What happened?"))
    kind = forms.ChoiceField(
        label=_("How did you meet?"),
        required=False,
        choices=[
            (EntryKind.OTHER.value, _("not said")),
            *(
                (kind.value, kind.label)
                for kind in (EntryKind.VISIT, EntryKind.CALL, EntryKind.TEXT, EntryKind.PARTNER)
            ),
        ],
    )
    number = words(_("A number that is safe to call"))
    legal_name = words(_("Their name in law"))
    born_on = day(_("Day of birth"))

    def __init__(self, *args: Any, teams: list[Team], law: bool = True, **options: Any) -> None:  # noqa: ANN401
        """Ask for what the law knows only where this person could read it again."""
        super().__init__(*args, teams=teams, **options)
        self.fields["number"].widget.attrs |= {"inputmode": "tel"}
        self.fields["name"].widget.attrs |= {"autofocus": not self.is_bound}
        for name in () if law else ("legal_name", "born_on"):
            del self.fields[name]

    def clean_number(self) -> str:
        """Short enough for a number, with a word beside it."""
        number: str = self.cleaned_data["number"]
        if len(number) > _A_NAME:
            raise forms.ValidationError(
                _("This is too long for a number. Please write more about it in the note.")
            )
        return number

    def clean_legal_name(self) -> str:
        """Short enough for a name."""
        name: str = self.cleaned_data["legal_name"]
        if len(name) > 2 * _A_NAME:
            raise forms.ValidationError(_("This is too long for a name. Please shorten it."))
        return name

    def clean_born_on(self) -> Any:  # noqa: ANN401
        """A day on which somebody alive can have been born."""
        born, today = self.cleaned_data["born_on"], timezone.localdate()
        if born and not today - _OLDEST < born <= today:
            raise forms.ValidationError(
                _("Please look at this day again: it is too long ago, or still to come.")
            )
        return born

    def clean_kind(self) -> str:
        """Not chosen means simply a note."""
        return self.cleaned_data["kind"] or EntryKind.OTHER.value

    def names(self) -> list[str]:
        """Every name that was told."""
        told = (self.cleaned_data.get(name, "") for name in ("name", "aliases", "legal_name"))
        return doubles.names_in(*told)

    def told_some(self) -> bool:
        """Whether something is behind "if they like to say", or to be looked at there again."""
        return self._is_told("pronouns", "language", "age_band", "aliases")

    def told_more(self) -> bool:
        """Whether something is behind "they already told me more"."""
        return self._is_told("number", "legal_name", "born_on")

    def _is_told(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)


class GroupForm(_LooksFirst):
    """Meeting several people who came together."""

    group_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    count = forms.IntegerField(
        label=_("How many people?"),
        min_value=2,
        max_value=MOST_AT_ONCE,
        error_messages={
            "max_value": _("Up to 40 people at once. For more, please save the first 40 and begin again.")
        },
    )
    called = forms.CharField(
        label=_("What should we call them?"),
        help_text=_("One name on each line. Whoever has not said a name yet gets one that is invented."),
        required=False,
        max_length=MOST_AT_ONCE * (_A_NAME + 2),
        validators=[readable],
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    note = _note(_("What happened? This note is written for each of them."))
    tie = forms.BooleanField(
        label=_("Keep in each file that they came together"),
        help_text=_("Only how many there were. No file names anybody else."),
        required=False,
    )
    field_order = ("count", "called", "note", "tie", "team", "group_id")

    def clean_called(self) -> list[str]:
        """One name on each line."""
        names = [name.strip() for name in self.cleaned_data["called"].splitlines() if name.strip()]
        if any(len(name) > _A_NAME for name in names):
            raise forms.ValidationError(
                _("One of these lines is too long for a name. Please write one name on each.")
            )
        return names

    def clean(self) -> dict[str, Any]:
        """More names than people is a slip that somebody should look at."""
        found = super().clean() or self.cleaned_data
        named, count = len(found.get("called") or ()), found.get("count")
        if count and named > count:
            self.add_error(
                "count",
                gettext(
                    "There are %(named)s names for %(count)s people. Please look which of the two is right."
                )
                % {"named": named, "count": count},
            )
        return found

    def names(self) -> list[str]:
        """The names that were typed."""
        return list(self.cleaned_data.get("called") or ())


class PassingForm(InATeam):
    """A contact with somebody who may never come back. Nothing needs an answer: one person, just now."""

    passing_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    people = forms.IntegerField(
        label=_("With how many people?"), min_value=1, max_value=500, initial=1, required=False
    )
    where = words(_("Where about?"), _("As vague as is safe: a part of town, a kind of place."))
    gave = words(_("What did they take along?"), _("Food, a blanket, a card with the number."))
    text = words(_("A few words"), _("No names, nothing that finds them."), rows=2)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=1440, required=False)
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Empty means just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    field_order = ("people", "where", "gave", "text", "minutes", "at", "team", "passing_id")

    def __init__(self, *args: Any, teams: list[Team], **options: Any) -> None:  # noqa: ANN401
        """Say what the team counts."""
        super().__init__(*args, teams=teams, **options)
        self.fields["team"].label = _("Counted for")

    def clean_at(self) -> Any:  # noqa: ANN401
        """Not said means now; what is still to come was not yet met."""
        at, now = self.cleaned_data["at"] or timezone.now(), timezone.now()
        if at > now + timedelta(minutes=5):
            raise forms.ValidationError(_("This is still to come. Please write down when it was."))
        return min(at, now)


class IntroductionForm(forms.Form):
    """What was talked about at a first meeting."""

    said = forms.MultipleChoiceField(
        label=_("We talked about"),
        required=False,
        choices=[(part.key, part.title) for part in GUIDE],
        widget=forms.CheckboxSelectMultiple,
    )
    language = words(_("In which language?"))
    more = words(
        _("Anything to remember"), _("For example who interpreted, or what to come back to."), rows=2
    )


class OtherFileForm(forms.Form):
    """Looking for the other file of the same person."""

    name = forms.CharField(
        label=_("A name in the other file"),
        max_length=_A_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        validators=[readable],
    )


def languages() -> Iterable[tuple[str, str]]:
    """The languages that the guide can be printed in, each by its own name."""
    own = {"en": "English", "es": "Español", "fr": "Français"}
    return [(code, own.get(code, str(name))) for code, name in settings.LANGUAGES]
