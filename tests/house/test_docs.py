"""The documents keep up with the code: settings, roles, actions, and the tests that hold each practice."""

import ast
import re
from collections.abc import Iterable
from dataclasses import fields
from functools import cache

import pytest

from leeward.access.policy import Action, Role
from leeward.config import Config
from tests.house.reading import ROOT, files

TEST = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?|`(test_\w+)`")


@cache
def documents() -> str:
    """Everything that people read about Leeward, as one text."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def unnamed(names: Iterable[str], text: str) -> list[str]:
    return [
        name for name in names if not re.search(rf"(?<![\w:]){re.escape(name)}(?![\w:])", text, re.IGNORECASE)
    ]


@cache
def known() -> dict[str, set[str]]:
    """The functions of every test file."""
    return {
        source.path: {node.name for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef)}
        for source in files("test_*.py", "tests")
    }


def lost(text: str) -> list[str]:
    """Tests that a document names and that do not exist."""
    everywhere = set().union(*known().values())
    named = [match.groups() for match in TEST.finditer(text)]
    by_file = [(file, name) for file, name, _ in named if file]
    return [
        *(f"{file}::{name}" for file, name in by_file if name not in {None, *known().get(file, set())}),
        *(file for file, name in by_file if name is None and not (ROOT / file).exists()),
        *(alone for _, _, alone in named if alone and alone not in everywhere),
    ]


def test_settings_are_documented() -> None:
    assert unnamed((f"LEEWARD_{field.name.upper()}" for field in fields(Config)), documents()) == []


def test_roles_are_documented() -> None:
    assert unnamed((role.value.replace("_", " ") for role in Role), documents()) == []


def test_actions_are_documented() -> None:
    assert unnamed((action.value for action in Action), documents()) == []


def test_practices_name_tests_that_exist() -> None:
    assert lost((ROOT / "docs" / "practices.md").read_text(encoding="utf-8")) == []


def test_an_undocumented_name_is_found() -> None:
    assert unnamed(["LEEWARD_DATA", "case:see"], "`LEEWARD_DATABASE`, case:see_card") == [
        "LEEWARD_DATA",
        "case:see",
    ]
    assert unnamed(["front desk"], "The Front desk sees") == []


@pytest.mark.parametrize(
    "bad",
    ["tests/nowhere/test_x.py", "tests/house/test_docs.py::test_nothing", "`test_that_nobody_wrote`"],
)
def test_a_lost_test_is_found(bad: str) -> None:
    assert lost(f"| practice | {bad} |")


def test_a_test_that_exists_is_left_alone() -> None:
    assert lost("`test_roles_are_documented`, tests/house/test_docs.py::test_actions_are_documented") == []
