"""The letter that tells a participant who walks with them from now on, in their language (practice D2).

It says nothing about where it comes from: somebody else may find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import translation
from django.utils.translation import gettext as _

from leeward.ui import moments

if TYPE_CHECKING:
    from datetime import date

    from leeward.continuity.models import HandOver

#: By what a language on the card is recognised; it is written there in anybody's words.
_KNOWN_BY: Final = (
    ("espa", "es"), ("spani", "es"), ("castell", "es"),
    ("franç", "fr"), ("franc", "fr"), ("french", "fr"),
    ("engl", "en"), ("ingl", "en"), ("angl", "en"),
)  # fmt: skip


def language_of(told: str) -> str:
    """The first language on a card that we have letters in, else English."""
    told = told.casefold()
    places = sorted((told.index(sign), code) for sign, code in _KNOWN_BY if sign in told)
    return places[0][1] if places else "en"


def letter(row: HandOver, name: str, language: str, meeting_on: date | None, phone: str) -> str:
    """A first draft, for the worker to change until it sounds like them."""
    giver, taker = _first(row.giver.name), _first(row.taker.name if row.taker else "")
    with translation.override(language):
        lines = [
            _("Dear %(name)s,") % {"name": name},
            _(
                "soon %(taker)s will be the person who is there for you first. I asked %(taker)s because I think you "
                "will get along. If you would rather have somebody else, tell me. It is your choice."
            )
            % {"taker": taker},
            _meeting(taker, meeting_on),
            _(
                "You do not have to tell your story again. %(taker)s knows what you want them to know, and what we "
                "promised you stays promised."
            )
            % {"taker": taker},
            _("You can call or write as before.") + (f" {phone}" if phone else ""),
            _("It was good to walk with you."),
            giver,
        ]
    return "\n\n".join(line for line in lines if line)


def _first(name: str) -> str:
    """What they call each other. A full name tells a stranger more than he needs."""
    return name.split(" ", maxsplit=1)[0]


def _meeting(taker: str, on: date | None) -> str:
    if on is None:
        return _("First all three of us meet, on a day that is good for you.")
    return _("First all three of us meet: you, %(taker)s and I, %(day)s.") % {
        "taker": taker,
        "day": moments.day(on),
    }
