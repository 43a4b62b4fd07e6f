"""What is compared with what, and the targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

from bench.stores import Server

type Servers = dict[str, Server]
_MS: Final = 1e6
KINDS: Final = (
    "1 rare",
    "1 mid",
    "1 common",
    "2 common",
    "3 common",
    "1 rare, 1 common",
    "3 mid",
    "1 absent",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Times are milliseconds, sizes kilobytes."""

    name: str
    ours: float
    other: float | None
    target: str
    met: bool
    #: The same two by the processes' own work, which other programs on the machine disturb less.
    work: tuple[float, float] | None = None
    against: str = "twin"

    @property
    def ratio(self) -> float | None:
        """How many times as long."""
        return self.ours / self.other if self.other else None

    @property
    def work_ratio(self) -> float | None:
        """The same by work."""
        return self.work[0] / self.work[1] if self.work and self.work[1] else None

    def told(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "ratio": self.ratio, "work_ratio": self.work_ratio}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two operations that take turns."""

    ours: tuple[str, str]
    other: tuple[str, str]

    def measured(self, servers: Servers, rounds: int, times: int) -> tuple[float, float, float, float]:
        """Medians in milliseconds on the clock (ours, other) and by work (ours, other), A B A B."""
        found: dict[tuple[str, str], list[list[int]]] = {self.ours: [], self.other: []}
        for place, name in found:
            servers[place].timed(name, min(times, 2))
        for _ in range(rounds):
            for (place, name), so_far in found.items():
                so_far.extend(servers[place].timed(name, times))
        clock = [median(one[0] for one in found[each]) / _MS for each in (self.ours, self.other)]
        work = [median(one[1] for one in found[each]) / _MS for each in (self.ours, self.other)]
        return clock[0], clock[1], work[0], work[1]


@dataclass(frozen=True, slots=True)
class Compared:
    """A page or a verb against its twin: no more than so many times as long."""

    name: str
    pair: Pair
    most: float
    times: int = 6
    against: str = "twin"

    def rows(self, servers: Servers, rounds: int) -> Iterator[Row]:
        """One line."""
        ours, other, *work = self.pair.measured(servers, rounds, self.times)
        met = ours <= self.most * other
        yield Row(self.name, ours, other, f"≤ {self.most} ×", met, (work[0], work[1]), self.against)


@dataclass(frozen=True, slots=True)
class Searched:
    """The eight kinds of questions in one scope: their geometric mean, and the slowest."""

    name: str
    scope: str
    #: The most milliseconds; where the index takes longer, as long as the index.
    most: float
    or_as_index: bool = False

    def rows(self, servers: Servers, rounds: int) -> Iterator[Row]:
        """Two lines."""
        found = [self._pair(kind).measured(servers, rounds, 3) for kind in KINDS]
        yield self._row("geometric mean", [_mean([one[at] for one in found]) for at in range(4)])
        slowest = max(range(len(KINDS)), key=lambda at: found[at][0])
        yield self._row(f"slowest: {KINDS[slowest]}", list(found[slowest]))

    def _pair(self, kind: str) -> Pair:
        name = f"search {self.scope} {kind}"
        return Pair(("leeward large", name), ("twin large", name))

    def _row(self, which: str, times: list[float]) -> Row:
        ours, other, *work = times
        most = max(self.most, other) if self.or_as_index else self.most
        target = f"≤ {self.most:g} ms" + (" or 1.0 ×" if self.or_as_index else "")
        return Row(f"{self.name}, {which}", ours, other, target, ours <= most, (work[0], work[1]))


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much comes over the wire."""

    name: str

    def rows(self, servers: Servers, rounds: int) -> Iterator[Row]:  # noqa: ARG002 - bytes need no rounds
        """A line for each page."""
        for page, size in servers["leeward large"].ask(do="sizes").items():
            most = 60 if page.startswith("first") else 15
            yield Row(page, size / 1024, None, f"≤ {most} KB", size <= most * 1024)


def _mean(times: list[float]) -> float:
    return math.exp(sum(math.log(one) for one in times) / len(times))


def _twins(name: str) -> Pair:
    return Pair(("leeward large", name), ("twin large", name))


def _flat(name: str) -> Pair:
    return Pair(("leeward large", name), ("leeward small", name))


_TENTH: Final = "a tenth"
#: How much longer than its twin a page may take.
_A_PAGE: Final = 1.15
MEASURES: Final[dict[str, list[Callable[[Servers, int], Iterator[Row]]]]] = {
    "today": [Compared("Today", _twins("today"), _A_PAGE).rows],
    "list": [Compared("my people, 30 of them", _twins("list"), _A_PAGE).rows],
    "case": [Compared("participant's page, 25 notes", _twins("case"), _A_PAGE).rows],
    "save": [
        Compared("save a note", _twins("save"), 1.3).rows,
        Compared("save a note, the verb alone", _twins("save, action alone"), 1.3).rows,
    ],
    "sign-in": [
        Compared(
            "sign in",
            Pair(("leeward large", "sign-in"), ("leeward large", "one Argon2id")),
            1.1,
            times=2,
            against="Argon2id",
        ).rows
    ],
    "search": [
        Searched("search one's own 30", "own", 2, or_as_index=True).rows,
        Searched("search a team of 300", "team", 25).rows,
        Searched("search everybody", "all", 150).rows,
    ],
    "flat": [
        Compared("Today, all the data", _flat("today"), 1.1, against=_TENTH).rows,
        Compared("my people, all the data", _flat("list"), 1.1, against=_TENTH).rows,
        Compared("participant's page, all the data", _flat("case"), 1.1, against=_TENTH).rows,
    ],
    "sizes": [Weighed("sizes").rows],
}
