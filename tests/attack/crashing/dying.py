"""How a writer dies: at a statement, a commit, any moment; what it was told before; two faults to plant."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest import mock

from django.db import connection, transaction

type Say = Callable[[str, Any], None]
type Tick = Callable[[str, Callable[[], Any]], Any]

EARLY = False
REAL = transaction.atomic


@dataclass
class Pulse:
    """How many statements a writer has behind it, and how many that write inside of a verb."""

    all: int = 0
    writes: int = 0
    is_inside: bool = False

    def beat(self, sql: str) -> bool:
        """One more; whether it writes inside of a verb."""
        writes = self.is_inside and sql.startswith(("INSERT", "UPDATE", "DELETE"))
        self.all += 1
        self.writes += writes
        return writes


PULSE = Pulse()


def acknowledge(say: Say, what: str, fact: Any, work: Callable[[], object]) -> None:  # noqa: ANN401 - JSON values
    """Do it, and then say that it is saved. With the fault "early" it is said before."""
    if EARLY:
        say(what, fact)
    PULSE.is_inside = True
    work()
    PULSE.is_inside = False
    if not EARLY:
        say(what, fact)


@contextmanager
def planted(plant: str) -> Iterator[None]:
    """ "torn": statements that belong together are committed one by one; "early": told before it is saved."""
    global EARLY  # noqa: PLW0603 - of this process, which is about to be killed
    EARLY = plant == "early"
    if plant != "torn":
        yield
        return
    with mock.patch.object(transaction, "atomic", lambda **told: REAL(**told) if told else nullcontext()):
        yield


@contextmanager
def counted(tick: Tick) -> Iterator[None]:
    """Every statement goes through `tick`; commits count too, because what matters lies around them."""

    def guard(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:  # noqa: ANN401 - Django calls it
        return tick(sql, lambda: execute(sql, params, many, context))

    commit = partial(tick, "COMMIT", connection._commit)  # type: ignore[attr-defined]  # the point of no return
    with connection.execute_wrapper(guard), mock.patch.object(connection, "_commit", commit):
        yield


def counting() -> Tick:
    """Only count."""

    def tick(sql: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the driver answers
        PULSE.beat(sql)
        return run()

    return tick


def dying(number: int, *, after: bool) -> Tick:
    """Be killed before or after one of all statements."""

    def tick(sql: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the driver answers
        PULSE.beat(sql)
        if number == PULSE.all and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = run()
        if number == PULSE.all:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return tick


def dying_inside(number: int) -> Tick:
    """Be killed before one of the statements that write inside of a verb."""

    def tick(sql: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the driver answers
        if PULSE.beat(sql) and number == PULSE.writes:
            os.kill(os.getpid(), signal.SIGKILL)
        return run()

    return tick
