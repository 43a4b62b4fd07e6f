"""Questions about how an appointment went: typed once, for the date, the timeline, and what is counted."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import words
from leeward.cases.forms.writing import miles_of, minutes_of
from leeward.days.forms.dues import BesideForm, a_day, a_time, line
from leeward.days.words.been import THERE, WITHOUT_US, as_facts

if TYPE_CHECKING:
    from leeward.cases.words import EntryFacts

_MORE: Final = ("travel_minutes", "miles", "language", "interpreter")


class BeenForm(BesideForm):
    """Our part in an appointment, as a note on the timeline tells it."""

    there = forms.ChoiceField(
        label=_("How we were there"), choices=list(THERE.items()), required=False, widget=forms.RadioSelect
    )
    minutes = minutes_of(_("Minutes"))
    travel_minutes = minutes_of(_("Minutes on the way"))
    miles = miles_of(_("Miles"))
    language = words(_("Language"))
    interpreter = words(_("Interpreter"))

    def __init__(self, *args: Any, been: EntryFacts, **options: Any) -> None:  # noqa: ANN401
        """Begin with what was arranged."""
        self.how = WITHOUT_US if been.get("without_us") else been["kind"]
        known = {name: said for name, said in been.items() if said}
        told = {"there": self.how, **known, **(options.pop("initial", None) or {})}
        super().__init__(*args, **{**options, "initial": told})

    def clean_there(self) -> str:
        """Not said means as it was arranged."""
        return self.cleaned_data["there"] or self.how

    def note(self) -> EntryFacts:
        """Our part in it, as a note keeps it."""
        told = {name: self.cleaned_data.get(name) for name in ("minutes", *_MORE)}
        return as_facts(self.cleaned_data["there"], **told)

    def leave_out(self, *names: str) -> None:
        """Do not ask these."""
        for name in names:
            del self.fields[name]

    @property
    def more(self) -> list[forms.BoundField]:
        """The small questions about the way, and how they spoke."""
        return [self[name] for name in _MORE if name in self.fields]

    @property
    def tells_more(self) -> bool:
        """Whether any of those has to be looked at again, or says more than the language they always speak."""
        return any(field.errors or (field.name != "language" and field.value()) for field in self.more)


class HappenedForm(BeenForm):
    """What became of an appointment. Nobody is blamed for one that did not take place."""

    ids = "happened_%s"
    happened = words(_("How was it?"), rows=3)
    result = words(_("What was decided"), rows=2)
    next = words(_("What is next"), rows=2)
    #: What is said about the appointment itself.
    SAID: Final = ("happened", "result", "next")

    def __init__(self, *args: Any, court: bool, **options: Any) -> None:  # noqa: ANN401
        """A decision is asked about only where there is a court.

        Who speaks which language there is a word of the court's, so it is not asked for the timeline.
        """
        super().__init__(*args, **options)
        self.leave_out(*(("language", "interpreter") if court else ("result",)))

    def every_word(self) -> str:
        """All that somebody who opens the file will read."""
        return "\n".join(self.cleaned_data.get(name, "") for name in (*self.SAID, "language", "interpreter"))

    def told(self) -> dict[str, str]:
        """What was said about it: only that."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.SAID and value}

    @property
    def words_of_it(self) -> list[forms.BoundField]:
        """The questions about it."""
        return [self[name] for name in self.SAID if name in self.fields]


class ContinuedForm(BeenForm):
    """The date that the court set instead: said there, or in a letter."""

    ids = "continued_%s"
    due_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    day = a_day(_("Continued to"))
    at = a_time(_("Time"))
    told = line(_("What did you tell them?"))

    def __init__(self, *args: Any, been: EntryFacts, **options: Any) -> None:  # noqa: ANN401
        """Most courts set another date by letter: then there is nothing for the timeline."""
        super().__init__(*args, been={"kind": "", "minutes": been.get("minutes", 0)}, **options)
        self.fields["there"].choices = [("", _("It came by letter or phone")), *THERE.items()]  # type: ignore[attr-defined]
        self.leave_out("language", "interpreter")

    def note(self) -> EntryFacts | None:  # type: ignore[override]  # a letter is no note
        """Our part in it, where we went."""
        return super().note() if self.cleaned_data["there"] else None
