"""Many at once, in any order: one row each, no gap in the numbers, and no word that somebody wrote is lost."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.policy import Action
from leeward.days import actions
from leeward.days.actions import AlreadyEnded, Asked, When
from leeward.days.models import Ask, Due
from tests import make
from tests.cast import Cast
from tests.days.agreed import DAYS, in_court, look, promise, soon, words


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_click_that_arrives_four_times_at_once_is_one_promise(cast: Cast) -> None:
    once = uuid4()

    def click(_: int) -> None:
        try:
            promise(cast.dee, cast.ama, due_id=once)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, range(4)))
    assert Due.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_requests_that_come_at_once_are_numbered_without_a_gap(cast: Cast) -> None:
    def ask(number: int) -> None:
        try:
            with make.entering(cast.ama, Action.TAKE_REQUESTS) as entered:
                said = {"text": str(number), "since": timezone.now().isoformat()}
                actions.take_ask(entered, Asked(ask_id=uuid4(), team=cast.harbor.pk, words=said))  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(8)))
    assert sorted(Ask.objects.values_list("number", flat=True)) == list(range(1, 9))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_it_at_once_one_is_told(cast: Cast) -> None:
    due = promise(cast.dee, cast.ama)

    def end(worker: make.Worker) -> bool:
        try:
            with make.opening(cast.dee, worker, DAYS) as file:
                actions.keep(file, due, "mine")
        except AlreadyEnded:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, (cast.ama, cast.ben))) == [False, True]
    assert Due.objects.get().version == 2


def take(cast: Cast, due: Due, step: str, ahead: int, word: str) -> list[str]:
    """One step, where it can be taken now; the word that was told with it."""
    row = Due.objects.get(pk=due.pk)
    if step != "again" and not row.is_open:
        return []
    with make.opening(cast.dee, cast.ama, DAYS) as file:
        if step == "again":
            actions.again(file, row)
            return []
        if step == "move":
            actions.move(file, row, when=When(soon(ahead)), told=word, version=row.version)
        else:
            {"keep": actions.keep, "release": actions.release}[step](file, row, word)
    return [word]


STEP = st.tuples(st.sampled_from(["keep", "release", "move", "again"]), st.integers(0, 999))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=7), court=st.booleans())
def test_in_whatever_order_it_is_moved_and_ended_no_word_is_lost(
    cast: Cast, steps: list[tuple[str, int]], court: bool
) -> None:
    due = in_court(cast.dee, cast.ama) if court else promise(cast.dee, cast.ama)
    told: list[str] = []
    for number, (step, ahead) in enumerate(steps):
        told += take(cast, due, step, ahead, f"word {number}")
    said = words(cast.dee, cast.ama, due)
    assert [*said.get("told_before", []), *([said["told"]] if said.get("told") else [])] == told
    assert len(look(cast.dee, cast.ama, due).moved_from) <= len(steps)
