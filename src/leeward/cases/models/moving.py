"""What belongs to a file, found by its columns: so that what moves takes everything along, of later packages too."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import models

from leeward.cases.models.case import Case
from leeward.cases.models.meeting import Joining
from leeward.vault.fields import SealedField, SealedModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from leeward.cases.words.searched import Searched
    from leeward.vault.scopes import Scope


#: A row with sealed words, whichever table it is in.
type SealedRow = SealedModel


class Belongs(NamedTuple):
    """A table whose rows belong to files, and the column that says to which."""

    model: type[models.Model]
    column: str

    @property
    def label(self) -> str:
        """How a record names the table."""
        return self.model._meta.label_lower  # noqa: SLF001 - Django's documented way to ask

    @property
    def place(self) -> str:
        """How a record names the column."""
        return f"{self.label}.{self.column}"

    @property
    def has_origin(self) -> bool:
        """Whether its rows remember the file that they were in before."""
        return any(field.name == "came_from" for field in self.model._meta.concrete_fields)  # noqa: SLF001

    def of(self, case: UUID) -> models.QuerySet[Any]:
        """Its rows in one file."""
        return self.model._base_manager.filter(**{self.column: case}).order_by("pk")  # noqa: SLF001


def _columns() -> Iterator[tuple[Belongs, models.ForeignKey[Any, Any]]]:
    every = ((model, field) for model in apps.get_models() for field in model._meta.concrete_fields)  # noqa: SLF001
    for model, field in every:
        if isinstance(field, models.ForeignKey) and field.related_model is Case:
            yield Belongs(model, field.name), field


def rows_of_files() -> list[Belongs]:
    """Tables with any number of rows for a file."""
    return [one for one, field in _columns() if not field.unique and one.model not in {Case, Joining}]


def pages_of_files() -> list[Belongs]:
    """Tables with one row for a file, or none."""
    return [one for one, field in _columns() if field.primary_key]


@cache
def searched_tables() -> list[tuple[Belongs, Searched]]:
    """Tables whose rows search finds, with how: the notes first."""
    every = [(one, getattr(one.model, "searched", None)) for one in rows_of_files()]
    ours = Case._meta.app_label  # noqa: SLF001 - Django's documented way to ask
    return sorted(
        ((one, how) for one, how in every if how),
        key=lambda found: found[0].model._meta.app_label != ours,  # noqa: SLF001
    )


def sealed_in(model: type[models.Model]) -> list[SealedField[Any]]:
    """The sealed columns of a table."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]  # noqa: SLF001


def carries_a_key(row: models.Model) -> bool:
    """Whether a row holds a key of its file, for somebody who is still to answer."""
    sealed = sealed_in(type(row))
    return any(
        isinstance(field, models.BinaryField)
        and field not in sealed
        and getattr(row, field.attname) is not None
        for field in row._meta.concrete_fields  # noqa: SLF001
    )


def scopes_in(row: SealedRow) -> dict[str, Scope]:
    """Whose key seals each sealed column of a row."""
    return {field.attname: row.seal_scope(field.compartment) for field in sealed_in(type(row))}  # type: ignore[attr-defined]
