"""Questions about reaching somebody safely (practices G5, M7). Each may stay open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.cases.forms.rows import FactsForm, RowForm, day, one_of, words
from leeward.cases.words.people import Control, Night, PlaceKind, WayKind

#: Whether a message may be left; "only" asks for the one sentence that may.
YES, NO, ONLY = "yes", "no", "only"


class ReachForm(FactsForm):
    """How any contact begins, whichever way it goes."""

    code_word = words(
        _("Code word before anything else"),
        _("Said or written first. Without the right answer, talk about the weather and end kindly."),
    )
    say_if_other = words(_("If somebody else picks up, say"), _("For example “Sorry, wrong number.”"))
    never_know = words(
        _("Who must never know that we are in touch"),
        _("Who has no say by law, too, stands under “Who decides”."),
        rows=2,
    )
    reminders = words(
        _("How to remind them of a date"),
        _("When, by which way, in which words. “Library at 3?” tells nobody anything."),
        rows=2,
    )
    night = one_of(_("At night they want"), Night.choices)


class WayForm(NamesSomebody, RowForm):
    """One way to reach somebody."""

    naming: tuple[str, ...] = ("who_may_answer",)

    kind = one_of(_("What it is"), WayKind.choices, unasked=_("not said"))
    value = words(_("Number, address, account or name"), required=True)
    first = forms.BooleanField(label=_("Try this way first"), required=False)
    when = words(_("When"), _("For example “after 3 pm, never on Sundays”."))
    language = words(_("In which language"))
    how = words(_("How"), _("For example “text first, let it ring twice”."), rows=2)
    who_may_answer = words(_("Who may pick up, and knows"))
    leave = forms.ChoiceField(
        label=_("May a message be left?"),
        required=False,
        choices=[
            ("", _("not asked")),
            (YES, _("yes")),
            (NO, _("no, never")),
            (ONLY, _("only this sentence:")),
        ],
        widget=forms.RadioSelect,
    )
    sentence = words(_("The only sentence that may be left"))
    say_if_other = words(_("If somebody else picks up here, say"), _("Empty means the same as everywhere."))
    control = one_of(_("Who types or picks up there now"), Control.choices)
    controlled_by = words(_("Who else, or since when we are not sure"))
    checked_on = day(_("Checked with them on"))

    @classmethod
    def of(cls, pk: Any, facts: Any, **options: Any) -> WayForm:  # noqa: ANN401
        """The form as the way stands: a sentence that may be left is neither yes nor no."""
        message = facts.get("message", "")
        leave = message if message in {"", YES, NO} else ONLY
        shown = {**facts, "leave": leave, "sentence": message if leave == ONLY else ""}
        return super().of(pk, shown, **options)

    def clean(self) -> dict[str, Any]:
        """A sentence that is announced is there, and a go-between is nobody who must never know."""
        if self.cleaned_data.get("kind") == WayKind.BETWEEN:
            self.naming = ("value", "who_may_answer")
        told = super().clean()
        if told.get("leave") == ONLY and not told.get("sentence"):
            self.add_error("sentence", _("Write the sentence, or choose “no, never”."))
        return told

    def facts(self) -> dict[str, Any]:
        """The answers; the two about messages become one."""
        told = super().facts()
        leave, sentence = told.pop("leave"), told.pop("sentence")
        # Whoever wrote a sentence and ticked nothing meant the sentence.
        told["message"] = sentence if leave in {"", ONLY} else leave
        return told


class PlaceForm(RowForm):
    """Where somebody lives, sleeps or is found."""

    kind = one_of(_("What it is to them"), PlaceKind.choices, unasked=_("not said"))
    address = words(
        _("Address, or how to find it"),
        _("Cross streets and a door colour are enough."),
        rows=2,
        required=True,
    )
    who_knows = words(_("Who may know of it"), rows=2)
    since = day(_("Since"))
    gone = day(_("Until"), _("When they no longer live, sleep or go there."))
