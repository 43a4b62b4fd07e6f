"""What matters to each participant now, how they are reached, what was promised and what comes next.

Read from `data/now.toml`, one table for each participant; days are counted from today.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leeward.demo.participants import participants
from leeward.demo.reading import Table, check, check_keys, read

_FILE = "now.toml"
_KEYS = (
    "reach", "ways", "says", "promises", "kept", "appointments", "deadlines", "components", "outside", "ask", "backup",
    "wishes", "profile", "links", "came_together", "restricted",
    "ending",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """One participant today."""

    key: str
    matters: str
    reach: dict[str, str] = field(default_factory=dict)
    ways: list[dict[str, Any]] = field(default_factory=list)
    says: list[dict[str, Any]] = field(default_factory=list)
    #: Days from today, and the words; `kept` counts days back and says how it went.
    promises: list[tuple[int, str]] = field(default_factory=list)
    kept: list[tuple[int, str, str]] = field(default_factory=list)
    deadlines: list[tuple[int, str]] = field(default_factory=list)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    #: Which part, whose it is, and with whom.
    components: list[list[str]] = field(default_factory=list)
    outside: list[dict[str, Any]] = field(default_factory=list)
    ask: dict[str, Any] = field(default_factory=dict)
    backup: str = ""
    wishes: str = ""
    profile: dict[str, str] = field(default_factory=dict)
    links: list[list[str]] = field(default_factory=list)
    came_together: str = ""
    #: How we parted; with `back`, they came back since.
    ending: dict[str, Any] = field(default_factory=dict)
    restricted: bool = False


@cache
def everybody() -> dict[str, Now]:
    """All participants, by their keys."""
    tables = read(_FILE)
    known = {story.key for story in participants()}
    check(tables.keys() == known, _FILE, f"is not about {', '.join(sorted(tables.keys() ^ known))}")
    return {key: _now(key, table) for key, table in tables.items()}


def _now(key: str, table: Table) -> Now:
    check_keys(table, f"{_FILE}: {key}", ("matters",), _KEYS)
    return Now(key=key, **table)
