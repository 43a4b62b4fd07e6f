"""A file closes exactly when each of its parts has its answer, and all else is done or their choice (D1, T1)."""

from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.words import ANSWERED, ComponentKind, ComponentState
from leeward.days import actions as days
from leeward.safety.models import Crisis
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import undone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

ANSWERS = st.dictionaries(
    st.sampled_from([kind.value for kind in ComponentKind if kind != ComponentKind.OTHER]),
    st.sampled_from(["", *[state.value for state in ComponentState]]),
)


@given(
    answers=ANSWERS, promise=st.booleans(), crisis=st.booleans(), because=st.sampled_from(["", "they say so"])
)
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_file_closes_exactly_when_each_part_is_answered_and_the_rest_is_done_or_their_choice(
    cast: Cast, answers: dict[str, str], promise: bool, crisis: bool, because: str
) -> None:
    with undone(), make.opening(cast.dee, cast.ama, Action.CLOSE) as file:
        for kind, state in answers.items():
            facts = {"kind": kind, "state": state, "who": "Kim", "note": "a word"}
            actions.answer_component(file, row_id=uuid4(), facts=facts, version=0)
        actions.rest_never_came_up(file)
        if crisis:
            Crisis.objects.create(case=cast.dee, author=cast.ama.person, words={})
        if promise:
            days.promise(file, due_id=uuid4(), text="call", day=timezone.localdate())
        free = all(state in ANSWERED for state in answers.values())
        may = free and (not (promise or crisis) or bool(because))
        try:
            told = {"reason": "goals", "because": because}
            actions.close(file, ending_id=uuid4(), words=told)  # type: ignore[arg-type]
            closed = True
        except CannotDo:
            closed = False
        assert closed is may
        assert Case.objects.get(pk=cast.dee.pk).is_open is not may
