"""Marks of facts, made with the pepper: the database alone tells nobody what they stand for, not even by guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leeward.vault.pepper import pepper

if TYPE_CHECKING:
    from uuid import UUID

_BYTES: Final = 16


def mark_of(agency: UUID, facts: str) -> str:
    """The mark of facts in this agency; in another one the same facts have another mark."""
    made = pepper().derive("cases/known").mac(agency.bytes + facts.encode())
    return made[:_BYTES].hex()
