"""Two hundred openings of twenty people at once: nobody ever holds another's key."""

import contextvars
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice

from leeward.vault.keyring import carrying, ring
from leeward.vault.scopes import HeldKey, Scope
from tests.vault.openings import AGENCY, PEOPLE, key_of, many


def test_in_threads() -> None:
    assert many(200) == 0


def test_in_processes() -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(many, [100, 100])) == [0, 0]


def test_in_contexts_that_take_turns_on_one_thread() -> None:
    contexts = {person: contextvars.Context() for person in PEOPLE}
    doors = {person: carrying(AGENCY) for person in PEOPLE}
    for person in PEOPLE:
        contexts[person].run(doors[person].__enter__).hold([HeldKey(Scope.person(person), 1, key_of(person))])
    for person in islice(cycle(PEOPLE), 200):
        held = contexts[person].run(lambda: ring()._keys)
        assert [scope.id for scope, _ in held] == [person]
    for person in PEOPLE:
        contexts[person].run(doors[person].__exit__, None, None, None)
