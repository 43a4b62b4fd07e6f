"""Shorter ways to say what these tests say often."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.models import HandOver
from tests import make
from tests.cast import Cast
from tests.make import Worker


@pytest.fixture
def lou(cast: Cast) -> Worker:
    """A second case manager in Ama's team."""
    return make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name="Lou")


@pytest.fixture
def asked(cast: Cast, lou: Worker) -> HandOver:
    """Ama asked Lou to walk with Dee."""
    return ask(cast.dee, cast.ama, lou)


@pytest.fixture
def agreed(cast: Cast, lou: Worker, asked: HandOver) -> HandOver:
    """Lou said yes."""
    return say(lou, asked, yes=True)


def ask(case: Case, by: Worker, to: Worker) -> HandOver:
    with make.opening(case, by, Action.HAND_OVER) as file:
        return actions.ask(file, hand_over_id=uuid4(), person=to.person)


def say(worker: Worker, hand_over: HandOver, *, yes: bool) -> HandOver:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        return actions.answer(entered, hand_over=hand_over, yes=yes)


def finish(case: Case, by: Worker, hand_over: HandOver) -> HandOver:
    with make.opening(case, by, Action.HAND_OVER) as file:
        return actions.finish(file, hand_over=hand_over)


def now(case: Case) -> Case:
    """The file as it stands now."""
    return Case.objects.select_related("primary", "backup").get(pk=case.pk)


type Begin = Callable[..., HandOver]
