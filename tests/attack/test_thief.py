"""A thief carries everything away: the database, its log, a backup, temporary files, logs, caches. Nobody is in it."""

import base64
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from leeward.access.marks import walk
from tests.attack import reasons, thief
from tests.attack.canaries import PREFIX, Search, canary, hidden
from tests.attack.day import Day
from tests.attack.stores import Place, new_place
from tests.attack.thief import Seen
from tests.attack.web import serving
from tests.attack.writer import Told

# The day is lived once, and looked at by all tests.
pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("thief")]


@dataclass(frozen=True)
class Lived:
    """A day that is over, and all that is left of it."""

    place: Place
    temporary: Path
    day: Day
    seen: Seen
    said: str = ""

    @property
    def told(self) -> Told:
        """What was asked, typed and read."""
        return self.day.told


def prepare(place: Place, static_root: Path) -> None:
    """An empty store, and on PostgreSQL a server that writes down all it is asked."""
    shutil.copytree(static_root, place.folder / "static")
    made = place.python("tests.attack.empty")
    assert made.returncode == 0, made.stderr
    if place.is_postgres:
        with psycopg.connect(place.database, autocommit=True) as connection:
            alter = f"ALTER DATABASE {connection.info.dbname} SET"
            connection.execute(f"{alter} log_statement = 'all'".encode())
            connection.execute(f"{alter} log_parameter_max_length = -1".encode())


def lived(place: Place, live: Callable[[int, Path], tuple[Day, Seen]], **planted: str) -> Lived:
    """Live a day, or part of one, with faults or without."""
    temporary = place.folder.with_name("temporary")
    temporary.mkdir()
    with serving(place, "tests.attack.thief_serve", TMPDIR=str(temporary), **planted) as (port, _):
        day, seen = live(port, temporary)
        return Lived(place, temporary, day, seen, "" if planted else thief.commands(place))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, static_root: Path) -> Iterator[Lived]:
    with new_place(tmp_path_factory.mktemp("thief") / "here") as place, ExitStack() as stack:
        prepare(place, static_root)
        if not place.is_postgres:
            # Whoever closes the file last takes the write-ahead log along; a reader who stays keeps it for the thief.
            keeper = stack.enter_context(closing(sqlite3.connect(place.sqlite)))
            keeper.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield lived(place, thief.live)


def postgres_server_log(place: Place) -> bytes:
    with psycopg.connect(place.database) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    return (Path(row[0]).parent / "log").read_bytes()


def dump(place: Place) -> bytes:
    """The store as text, as an administrator would look at it."""
    if place.is_postgres:
        return subprocess.run(["pg_dump", place.database], capture_output=True, check=True).stdout
    with closing(sqlite3.connect(place.sqlite)) as connection:
        return "\n".join(connection.iterdump()).encode()


def cookie_parts(cookies: list[str]) -> list[str]:
    """The cookie as it is sent, and both of its halves as bytes would lie in a row."""
    raw = [base64.urlsafe_b64decode(cookie) for cookie in cookies]
    return [*cookies, *(half.hex() for each in raw for half in (each[:32], each[32:]))]


def test_a_thief_finds_nobody(whole: Lived) -> None:
    place, cookies = whole.place, whole.seen.cookies
    if not place.is_postgres:
        assert place.sqlite.with_name("leeward.sqlite3-wal").stat().st_size > 0
    search = Search(*whole.day.secrets, *cookie_parts(cookies))
    assert search.in_files(place.folder, whole.temporary, place.log) == []
    assert search.in_bytes(whole.said.encode()) == set()
    assert set().union(*(search.in_bytes(each) for each in whole.seen.temporary)) == set()
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


def test_the_busy_calendar_names_nobody(whole: Lived) -> None:
    assert Search().in_bytes(whole.seen.calendar) == set()


# -- nothing was left out


def left_out(told: Told) -> set[str]:
    """Doors that nobody went through."""
    return {door.path for door in walk("leeward.site")} - told.doors


def wordless(told: Told) -> set[tuple[str, str]]:
    """Fields that take any words and were given none."""
    return told.asked - {field for field, _ in told.typed}


def unread(told: Told) -> set[tuple[str, str]]:
    """Fields whose words could not be read again: they were not kept, so a thief who misses them shows nothing."""
    lost = {field for field, word in told.typed if word not in told.read}
    return {(door, name) for door, name in lost if door not in reasons.LET_GO}


def test_every_door_was_gone_through(whole: Lived) -> None:
    assert left_out(whole.told) == set(reasons.NOT_ENTERED)


def test_every_field_was_given_words(whole: Lived) -> None:
    assert wordless(whole.told) == set(reasons.NO_WORDS)


def test_what_was_typed_can_be_read_again(whole: Lived) -> None:
    assert unread(whole.told) == set(reasons.NOT_READ)


def test_no_form_puts_words_into_an_address(whole: Lived) -> None:
    assert whole.told.in_addresses == set()


def test_no_button_takes_the_place_of_an_answer(whole: Lived) -> None:
    assert whole.told.overwritten == set()


# -- it would be noticed


def test_planted_leaks_are_found(place: Place, static_root: Path) -> None:
    prepare(place, static_root)
    morning = lived(place, thief.live_a_morning, THIEF_PLANT="temp,log,column,promise,calendar")
    search = Search(*morning.day.secrets)
    assert [each for each in morning.seen.temporary if search.in_bytes(each)], "a temporary upload"
    assert search.in_bytes(place.log.read_bytes()), "a log without a filter"
    stolen = dump(place)
    leaked = {door for (door, _), word in morning.told.typed if word.encode() in stolen}
    assert leaked == {"/write/", "/days/<uuid:case>/promise/"}, "two columns"
    assert search.in_bytes(morning.seen.calendar), "a calendar that says too much"
    # A morning is no day.
    assert "/walking/<uuid:case>/close/" in left_out(morning.told)
    assert ("/people/<uuid:case>/notes/<uuid:entry>/", "hard") in wordless(morning.told)
    assert ("/people/new/", "legal_name") in unread(morning.told)


@pytest.mark.parametrize("dress", hidden(PREFIX))
def test_the_search_sees_through(dress: str) -> None:
    assert Search().in_bytes(b"\x00\x01" + hidden(canary("x"))[dress] + b"\xfe\xff")


def test_the_search_finds_nothing_where_nothing_is() -> None:
    assert Search("shown once").in_bytes(bytes(range(256)) * 1000) == set()
