"""A store whose writers are killed: `python -m tests.attack.crash work|found KILLS [--plant FAULT]`.

Each writer is forked from this loaded process and says on a pipe what it was told is saved. It is killed either
from outside at a random moment, or by itself just before or after one of its statements, so that no gap between
two statements is missed. Afterwards everything is read again through the gate. Prints one line for each problem.
With a fault planted, each writer is killed inside of its verb, KILLS times, before one of the statements that write.
"""

# ruff: noqa: PLR1702 - a scenario is told in one go

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import count, product
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from leeward.vault import pepper  # noqa: E402
from tests import make  # noqa: E402
from tests.attack import crash_checks as checks  # noqa: E402
from tests.attack.crashing.dying import PULSE, Say, Tick, counted, counting, dying, dying_inside, planted  # noqa: E402
from tests.attack.crashing.verbs import WORK, ready  # noqa: E402

type Work = Callable[[Say], None]
#: An agency is founded in no more statements than these.
FOUNDING = 45


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
    problems = list((_work if asked.what == "work" else _found)(asked.kills, chance, asked.plant))
    for problem in problems:
        print(problem)
    print(f"{asked.kills} kills, {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return 1 if problems else 0


def _work(kills: int, chance: random.Random, plant: str) -> list[str]:
    town = ready()
    store = checks.Store(town)
    size = {verb: _measured(partial(each.work, town)) for verb, each in WORK.items()}
    plan = _planted_deaths(kills, size, plant) if plant else _deaths(kills, size, chance)
    for number, (verb, tick) in enumerate(plan):
        told = _killed(partial(WORK[verb].work, town), tick, chance, plant)
        store.look(verb, told, thorough=number % 20 == 0 or number == kills - 1)
    if not plant:
        store.enough()
    return store.problems


type Death = Iterator[tuple[str, Tick | None]]


def _deaths(kills: int, size: dict[str, tuple[int, int]], chance: random.Random) -> Death:
    """Each verb in turn: at one of its statements, in its first round or its second, or at any moment."""
    for number in range(kills):
        verb = list(WORK)[number % len(WORK)]
        statement, after = chance.randint(1, 2 * size[verb][0]), chance.random() < 0.5
        by_itself = chance.random() < 0.6
        yield verb, dying(statement, after=after) if by_itself else None


def _planted_deaths(kills: int, size: dict[str, tuple[int, int]], plant: str) -> Death:
    """Told early, nothing may be written yet; torn, something has to be, and not all."""
    first = 2 if plant == "torn" else 1
    for verb, nth in product(WORK, range(kills)):
        yield verb, dying_inside(first + nth * (size[verb][1] - 1) // kills)


def _found(kills: int, chance: random.Random, plant: str) -> list[str]:
    problems: list[str] = []
    whole = 0
    for _ in range(kills):
        tick = dying(chance.randint(1, FOUNDING), after=chance.random() < 0.5)
        told = _killed(found_one, tick if chance.random() < 0.6 else None, chance, plant)
        problems += checks.after_founding(told)
        whole += bool(told)
        call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
    if not plant and not kills // 10 <= whole <= kills - kills // 10:
        problems.append(f"{whole} of {kills} were acknowledged: the moments of the kills are badly chosen")
    return problems


def found_one(say: Say) -> None:
    """Set up an agency; once it stands, there is nothing more to do."""
    say("agency", make.an_agency().shares)
    raise SystemExit


def _measured(work: Work) -> tuple[int, int]:
    """How many statements it takes, and how many of them write inside of the verb: done once, to the end."""

    def once(say: Say) -> None:
        work(lambda *_: None)
        say("statements", [PULSE.all, PULSE.writes])
        raise SystemExit

    (told,) = _told(_forked(once, counting(), ""))
    return told[1][0], told[1][1]


def _killed(work: Work, tick: Tick | None, chance: random.Random, plant: str) -> list[tuple[str, Any]]:
    """Fork, let it work, kill it, and answer what it had acknowledged."""
    moment = None if tick else chance.uniform(0, 0.12)
    return _told(_forked(work, tick, plant), moment)


def _forked(work: Work, tick: Tick | None, plant: str) -> tuple[int, int]:
    """Who works, and the pipe on which it says what it was told."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _live(work, writing, plant, tick)
    os.close(writing)
    return child, reading


def _told(writer: tuple[int, int], moment: float | None = None) -> list[tuple[str, Any]]:
    """What it says until it ends, or is killed at a moment."""
    child, reading = writer
    with os.fdopen(reading, "r", encoding="ascii") as pipe:
        assert pipe.readline() == "ready\n"
        if moment is not None:
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
        told = pipe.read()
    os.waitpid(child, 0)
    # A line that was cut in the middle was never heard.
    return [tuple(json.loads(line)) for line in told.split("\n")[:-1]]


def _live(work: Work, pipe: int, plant: str, tick: Tick | None) -> None:
    """The short life of a writer."""

    def say(what: str, fact: Any) -> None:  # noqa: ANN401 - JSON values
        os.write(pipe, (json.dumps([what, fact]) + "\n").encode("ascii"))

    # What the makers count is not counted twice by two writers.
    make._numbers = count(os.getpid() * 1000)
    try:
        # So that it tears from the first statement on, and not by opening a connection.
        connection.ensure_connection()
        os.write(pipe, b"ready\n")
        with planted(plant), counted(tick) if tick else nullcontext():
            while True:
                work(say)
    finally:
        os._exit(3)


if __name__ == "__main__":
    raise SystemExit(main())
