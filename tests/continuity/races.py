"""Two people at the same moment, as close as it can be: and everything as it stood, for the next two.

The first does everything but write. Then the second does all it can until it is done, or has to wait for the first.
Then the first goes on. Whoever reads without taking hold of what was read is found by that.
"""

# ruff: noqa: ANN401 - what is opened and done is whatever a test says

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import product
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction

from leeward.access.gate import Refused
from leeward.cases.actions import CannotDo
from leeward.staff import actions as staff

#: A door, and what is done behind it.
type Step = tuple[AbstractContextManager[Any], Callable[[Any], object]]

SAID_NO: Final = (CannotDo, staff.CannotDo, Refused)
_WRITES: Final = ("INSERT", "UPDATE", "DELETE")
#: So long a second one may take on a store that does not say who waits for whom.
_A_MOMENT: Final = 0.005
_LONG: Final = 60


class _Actor(threading.Thread):
    """Somebody with a connection of their own: opens a door, waits for a sign, and acts."""

    def __init__(self, step: Step, *, pauses: bool = False) -> None:
        super().__init__()
        self._door, self._verb = step
        self._pauses = pauses
        self.inside, self.may, self.go_on = (threading.Event() for _ in range(3))
        #: About to write, or through.
        self.stopped = threading.Event()
        self.through = threading.Event()
        self.process: int | None = None
        self.said: BaseException | None = None

    def run(self) -> None:
        """What the thread does."""
        try:
            self._act()
        except BaseException as why:  # noqa: BLE001 - told to whoever started it
            self.said = why
        finally:
            connection.close()
            for sign in (self.inside, self.stopped, self.through):
                sign.set()

    def _act(self) -> None:
        with self._door as opened:
            if connection.vendor == "postgresql":
                self.process = connection.connection.info.backend_pid
            self.inside.set()
            assert self.may.wait(_LONG)
            with connection.execute_wrapper(self._pause) if self._pauses else nullcontext():
                self._verb(opened)

    def sentence(self) -> list[str]:
        """What they read in the end, if anything."""
        self.join()
        if self.said and not isinstance(self.said, SAID_NO):
            raise self.said
        return [str(self.said)] if self.said else []

    def _pause(self, execute: Any, sql: str, *told: Any) -> Any:
        if sql.startswith(_WRITES) and '"access_' not in sql and not self.stopped.is_set():
            self.stopped.set()
            assert self.go_on.wait(_LONG)
        return execute(sql, *told)


def race(one: Step, other: Step) -> list[str]:
    """Both open their page, then act at the same moment. Gives the sentences that were read."""
    first, second = _Actor(one, pauses=True), _Actor(other)
    for each in (first, second):
        each.start()
    for each in (first, second):
        assert each.inside.wait(_LONG)
    first.may.set()
    assert first.stopped.wait(_LONG)
    second.may.set()
    _until_through_or_waiting(second)
    first.go_on.set()
    return [said for each in (first, second) for said in each.sentence()]


def _until_through_or_waiting(actor: _Actor) -> None:
    if connection.vendor != "postgresql":
        actor.through.wait(_A_MOMENT)
        return
    until = time.monotonic() + _LONG
    while not (actor.through.wait(0.001) or _waits(actor) or time.monotonic() > until):
        pass


def _waits(actor: _Actor) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", [actor.process])
        return cursor.fetchone() is not None


@contextmanager
def as_it_stood() -> Iterator[Callable[[], None]]:
    """Keeps every row but the log book's, which only grows; what it gives brings them back."""
    ours = [model._meta for model in apps.get_models() if model.__module__.startswith("leeward.")]
    tables = [(one.db_table, str(one.pk.column)) for one in ours if one.app_label != "access"]
    _each(tables, 'CREATE TEMPORARY TABLE "kept_{table}" AS SELECT * FROM "{table}"')
    try:
        yield lambda: _each(tables, *_BACK)
    finally:
        _each(tables, 'DROP TABLE "kept_{table}"')


#: What is new goes, and what is gone or was changed comes back; the store looks at what hangs together at the end.
_BACK: Final = (
    'DELETE FROM "{table}" WHERE "{key}" IN (SELECT "{key}" FROM {changed})'.replace(
        "{changed}", '(SELECT * FROM "{table}" EXCEPT SELECT * FROM "kept_{table}") AS changed'
    ),
    'INSERT INTO "{table}" SELECT * FROM "kept_{table}" EXCEPT SELECT * FROM "{table}"',
)


def _each(tables: list[tuple[str, str]], *statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for (table, key), statement in product(tables, statements):
            cursor.execute(statement.format(table=table, key=key))
