"""What a key is for: whose words, and which part of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from leeward.vault.cipher import Key


class Compartment(StrEnum):
    """A part of a participant's file with a key of its own. A role opens compartments, not whole files."""

    CARD = "card"
    IDENTITY = "identity"
    CONTACT = "contact"
    LOCATION = "location"
    NOTES = "notes"
    PLAN = "plan"
    SAFETY = "safety"
    JUSTICE = "justice"
    FACTS = "facts"
    FILES = "files"
    DUTY = "duty"


class Scope(NamedTuple):
    """The owner of sealed words: a case (by compartment), a team, or a person on the staff."""

    kind: str
    id: UUID
    part: str = ""

    @classmethod
    def case(cls, case: UUID, part: Compartment) -> Scope:
        """One compartment of one participant's file."""
        return cls("case", case, part.value)

    @classmethod
    def team(cls, team: UUID) -> Scope:
        """What a team keeps together, such as its own name."""
        return cls("team", team)

    @classmethod
    def person(cls, person: UUID) -> Scope:
        """What a worker keeps alone, such as a draft. Lost with that person's keys."""
        return cls("person", person)


class HeldKey(NamedTuple):
    """A key as the gate hands it to the key-ring, or the way to get it, for what most pages never open."""

    scope: Scope
    epoch: int
    key: Key | Callable[[], Key | None]


class Locked(Exception):  # noqa: N818 - it is what a case manager would say, not an error of hers
    """The words are sealed and their key is not here. Defends against every check that somebody forgot."""


class Unreadable(Exception):  # noqa: N818
    """The sealed bytes are not what we once wrote: damaged, moved, swapped, cut or from a newer version."""
