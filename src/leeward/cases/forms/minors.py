"""Questions about who decides, and who must never be told or asked (practice M1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.cases.forms.rows import RowForm, day, one_of, words
from leeward.cases.words.people import Topic


class SayForm(NamesSomebody, RowForm):
    """Who decides about something, on what basis, from when until when: never the person who did harm."""

    naming = ("who",)

    topic = one_of(_("About what"), Topic.choices, unasked=_("everything else"))
    alone = forms.BooleanField(label=_("They decide this alone"), required=False)
    who = words(_("Who else decides, or decides with them"), _("A person or an agency."))
    basis = words(
        _("On what basis"), _("A court order, a law, a paper, an agreement: and where it is."), rows=2
    )
    since = day(_("Since"))
    until = day(_("Until"), _("Empty where no end is known."))

    def clean(self) -> dict[str, Any]:
        """Somebody decides; and an end comes after its beginning."""
        told = super().clean()
        if "who" in told and not told["who"] and not told.get("alone"):
            self.add_error("who", _("Say who decides, or tick that they decide alone."))
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", _("This day is before the first one. Please look at both again."))
        return told


class NeverForm(RowForm):
    """Somebody who must never be told or asked."""

    who = words(_("Who"), _("A name, or what this person is to them: “the uncle”."), required=True)
    never_tell = forms.BooleanField(label=_("Never tell them anything"), required=False, initial=True)
    never_ask = forms.BooleanField(
        label=_("Never ask them for anything, no signature either"), required=False, initial=True
    )
    reason = words(_("Why, as far as a colleague needs to know it"), rows=2)
    until = day(_("Until"), _("Empty means for good. Change it only with them."))

    def clean(self) -> dict[str, Any]:
        """At least one of the two, or the line says nothing."""
        told = super().clean() or {}
        if not told.get("never_tell") and not told.get("never_ask"):
            self.add_error("never_tell", _("Tick at least one of the two."))
        return told


class DecisionForm(RowForm):
    """Something that somebody else decided, and what the participant says about it (practices M1, C1)."""

    what = words(_("What was decided"), rows=2, required=True)
    decided_by = words(_("By whom"))
    basis = words(_("On what basis"))
    on = day(_("On"))
    own_view = words(
        _("What they say about it themselves"),
        _("In their own words, also when nothing can be changed."),
        rows=3,
    )
