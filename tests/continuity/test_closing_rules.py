"""A file closes exactly when each of its parts has its answer, and all else is done or their choice (D1, T1)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo
from leeward.cases.door import OpenCase
from leeward.continuity import actions
from leeward.continuity.models import Ending, HandOver
from leeward.continuity.still_open import still_open
from leeward.continuity.words import ANSWERED, ComponentKind, ComponentState
from leeward.days import actions as days
from leeward.days.actions import Agreed
from leeward.safety.actions import crisis, missing
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import now, undone
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: A part of which nothing was said yet has an empty answer.
STATE = st.sampled_from(["", *[state.value for state in ComponentState]])
ANSWERS = st.dictionaries(
    st.sampled_from([kind.value for kind in ComponentKind if kind != ComponentKind.OTHER]), STATE
)


def _hand_over(file: OpenCase, cast: Cast, lou: Worker) -> HandOver:
    return actions.ask(file, hand_over_id=uuid4(), person=lou.person)


def _offer(file: OpenCase, cast: Cast, lou: Worker) -> HandOver:
    return actions.offer(file, hand_over_id=uuid4(), team=cast.garden)


def _let_go(file: OpenCase, row: HandOver) -> None:
    actions.withdraw(file, hand_over=row)


TODAY = timezone.localdate()
#: What can be on its way in a file: how it begins, and how it is over.
ON_THE_WAY: dict[str, tuple[Callable[..., Any], Callable[[OpenCase, Any], object]]] = {
    "promise": (lambda file, *_: days.promise(file, due_id=uuid4(), text="call", day=TODAY), days.keep),
    "to-do": (lambda file, *_: days.todo(file, due_id=uuid4(), text="call", day=TODAY), days.done),
    "date": (
        lambda file, *_: days.appointment(file, due_id=uuid4(), agreed=Agreed(day=TODAY)),
        lambda file, row: days.happened(file, row, how="happened", told={}),
    ),
    "crisis": (
        lambda file, *_: crisis.begin_crisis(file, crisis_id=uuid4()),
        lambda file, row: crisis.end_crisis(file, crisis=row, words={}, version=0),
    ),
    "missing": (
        lambda file, *_: missing.begin_missing(file, missing_id=uuid4(), words={}),
        lambda file, row: missing.come_back(file, missing=row, back={}, version=0),
    ),
    "hand-over": (_hand_over, _let_go),
    "offer": (_offer, _let_go),
}
#: What they say themselves if a file closes all the same; nothing else holds anybody back.
THEIR_CHOICE = {"promise", "crisis", "missing"}


A_FILE = st.fixed_dictionaries(
    {
        "answers": ANSWERS,
        # "Something else" stands there as often as there is something else.
        "others": st.lists(STATE, max_size=2),
        # What is on its way, and whether it is over by the time the file is closed.
        "begun": st.dictionaries(st.sampled_from(sorted(ON_THE_WAY)), st.booleans()),
    }
)


@given(shape=A_FILE, because=st.sampled_from(["", "they say so"]))
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_file_closes_exactly_when_each_part_is_answered_and_the_rest_is_done_or_their_choice(
    cast: Cast, lou: Worker, shape: dict[str, Any], because: str
) -> None:
    with undone(), make.opening(cast.dee, cast.ama, Action.CLOSE) as file:
        said = [*shape["answers"].items(), *(("other", state) for state in shape["others"])]
        for kind, state in said:
            facts = {"kind": kind, "state": state, "title": state, "who": "Kim", "note": "a word"}
            actions.answer_component(file, row_id=uuid4(), facts=facts, version=0)
        actions.rest_never_came_up(file)
        left = _left_of(shape["begun"], file, cast, lou)
        open_parts = {kind for kind, state in said if state not in ANSWERED}
        assert {part.kind.value for part in still_open(file).unanswered} == open_parts
        may = not open_parts and (not left & THEIR_CHOICE or bool(because))
        assert _closes(file, because) is may
        assert now(cast.dee).is_open is not may
        assert Ending.objects.exists() is may
        # What is on its way to somebody is let go with the file, and goes on where nothing closed.
        on_its_way = HandOver.objects.on_the_way().exists()
        assert on_its_way is (not may and bool(left & {"hand-over", "offer"}))
        assert HandOver.objects.exclude(parcel=None).exists() is (not may and "offer" in left)


def _left_of(begun: dict[str, bool], file: OpenCase, cast: Cast, lou: Worker) -> set[str]:
    """Begin what is on its way, and end what is over; says what is left. Of two hand-overs only one can be."""
    left = set(begun)
    for name, over in begun.items():
        begin, end = ON_THE_WAY[name]
        try:
            row = begin(file, cast, lou)
        except CannotDo:
            left.remove(name)
            continue
        if over:
            end(file, row)
            left.remove(name)
    return left


def _closes(file: OpenCase, because: str) -> bool:
    words = {"reason": "goals", "because": because}
    try:
        actions.close(file, ending_id=uuid4(), words=words)  # type: ignore[arg-type]
    except CannotDo:
        return False
    return True
