"""What the tests of this package share."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from leeward.access.gate import Visit
from leeward.access.policy import Role
from tests.access.stubs import File, a_file, a_visit


def start_writer(database: dict[str, Any], lines: int | str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.access.writer", json.dumps(database), str(lines)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2])


def sqlite(path: Path) -> dict[str, Any]:
    """Django's description of a SQLite file that can keep a trail."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 60}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with an empty trail."""
    path = tmp_path_factory.mktemp("trail") / "empty.sqlite"
    assert start_writer(sqlite(path), "migrate").wait() == 0
    return path


@pytest.fixture(scope="session")
def whole_book(empty_book: Path) -> Path:
    """A SQLite file with a trail of five lines."""
    path = empty_book.with_name("whole.sqlite")
    shutil.copy(empty_book, path)
    assert start_writer(sqlite(path), 5).wait() == 0
    return path


@pytest.fixture
def book(whole_book: Path, tmp_path: Path) -> Path:
    """A SQLite file with a trail of five lines, to be tampered with."""
    return Path(shutil.copy(whole_book, tmp_path / "book.sqlite"))


@pytest.fixture
def file() -> File:
    """The file of somebody in a team where a case manager works."""
    return a_file(Role.CASE_MANAGER)


@pytest.fixture
def visit(file: File) -> Visit:
    """That case manager, signed in."""
    return a_visit(Role.CASE_MANAGER, team=file.team)
