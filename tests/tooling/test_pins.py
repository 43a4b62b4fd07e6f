"""What is installed is pinned, hashed, and says nothing of where it came from."""

import re
import tomllib
from typing import Any

import pytest

from tests.house.reading import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==\S+(.*)$", re.MULTILINE)
LOCKS = ["base.txt", "dev.txt", "build.txt"]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pinned(name: str) -> set[str]:
    return {match[1] for match in PIN.finditer(lock(name))}


def asked_for(requirements: list[str]) -> set[str]:
    names = (re.split(r"[\[<>=;! ]", requirement, maxsplit=1)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_what_is_asked_for_is_pinned() -> None:
    groups = project()["dependency-groups"]
    base = asked_for(project()["project"]["dependencies"])
    assert base - pinned("base.txt") == set()
    assert asked_for(groups["dev"]) - pinned("dev.txt") == set()
    assert asked_for(groups["build"]) - pinned("build.txt") == set()


def test_development_has_what_production_has() -> None:
    production, development = (set(re.findall(r"^\S+==\S+", lock(name), re.MULTILINE)) for name in LOCKS[:2])
    assert production - development == set()


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    hashed = re.findall(r"^[a-z0-9._-]+==[^\n]*\\\n +--hash=sha256:[0-9a-f]{64}", lock(name), re.MULTILINE)
    assert len(hashed) == len(pinned(name)) > 0


@pytest.mark.parametrize("name", LOCKS)
def test_no_pin_names_an_address(name: str) -> None:
    assert "://" not in lock(name)


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.")[0]
    listed = re.findall(r'^    "[A-Za-z][\w.\[\]-]*(?:[<>=;][^"]*)?",.*$', text, re.MULTILINE)
    silent = [line for line in listed if "#" not in line]
    assert len(listed) > len(project()["project"]["dependencies"])
    assert silent == []
