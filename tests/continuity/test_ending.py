"""Closing together, coming back, and a death. Nothing closes or opens by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.models import Component, Ending, HandOver
from leeward.continuity.still_open import parts, still_open
from leeward.continuity.words import ANSWERED, ComponentKind, ComponentState
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.safety.models import Crisis, Missing
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import ask, close, leave, now
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = timezone.localdate()


def answer(case: Case, by: Worker, kind: str, state: str, **facts: str) -> Component:
    with make.opening(case, by, Action.WRITE_ENTRY) as file:
        known = next((part for part in parts(file) if part.kind == kind), None)
        row_id, version = (known.pk, known.version) if known and known.pk else (uuid4(), 0)
        told = {"kind": kind, "state": state, **facts}
        return actions.answer_component(file, row_id=row_id, facts=told, version=version)


def left(case: Case, by: Worker) -> set[str]:
    with make.opening(case, by, Action.CLOSE) as file:
        return {part.kind.value for part in still_open(file).unanswered}


class TestTheParts:
    def test_each_is_unanswered_until_somebody_says_whose_it_is(self, cast: Cast) -> None:
        every = {kind.value for kind in ComponentKind} - {"other"}
        assert left(cast.dee, cast.ama) == every
        answer(cast.dee, cast.ama, "immigration", "handed", who="Legal Aid")
        assert left(cast.dee, cast.ama) == every - {"immigration"}

    @pytest.mark.parametrize("state", [*ComponentState, ""])
    def test_what_goes_on_with_us_is_not_finished(self, cast: Cast, state: str) -> None:
        answer(cast.dee, cast.ama, "health", state, note="a word")
        assert ("health" not in left(cast.dee, cast.ama)) is (state in ANSWERED)

    def test_two_windows_answer_one_part_once(self, cast: Cast) -> None:
        for number in range(2):
            with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
                facts = {"kind": "civil", "state": "ours"}
                actions.answer_component(file, row_id=uuid4(), facts=facts, version=number)
        assert Component.objects.count() == 1

    def test_after_two_files_became_one_each_of_two_answers_is_its_own(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            words = {"kind": "civil", "state": "ours", "version": 1}
            rows = [Component.objects.create(case=cast.dee, about=words) for _ in range(2)]
            facts = {"kind": "civil", "state": "done"}
            actions.answer_component(file, row_id=rows[1].pk, facts=facts, version=1)
            assert [Component.objects.get(pk=row.pk).about["state"] for row in rows] == ["ours", "done"]

    def test_something_else_may_stand_there_twice(self, cast: Cast) -> None:
        for title in ("a car", "a dog"):
            answer_other(cast, title)
        assert Component.objects.count() == 2
        assert left(cast.dee, cast.ama) >= {"other"}

    def test_what_nobody_spoke_of_is_answered_in_one_tap(self, cast: Cast) -> None:
        answer(cast.dee, cast.ama, "education", "ours")
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            assert [actions.rest_never_came_up(file), actions.rest_never_came_up(file)] == [7, 0]
        assert left(cast.dee, cast.ama) == {"education"}


def answer_other(cast: Cast, title: str) -> None:
    with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
        facts = {"kind": "other", "state": "ours", "title": title}
        actions.answer_component(file, row_id=uuid4(), facts=facts, version=0)


class TestClosing:
    def test_while_a_part_has_no_answer_it_does_not_close(self, cast: Cast) -> None:
        with (
            make.opening(cast.dee, cast.ama, Action.CLOSE) as file,
            pytest.raises(CannotDo, match="no answer"),
        ):
            actions.close(file, ending_id=uuid4(), words={"reason": "goals"})
        assert now(cast.dee).is_open

    def test_with_all_answered_it_does(self, cast: Cast) -> None:
        close(cast.dee, cast.ama, view="I can sleep now.")
        assert not now(cast.dee).is_open
        with make.opening(cast.dee, cast.ama):
            words = Ending.objects.get().words
        assert (words["view"], words["reason"], words["on"]) == (
            "I can sleep now.",
            "goals",
            TODAY.isoformat(),
        )

    def test_the_primary_worker_stays_its_primary_worker(self, cast: Cast) -> None:
        close(cast.dee, cast.ama)
        assert now(cast.dee).primary == cast.ama.person

    @pytest.mark.parametrize("what", ["promise", "crisis", "missing"])
    def test_something_open_needs_their_word_and_then_it_closes(self, cast: Cast, what: str) -> None:
        begin(cast, what)
        with pytest.raises(CannotDo, match="theirs to say"):
            close(cast.dee, cast.ama)
        assert now(cast.dee).is_open
        close(cast.dee, cast.ama, because="she says the rest can wait for ever")
        assert not now(cast.dee).is_open

    def test_dates_and_to_dos_hold_nobody_back(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.todo(file, due_id=uuid4(), text="shred", day=TODAY)
        close(cast.dee, cast.ama)
        assert Due.objects.filter(kind="todo", is_open=True).exists()

    def test_if_they_like_somebody_looks_in_after_30_90_and_180_days(self, cast: Cast) -> None:
        close(cast.dee, cast.ama, follow_ups=True)
        with make.opening(cast.dee, cast.ama, Action.DAYS):
            told = {(due.slot or {}).get("code"): (due.day - TODAY).days for due in Due.objects.all()}
        assert told == {"ending_30": 30, "ending_90": 90, "ending_180": 180}

    def test_if_they_do_not_nobody_does(self, cast: Cast) -> None:
        close(cast.dee, cast.ama, follow_ups=False)
        assert not Due.objects.exists()

    def test_a_hand_over_on_its_way_is_let_go(self, cast: Cast, lou: Worker) -> None:
        ask(cast.dee, cast.ama, lou)
        close(cast.dee, cast.ama)
        assert HandOver.objects.get().state == HandOver.WITHDRAWN

    def test_the_same_click_twice_closes_once(self, cast: Cast) -> None:
        once = uuid4()
        with make.opening(cast.dee, cast.ama, Action.CLOSE) as file:
            actions.rest_never_came_up(file)
            for _ in range(2):
                actions.close(file, ending_id=once, words={"reason": "moved"})
            with pytest.raises(CannotDo, match="closed already"):
                actions.close(file, ending_id=uuid4(), words={"reason": "moved"})
        assert Ending.objects.count() == 1

    def test_writing_in_a_closed_file_does_not_open_it(self, cast: Cast) -> None:
        close(cast.dee, cast.ama)
        make.an_entry(cast.dee, by=cast.ama)
        assert not now(cast.dee).is_open


def begin(cast: Cast, what: str) -> None:
    with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
        if what == "promise":
            days.promise(file, due_id=uuid4(), text="call", day=TODAY)
        elif what == "crisis":
            Crisis.objects.create(case=cast.dee, author=cast.ama.person, words={})
        else:
            Missing.objects.create(case=cast.dee, author=cast.ama.person, words={})


class TestComingBack:
    def reopen(self, cast: Cast, by: Worker, person: Worker) -> Case:
        with make.opening(cast.dee, by, Action.START_CASE) as file:
            return actions.reopen(file, person=person.person)

    def test_everything_is_kept_and_the_same_worker_is_there(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="We walked.")
        close(cast.dee, cast.ama)
        self.reopen(cast, cast.ama, cast.ama)
        case = now(cast.dee)
        assert (case.is_open, case.primary) == (True, cast.ama.person)
        with make.opening(cast.dee, cast.ama):
            assert case.entries.get().text == "We walked."
            assert Ending.objects.get().words["back_on"] == TODAY.isoformat()

    def test_anybody_of_the_team_who_starts_files_can_open_it_again(self, cast: Cast, lou: Worker) -> None:
        close(cast.dee, cast.ama)
        self.reopen(cast, lou, cast.ama)
        assert now(cast.dee).is_open

    def test_what_was_set_for_after_the_end_is_not_due_any_more(self, cast: Cast) -> None:
        close(cast.dee, cast.ama)
        self.reopen(cast, cast.ama, cast.ama)
        assert not Due.objects.filter(is_open=True).exists()

    def test_somebody_else_walks_with_them_where_the_same_worker_is_gone(
        self, cast: Cast, lou: Worker
    ) -> None:
        close(cast.dee, cast.ama)
        leave(cast.ben, cast.ama.person)
        with pytest.raises(CannotDo, match="holds its key"):
            self.reopen(cast, lou, cast.ama)
        self.reopen(cast, lou, lou)
        assert (now(cast.dee).is_open, now(cast.dee).primary) == (True, lou.person)

    def test_twice_it_is_opened_once(self, cast: Cast, lou: Worker) -> None:
        close(cast.dee, cast.ama)
        for person in (cast.ama, lou):
            self.reopen(cast, cast.ama, person)
        assert now(cast.dee).primary == cast.ama.person

    def test_it_can_close_and_open_again_and_again(self, cast: Cast) -> None:
        for _ in range(2):
            close(cast.dee, cast.ama)
            self.reopen(cast, cast.ama, cast.ama)
        assert list(Ending.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_days_after_which_somebody_looks_in_are_counted_from_the_end(cast: Cast) -> None:
    close(cast.dee, cast.ama)
    assert max(Due.objects.values_list("day", flat=True)) == TODAY + timedelta(days=180)
