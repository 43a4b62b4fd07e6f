"""Many people at once, each with a key of their own: run in threads by the tests, and in processes of their own."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from leeward.vault.cipher import Key
from leeward.vault.keyring import carrying, ring
from leeward.vault.scopes import HeldKey, Locked, Scope

PEOPLE = [UUID(int=number) for number in range(1, 21)]
AGENCY = UUID(int=99)


def key_of(person: UUID) -> Key:
    return Key(person.bytes * 2)


def held_by_others(me: UUID) -> int:
    """Open, hold my key, give way to the others a few times, and count what I hold that is not mine."""
    strange = 0
    with carrying(AGENCY) as mine:
        mine.hold([HeldKey(Scope.person(me), 1, key_of(me))])
        for _ in range(5):
            time.sleep(random.random() / 1000)  # noqa: S311 - only to be interleaved
            strange += sum(scope.id != me for scope, _ in ring()._keys)
            strange += ring() is not mine
            strange += ring().opening(Scope.person(me), 1).reveal() != key_of(me).reveal()
    try:
        ring()
    except Locked:
        return strange
    return strange + 1


def many(openings: int) -> int:
    """So many openings in eight threads; how often somebody held another's key."""
    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(held_by_others, [PEOPLE[number % 20] for number in range(openings)]))
