"""Which words occur in a file: the small sealed set that search looks through before it opens anything.

There is no stored index (whoever steals one recovers common words). A set is opened only for cases that the searching
person may open, and what it finds is checked against the opened words, so it may hold a word too many, never too few.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MARKS: Final = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f]+")
#: Scripts that are written without spaces: a name inside a sentence begins no word.
_RANGES: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_UNSPACED: Final = re.compile(f"[{_RANGES}]")
#: A letter or digit of a script in which words stand apart.
LETTER: Final = rf"[^\W_{_RANGES}]"
_WORD: Final = re.compile(rf"[^\W_{_RANGES}]+(?:'[^\W_{_RANGES}]+)*|[{_RANGES}]+")
_LONGEST: Final = 64
_NAME: Final = "\t"
_NUMBER: Final = "\t#"
#: Stands in a set that holds everything its file is found by, and not only what stood there when it was made.
WHOLE: Final = "\t\t"
#: How many of the last signs of a telephone number people type who leave out the rest.
_ENDINGS: Final = (4, 7, 9, 10)


def plain(text: str) -> str:
    """Fold case, accents and width away, so that "Ramón" is found by "ramon"."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()).replace("\u2019", "'")


def words(text: str) -> set[str]:
    """The folded words of a text; "l'hôpital" is found as "hôpital" too."""
    found = set(_WORD.findall(plain(text)))
    found |= {part for word in found if "'" in word for part in word.split("'")[1:]}
    return {word if _UNSPACED.match(word) else word[:_LONGEST] for word in found}


def called(names: str) -> set[str]:
    """The words of somebody's names: found like any other, and marked, so that a name is told from a word in a note."""
    found = words(names)
    return found | {_NAME + word for word in found}


def dialled(number: str) -> set[str]:
    """A telephone number as people type it: whole, without its country, in groups. It is marked, as names are."""
    digits = "".join(sign for sign in plain(number) if sign.isdecimal())
    groups = {digits, digits[-10:-7], digits[-7:-4], *(digits[-most:] for most in _ENDINGS)}
    groups |= {word for word in words(number) if word.isdecimal()}
    found = {form for group in groups if group for form in (group, f"0{group}")}
    return found | {_NUMBER + form for form in found}


def nameless(known: set[str]) -> set[str]:
    """A set without its marks for names; those for telephone numbers stay."""
    return {word for word in known if not word.startswith(_NAME) or word.startswith((_NUMBER, WHOLE))}


def numbers(known: set[str]) -> set[str]:
    """The marks for telephone numbers in a set."""
    return {word for word in known if word.startswith(_NUMBER)}


def marked(known: set[str]) -> set[str]:
    """The words of somebody's names and numbers, without their marks."""
    return {word.lstrip(_NUMBER) for word in known if word.startswith(_NAME)}


def unnamed(packed: str, sought: Iterable[str]) -> list[str]:
    """What of the sought no name or number holds. Marks sort before every word, so they stand at the front."""
    last = packed.rfind("\n" + _NAME)
    front = packed[: packed.find("\n", last + 2) + 1 or None] if last >= 0 else ""
    return [needle for needle in sought if not _marked(front, needle)]


def _marked(front: str, needle: str) -> bool:
    return any(needle.replace("\n", "\n" + mark) in front for mark in (_NAME, _NUMBER))


def pack(found: Iterable[str]) -> str:
    """A set as one text, each word with a line break before it."""
    return "\n".join(["", *sorted(found)])


def unpack(packed: str) -> set[str]:
    """The words of a packed set."""
    return set(packed.split("\n")) - {""}


def needles(query: str) -> list[str]:
    """What to look for: each word typed is the beginning of a word in the file.

    Scripts written without spaces (Chinese, Japanese, Thai, Khmer …) are looked for anywhere in a word.
    """
    sought = sorted(words(query), key=len, reverse=True)
    return [word if _UNSPACED.search(word) else "\n" + word for word in sought]


def holds(packed: str, sought: Iterable[str]) -> bool:
    """Whether every word sought begins a word of the set."""
    for needle in sought:  # noqa: SIM110 - asked ten thousand times in a search, and a generator takes as long again
        if needle not in packed:
            return False
    return True


def matches(text: str, sought: Iterable[str]) -> bool:
    """Whether the words themselves hold everything sought."""
    return holds(pack(words(text)), sought)


def searcher(sought: Iterable[str]) -> Callable[[str], bool]:
    """The same question as `matches`, asked of many texts: looks where words begin, and takes no text apart."""
    begins = rf"(?<![^\W_{_RANGES}])"
    patterns = [
        re.compile((begins if needle[0] == "\n" else "") + re.escape(needle.lstrip("\n")))
        for needle in sought
    ]
    return lambda text: all(pattern.search(text) for pattern in patterns)
