"""Verbs about who decides, and what others decided (practice M1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.cases.actions.rows import put_row
from leeward.cases.models import Decision, Say

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase


def keep_say(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Say:
    """Write down who decides about something, or who must never be told or asked."""
    return put_row(file, Say, row_id=row_id, facts=facts, version=version)


def keep_decision(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Decision:
    """Write down what somebody else decided, and what the participant says about it."""
    return put_row(file, Decision, row_id=row_id, facts=facts, version=version)
