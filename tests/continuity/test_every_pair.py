"""Whatever two people do at the same moment to who walks with whom, nobody is without a worker, and nobody has two.

Every verb that sets or ends a primary worker, or says who is next, meets every other one, each being the first once.
"""

# ruff: noqa: ANN401 - what a verb gives is looked at by nobody

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import joining
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.actions import Away, walls
from leeward.continuity.models import HandOver
from leeward.staff.models import Membership, Person
from tests import make
from tests.cases.joined import join
from tests.cast import Cast
from tests.continuity.agency import all_is_well
from tests.continuity.conftest import ask, close, leave, offer, say
from tests.continuity.races import Step, as_it_stood, race
from tests.make import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@dataclass
class Scene:
    """Ama walks with Dee, and Lou stands behind; Lou walks with Fay. Ben and Kit supervise both."""

    cast: Cast
    lou: Worker
    kit: Worker
    fay: Case
    hand_over: HandOver | None = None
    joining: UUID | None = None

    def file(self, by: Worker, action: Action, verb: Callable[..., object], **told: Any) -> Step:
        """Something that is done in Dee's file."""
        return make.opening(self.cast.dee, by, action), lambda file: verb(file, **told)

    def page(self, by: Worker, action: Action, verb: Callable[..., object], **told: Any) -> Step:
        """Something that is done on a page about nobody."""
        return make.entering(by, action, lists=True), lambda page: verb(page, **told)

    def decides(self, verb: Callable[..., object]) -> Step:
        """A supervisor gives Lou a place."""
        return self.file(self.cast.ben, Action.ASSIGN, verb, person=self.lou.person)

    def leaves(self, by: Worker, who: Worker) -> Step:
        """Somebody leaves today."""
        told: Any = {"person": Person.objects.get(pk=who.person.pk), "interims": actions.Interims()}
        return self.page(by, Action.END_MEMBERSHIP, actions.goodbye, **told)

    def role_ends(self) -> Step:
        """The one role that Lou has."""
        told: Any = {"membership": Membership.objects.get(person=self.lou.person)}
        told["interims"] = actions.Interims()
        return self.page(self.cast.ben, Action.CHANGE_MEMBERSHIP, actions.role_ends, **told)

    def covers(self) -> Step:
        """Ama is away today, and Lou covers."""
        today = timezone.localdate()
        away = Away(self.cast.ama.person, today, today, self.lou.person)
        return self.page(self.cast.ama, Action.TODAY, actions.go_away, absence_id=uuid4(), away=away)

    def both(self, verb: Callable[..., object], **told: Any) -> Step:
        """Something that is done to both files at once."""

        def opened(page: Any) -> object:
            found = (Case.objects.get(pk=case.pk) for case in (self.cast.dee, self.fay))
            return verb(*[page.open(case, Action.JOIN) for case in found], **told)

        return self.page(self.cast.ben, Action.JOIN, opened)

    def of_hand_over(self, by: Worker, verb: Callable[..., object]) -> Step:
        """Something about the hand-over on its way, in the file."""
        return self.file(by, Action.HAND_OVER, verb, hand_over=self.hand_over)

    def answers(self, by: Worker, verb: Callable[..., object], **told: Any) -> Step:
        """Something about the hand-over on its way, by whoever was asked."""
        return self.page(by, Action.TODAY, verb, hand_over=self.hand_over, **told)


def closes(file: Any) -> None:
    """A file is closed, with every part answered."""
    actions.rest_never_came_up(file)
    told: Any = {"reason": "goals", "follow_ups": True}
    actions.close(file, ending_id=uuid4(), words=told)


type Verbs = dict[str, Callable[[Scene], Step]]

#: What ends with somebody else as primary worker, or with somebody who cannot be one any more.
MOVES: Verbs = {
    "Lou takes over": lambda at: at.decides(actions.take_over),
    "Lou steps aside": lambda at: at.file(at.lou, Action.STEP_ASIDE, walls.step_aside),
    "Lou leaves": lambda at: at.leaves(at.kit, at.lou),
    "Lou’s role ends": lambda at: at.role_ends(),
    "a wall before Lou": lambda at: at.file(at.kit, Action.WALL, walls.put_wall, person=at.lou.person),
    "Ama steps aside": lambda at: at.file(at.cast.ama, Action.STEP_ASIDE, walls.step_aside),
    "Ama leaves": lambda at: at.leaves(at.cast.ben, at.cast.ama),
    "two files are one": lambda at: at.both(joining.join, joining_id=uuid4()),
}
#: What says who may be next, or ends the walk.
MORE: Verbs = {
    "Lou stands behind": lambda at: at.decides(actions.name_backup),
    "Lou is asked": lambda at: at.file(
        at.cast.ama, Action.HAND_OVER, actions.ask, hand_over_id=uuid4(), person=at.lou.person
    ),
    "Lou covers": lambda at: at.covers(),
    "it closes": lambda at: at.file(at.cast.ama, Action.CLOSE, closes),
    "they died": lambda at: at.file(at.cast.ama, Action.CLOSE, actions.rest, ending_id=uuid4(), words={}),
}


def _back_with(worker: Worker, at: Scene) -> Step:
    return at.file(at.kit, Action.START_CASE, actions.reopen, person=worker.person)


def _asked(at: Scene) -> None:
    at.hand_over = ask(at.cast.dee, at.cast.ama, at.lou)


def _agreed(at: Scene) -> None:
    at.hand_over = say(at.lou, ask(at.cast.dee, at.cast.ama, at.lou), yes=True)


def _offered(at: Scene) -> None:
    at.hand_over = offer(at.cast.dee, at.cast.ama, at.cast.garden)


def _died(at: Scene) -> None:
    with make.opening(at.cast.dee, at.cast.ama, Action.CLOSE) as file:
        actions.rest(file, ending_id=uuid4(), words={})
    leave(at.cast.ben, Person.objects.get(pk=at.cast.ama.person.pk))


def _joined(at: Scene) -> None:
    at.joining = join(at.cast, at.cast.dee, at.fay).pk


#: What must have been before, and what can be done only then.
THEN: dict[str, tuple[Callable[[Scene], object], Verbs]] = {
    "asked": (
        _asked,
        {
            "Lou says yes": lambda at: at.answers(at.lou, actions.answer, yes=True),
            "Ama lets it go": lambda at: at.of_hand_over(at.cast.ama, actions.withdraw),
        },
    ),
    "agreed": (_agreed, {"it is done": lambda at: at.of_hand_over(at.cast.ama, actions.finish)}),
    "offered": (
        _offered,
        {
            "Sue says yes": lambda at: at.answers(at.cast.sue, actions.take, person=at.cast.cyd.person),
            "Sue says not now": lambda at: at.answers(at.cast.sue, actions.not_now),
            "Cyd leaves": lambda at: at.leaves(at.cast.sue, at.cast.cyd),
        },
    ),
    "closed": (
        lambda at: close(at.cast.dee, at.cast.ama),
        {
            "back with Ama": lambda at: _back_with(at.cast.ama, at),
            "back with Lou": lambda at: _back_with(at.lou, at),
        },
    ),
    "held": (
        # And Ama left meanwhile.
        _died,
        {"it was a mistake": lambda at: at.file(at.kit, Action.ASSIGN, actions.take_back)},
    ),
    "joined": (_joined, {"they are two": lambda at: at.both(joining.undo, joining=at.joining)}),
}


@pytest.fixture
def at(cast: Cast, lou: Worker) -> Scene:
    kit = make.a_person(Role.SUPERVISOR, cast.harbor, by=cast.ben, name="Kit")
    Case.objects.filter(pk=cast.dee.pk).update(backup=lou.person)
    return Scene(cast, lou, kit, make.a_case(by=lou, name="Fay"))


def pairs(verbs: Verbs, others: Verbs) -> Iterator[tuple[str, str]]:
    """Each verb with each other one. Where writers wait for each other from the start, once is enough."""
    both_ways = connection.vendor == "postgresql"
    found = dict.fromkeys((*product(verbs, others), *(product(others, verbs) if both_ways else ())))
    for one, other in found:
        if both_ways or one <= other or (other, one) not in found:
            yield one, other


def meet(at: Scene, verbs: Verbs, others: Verbs) -> None:
    """Let each pair meet, and look at the whole agency each time."""
    known = {**others, **verbs}
    with as_it_stood() as again:
        wrong = {pair: _wrong(again, *(known[name](at) for name in pair)) for pair in pairs(verbs, others)}
    assert {pair: why for pair, why in wrong.items() if why} == {}


def _wrong(again: Callable[[], None], one: Step, other: Step) -> str:
    """What is not well after both have acted, if anything; then everything is as it stood."""
    try:
        race(one, other)
        all_is_well()
    except AssertionError as why:
        return str(why)
    finally:
        again()
    return ""


@pytest.mark.parametrize(("verbs", "others"), [(MOVES, MOVES), (MOVES, MORE), (MORE, MORE)])
@pytest.mark.slow
def test_two_do_something_at_once(at: Scene, verbs: Verbs, others: Verbs) -> None:
    meet(at, verbs, others)


@pytest.mark.parametrize("before", THEN)
@pytest.mark.slow
def test_and_while_something_else_is_on_its_way(at: Scene, before: str) -> None:
    prepare, verbs = THEN[before]
    prepare(at)
    meet(at, verbs, {**MOVES, **verbs})
