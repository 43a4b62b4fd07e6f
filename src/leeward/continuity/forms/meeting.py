"""Questions about a conference: the participant's own agenda first, and whose decision each decision was (C8, E8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.cases.forms.rows import RowForm, one_of, words
from leeward.cases.forms.rows import day as a_day
from leeward.cases.forms.writing import minutes_of
from leeward.continuity.words import Invited

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

#: Decisions that fit on the page; what goes beyond stands in the note of the day.
DECISIONS: Final = 5


class ConferenceForm(NamesSomebody, RowForm):
    """A conference, before and after."""

    naming = ("there",)

    day = a_day(_("On which day"))
    at = forms.TimeField(
        label=_("At what time"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    minutes = minutes_of(_("Minutes"))
    place = words(_("Where"))
    agenda = words(
        _("What they want to talk about"), _("In their own words. It stands on top of the meeting."), rows=4
    )
    invited = one_of(_("Are they invited?"), list(Invited.choices))
    there = words(_("Who is there"), _("Names and agencies."), rows=2)
    next = words(_("What happens next"), rows=2)
    summary = words(
        _("A plain summary for them"),
        _("Short sentences, no abbreviations. It can be printed and says nothing about where it comes from."),
        rows=5,
    )
    told = a_day(_("Given to them on"))

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Room for a few decisions."""
        super().__init__(*args, **options)
        for number in range(DECISIONS):
            self.fields[f"what_{number}"] = words(_("What was decided"))
            self.fields[f"whose_{number}"] = words(_("Whose decision"))

    @classmethod
    def of(cls, pk: UUID, facts: Mapping[str, Any], **options: Any) -> Self:  # noqa: ANN401
        """The form as the conference stands."""
        lines = enumerate(facts.get("decisions", [])[:DECISIONS])
        spread = {
            f"{name}_{number}": line.get(name, "") for number, line in lines for name in ("what", "whose")
        }
        return super().of(pk, {**facts, **spread}, **options)

    def decisions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of fields, for the page."""
        return [(self[f"what_{number}"], self[f"whose_{number}"]) for number in range(DECISIONS)]

    def facts(self) -> dict[str, Any]:
        """Everything as it is kept: decisions as lines."""
        answers = super().facts()
        lines = [
            {"what": answers.pop(f"what_{number}"), "whose": answers.pop(f"whose_{number}")}
            for number in range(DECISIONS)
        ]
        at = answers.pop("at")
        told = {"at": at.strftime("%H:%M")} if at else {"at": ""}
        return {**answers, **told, "decisions": [line for line in lines if line["what"] or line["whose"]]}
