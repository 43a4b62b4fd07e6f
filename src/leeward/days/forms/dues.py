"""Questions about a promise, a to-do, and about how something went."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import readable
from leeward.staff.models import Person
from leeward.ui import moments

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import _StrPromise

    from leeward.staff.models import Team

    type Words = str | _StrPromise

    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField

#: One line says what is due; how it went may take more.
LONGEST_LINE = 300
#: Days from now that something is mostly for; any other day is chosen in the calendar.
SOON: Final = (0, 1, 2, 3, 7)


def line(label: Words, help_text: Words = "", *, required: bool = False) -> forms.CharField:
    """A question that is answered on one line."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_LINE,
        widget=forms.TextInput({"autocomplete": "off"}),
        validators=[readable],
    )


def a_day(label: Words) -> forms.DateField:
    """A question that must be answered with a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def a_time(label: Words, help_text: Words = "") -> forms.TimeField:
    """A question that may be answered with a time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, required=False, widget=widget)


def soon() -> list[tuple[str, str]]:
    """The next days, each with its word."""
    days = [timezone.localdate() + timedelta(days=ahead) for ahead in SOON]
    return [
        *((day.isoformat(), moments.day(day)) for day in days[:-1]),
        (days[-1].isoformat(), gettext("in a week")),
    ]


def clock(value: time | None) -> str:
    """A time of day as it is kept: "14:30", or nothing."""
    return value.strftime("%H:%M") if value else ""


class OwnerChoice(_PersonChoice):
    """Who sees to it: somebody of the participant's team. Nobody chosen means myself."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - whatever a field takes
        """The team is known when the form is made."""
        label, me = _("Who sees to it"), _("I do")
        super().__init__(queryset=None, label=label, required=False, empty_label=me, **options)

    def offer(self, team: Team, me: UUID, now: UUID | None) -> None:
        """Offer those who are in the team today, and whoever sees to it now, by name."""
        here = team.memberships.current().values("person")
        offered = Person.objects.here().filter(Q(pk__in=here) | Q(pk__in=[now] if now else []))
        self.queryset = offered.exclude(pk=me).order_by("name")


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whom a form may offer: colleagues of a team, the reader, and whoever sees to it now."""

    team: Team
    me: UUID
    now: UUID | None = None


class DueForm(forms.Form):
    """Something for a day. Its number is made with the page, so that a double click is one row."""

    due_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, whose: Whose | None = None, **options: Any) -> None:  # noqa: ANN401
        """Offer the colleagues who may see to it."""
        super().__init__(*args, **options)
        field = self.fields.get("owner")
        if isinstance(field, OwnerChoice) and whose:
            field.offer(whose.team, whose.me, whose.now)
        # One tap less: whoever opens the page begins with the words.
        if "text" in self.fields and not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True

    def soon(self) -> list[tuple[str, str]]:
        """Days that are a tap away."""
        return soon()

    def said(self) -> dict[str, Any]:
        """The answers as the verbs take them."""
        given = {
            name: value for name, value in self.cleaned_data.items() if name not in {"due_id", "version"}
        }
        return {**given, "at": clock(given.get("at"))}


class PromiseForm(DueForm):
    """A promise to the participant."""

    text = line(_("What do you promise?"), _("As you said it: “I will call the school.”"), required=True)
    day = a_day(_("By when"))
    at = a_time(_("Time"))
    owner = OwnerChoice()


class TodoForm(DueForm):
    """Something to do, or a deadline."""

    text = line(_("What is to be done?"), required=True)
    day = a_day(_("By when"))
    at = a_time(_("Time"))
    legal = forms.BooleanField(
        label=_("A law or a court sets this day"),
        help_text=_("A filing, an answer, an appeal: it stands apart from everything else."),
        required=False,
    )
    owner = OwnerChoice()


class RewordForm(DueForm):
    """Other words for what was promised or is to be done. Another day is a move, with a word to the participant."""

    text = line(_("In which words"), required=True)
    legal = forms.BooleanField(label=_("A law or a court sets this day"), required=False)
    owner = OwnerChoice()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, promise: bool, **options: Any) -> None:  # noqa: ANN401
        """No law sets the day of a promise."""
        super().__init__(*args, **options)
        if promise:
            del self.fields["legal"]

    def words(self) -> dict[str, Any]:
        """What is said about it."""
        return {name: self.cleaned_data[name] for name in ("text", "legal") if name in self.cleaned_data}


class OwnTodoForm(DueForm):
    """Something of one's own, in nobody's file."""

    text = line(
        _("What is to be done?"),
        _(
            "Only you can read this, and it is lost with your keys. What is about a participant belongs in their file."
        ),
        required=True,
    )
    day = a_day(_("By when"))
    at = a_time(_("Time"))
    legal = forms.BooleanField(label=_("A law or a court sets this day"), required=False)


class BesideForm(forms.Form):
    """One of several forms on a page: its fields have ids of their own."""

    ids = "id_%s"

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Under its own name, wherever it is made."""
        super().__init__(*args, **{"auto_id": self.ids, **options})


class ToldForm(BesideForm):
    """A word on how it went, if there is one."""

    ids = "told_%s"
    told = line(_("What did you tell them?"))


class OwnMoveForm(BesideForm):
    """Another day, and which version was on the screen. What is in nobody's file has nobody to be told."""

    ids = "move_%s"
    day = a_day(_("To which day"))
    at = a_time(_("Time"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(OwnMoveForm):
    """Another day, with a word to the participant."""

    told = line(_("What did you tell them?"), _("A promise that moves is still a promise when they know."))
