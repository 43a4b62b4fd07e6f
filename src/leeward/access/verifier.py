"""Check a Leeward trail: find lines that were changed, removed, moved, or written anew.

    python verifier.py FILE [--head SEQ:HASH]...

FILE is an export of the trail, or Leeward's SQLite database itself, which is only read. A head is what
`leeward trail head` printed at some time, kept where nobody at the agency's server can change it. Without a
kept head, a tail that was cut off, or a book that was written anew from the first line, cannot be seen.

This file needs nothing but Python and knows nothing of Leeward's own code, so that it can be read in five
minutes and trusted. The format is told in `trail.py`. Ends with 0 if all is well, 1 if not, 2 if FILE could
not be read.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

Line = dict[str, Any]

COLUMNS = ("seq", "at", "actor", "action", "kind", "things", "outcome", "held_by", "note", "previous", "hash")
NOTHING_BEFORE = "0" * 64


def digest(line: Line) -> str:
    """The hash that a line should have."""
    members = {name: value for name, value in line.items() if name != "hash"}
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Check:
    """Goes through a trail once, from its first line to its last, and keeps what it finds."""

    def __init__(self, heads: Iterable[tuple[int, str]] = ()) -> None:
        """Start with the heads that were kept."""
        self.heads = list(heads)
        self.problems: list[str] = []
        self.seq, self.hash, self.at = 0, NOTHING_BEFORE, ""

    def all(self, lines: Iterable[Line]) -> list[str]:
        """Every problem of a whole trail, in words."""
        for line in lines:
            self.one(line)
        self.problems += [
            f"Line {seq} is not there, but a head was kept of it: the end of the trail was cut off."
            for seq, _ in self.heads
            if seq > self.seq
        ]
        return self.problems

    def one(self, line: Line) -> None:
        """Check the next line against itself, the line before, and the kept heads."""
        seq, found, at = line.get("seq"), str(line.get("hash")), str(line.get("at"))
        self._unless(line.get("v") == 1, f"Line {seq} is of a format that this check does not know.")
        self._unless(seq == self.seq + 1, f"Line {self.seq + 1} should come next, but line {seq} does.")
        self._unless(line.get("previous") == self.hash, f"Line {seq} does not continue the line before it.")
        self._unless(found == digest(line), f"Line {seq} was changed after it was written.")
        self._unless(at >= self.at, f"Line {seq} is dated before the line before it.")
        for kept, hash_ in self.heads:
            self._unless(kept != seq or hash_ == found, f"Line {seq} is not the one that a head was kept of.")
        self.seq, self.hash, self.at = seq if isinstance(seq, int) else self.seq + 1, found, at

    def _unless(self, fine: bool, problem: str) -> None:  # noqa: FBT001
        if not fine:
            self.problems.append(problem)


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of an export or of a SQLite database."""
    with path.open("rb") as file:
        if file.read(16) == b"SQLite format 3\0":
            yield from _of_database(path)
            return
        file.seek(0)
        yield from (json.loads(line) for line in file)


def _of_database(path: Path) -> Iterator[Line]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        for row in database.execute(f"SELECT {', '.join(COLUMNS)} FROM access_line ORDER BY seq"):  # noqa: S608
            yield _as_exported(dict(zip(COLUMNS, row, strict=True)))


def _as_exported(row: Line) -> Line:
    actor, at = row["actor"], row["at"].replace(" ", "T")
    return {
        **row,
        "actor": actor and str(uuid.UUID(actor)),
        "at": f"{at if '.' in at else at + '.000000'}Z",
        "things": json.loads(row["things"]),
        "previous": row["previous"].hex(),
        "hash": row["hash"].hex(),
        "v": 1,
    }


def _head(text: str) -> tuple[int, str]:
    seq, _, hash_ = text.strip().partition(":")
    return int(seq), hash_.lower()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one file and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--head", type=_head, action="append", default=[], metavar="SEQ:HASH")
    asked = parser.parse_args(arguments)
    check = Check(asked.head)
    try:
        problems = check.all(lines_of(asked.file))
    except (OSError, sqlite3.Error, ValueError, AttributeError, TypeError) as error:
        print(f"{asked.file} could not be read as a trail after line {check.seq}: {error}", file=sys.stderr)  # noqa: T201
        return 2
    for problem in problems or [
        f"{check.seq} lines, all as they were written. Head: {check.seq}:{check.hash}"
    ]:
        print(problem)  # noqa: T201
    if not asked.head:
        print("No kept head was given, so a cut or rewritten end would not have been seen.")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
