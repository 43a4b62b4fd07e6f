"""A store whose writers are killed: `python -m tests.attack.crash work|found KILLS [--plant FAULT]`.

Each writer is forked from this loaded process and says on a pipe what it was told is saved. It is killed either
from outside at a random moment, or by itself just before or after one of its statements, so that no gap between
two statements is missed. Afterwards everything is read again through the gate. Prints one line for each problem.
"""

# ruff: noqa: PLR1702, PT008 - a scenario is told in one go; the double takes what it is given

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any
from unittest import mock

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from leeward.vault import pepper  # noqa: E402
from tests.attack import crash_checks as checks  # noqa: E402
from tests.attack import crash_verbs as verbs  # noqa: E402
from tests.attack.house import a_house  # noqa: E402

type Say = Callable[[str, Any], None]


def main() -> int:
    """Kill, look, kill again; how many problems there were."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["work", "found"])
    parser.add_argument("kills", type=int)
    parser.add_argument("--plant", choices=["", "early", "torn"], default="")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - to be the same every time
    # A pool's threads do not survive a fork; what is tested here is the transactions.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    pepper.make(checks.pepper_file())
    call_command("migrate", interactive=False, verbosity=0)
    began = time.perf_counter()
    problems = (_work if asked.what == "work" else _found)(asked.kills, chance, asked.plant)
    for problem in problems:
        print(problem)
    print(f"{asked.kills} kills, {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return 1 if problems else 0


def _work(kills: int, chance: random.Random, plant: str) -> list[str]:
    house = a_house()
    store = checks.Store(house)
    for number in range(kills):
        verb = list(verbs.WORK)[number % len(verbs.WORK)]
        store.acknowledged(_killed(partial(verbs.WORK[verb], house), chance, plant))
        store.look(thorough=number % 20 == 0 or number == kills - 1)
    store.enough(kills, planted=bool(plant))
    return store.problems


def _found(kills: int, chance: random.Random, plant: str) -> list[str]:
    problems: list[str] = []
    whole = 0
    for _ in range(kills):
        told = _killed(verbs.found_one, chance, plant)
        problems += checks.after_founding(told)
        whole += bool(told)
        call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
    if not plant and not kills // 10 <= whole <= kills - kills // 10:
        problems.append(f"{whole} of {kills} were acknowledged: the moments of the kills are badly chosen")
    return problems


def _killed(work: Callable[[Say], None], chance: random.Random, plant: str) -> list[tuple[str, Any]]:
    """Fork, let it work, kill it, and answer what it had acknowledged."""
    connection.close()
    reading, writing = os.pipe()
    by_itself = chance.random() < 0.6
    statement, after = chance.randint(1, 45), chance.random() < 0.5
    child = os.fork()
    if not child:
        os.close(reading)
        _live(work, writing, plant, statement if by_itself else 0, after=after)
    os.close(writing)
    with os.fdopen(reading, "r", encoding="ascii") as pipe:
        assert pipe.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.12) if not by_itself else 0)
        if not by_itself:
            os.kill(child, signal.SIGKILL)
        told = pipe.read()
    os.waitpid(child, 0)
    # A line that was cut in the middle was never heard.
    return [tuple(json.loads(line)) for line in told.split("\n")[:-1]]


def _live(work: Callable[[Say], None], pipe: int, plant: str, statement: int, *, after: bool) -> None:
    """The short life of a writer."""

    def say(what: str, fact: Any) -> None:  # noqa: ANN401 - JSON values
        os.write(pipe, (json.dumps([what, fact]) + "\n").encode("ascii"))

    try:
        # So that it tears from the first statement on, and not by opening a connection.
        connection.ensure_connection()
        os.write(pipe, b"ready\n")
        with verbs.planted(plant), dying(statement, after=after) if statement else nullcontext():
            verbs.EARLY = plant == "early"
            while True:
                work(say)
    finally:
        os._exit(3)


@contextmanager
def dying(number: int, *, after: bool) -> Iterator[None]:
    """Be killed before or after a statement; commits count too, because what matters lies around them."""
    count = 0

    def tick(run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the driver answers
        nonlocal count
        count += 1
        if count == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = run()
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def guard(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:  # noqa: ANN401 - Django calls it
        return tick(lambda: execute(sql, params, many, context))

    commit = connection._commit  # type: ignore[attr-defined]  # the point of no return
    with connection.execute_wrapper(guard), mock.patch.object(connection, "_commit", lambda: tick(commit)):
        yield


if __name__ == "__main__":
    raise SystemExit(main())
