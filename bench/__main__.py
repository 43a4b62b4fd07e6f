"""`python -m bench [--json FILE] [--quick] [--only NAME]`: measure, print a table, judge nothing but targets."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import cryptography
import django

from bench import given_back, report, stores
from bench.measures import MEASURES, Row
from leeward.vault import pepper


def main() -> int:
    """Make stores in a temporary folder, let them take turns, and tell."""
    asked = _asked()
    sizes = stores.QUICK if asked.quick else stores.FULL
    rounds = 3 if asked.quick else asked.rounds
    with tempfile.TemporaryDirectory(prefix="leeward-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        pepper.make(folder / "pepper")
        found = _all(folder, sizes, rounds, asked)
    machine = _machine()
    report.tell(machine)
    if asked.json:
        told = {"machine": machine, "size": sizes, "quick": asked.quick, "rows": _plain(found)}
        Path(asked.json).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _all(
    folder: Path, sizes: dict[str, tuple[int, int]], rounds: int, asked: argparse.Namespace
) -> dict[str, list[Row]]:
    """Each database in turn, and then a real browser; each table is printed at once."""
    found: dict[str, list[Row]] = {}
    if asked.only != given_back.NAME:
        found = _stores(folder, sizes, rounds, asked)
    if asked.only in {None, given_back.NAME}:
        found[given_back.NAME] = list(given_back.rows())
        report.show_hands(found[given_back.NAME])
    return found


def _stores(
    folder: Path, sizes: dict[str, tuple[int, int]], rounds: int, asked: argparse.Namespace
) -> dict[str, list[Row]]:
    """Leeward against its twin."""
    found: dict[str, list[Row]] = {}
    with stores.databases(folder, sqlite_only=asked.sqlite_only) as places:
        for kind in places:
            found[kind] = _measured(kind, places[kind], sizes, rounds, asked.only)
            report.show(kind, sizes["large"], found[kind], quick=asked.quick)
    return found


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench", description="How fast Leeward is, against the same house unsealed."
    )
    parser.add_argument("--json", metavar="FILE", help="write the numbers there too")
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the data and few rounds: to see that it runs"
    )
    parser.add_argument("--only", choices=sorted([*MEASURES, given_back.NAME]), help="one kind of measure")
    parser.add_argument("--rounds", type=int, default=7, help="how often the two take turns (7)")
    parser.add_argument("--sqlite-only", action="store_true", help="leave PostgreSQL out")
    return parser.parse_args()


def _measured(
    kind: str, places: list[stores.Place], sizes: dict[str, tuple[int, int]], rounds: int, only: str | None
) -> list[Row]:
    begun = time.monotonic()
    stores.make(places, sizes)
    _say(f"{kind}: stores made in {time.monotonic() - begun:.0f} s")
    names = [only] if only else list(MEASURES)
    found: list[Row] = []
    with stores.serving(places) as servers:
        for name in names:
            found += [row for rows in MEASURES[name] for row in rows(servers, rounds)]
            _say(f"{kind}: {name} done, {time.monotonic() - begun:.0f} s")
    return found


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _plain(found: dict[str, list[Row]]) -> dict[str, list[dict[str, Any]]]:
    return {kind: [row.told() for row in rows] for kind, rows in found.items()}


def _machine() -> dict[str, str]:
    """What the numbers come from. Only ratios mean anything elsewhere."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "system": platform.system(),
        "load": load,
        "python": platform.python_version(),
        "django": django.get_version(),
        "sqlite": sqlite3.sqlite_version,
        "cryptography": cryptography.__version__,
    }


if __name__ == "__main__":
    sys.exit(main())
