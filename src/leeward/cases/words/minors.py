"""Recognising somebody who is blocked, however their name is written down; and the day somebody is 18 (practice M1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from leeward.vault import wordset

if TYPE_CHECKING:
    from collections.abc import Iterable

#: At this age the law of most places asks the person alone.
OF_AGE: Final = 18
#: Little words that name nobody, in the languages that we ship.
_LITTLE: Final = wordset.words(
    "a an the of and or his her their my our el la los las de del su sus mi un una y le les des du son sa leur "
    "mon ma et mr mrs ms mx sr sra"
)
#: What somebody is to somebody: names them only where nothing else does.
_RELATIONS: Final = wordset.words(
    "uncle aunt mother father mom mum dad stepfather stepmother stepdad stepmom brother sister cousin boyfriend "
    "girlfriend husband wife ex partner grandmother grandfather pimp boss tio tia madre padre mama papa hermano "
    "hermana primo prima novio novia esposo esposa padrastro madrastra jefe oncle tante mere pere frere soeur "
    "cousine copain copine mari femme patron"
)


def of_age_on(born: date) -> date:
    """The day on which somebody comes of age."""
    try:
        return born.replace(year=born.year + OF_AGE)
    except ValueError:  # born on a 29 February
        return date(born.year + OF_AGE, 3, 1)


def is_blocked(blocked: Iterable[str], text: str) -> bool:
    """Whether a text names somebody who is blocked: what tells the one stands in the other."""
    said = wordset.words(text)
    return any(_tells(wordset.words(name), said) or _tells(said, wordset.words(name)) for name in blocked)


def _tells(name: set[str], other: set[str]) -> bool:
    telling = name - _LITTLE - _RELATIONS or name - _LITTLE
    return bool(telling) and telling <= other
