"""Which words a file holds: kept in step with what is written, so that search finds it and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leeward.cases.models import WordSet
from leeward.cases.models.moving import searched_tables
from leeward.vault import wordset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leeward.cases.models import Case


def remember_text(case: Case, text: str) -> None:
    """Add the words of a text to the file's set."""
    remember_words(case, wordset.words(text))


def remember_words(case: Case, new: set[str], *, other_names: bool = False) -> None:
    """Add words to the file's set; the caller holds the case row, so two writers cannot lose each other's."""
    row = WordSet.objects.get(case=case)
    known = wordset.unpack(row.words)
    if other_names:
        known = wordset.nameless(known)
    if wordset.WHOLE not in known:
        new = new | _words(case)
    if new - known:
        row.words = wordset.pack(known | new)
        row.save(update_fields=["words"])


def remember_everything(case: Case) -> None:
    """Add all that search finds in a file to its set: what came to it may have been changed elsewhere."""
    remember_words(case, _words(case))


def _words(case: Case) -> set[str]:
    """Everything a whole set holds beside names and numbers."""
    return {wordset.WHOLE}.union(*map(wordset.words, _texts(case)))


def forget_text(case: Case, text: str) -> None:
    """Take the words of a text that has left the file out of its set, but for those that stand elsewhere in it."""
    row = WordSet.objects.get(case=case)
    known = wordset.unpack(row.words)
    named = wordset.marked(known)
    gone = wordset.words(text) - named
    for still in _texts(case) if gone else ():
        gone -= wordset.words(still)
    if gone & known:
        row.words = wordset.pack(known - gone)
        row.save(update_fields=["words"])


def _texts(case: Case) -> Iterator[str]:
    """Everything in a file that search may find."""
    for table, searched in searched_tables():
        yield from map(searched.said, table.of(case.pk).only(table.column, searched.column))
