"""Questions about who somebody is, in their own words. None of them needs an answer (practices T1, C6, F2, F3, H5)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.cases.forms.rows import FactsForm, RowForm, day, one_of, words
from leeward.cases.words.people import UNSAID, BondKind, WorkerWish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.forms import BoundField

_EARLIEST = date(1900, 1, 1)
#: After the name of a field: the box that says "prefers not to say".
NOT_TOLD = "_unsaid"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together; `about` names it in an address on the page."""

    about: str
    title: Any
    icon: str
    names: tuple[str, ...]


SECTIONS = (
    Section("name", _("What to call them"), "user-round", ("pronunciation",)),
    Section("tongues", _("Languages"), "languages", ("languages", "dialects")),
    Section("roots", _("Culture and faith"), "sprout", ("culture", "nation", "faith", "calendar")),
    Section(
        "talk",
        _("How to talk about it"),
        "message-circle-heart",
        ("sensitive", "never_ask", "word_for_it", "street_words"),
    ),
    Section("access", _("What makes it easier"), "accessibility", ("access", "barriers", "adapted")),
    Section("strengths", _("What they bring"), "sparkles", ("strengths",)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its words, and the box that says "prefers not to say"."""

    field: BoundField
    unsaid: BoundField


class ToldForm(FactsForm):
    """Questions to each of which somebody may prefer not to say anything. Ticking that is one tap."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:  # noqa: ANN401
        """Tick the boxes of what they preferred not to say; no box shows that as words."""
        told = dict(initial or {})
        silent = [name for name, value in told.items() if value == UNSAID]
        told |= dict.fromkeys(silent, "")
        super().__init__(data, initial={**told, **{name + NOT_TOLD: True for name in silent}})
        for name in self.about_them():
            self.fields[name + NOT_TOLD] = forms.BooleanField(required=False, label=_("prefers not to say"))

    def about_them(self) -> list[str]:
        """The questions that have such a box."""
        return [name for name in self.base_fields if name != "version"]

    def asked(self, *names: str) -> Iterator[Asked]:
        """Questions with their boxes, ready to show."""
        yield from (Asked(self[name], self[name + NOT_TOLD]) for name in names)

    def facts(self) -> dict[str, Any]:
        """The answers; a ticked box goes before whatever stands in the field."""
        told = super().facts()
        for name in self.about_them():
            told[name] = UNSAID if told.pop(name + NOT_TOLD) else told[name]
        return told


class ProfileForm(ToldForm):
    """Somebody in their own words, in any order and over any number of days."""

    matters = words(
        _("What matters most to them now"),
        _("As they said it. It stands on top of their page."),
        rows=2,
    )
    pronunciation = words(_("How their name is said"), _("For example “NAH-ee-ma, soft h”."))
    languages = words(
        _("Which language for what"),
        _("For example one for speaking, another for papers, another for what is hard."),
        rows=2,
    )
    dialects = words(
        _("Dialect, or how they speak it"), _("An interpreter from the wrong place can do harm.")
    )
    culture = words(_("Culture and community, in their words"), rows=2)
    nation = words(_("Nation"), _("The name that they use."))
    faith = words(_("Faith, prayer and ceremony"), _("Also what it needs: a room, an hour, food."), rows=2)
    calendar = words(_("Days that matter"), _("Feasts, days of rest, days that are hard every year."), rows=2)
    sensitive = words(_("What needs care when it comes up"), rows=2)
    never_ask = words(_("What nobody should ask again"), _("It was told once, and that is enough."), rows=2)
    word_for_it = words(_("Their word for what happened"), _("Use this one, not ours."))
    street_words = words(_("Words from their street, and what they mean"), rows=2)
    access = words(_("What their body or mind needs"), _("Steps, light, sound, breaks, reading."), rows=2)
    barriers = words(
        _("What is in the way"), _("Hours, transport, childcare, money, language, a place."), rows=2
    )
    adapted = words(_("What we changed because of that"), rows=2)
    strengths = words(
        _("Strengths, as they struck us or as they say"), _("From the first meeting on."), rows=2
    )

    def sections(self) -> list[tuple[Section, list[Asked], bool]]:
        """Each section with its questions, and whether anything in it was answered or asks to be looked at."""
        return [(part, list(self.asked(*part.names)), self._answered(part)) for part in SECTIONS]

    def matters_most(self) -> Asked:
        """The first question."""
        return next(self.asked("matters"))

    def _answered(self, part: Section) -> bool:
        boxes = [name + NOT_TOLD for name in part.names]
        return any(self[name].value() or self[name].errors for name in (*part.names, *boxes))


class IdentityForm(ToldForm):
    """Somebody as the law knows them: only where a paper needs it."""

    legal_name = words(_("Name on their papers"))
    other_legal_names = words(
        _("Other names on papers"), _("Earlier ones, other spellings, other alphabets."), rows=2
    )
    born_on = day(_("Born on"))
    born_in = words(_("Born in"))

    def every_question(self) -> list[Asked]:
        """All of them, in order."""
        return list(self.asked(*self.about_them()))

    def clean_born_on(self) -> date | None:
        """A day on which somebody who is alive can be born."""
        born: date | None = self.cleaned_data["born_on"]
        if born and not _EARLIEST <= born <= timezone.localdate():
            raise forms.ValidationError(_("Nobody here was born on that day. Please look at the year again."))
        return born


class PaperLineForm(forms.Form):
    """One paper: what it is, its number, where it lies."""

    kind = words(_("Paper"), "")
    number = words(_("Number"), "")
    where = words(_("Where it is"), "")

    def line(self) -> dict[str, str]:
        """What was told of it."""
        return {name: value for name, value in self.cleaned_data.items() if value}


#: As many papers as one form shows, so that nobody sends a million.
MOST_PAPERS = 20
PaperLines = forms.formset_factory(
    PaperLineForm, extra=2, max_num=MOST_PAPERS, absolute_max=MOST_PAPERS + 2, validate_max=False
)


class WishesForm(FactsForm):
    """What somebody wishes of those who work with them (practices C1, H2)."""

    worker_wishes = forms.MultipleChoiceField(
        label=_("It should be somebody who …"),
        required=False,
        choices=WorkerWish.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    worker_wishes_more = words(_("In their own words"), rows=2)


class BondForm(RowForm):
    """Somebody who belongs to them, or who must be kept away from them."""

    kind = one_of(_("Who this is to them"), BondKind.choices, unasked=_("not said"))
    name = words(_("What to call this person"), _("Any name. It stays in this file."))
    more = words(_("What to know"), rows=2)

    def clean(self) -> dict[str, Any]:
        """One of the three, or there is nothing to keep."""
        told = super().clean() or {}
        if not any(told.get(name) for name in ("kind", "name", "more")):
            self.add_error("name", _("Say a name, or what this person is to them."))
        return told


class LookForForm(forms.Form):
    """Looking for somebody who has a page here."""

    q = forms.CharField(
        label=_("Their name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class LinkForm(forms.Form):
    """Two people who both have a page here."""

    row_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    other = forms.UUIDField(error_messages={"required": _("Choose one of them.")})
    kind = one_of(_("Who this is to them"), BondKind.choices, unasked=_("not said"))


class HarmForm(RowForm):
    """What was done to somebody, told once."""

    text = words(_("What was done"), _("As they told it, no more than is needed."), rows=6)
    told_on = day(_("Told on"))
    may_ask = forms.BooleanField(label=_("They said: you may ask me about it again"), required=False)

    def __init__(self, *args: Any, own: bool = True, **options: Any) -> None:  # noqa: ANN401
        """The words belong to whoever wrote them down; everybody may learn whether to ask again."""
        super().__init__(*args, **options)
        self.fields["text"].required = own
        if not own:
            del self.fields["text"], self.fields["told_on"]
