"""Every noun of the code stands in the glossary, in the words of the people who use it."""

import re

from django.apps import apps

from tests.house.reading import ROOT

TERM = re.compile(r"^(?:#+ |[-*] \*\*|\*\*|\| \**)([^*|:(\n]+)", re.MULTILINE)


def spoken(name: str) -> str:
    """A class's name as people say it: TeamKey is "team key"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def terms(glossary: str) -> set[str]:
    """What a glossary explains: its headings, bold words and first columns; "word set, words" are two."""
    found = (term.strip().strip("`") for line in TERM.findall(glossary) for term in line.split(","))
    return {spoken(term) for term in found}


def missing(names: list[str], glossary: str) -> list[str]:
    return sorted(name for name in names if spoken(name) not in terms(glossary))


def test_every_noun_is_explained() -> None:
    ours = [model.__name__ for model in apps.get_models() if model.__module__.startswith("leeward.")]
    assert ours
    assert missing(ours, (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")) == []


def test_a_missing_noun_is_found() -> None:
    assert missing(["Case", "TeamKey"], "# Words\n\n## Case\nA file. It has a team key.\n") == ["TeamKey"]


def test_every_way_to_write_a_term_counts() -> None:
    glossary = "## Case\n- **Team key**: x\n| Line | x |\n**WordSet** (sealed) is.\n- **Draft, Paper**: x\n"
    assert missing(["Case", "TeamKey", "Line", "WordSet", "Draft", "Paper"], glossary) == []
