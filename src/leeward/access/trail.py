"""The log book: who opened what, and who was turned away. One line per request, never any content.

Each line carries the hash of the line before, so that changing, removing or reordering one breaks all that
follow. Whoever can rewrite the whole book is found out against a head (the newest line's number and hash)
that was kept somewhere else. `verifier.py` checks both, without Leeward.

Format 1, frozen (a test holds a line in it). The hash of a line is SHA-256 over the UTF-8 bytes of a JSON
object with exactly these members, sorted by name, no white space, everything outside ASCII escaped:

    action    code, "scope:verb"
    actor     lower-case UUID of the person, or null where nobody was signed in
    at        "2026-01-31T09:05:00.000000Z": UTC, six decimals
    held_by   "", "policy" or "key"
    kind      code, what the things are, or ""
    note      code, or ""
    outcome   "opened", "refused" or "done"
    previous  the hash of the line before in hexadecimal; for the first line, 64 zeros
    seq       1, 2, 3, …
    things    lower-case UUIDs, in the order shown
    v         1

An export has one such object per line of text, with one more member, `hash`.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC
from typing import NamedTuple, TextIO
from uuid import UUID

from django.core.checks import CheckMessage, Error
from django.db import connection, connections, transaction
from django.utils import timezone

from leeward.access.models import HeldBy, Line, Lines, Outcome

__all__ = ["Head", "HeldBy", "Outcome", "export", "head", "holds_only", "openings_of", "write"]

TABLE = Line._meta.db_table  # noqa: SLF001 - Django's documented way to ask
NOTHING_BEFORE = bytes(32)

# Words of a person never look like this, so none can slip in.
_CODE = re.compile(r"[a-z0-9:_.-]{0,40}")
# Any fixed number does, as long as nothing else in the database takes turns by it.
_TURN = int.from_bytes(b"leetrail")


class Head(NamedTuple):
    """The newest line's number and hash. Kept elsewhere, it shows whether the trail was cut or rewritten."""

    seq: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash.hex()}"


def write(  # noqa: PLR0913 - a line has this many columns
    *,
    actor: UUID | None,
    action: str,
    outcome: Outcome,
    kind: str = "",
    things: Iterable[UUID] = (),
    held_by: HeldBy = HeldBy.NOTHING,
    note: str = "",
) -> Line:
    """Add a line in a transaction of its own, one writer at a time.

    Defends against a line that is rolled back together with what it tells about. So the door is opened before
    a transaction is begun: inside one, this is a RuntimeError (only Django's own TestCase, which wraps each
    test, is let be).
    """
    _only_codes(action, kind, note)
    line = Line(actor=actor, action=action, kind=kind, outcome=outcome, held_by=held_by, note=note)
    line.things = [str(thing) for thing in things]
    with transaction.atomic(durable=True):
        _wait_for_turn()
        _append(line)
    return line


def head() -> Head:
    """The newest line's number and hash; 0 and zeros where nothing was written yet."""
    newest = Line.objects.order_by("-seq").values_list("seq", "hash").first()
    return Head(newest[0], bytes(newest[1])) if newest else Head(0, NOTHING_BEFORE)


def holds_only(action: str) -> bool:
    """Whether nothing but this was ever written."""
    return not Line.objects.exclude(action=action).exists()


def openings_of(thing: UUID) -> Lines:
    """Who saw this, newest first: the lines by which one thing was opened or shown in a list."""
    return Line.objects.opened(thing).order_by("-seq")


def export(file: TextIO) -> Head:
    """Write the whole trail as lines of JSON that `verifier.py` reads, and answer with its head."""
    last = Head(0, NOTHING_BEFORE)
    for line in Line.objects.order_by("seq").iterator():
        last = Head(line.seq, bytes(line.hash))
        file.write(_json({**_members(line), "hash": last.hash.hex()}) + "\n")
    return last


def digest(line: Line) -> bytes:
    """The hash of a line in format 1."""
    return hashlib.sha256(_json(_members(line)).encode()).digest()


def store_can_keep_a_trail(**_: object) -> list[CheckMessage]:
    """Refuse to start where lines could be written at once, or go when a request is rolled back."""
    settings = connections.settings["default"]
    found: list[CheckMessage] = []
    if settings.get("ATOMIC_REQUESTS"):
        found.append(
            Error("ATOMIC_REQUESTS would roll back the lines of the trail. Take it out.", id="access.E003")
        )
    mode = settings.get("OPTIONS", {}).get("transaction_mode")
    if settings["ENGINE"].endswith("sqlite3") and mode != "IMMEDIATE":
        found.append(
            Error("SQLite needs OPTIONS transaction_mode IMMEDIATE to keep a trail.", id="access.E004")
        )
    return found


def _append(line: Line) -> None:
    newest = Line.objects.order_by("-seq").values_list("seq", "hash", "at").first()
    seq, previous, at = newest or (0, NOTHING_BEFORE, timezone.now())
    line.seq = seq + 1
    line.previous = bytes(previous)
    # A clock that is set back would let a line hide among older ones.
    line.at = max(timezone.now(), at)
    line.hash = digest(line)
    line.save()


def _wait_for_turn() -> None:
    # SQLite took the only writer's place with BEGIN IMMEDIATE already.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _only_codes(*values: str) -> None:
    if not all(_CODE.fullmatch(value) for value in values):
        # Without the value: it would end up in a log.
        raise ValueError("the trail takes short codes only, never anybody's words")


def _members(line: Line) -> dict[str, object]:
    return {
        "action": line.action,
        "actor": str(line.actor) if line.actor else None,
        "at": line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "held_by": line.held_by,
        "kind": line.kind,
        "note": line.note,
        "outcome": line.outcome,
        "previous": bytes(line.previous).hex(),
        "seq": line.seq,
        "things": line.things,
        "v": 1,
    }


def _json(members: dict[str, object]) -> str:
    return json.dumps(members, sort_keys=True, separators=(",", ":"))
