"""Whether two names may be the same person's: spelled otherwise, in another script, or heard wrong on the telephone.

Pure comparison, no database. What is alike is shown to a worker who decides; it decides nothing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

if TYPE_CHECKING:
    from collections.abc import Iterable

#: From here on two names are shown as alike (1 is the same).
ALIKE: Final = 0.88
_ONE_WORD: Final = 0.92
_SOUNDS: Final = 0.94
#: Names less alike than this do not sound alike either; most need not be asked.
_WORTH_HEARING: Final = 0.55
#: Fewer digits than these are no number that somebody can be called at.
FEWEST_DIGITS: Final = 7
_EXACT_DIGITS: Final = 9
#: What is longer is a sentence, and initials say nothing.
_MOST_WORDS, _FEWEST_LETTERS = 4, 3
#: More names than these nobody goes by; a pasted page is not compared with everybody.
_MOST_NAMES: Final = 12
_BETWEEN: Final = re.compile(r"[,;/|\n“”\"()]+")
_LETTERS: Final = re.compile(r"[a-z0-9]+")
_NUMBER: Final = re.compile(r"[\d\s()+./-]+")
#: Scripts that leave vowels out, so that only consonants can be compared.
_WITHOUT_VOWELS: Final = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0700-\u074f\u0780-\u07bf]")
_VOWELS: Final = re.compile(r"[aeiouyw]+")
_DOUBLED: Final = re.compile(r"(.)\1+")
_HEARD: Final = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        ("^y", "j"), ("sch|sh|ch", "s"), ("ph", "f"), ("th", "t"), ("ck|q|c(?=[aoulr])|c$|kh", "k"), ("c", "s"),
        ("ks", "x"), ("j|gh|g(?=[ei])", "g"), ("y|ee|ie", "i"), ("z", "s"), ("w", "v"), ("oo|ou", "u"), ("h", ""),
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """One name, ready to be compared: its letters, its words, and whether its script leaves vowels out."""

    letters: str
    words: tuple[str, ...]
    without_vowels: bool


def names_in(*texts: str) -> list[str]:
    """The single names in what was typed: aliases stand on one line with commas between."""
    found = (name.strip() for text in texts for name in _BETWEEN.split(text))
    return list(dict.fromkeys(name for name in found if name))[:_MOST_NAMES]


def called(name: str) -> Called:
    """Take a name apart, whichever script it is in."""
    folded = name if name.isascii() else anyascii(name)
    words = tuple(_LETTERS.findall(folded.casefold()))
    return Called("".join(words), words, not name.isascii() and bool(_WITHOUT_VOWELS.search(name)))


def may_be_a_name(text: str) -> bool:
    """Whether somebody who typed this may have meant a name."""
    said = called(text)
    letters = not any(sign.isdigit() for sign in text) and len(said.letters) >= _FEWEST_LETTERS
    return letters and len(said.words) <= _MOST_WORDS


def likeness(ours: Iterable[Called], theirs: Iterable[Called], *, all_of_ours: bool = False) -> float:
    """How alike the two names are that are most alike: 0 for not at all, 1 for the same.

    With `all_of_ours` no word of ours may be left over; otherwise the longer name may say more, whichever it is.
    """
    known = list(theirs)
    return max((_alike(one, other, all_of_ours) for one in ours for other in known), default=0.0)


def _alike(one: Called, other: Called, all_of_ours: bool) -> float:  # noqa: FBT001 - passed on from `likeness`
    if not one.letters or not other.letters:
        return 0.0
    if one.letters == other.letters:
        return 1.0
    whole = JaroWinkler.similarity(one.letters, other.letters)
    if whole >= ALIKE:
        return whole
    by_sound = _by_sound(one, other) if whole >= _WORTH_HEARING else 0.0
    by_words = 0.0 if all_of_ours and len(one.words) > len(other.words) else _by_words(one, other)
    return by_sound or by_words or _by_bones(one, other)


def _by_sound(one: Called, other: Called) -> float:
    return ALIKE if JaroWinkler.similarity(_heard(one.letters), _heard(other.letters)) >= _SOUNDS else 0.0


def _heard(letters: str) -> str:
    for pattern, heard in _HEARD:
        letters = pattern.sub(heard, letters)
    return _DOUBLED.sub(r"\1", letters)


def _by_words(one: Called, other: Called) -> float:
    """Whether each word of the shorter name stands in the longer one, in any order."""
    few, many = sorted((one.words, other.words), key=len)
    if len(many) == 1 or len("".join(few)) < _FEWEST_LETTERS:
        return 0.0
    fits = all(any(JaroWinkler.similarity(a, b) >= _ONE_WORD for b in many) for a in few)
    return ALIKE if fits else 0.0


def _by_bones(one: Called, other: Called) -> float:
    """Whether the consonants are the same, where one of the scripts writes nothing else."""
    if not (one.without_vowels or other.without_vowels):
        return 0.0
    bones = _bones(one.letters)
    return ALIKE if len(bones) > 1 and bones == _bones(other.letters) else 0.0


def _bones(letters: str) -> str:
    return _VOWELS.sub("", _DOUBLED.sub(r"\1", letters)).removesuffix("h")


def digits(number: str) -> str:
    """The digits of a telephone number, or nothing if this is none."""
    found = "".join(sign for sign in number if sign.isdigit()) if _NUMBER.fullmatch(number.strip()) else ""
    return anyascii(found) if len(found) >= FEWEST_DIGITS else ""


def same_number(one: str, other: str) -> bool:
    """Whether two numbers ring the same telephone, with or without what stands before them."""
    return bool(one and other) and one[-FEWEST_DIGITS:] == other[-FEWEST_DIGITS:]


def number_pairs(names: Iterable[str], numbers: Iterable[str]) -> set[str]:
    """Exactly this number together with exactly this name."""
    letters = {called(name).letters for name in names} - {""}
    ends = {number[-_EXACT_DIGITS:] for number in numbers if number}
    return {f"number/{end}/{name}" for end in ends for name in letters}


def birth_pairs(legal_names: Iterable[str], born_on: str) -> set[str]:
    """Exactly this name in law together with exactly this day of birth."""
    letters = {called(name).letters for name in legal_names} - {""}
    return {f"born/{born_on}/{name}" for name in letters} if born_on else set()
