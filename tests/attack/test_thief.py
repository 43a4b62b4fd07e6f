"""A thief carries everything away: the database, its log, a backup, temporary files, logs, caches. Nobody is in it."""

# ruff: noqa: PLR1702 - a scenario is told in one go

import base64
import shutil
import sqlite3
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.attack.canaries import PREFIX, Search, canary, hidden
from tests.attack.stores import Place
from tests.attack.thief import Day, commands, live
from tests.attack.web import serving

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def prepare(place: Place, static_root: Path) -> None:
    """An empty store, and on PostgreSQL a server that writes down all it is asked."""
    shutil.copytree(static_root, place.folder / "static")
    made = place.python("tests.attack.empty")
    assert made.returncode == 0, made.stderr
    if place.is_postgres:
        with psycopg.connect(place.database, autocommit=True) as connection:
            name = connection.info.dbname
            for setting in ("log_statement = 'all'", "log_parameter_max_length = -1"):
                connection.execute(f"ALTER DATABASE {name} SET {setting}".encode())


def a_day(place: Place, temporary: Path, **planted: str) -> tuple[Day, list[bytes], list[str], str]:
    with serving(place, "tests.attack.thief_serve", TMPDIR=str(temporary), **planted) as (port, _):
        day, seen, cookies = live(port, temporary)
        said = commands(place) if not planted else ""
    return day, seen, cookies, said


def postgres_server_log(place: Place) -> bytes:
    with psycopg.connect(place.database) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    return (Path(row[0]).parent / "log").read_bytes()


def dump(place: Place) -> bytes:
    """The store as text, as an administrator would look at it."""
    if place.is_postgres:
        return subprocess.run(["pg_dump", place.database], capture_output=True, check=True).stdout
    return subprocess.run(
        ["sqlite3", str(place.sqlite), ".dump"], capture_output=True, check=True
    ).stdout if shutil.which("sqlite3") else b""  # fmt: skip


def cookie_parts(cookies: list[str]) -> list[str]:
    """The cookie as it is sent, and both of its halves as bytes would lie in a row."""
    raw = [base64.urlsafe_b64decode(cookie) for cookie in cookies]
    return [*cookies, *(half.hex() for each in raw for half in (each[:32], each[32:]))]


def test_a_thief_finds_nobody(place: Place, temporary: Path, static_root: Path) -> None:
    prepare(place, static_root)
    # Whoever closes SQLite's file last takes the write-ahead log along; a reader who stays keeps it for the thief.
    keeper = None if place.is_postgres else sqlite3.connect(place.sqlite)
    if keeper:
        keeper.execute("SELECT count(*) FROM sqlite_master").fetchone()
    day, seen, cookies, said = a_day(place, temporary)
    if keeper:
        assert place.sqlite.with_name("leeward.sqlite3-wal").stat().st_size > 0
    search = Search(*day.secrets, *cookie_parts(cookies))
    assert search.in_files(place.folder, temporary, place.log) == []
    assert search.in_bytes(said.encode()) == set()
    assert set().union(*(search.in_bytes(each) for each in seen)) == set()
    if keeper:
        keeper.close()
    assert search.in_bytes(dump(place)) == set()
    raw = [base64.urlsafe_b64decode(cookie)[:32] for cookie in cookies]
    everything = b"".join(path.read_bytes() for path in place.folder.rglob("*") if path.is_file())
    assert not any(half in everything for half in raw)
    if place.is_postgres:
        log = postgres_server_log(place)
        assert b"cases_entry" in log
        assert search.in_bytes(log) == set(), [
            line[:300] for line in log.splitlines() if search.in_bytes(line)
        ][:5]
    # The log did write down that something happened, so it is not silence that passes.
    assert b"ValueError" in place.log.read_bytes()
    assert b"RuntimeError" in place.log.read_bytes()


def test_planted_leaks_are_found(place: Place, temporary: Path, static_root: Path) -> None:
    prepare(place, static_root)
    day, seen, _, _ = a_day(place, temporary, THIEF_PLANT="temp,log,column")
    search = Search(*day.secrets)
    assert [each for each in seen if search.in_bytes(each)], "a temporary upload"
    assert search.in_bytes(place.log.read_bytes()), "a log without a filter"
    assert search.in_bytes(dump(place) or place.sqlite.with_name("leeward.sqlite3-wal").read_bytes()), (
        "a column"
    )


@pytest.mark.parametrize("dress", hidden(PREFIX))
def test_the_search_sees_through(dress: str) -> None:
    assert Search().in_bytes(b"\x00\x01" + hidden(canary("x"))[dress] + b"\xfe\xff")


def test_the_search_finds_nothing_where_nothing_is() -> None:
    assert Search("shown once").in_bytes(bytes(range(256)) * 1000) == set()
