"""Wishes told in calm times, crises, nights, and being away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.blocked import NamesSomebody
from leeward.safety.forms.fields import Moment, OneOf, Short, Words, fresh_id, told
from leeward.safety.words import AWAY_WISHES, BACK, TO_TELL, WISHES, NightKind, PhotoWish, WishesAfter

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.safety.models import CrisisWishes
    from leeward.safety.words import BackFacts, CrisisWords, MissingWords, NightWords, WishesWords

_NOW = _("Empty means just now.")


class WishesForm(NamesSomebody):
    """What somebody wishes for a bad moment, asked in a good one."""

    naming = ("call_first", "away_call")

    helps = Words(WISHES["helps"], help_text=_("“Sit with me.” “Do not touch me.” “Tea, then talk.”"))
    worse = Words(WISHES["worse"])
    call_first = Words(WISHES["call_first"], help_text=_("A name, and how to reach them."))
    call_never = Words(WISHES["call_never"], help_text=_("Nobody here will, unless a law leaves no choice."))
    where_to_go = Words(WISHES["where_to_go"])
    say = Words(WISHES["say"])
    signs = Words(WISHES["signs"])
    away_call = Words(AWAY_WISHES["away_call"], help_text=_("When nobody has heard from me for a while."))
    away_places = Words(AWAY_WISHES["away_places"])
    away_photo = OneOf(AWAY_WISHES["away_photo"], PhotoWish.choices)
    away_back = Words(AWAY_WISHES["away_back"], help_text=_("“No questions the first evening.” “A shower.”"))
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    @classmethod
    def of(cls, row: CrisisWishes | None) -> WishesForm:
        """The form as the wishes stand."""
        return cls(initial={**row.words, "version": row.version} if row else {})

    def words(self) -> WishesWords:
        """What was told."""
        return cast("WishesWords", told(self.cleaned_data, *WISHES, *AWAY_WISHES))

    def calm(self) -> list[forms.BoundField]:
        """The questions about a crisis."""
        return [self[name] for name in WISHES]

    def away(self) -> list[forms.BoundField]:
        """The questions about being away."""
        return [self[name] for name in AWAY_WISHES]


class BeginForm(forms.Form):
    """A crisis begins with a tap, or with the first words."""

    crisis_id = fresh_id()
    text = Words(_("What is happening?"), rows=3)


class LineForm(forms.Form):
    """One line: something said, done or heard."""

    line_id = fresh_id()
    text = Words(_("What happens, what was said, what comes next"), rows=3, required=True)


class CalledForm(forms.Form):
    """Who was called: a tap, or a name."""

    line_id = fresh_id()
    who = forms.CharField(required=False, max_length=20)
    text = Short(_("Somebody else"))


class EndForm(forms.Form):
    """It has calmed. All of this can wait until another day."""

    how = Words(_("How are things now?"), rows=3)
    account = Words(
        _("How was it for them?"),
        rows=4,
        help_text=_("In their words: what helped, what did not. Ask when they are rested, or not at all."),
    )
    wishes = OneOf(_("Their wishes for such a moment"), WishesAfter.choices)
    next_time = Words(_("What we will do differently"), help_text=_("We: the staff, not them."))
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def words(self) -> CrisisWords:
        """What was told."""
        names = ("how", "account", "wishes", "next_time")
        return cast("CrisisWords", {name: self.cleaned_data[name] for name in names})

    def as_lines(self) -> str:
        """The words as lines, to stand beside another version."""
        return "\n".join(value for value in self.words().values() if value)  # type: ignore[misc]


class NightForm(forms.Form):
    """What was done at night, and what the morning should bring."""

    note_id = fresh_id()
    done = Words(_("What happened, and what you did"), rows=4, required=True)
    kind = OneOf(_("How"), NightKind.choices)
    minutes = forms.IntegerField(
        label=_("Minutes, your way included"),
        required=False,
        min_value=0,
        max_value=24 * 60,
        help_text=_("They count as your working time."),
    )
    morning = Words(_("What the morning should bring"), help_text=_("The worker reads this first."))
    at = Moment(_("When"), help_text=_NOW)

    def words(self) -> NightWords:
        """What was told."""
        return cast("NightWords", told(self.cleaned_data, "done", "kind", "minutes", "morning"))

    def at_or_now(self) -> datetime:
        """When it was."""
        at: datetime = self.cleaned_data["at"] or timezone.now()
        return at


class MissingForm(forms.Form):
    """What we know when nobody knows where somebody is."""

    missing_id = fresh_id()
    seen_at = Moment(_("Last seen or heard"), help_text=_NOW)
    where = Words(_("Where"), rows=1)
    wearing = Words(_("Wearing, carrying"), rows=1)
    company = Words(_("Who with, and how they seemed"))
    more = Words(
        _("Anything else that helps to find them safe"),
        help_text=_("Medicine, a phone that is on, a plan they spoke of."),
    )

    def words(self) -> MissingWords:
        """What is known; last seen just now unless something else is said."""
        answers: dict[str, Any] = {
            **self.cleaned_data,
            "seen_at": self.cleaned_data["seen_at"] or timezone.now(),
        }
        return cast("MissingWords", told(answers, "seen_at", "where", "wearing", "company", "more"))


class ToldForm(NamesSomebody):
    """Who was told that somebody is missing."""

    naming = ("text",)

    line_id = fresh_id()
    who = forms.ChoiceField(label=_("Who was told"), choices=[(one.code, one.label) for one in TO_TELL])
    text = Short(_("Name, number, reference"), help_text=_("As they gave it to you."))
    at = Moment(_("When"), help_text=_NOW)


class HeardForm(forms.Form):
    """A sign of life."""

    line_id = fresh_id()
    text = Words(_("A message, a call, somebody who saw them"), required=True)
    at = Moment(_("When"), help_text=_NOW)


class BackForm(forms.Form):
    """Welcome back. Nothing here asks why."""

    at = Moment(_("Back since"), help_text=_NOW)
    how = Words(_("How are you?"))
    needs = Words(
        _("What do you need now?"), help_text=_("Food, sleep, a doctor, a phone, to be left in peace.")
    )
    told = Words(_("Is there anything you want us to know?"), help_text=_("Only what they want to tell."))
    next_time = Words(_("What would make it easier to call us, next time?"))
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def words(self) -> BackFacts:
        """What was told."""
        return cast("BackFacts", told(self.cleaned_data, "at", *BACK))

    def as_lines(self) -> str:
        """The words as lines, to stand beside another version."""
        return "\n".join(told(self.cleaned_data, *BACK).values())
