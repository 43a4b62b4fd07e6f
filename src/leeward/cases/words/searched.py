"""How search finds a row: each table that has words for it says so itself, those of later packages too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable


class Searched(NamedTuple):
    """A sealed column among the notes, what somebody typed of it, and which of several rows is shown."""

    column: str
    typed: Callable[[Any], str]
    first: tuple[str, ...]
    #: The row that a page shows for it: itself, or the one that it belongs to.
    shown: str = "pk"

    def said(self, row: Any) -> str:  # noqa: ANN401 - a row of any table
        """What search finds of one row, whose file is open; a damaged one keeps none of the others from being found."""
        try:
            words = getattr(row, self.column)
        except Unreadable:
            return ""
        return self.typed(words) if words else ""
