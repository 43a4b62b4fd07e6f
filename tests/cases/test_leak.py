"""Twenty people, two hundred openings, eight threads: nobody ever holds the key of a file she did not open."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from leeward.access.gate import Refused
from leeward.access.policy import Role
from leeward.cases.models import Case
from leeward.vault.keyring import ring
from leeward.vault.scopes import Locked
from tests import make
from tests.cast import Cast
from tests.make import Worker


def ids_on_the_ring() -> set[object]:
    return {scope.id for scope, _ in ring()._keys if scope.kind != "team"}


def opened_rightly(worker: Worker, case: Case, *, hers: bool) -> bool:
    """Whether she got what is hers, nothing else, and nothing afterwards."""
    try:
        with make.opening(case, worker) as file:
            time.sleep(random.random() / 200)  # noqa: S311 - only to be interleaved
            right = hers and ids_on_the_ring() == {case.pk, worker.person.pk}
            right = right and file.thing.participant.card["name"] == str(case.primary_id)
    except Refused:
        right = not hers
    return right and not has_ring()


def has_ring() -> bool:
    try:
        ring()
    except Locked:
        return False
    return True


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nobody_holds_another_files_key(cast: Cast) -> None:
    sides = [False, True]
    people = {side: [cast.somebody(Role.CASE_MANAGER, elsewhere=side) for _ in range(10)] for side in sides}
    cases = {side: [make.a_case(by=by, name=str(by.person.pk)) for by in people[side][:3]] for side in sides}

    def one(number: int) -> bool:
        chance = random.Random(number)  # noqa: S311 - the same openings in every run
        side, other = chance.choice(sides), chance.choice(sides)
        try:
            return opened_rightly(
                chance.choice(people[side]), chance.choice(cases[other]), hers=side == other
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(200)))
