"""A date as its own page tells it: question by question, only what was said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leeward.days.words import (
    Along,
    Childcare,
    Entrance,
    Interpreter,
    MustAttend,
    OtherSide,
    Part,
    Transport,
)

if TYPE_CHECKING:
    from django.db.models import TextChoices
    from django.utils.functional import _StrPromise

    from leeward.days.looks import DueLook


class Fact(NamedTuple):
    """One line: what it is about, and what was said."""

    label: str
    text: str


class Asked(NamedTuple):
    """What is shown on one line: a chosen answer, with the words that belong to it."""

    label: _StrPromise
    name: str
    choices: type[TextChoices] | None = None
    more: tuple[str, ...] = ()


_LINES: Final = (
    Asked(gettext_lazy("Where"), "place"),
    Asked(gettext_lazy("Which court, which room"), "court"),
    Asked(gettext_lazy("With whom"), "with_whom"),
    Asked(gettext_lazy("Case number"), "number"),
    Asked(gettext_lazy("Their part in it"), "role", Part),
    Asked(gettext_lazy("Do they have to be there?"), "must_attend", MustAttend),
    Asked(gettext_lazy("What it means if they are not there"), "missing_it"),
    Asked(gettext_lazy("Will the other side be there?"), "other_side", OtherSide),
    Asked(gettext_lazy("A separate way in"), "entrance", Entrance, ("entrance_more",)),
    Asked(gettext_lazy("Orders that hold"), "orders"),
    Asked(gettext_lazy("Who goes along"), "along", Along, ("accompanied_by",)),
    Asked(gettext_lazy("The way there and back"), "transport", Transport, ("transport_more",)),
    Asked(gettext_lazy("Who allows the ride"), "permission"),
    Asked(gettext_lazy("Second adult, or the rule"), "second_adult"),
    Asked(gettext_lazy("The children meanwhile"), "childcare", Childcare, ("childcare_more",)),
    Asked(gettext_lazy("Interpreter"), "interpreter", Interpreter, ("interpreter_who", "interpreter_wish")),
    Asked(gettext_lazy("Why it is right here"), "interpreter_reason"),
    Asked(gettext_lazy("Language"), "language"),
    Asked(gettext_lazy("What to bring"), "bring"),
    Asked(gettext_lazy("How to remind them"), "remind"),
    Asked(gettext_lazy("How it was"), "happened"),
    Asked(gettext_lazy("What was decided"), "result"),
    Asked(gettext_lazy("What is next"), "next"),
)


def facts(look: DueLook) -> list[Fact]:
    """Only what was said, in the order in which somebody needs it."""
    words: dict[str, Any] = dict(look.words)
    told = (Fact(str(asked.label), _answer(words, asked)) for asked in _LINES)
    return [*_length(look), *(fact for fact in told if fact.text)]


def _length(look: DueLook) -> list[Fact]:
    if not look.minutes:
        return []
    said = ngettext("%(count)d minute", "%(count)d minutes", look.minutes) % {"count": look.minutes}
    return [Fact(_("How long"), said)]


def _answer(words: dict[str, Any], asked: Asked) -> str:
    told = str(words.get(asked.name, "") or "")
    if asked.choices and told:
        told = str(asked.choices(told).label) if told in asked.choices.values else told
    more = [str(words[name]) for name in asked.more if words.get(name)]
    return " · ".join([told, *more] if told else more)


class Link(NamedTuple):
    """Another date of the same matter."""

    due: UUID
    day: date
    later: bool


def chain(look: DueLook) -> list[Link]:
    """The dates before this one, which the court continued, and the one after it (practice M5)."""
    before = look.words.get("continued_from", [])
    after = look.words.get("continued_to")
    links = [Link(UUID(link["due"]), date.fromisoformat(link["day"]), later=False) for link in before]
    if after:
        links.append(Link(UUID(after["due"]), date.fromisoformat(after["day"]), later=True))
    return links
