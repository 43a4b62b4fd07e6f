"""Which words of a text name somebody: so that one note for several people never names one in another's file.

Names are looked for folded (no case, no accents) and whole: "Robin's" names Robin, "robins" does not. In scripts
other than ours, many of which write small words onto a name, it is found anywhere. The small words of a long name
("de", "la") tell nothing alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from leeward.cases.words.card import names_on
from leeward.cases.words.entry import SAID
from leeward.vault import wordset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from leeward.cases.words.card import Card, EntryFacts

_BETWEEN: Final = re.compile(r"[\s,;/|()\[\]\"“”«»]+")
_LETTERS: Final = re.compile(r"[^\W_]+")
#: Words that stand in names and beside them, where they are written small.
_SMALL: Final = wordset.words(
    "a aka and at da das de del der di do dos du e el for from her his in la las le los mi my of on or the their "
    "van von with y"
)
_NOBODY: Final = re.compile(r"(?!)")
_OFTEN: Final = 9


@dataclass(frozen=True, kw_only=True)
class OwnNote:
    """What one file is to hold of a note for several."""

    text: str
    facts: EntryFacts
    hard: str = ""
    #: The number it gets, where it must be known beforehand; else it follows from the form's.
    entry_id: UUID | None = None

    def words(self) -> str:
        """Everything in it that somebody can read."""
        return "\n".join([self.text, self.hard, *(str(self.facts.get(name, "")) for name in SAID)])

    def without(self, names: set[str], instead: str) -> OwnNote:
        """The same with other words in place of these names, wherever they stand."""
        said = {name: without(str(self.facts[name]), names, instead) for name in SAID if name in self.facts}
        facts: EntryFacts = {**self.facts, **said}  # type: ignore[typeddict-item]
        text, hard = (without(told, names, instead) for told in (self.text, self.hard))
        return replace(self, text=text, facts=facts, hard=hard)


def names_in(card: Card) -> set[str]:
    """Every word of a card that names somebody, folded."""
    parts = [part for part in _BETWEEN.split(names_on(card)) if part]
    telling = [part for part in parts if part not in _SMALL] or parts
    return set(chain.from_iterable(_pieces(part) for part in telling)) - {""}


def _pieces(part: str) -> set[str]:
    """A word whole, and its pieces: "Anne-Marie" is Anne too. A name of signs alone stays as it is."""
    pieces = {wordset.plain(piece) for piece in _LETTERS.findall(part)} | wordset.words(part)
    telling = {one for one in pieces if len(one) > 1 or not one.isascii()}
    return {wordset.plain(part).strip("'.-_"), *(telling or pieces)}


def telling(text: str, names: Iterable[str]) -> list[str]:
    """The words of a text that are among these names, as they are written."""
    spans = _found(text, names)
    return list(dict.fromkeys(text[start:end] for start, end in spans))


def without(text: str, names: Iterable[str], instead: str) -> str:
    """A text that says something else instead of these names."""
    names = list(names)
    # What stood before a name may be one by itself as soon as that is gone: "robinольга".
    for _ in range(_OFTEN):
        spans = _found(text, names)
        for start, end in reversed(spans):
            text = text[:start] + instead + text[end:]
        if not spans:
            break
    return text


def of_others(names: Mapping[UUID, set[str]], file: UUID) -> set[str]:
    """The names of all others, which one file must not hold."""
    return set(chain.from_iterable(known for other, known in names.items() if other != file))


def _found(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where these names stand in a text."""
    folded, places = _folded(text)
    return [
        (places[hit.start()], places[hit.end() - 1] + 1) for hit in _sought(names).finditer(folded) if hit[0]
    ]


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as names are looked for in it, and where each of its signs stood before."""
    signs = [wordset.plain(sign) for sign in text]
    return "".join(signs), [at for at, sign in enumerate(signs) for _ in sign]


def _sought(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest_first))) if longest_first else _NOBODY


def _whole(name: str) -> str:
    """A name that is found as a whole word, where its letters are such that words stand apart."""
    before = f"(?<!{wordset.LETTER})" if _stands_apart(name[0]) else ""
    after = f"(?!{wordset.LETTER})" if _stands_apart(name[-1]) else ""
    return before + re.escape(name) + after


def _stands_apart(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
