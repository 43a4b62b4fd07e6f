"""Everything that hangs on a file goes along, of this package and of those above it, found by its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext as _

from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.moving import reseal, take_back
from leeward.cases.models import CareTeamMember, Entry, Wall
from leeward.cases.models.moving import carries_a_key, rows_of_files, scopes_in
from leeward.cases.models.walking import kept_out
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leeward.cases.models import Case
    from leeward.cases.models.moving import Belongs

#: Brought in their own way: notes get numbers, walls and colleagues stand on both files.
_OTHERWISE: Final = frozenset({Entry, Wall, CareTeamMember})


def tables() -> list[Belongs]:
    """The tables whose rows simply come along."""
    return [one for one in rows_of_files() if one.model not in _OTHERWISE]


def must_carry_no_key(case: Case) -> None:
    """A file that is on its way to another team carries a key of its own; two things at once would lose one."""
    if any(carries_a_key(row) for table in tables() for row in table.of(case.pk)):
        raise CannotDo(
            _(
                "One of these files was offered to another team. Wait for the answer or take it back, then join them."
            )
        )


def must_be_on_no_way(case: Case) -> None:
    """A file that a colleague was asked to carry waits for the end of that: it would be handed on by nobody."""
    if any(getattr(row, "is_on_the_way", False) for table in tables() for row in table.of(case.pk)):
        raise CannotDo(
            _("One of these files is being handed over. Finish that, or let it go; then join them.")
        )


def bring_rows(kept: Case, other: Case) -> tuple[dict[str, dict[str, str]], list[tuple[Any, Any]]]:
    """Bring every row; and say of which there was one already, so that the two can be put together."""
    twice: list[tuple[Any, Any]] = []
    moved = {table.place: dict(_bring(table, kept, other, twice)) for table in tables()}
    return {place: came for place, came in moved.items() if came}, twice


def _bring(
    table: Belongs, kept: Case, other: Case, twice: list[tuple[Any, Any]]
) -> Iterator[tuple[str, str]]:
    for row in table.of(other.pk):
        before = getattr(row, "came_from", None)
        there = _in_its_place(table, kept, row)
        if there is not None:
            twice += [(there, row)] if _is_open(row) else []
        elif _brought(row, kept, table.column):
            yield str(row.pk), str(before or "")


def _is_open(row: Any) -> bool:  # noqa: ANN401 - a row of any table
    """Whether its words are the file's own: what a colleague is still writing is sealed to that colleague."""
    return all(scope.kind == row.case.kind for scope in scopes_in(row).values())


def _brought(row: Any, to: Case, column: str) -> bool:  # noqa: ANN401
    """Whether it came along: one that was damaged cannot be sealed anew, and stays where it is."""
    try:
        reseal(row, to, column=column)
    except Unreadable:
        return False
    return True


def _in_its_place(table: Belongs, kept: Case, row: Any) -> Any:  # noqa: ANN401
    """The row of the kept file in whose place this one would stand, where there can be one only."""
    for constraint in table.model._meta.constraints:  # noqa: SLF001 - Django's documented way to ask
        if not isinstance(constraint, models.UniqueConstraint) or table.column not in constraint.fields:
            continue
        fits = models.Q(**{name: getattr(row, name) for name in constraint.fields if name != table.column})
        every = table.model._base_manager.filter(fits, constraint.condition or models.Q())  # noqa: SLF001
        there = every.filter(**{table.column: kept}).first()
        if there and every.filter(pk=row.pk).exists():
            return there
    return None


def wait_for_nobody_kept_out(case: Case) -> None:
    """What somebody promised, or was asked, whom a wall keeps out is for whoever carries the file to see to."""
    out = kept_out(case)
    for table in tables() if out else ():
        if any(field.name == "owner" for field in table.model._meta.concrete_fields):  # noqa: SLF001
            table.of(case.pk).filter(is_open=True, owner__in=out).update(owner=case.primary_id)


def return_rows(kept: Case, other: Case, moved: dict[str, dict[str, str]]) -> None:
    """Bring back what came and is still here, and what was written since to something that goes back."""
    for table in tables():
        came = moved.get(table.place, {})
        for row in table.of(kept.pk).filter(pk__in=came):
            take_back(row, other, came[str(row.pk)], column=table.column)
    for table, parent in _children():
        for row in table.of(kept.pk).filter(**{f"{parent}__case": other}):
            take_back(row, other, "", column=table.column)


def _children() -> Iterator[tuple[Belongs, str]]:
    """Tables whose rows hang on a row of another such table: what was added to a note goes with the note."""
    every = {one.model for one in rows_of_files() if one.has_origin}
    for table in (one for one in tables() if one.has_origin):
        fields = [field for field in table.model._meta.concrete_fields if field.related_model in every]  # noqa: SLF001
        yield from ((table, field.name) for field in fields)
