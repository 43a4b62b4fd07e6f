"""The processes of a run: each has one store, and the parent lets them take turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

import psycopg

from tests.postgres import NoServer, cluster, programs

HOUSES: Final = {"leeward": "leeward.settings", "twin": "bench.twin.settings"}
FULL: Final = {"large": (10_000, 100_000), "small": (1_000, 10_000)}
QUICK: Final = {"large": (1_000, 10_000), "small": (100, 1_000)}
#: Flatness is about Leeward alone, so the twin has no small store.
WANTED: Final = (("leeward", "large"), ("twin", "large"), ("leeward", "small"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store is, and whose house it is."""

    house: str
    size: str
    folder: Path
    database: str

    def start(self, *words: str, **pipes: Any) -> subprocess.Popen[str]:  # noqa: ANN401 - subprocess's own
        """Start a process of this house on this store."""
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": HOUSES[self.house],
            "LEEWARD_DATA": str(self.folder),
            "LEEWARD_PEPPER_FILE": str(self.folder / "pepper"),
            "LEEWARD_DATABASE": self.database,
            "LEEWARD_HOSTS": "localhost",
        }
        command = [sys.executable, "-W", "ignore", "-m", "bench.worker", *words]
        return subprocess.Popen(command, env=environment, text=True, **pipes)

    @property
    def facts(self) -> Path:
        """What the maker of the store wrote down for the measures."""
        return self.folder / f"{self.database.partition(':')[0]}-{self.house}-{self.size}.json"


class Server:
    """A process that waits to be asked."""

    def __init__(self, place: Place) -> None:
        self._process = place.start("serve", str(place.facts), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._answer()

    def timed(self, name: str, times: int) -> list[list[int]]:
        """Nanoseconds on the clock and of work, for each of some runs of an operation."""
        return cast("list[list[int]]", self.ask(do=name, times=times))

    def ask(self, **question: object) -> Any:  # noqa: ANN401 - JSON
        """Ask one thing."""
        asking = cast("IO[str]", self._process.stdin)
        asking.write(json.dumps(question) + "\n")
        asking.flush()
        return self._answer()

    def _answer(self) -> Any:  # noqa: ANN401
        line = cast("IO[str]", self._process.stdout).readline()
        if not line:
            raise RuntimeError("a process of the benchmark ended; what it said stands above")
        return json.loads(line)

    def stop(self) -> None:
        """End the process."""
        with self._process:
            cast("IO[str]", self._process.stdin).close()


@contextmanager
def databases(folder: Path, *, sqlite_only: bool = False) -> Iterator[dict[str, list[Place]]]:
    """Where the stores of each database are; PostgreSQL only where there is a server program."""
    with ExitStack() as stack:
        yield {"SQLite": on_sqlite(folder), **({} if sqlite_only else _postgresql(stack, folder))}


def on_sqlite(folder: Path) -> list[Place]:
    """A file for each store."""
    return [
        Place(house, size, folder, f"sqlite:///{folder / f'{house}-{size}.sqlite3'}")
        for house, size in WANTED
    ]


def _postgresql(stack: ExitStack, folder: Path) -> dict[str, list[Place]]:
    try:
        programs()
    except NoServer:
        return {}
    url = stack.enter_context(cluster(durable=True))
    with psycopg.connect(url, autocommit=True) as connection:
        for house, size in WANTED:
            connection.execute(f"CREATE DATABASE {house}_{size}".encode())
    base = url.rpartition("/")[0]
    return {"PostgreSQL": [Place(house, size, folder, f"{base}/{house}_{size}") for house, size in WANTED]}


def make(places: list[Place], sizes: dict[str, tuple[int, int]]) -> None:
    """Fill stores, two at a time."""
    waiting = list(places)
    places[0].start("static").wait()
    while waiting:
        now, waiting = waiting[:2], waiting[2:]
        started = [place.start("make", *map(str, sizes[place.size]), str(place.facts)) for place in now]
        if any(process.wait() for process in started):
            raise RuntimeError("a store could not be made; what it said stands above")


@contextmanager
def serving(places: list[Place]) -> Iterator[dict[str, Server]]:
    """A process for each store, by "house size"."""
    servers = {f"{place.house} {place.size}": Server(place) for place in places}
    try:
        yield servers
    finally:
        for server in servers.values():
            server.stop()
