"""The vocabulary of a file, in the words of the people who write in it."""

from leeward.cases.words.card import (
    KIND_LOOKS,
    AgeBand,
    Card,
    EntryFacts,
    EntryKind,
    MoreFacts,
    PaperFacts,
    TallyFacts,
    facts_on,
    names_on,
)

__all__ = [
    "KIND_LOOKS",
    "AgeBand",
    "Card",
    "EntryFacts",
    "EntryKind",
    "MoreFacts",
    "PaperFacts",
    "TallyFacts",
    "facts_on",
    "names_on",
]  # fmt: skip
