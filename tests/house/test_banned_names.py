"""Names say what a thing is, in the field's words: no drawers for odds and ends, no labels for people."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.reading import Complaint, Source, code, complaints, example

DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "managers",
    "mixins",
    "common",
    "misc",
    "selectors",
}
SHAPES = re.compile(r"(Mixin|Helper|Utils?|Handler|Processor)$")
HOLLOW_VERBS = re.compile(r"^_?(process|handle|manage)(_|$)")
# Hooks that Django calls by these names.
DJANGOS = {"handle", "process_view", "process_request", "process_response", "process_exception"}
ABOUT_PEOPLE = re.compile(r"(^|_)(victim|client|offender|beneficiary)s?(_|$)", re.IGNORECASE)


def drawers(source: Source) -> Iterator[Complaint]:
    yield from ((1, f"{part} says nothing") for part in source.name.with_suffix("").parts if part in DRAWERS)


def defined(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that this file gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name


def look(source: Source) -> Iterator[Complaint]:
    yield from drawers(source)
    for line, name in defined(source.tree):
        if SHAPES.search(name):
            yield line, f"{name}: say what it is, not how it is built"
        if HOLLOW_VERBS.search(name) and name not in DJANGOS:
            yield line, f"{name}: say what it does"
        if ABOUT_PEOPLE.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)):
            yield line, f"{name}: the person served is the participant"


def test_names_speak() -> None:
    assert complaints(look, code()) == []


@pytest.mark.parametrize(
    "bad",
    [
        "class AccessMixin: ...",
        "def process_entry(entry): ...",
        "def handle(entry): ...\ndef manage_case(case): ...",
        "class Victim: ...",
        "def letter(client): ...",
        "client_name = ''",
        "class ClientCard: ...",
    ],
)
def test_an_empty_word_is_found(bad: str) -> None:
    assert complaints(look, [example(bad)])


@pytest.mark.parametrize("path", ["src/leeward/cases/utils.py", "src/leeward/helpers/cases.py"])
def test_a_drawer_is_found(path: str) -> None:
    assert complaints(look, [example("", path)])


@pytest.mark.parametrize(
    "good", ["def process_view(request): ...", "def hand_over(file): ...", "class Clinic: ..."]
)
def test_a_speaking_name_is_left_alone(good: str) -> None:
    assert complaints(look, [example(good)]) == []
