"""Nothing that is kept here speaks of the machine it was written on, or of where packages came from."""

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.house.reading import ROOT, Complaint, Source, complaints, example

# Each pattern is written so that it does not find itself.
WORDS = {
    r"/(?:root|work)/[\w.]": "a path of one machine",
    r"/(?:home|Users)/\w": "somebody's own folder",
    r"[A-Z]:\\Users\b": "somebody's own folder",
    r"\.\./shared\b": "a folder beside this one",
    r"file:///\w": "a path of one machine",
    r"\b(?:pypi|pythonhosted|npmjs|rubygems|crates|docker|quay|ghcr)\.(?:org|com|io)\b": "a package registry",
    r"\b(?:deb|security)\.debian\.org\b": "a package registry",
    r"--?(?:extra-)?index-url\b": "a package registry",
}


def tracked() -> Iterator[Source]:
    """Every text file that is committed, or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in content[:8192]:
            yield Source(name, content.decode("utf-8", "replace"))


def look(source: Source) -> Iterator[Complaint]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        yield from ((number, what) for shape, what in WORDS.items() if re.search(shape, line))


def test_nothing_speaks_of_a_machine() -> None:
    assert complaints(look, tracked()) == []


@pytest.mark.parametrize(
    "bad",
    [
        ("", "root", "leeward"),
        ("", "home", "ama", "leeward"),
        ("", "Users", "ama"),
        ("..", "shared", "DESIGN.md"),
        ("file:", "", "", "srv"),
        ("https:", "", "pypi" + ".org", "simple"),
        ("docker" + ".io", "library"),
    ],
)
def test_a_machine_word_is_found(bad: tuple[str, ...]) -> None:
    assert complaints(look, [example("/".join(bad))])


@pytest.mark.parametrize("good", ["/srv/leeward/data", "https://leeward.example.org/work/", "/people/root/"])
def test_other_paths_are_left_alone(good: str) -> None:
    assert complaints(look, [example(good)]) == []
