"""Invented notes with the word frequencies of real ones: a few words everywhere, most of them hardly ever.

Nobody's words are in here: syllables are put together by chance, and the same chance every time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from random import Random
from typing import Final

_STARTS: Final = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "br",
    "ch",
    "cl",
    "dr",
    "fl",
    "gr",
    "pl",
    "sh",
    "st",
    "th",
    "tr",
]
_MIDDLES: Final = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "oa", "ie"]
_ENDS: Final = ["n", "r", "l", "s", "t", "m", "d", "ck", "nd", "st", "ng", "sh", "rt", "lm"]
_STOP: Final = [
    "the",
    "and",
    "to",
    "of",
    "a",
    "in",
    "she",
    "her",
    "for",
    "with",
    "that",
    "was",
    "on",
    "it",
    "at",
    "we",
    "i",
    "he",
    "they",
    "about",
    "is",
    "not",
    "as",
    "said",
    "will",
    "be",
    "had",
    "so",
    "this",
    "but",
    "from",
    "today",
    "call",
    "back",
    "are",
    "their",
    "if",
    "by",
    "when",
]
VOCABULARY: Final = 60_000
_SYLLABLES: Final = ((300, (1,)), (3_000, (1, 2)), (12_000, (2, 2, 3)), (VOCABULARY, (2, 3, 3)))
#: Words in a note: about 400 bytes, more than most people write.
NOTE_WORDS: Final = 60
#: The share of notes in which a word of each kind stands.
_LONG: Final = 4
COMMON, MID, RARE = (0.12, 0.30), (0.007, 0.014), (0.00008, 0.0003)


@cache
def vocabulary() -> list[str]:
    """Every word there is, the most frequent first."""
    chance, found = Random(7), dict.fromkeys(_STOP)  # noqa: S311 - repeatable on purpose
    while len(found) < VOCABULARY:
        # What is said often is short.
        syllables = chance.choice(next(lengths for rank, lengths in _SYLLABLES if len(found) < rank))
        made = "".join(chance.choice(_STARTS) + chance.choice(_MIDDLES) for _ in range(syllables))
        found[made + chance.choice(_ENDS)] = None
    return list(found)


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 1.5) ** 1.07 for rank in range(1, VOCABULARY + 1)))


def note(chance: Random) -> str:
    """One note, somewhat shorter or longer than the others."""
    size = max(8, int(chance.gauss(NOTE_WORDS, NOTE_WORDS / 4)))
    found = chance.choices(vocabulary(), cum_weights=_weights(), k=size)
    return " ".join(found).capitalize() + "."


def name(chance: Random) -> str:
    """Something to call somebody by. Two words that stand in no note."""
    return f"Q{_syllables(chance)} Z{_syllables(chance)}"


def _syllables(chance: Random) -> str:
    return "".join(chance.choice(_STARTS) + chance.choice(_MIDDLES) for _ in range(2)) + chance.choice(_ENDS)


@dataclass
class Frequencies:
    """In how many notes each word stands."""

    notes: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, found: set[str]) -> None:
        """Count the words of one note."""
        self.notes += 1
        self.counts.update(found)

    def _near(self, share: tuple[float, float], howmany: int) -> list[str]:
        """Words of about this frequency that begin no other word, since search takes beginnings of words."""
        alone = sorted(self.counts)
        least, most = (max(1.0, bound * self.notes) for bound in share)
        fitting = [
            word for word, count in self.counts.items() if least <= count <= most and len(word) >= _LONG
        ]
        fitting.sort(key=lambda word: (-self.counts[word], word))
        middle = len(fitting) // 2
        found = [word for word in fitting[middle:] + fitting[:middle] if _begins_only_itself(word, alone)]
        return found[:howmany]

    def queries(self) -> dict[str, str]:
        """The eight kinds of questions, from a word in hardly any note to three words in many."""
        common, mid, rare = self._near(COMMON, 3), self._near(MID, 3), self._near(RARE, 1)
        return {
            "1 rare": rare[0],
            "1 mid": mid[0],
            "1 common": common[0],
            "2 common": " ".join(common[:2]),
            "3 common": " ".join(common[:3]),
            "1 rare, 1 common": f"{rare[0]} {common[0]}",
            "3 mid": " ".join(mid[:3]),
            "1 absent": "xylozzq",
        }


def _begins_only_itself(word: str, alone: list[str]) -> bool:
    at = bisect_left(alone, word)
    return at + 1 >= len(alone) or not alone[at + 1].startswith(word)
