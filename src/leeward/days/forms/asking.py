"""Questions about a request: who asks what, how, since when; and what was answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import words
from leeward.days.forms.dues import line
from leeward.days.words import How, Who

if TYPE_CHECKING:
    from collections.abc import Iterable


class AskForm(forms.Form):
    """A request that came in."""

    ask_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    sort = forms.ChoiceField(
        label=_("Who asks"), choices=Who.choices, initial=Who.PARTNER, widget=forms.RadioSelect
    )
    who = line(
        _("A name, or where they are from"), _("What they like to be called, or the name of the partner.")
    )
    text = words(_("What do they ask?"), rows=3, required=True)
    case = forms.ChoiceField(label=_("About whom"), required=False)
    how = forms.ChoiceField(
        label=_("How it reached us"), choices=How.choices, required=False, widget=forms.RadioSelect
    )
    since = forms.DateTimeField(
        label=_("Since when"),
        required=False,
        help_text=_("Empty means just now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    team = forms.ChoiceField(label=_("Which team"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - whatever a form takes
        teams: list[tuple[str, str]],
        people: Iterable[tuple[str, str]],
        **options: Any,  # noqa: ANN401 - the same
    ) -> None:
        """Offer people only to those who may open their files; with one team there is nothing to ask."""
        super().__init__(*args, **options)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        offered = list(people)
        if offered:
            self.fields["case"].choices = [("", _("nobody whom we know")), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["case"]
        if len(teams) == 1:
            self.fields["team"].initial, self.fields["team"].widget = teams[0][0], forms.HiddenInput()

    def clean_since(self) -> datetime:
        """Not said means just now; nobody can have been waiting since tomorrow."""
        since: datetime | None = self.cleaned_data["since"]
        now = timezone.now()
        return min(since, now) if since else now

    def words(self) -> dict[str, str]:
        """The request as it is kept."""
        said = {name: self.cleaned_data[name] for name in ("sort", "who", "text", "how")}
        return {**said, "since": self.cleaned_data["since"].isoformat()}


class AnswerForm(forms.Form):
    """What was answered."""

    text = words(_("What did you answer?"), rows=2)
    as_note = forms.BooleanField(label=_("Keep it as a note in their file too"), required=False)
