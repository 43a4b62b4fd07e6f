"""A row goes from one file to another: its words are sealed anew, so that nothing of the old file's key is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from leeward.cases.models.moving import scopes_in

if TYPE_CHECKING:
    from leeward.cases.models import Case
    from leeward.cases.models.moving import SealedRow


def reseal(row: SealedRow, to_case: Case, *also: str, column: str = "case") -> None:
    """Put a row into another file, and remember where it came from. Both files are open, inside one transaction.

    Only words whose key changes are opened; what is sealed to a team or a worker stays as it is. `also` names other
    columns that the caller has changed. A paper's pieces hang on the paper's own key, so they stay as they are.
    """
    names: Any = row
    left, before = getattr(row, f"{column}_id"), scopes_in(row)
    setattr(row, column, to_case)
    changed = [name for name, scope in scopes_in(row).items() if scope != before[name]]
    setattr(row, f"{column}_id", left)
    words = {name: getattr(row, name) for name in changed}
    setattr(row, column, to_case)
    for name, value in words.items():
        setattr(row, name, value)
    if hasattr(row, "came_from"):
        names.came_from = left
        also = (*also, "came_from")
    row.save(update_fields=[column, *changed, *also])


def take_back(row: SealedRow, to_case: Case, before: str, *also: str, column: str = "case") -> None:
    """Put a row back into the file that it came from; `before` is where it had come from then, if from anywhere."""
    reseal(row, to_case, *also, column=column)
    back: Any = row
    if hasattr(back, "came_from"):
        back.came_from = UUID(before) if before else None
        back.save(update_fields=["came_from"])
