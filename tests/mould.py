"""The cast, gathered once in each process by the product's own verbs, and poured anew into each test's empty store.

Gathering takes eighty milliseconds, and more than a thousand tests ask for it. What is poured is row for row what the
verbs wrote. PostgreSQL's sequences never go back, so the numbers of these rows stay free for them in every later store.
Under a moved clock the cast is gathered anew.
"""

import copy
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction
from time_machine import escape_hatch

from leeward.vault.cipher import KeyPair
from tests.cast import Cast, gather


@dataclass(frozen=True)
class Mould:
    """A cast, and every row that stood in the store once it was gathered."""

    cast: Cast
    rows: dict[str, list[tuple[Any, ...]]]

    def pour(self) -> Cast:
        """Put the rows into the store; the cast, as nobody has touched it yet."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)  # noqa: S608 - our own tables
        return self.copy()

    def copy(self) -> Cast:
        """The cast for a store in which its rows stand."""
        return copy.deepcopy(self.cast, _as_they_are(self.cast))


_MADE: Final[list[Mould]] = []


def cast() -> Cast:
    """The five people that the tests are about, in their agency."""
    if escape_hatch.is_travelling():
        return gather()
    if _MADE:
        return _MADE[0].pour()
    _MADE.append(Mould(gather(), _rows()))
    return _MADE[0].copy()


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    """Of our own tables: what Django keeps beside them is there in every store."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("leeward.")]
    found = {}
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in ours):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            found[table] = cursor.fetchall()
    return {table: rows for table, rows in found.items() if rows}


def _as_they_are(cast: Cast) -> dict[int, Any]:
    """Private halves cannot be copied, and need not be: nothing changes them."""
    pairs = [cast.agency.pair, *(one.pair for one in vars(cast).values() if hasattr(one, "pair"))]
    return {id(pair): pair for pair in pairs if isinstance(pair, KeyPair)}
