"""A death: one step stops everything, the team is told gently, and a mistake is taken back (practice M9)."""

from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import CareTeamMember, Case
from leeward.continuity import actions, pages
from leeward.continuity.models import Ending, Farewell, HandOver
from leeward.days.models import Due
from leeward.staff.models import Absence, Person
from tests import make
from tests.cases.joined import join
from tests.cast import Cast
from tests.continuity.conftest import ask, close, leave, now
from tests.continuity.test_ending import begin
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = timezone.localdate()


class TestADeath:
    def rest(self, cast: Cast, by: Worker | None = None, **words: str) -> Ending:
        with make.opening(cast.dee, by or cast.ama, Action.CLOSE) as file:
            return actions.rest(file, ending_id=uuid4(), words=words)  # type: ignore[arg-type]

    def test_one_step_stops_everything_that_is_due(self, cast: Cast, lou: Worker) -> None:
        begin(cast, "promise")
        ask(cast.dee, cast.ama, lou)
        self.rest(cast, view="He laughed a lot.")
        case = now(cast.dee)
        assert (case.is_open, case.rests) == (False, True)
        assert not Due.objects.open().exists()
        assert HandOver.objects.get().state == HandOver.WITHDRAWN

    def test_nothing_new_is_due(self, cast: Cast) -> None:
        self.rest(cast)
        with pytest.raises(CannotDo, match="held"):
            begin(cast, "promise")

    def test_the_record_can_be_read(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="We walked.")
        self.rest(cast)
        with make.opening(cast.dee, cast.ama):
            assert now(cast.dee).entries.get().text == "We walked."

    def test_it_does_not_open_again_by_the_way_others_come_back(self, cast: Cast) -> None:
        self.rest(cast)
        with (
            make.opening(cast.dee, cast.ama, Action.START_CASE) as file,
            pytest.raises(CannotDo, match="held"),
        ):
            actions.reopen(file, person=cast.ama.person)

    def told(self, worker: Worker) -> list[bool]:
        with make.entering(worker, Action.TODAY) as entered:
            return [row.ending.case.rests for row in pages.resting(entered.visit)]

    def test_those_who_walked_along_are_told_and_nobody_else(self, cast: Cast, lou: Worker) -> None:
        peer, passer_by = cast.somebody(Role.PEER_SUPPORTER), cast.somebody(Role.CASE_MANAGER)
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        Case.objects.update(backup=cast.ben.person)
        Absence.objects.create(person=cast.ama.person, since=TODAY, until=TODAY, cover=lou.person)
        self.rest(cast)
        assert self.told(cast.ama) == []  # she wrote it down
        assert [self.told(worker) for worker in (cast.ben, peer, lou, passer_by)] == [
            [True],
            [True],
            [True],
            [],
        ]

    def test_until_they_have_read_it(self, cast: Cast) -> None:
        Case.objects.update(backup=cast.ben.person)
        self.rest(cast)
        actions.has_read(Farewell.objects.get(person=cast.ben.person))
        assert self.told(cast.ben) == []

    def test_a_mistake_is_taken_back_and_they_hear_of_that_too(self, cast: Cast) -> None:
        begin(cast, "promise")
        Case.objects.update(backup=cast.ben.person)
        self.rest(cast)
        actions.has_read(Farewell.objects.get())
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.take_back(file)
            actions.take_back(file)
        case = now(cast.dee)
        assert (case.is_open, case.rests) == (True, False)
        assert Due.objects.open().count() == 1
        assert self.told(cast.ben) == [False]

    def test_a_closed_file_is_closed_again_after_a_mistake(self, cast: Cast) -> None:
        close(cast.dee, cast.ama)
        self.rest(cast)
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.take_back(file)
        assert (now(cast.dee).is_open, now(cast.dee).rests) == (False, False)

    def take_back(self, cast: Cast, by: Worker) -> Case:
        with make.opening(cast.dee, by, Action.ASSIGN) as file:
            actions.take_back(file)
        return now(cast.dee)

    def test_if_their_worker_left_meanwhile_somebody_else_walks_with_them_for_now(self, cast: Cast) -> None:
        self.rest(cast)
        leave(cast.ben, Person.objects.get(pk=cast.ama.person.pk))
        case = self.take_back(cast, cast.ben)
        assert (case.is_open, case.primary) == (True, cast.ben.person)
        assert HandOver.objects.done()[0].for_now

    def test_a_file_that_became_one_with_another_is_taken_back_there(self, cast: Cast) -> None:
        self.rest(cast)
        join(cast, make.a_case(by=cast.ama, name="Fay"), cast.dee)
        with pytest.raises(CannotDo, match="became one with another"):
            self.take_back(cast, cast.ben)

    def test_the_same_click_twice_is_one(self, cast: Cast) -> None:
        once = uuid4()
        with make.opening(cast.dee, cast.ama, Action.CLOSE) as file:
            for _ in range(2):
                actions.rest(file, ending_id=once, words={})
            with pytest.raises(CannotDo, match="written down already"):
                actions.rest(file, ending_id=uuid4(), words={})
        assert Ending.objects.count() == 1
