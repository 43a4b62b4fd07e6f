"""The import contracts hold, know every package, and catch what they are there to catch."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.house.reading import PACKAGE, ROOT

# They have another shape inside: foundations, the gate, the command, the maker of the synthetic agency.
NOT_SUBJECTS = {"vault", "ui", "access", "cli", "demo"}
# They only compose what others own.
WITHOUT_TABLES = ("desk", "portal", "record", "reports")

PLANTED = {
    "a lower package imports a higher one": ("leeward.staff.models", "leeward.cases.models"),
    "packages on one line see each other": ("leeward.cases.actions", "leeward.signin.views"),
    "the foundation imports the house": ("leeward.vault.padding", "leeward.staff.models"),
    "the look knows a page": ("leeward.ui.pages", "leeward.site"),
    "the gate asks for a subject": ("leeward.access.policy", "leeward.cases.models"),
    "a noun imports its view": ("leeward.cases.models", "leeward.cases.views"),
    "a verb imports its form": ("leeward.cases.actions", "leeward.cases.forms"),
    "a form imports its verb": ("leeward.staff.forms", "leeward.staff.actions"),
    "a view turns a key": ("leeward.cases.views", "leeward.vault.keyring"),
    "the desk turns a key": ("leeward.desk.views", "leeward.vault.keyring"),
    "cryptography outside the cipher": ("leeward.vault.padding", "cryptography.hazmat.primitives.hashes"),
    "a paper share outside paper": ("leeward.staff.actions", "shamir_mnemonic"),
    "a page has a sealed field": ("leeward.desk.views", "leeward.vault.fields"),
    "a case meets the pepper": ("leeward.cases.actions", "leeward.vault.pepper"),
    "the vault asks for settings": ("leeward.vault.cipher", "leeward.config"),
    "the configuration knows the house": ("leeward.config", "leeward.staff.models"),
}


def contracts() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}


def folders() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts over the package that lies under a root, which comes first on the path."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    options = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"]
    command = [sys.executable, "-c", program, *options]
    return subprocess.run(
        command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False
    )


def plant(root: Path, module: str, line: str) -> None:
    """Write one line at the end of a module, which is made where it does not exist."""
    place = root.joinpath(*module.split("."))
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("planted")
    shutil.copytree(
        PACKAGE, root / "leeward", ignore=shutil.ignore_patterns("static", "templates", "__pycache__")
    )
    for importer, imported in PLANTED.values():
        plant(root, importer, "")
        plant(root, imported, "")
    return root


@pytest.fixture(scope="module")
def planted(copy: Path) -> str:
    """What the contracts say about a copy of the house with every planted fault in it at once."""
    for importer, imported in PLANTED.values():
        plant(copy, importer, f"import {imported}")
    return lint(copy).stdout


def test_contracts_hold() -> None:
    done = lint(ROOT / "src")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_import_is_caught(planted: str, fault: str) -> None:
    importer, imported = PLANTED[fault]
    top = imported if imported.startswith("leeward") else imported.split(".", maxsplit=1)[0]
    assert re.search(rf"{re.escape(importer)} -> {re.escape(top)}\b", planted), planted


def test_an_undeclared_package_is_caught(tmp_path: Path, copy: Path) -> None:
    shutil.copytree(copy / "leeward", tmp_path / "leeward")
    (tmp_path / "leeward" / "chat").mkdir()
    (tmp_path / "leeward" / "chat" / "__init__.py").touch()
    done = lint(tmp_path)
    assert done.returncode != 0
    assert "leeward.chat" in done.stdout


def test_every_subject_has_the_inner_order() -> None:
    listed = {name.removeprefix("leeward.") for name in contracts()["subjects"]["containers"]}
    assert listed == folders() - NOT_SUBJECTS


def test_no_contract_has_exceptions() -> None:
    assert [name for name, contract in contracts().items() if "ignore_imports" in contract] == []


def test_composers_own_no_tables() -> None:
    composers = [PACKAGE / name for name in WITHOUT_TABLES] + [PACKAGE / "vault"]
    assert [
        str(folder) for folder in composers if (folder / "models.py").exists() or (folder / "models").exists()
    ] == []


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        name for name in folders() if not (PACKAGE / name / "__init__.py").read_text().startswith('"""')
    ]
    assert silent == []
