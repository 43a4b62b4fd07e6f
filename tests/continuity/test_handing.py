"""Hand-over to a colleague: asked, agreed, prepared, done; nobody is without a worker, and nothing promised is lost."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.continuity import actions
from leeward.continuity.models import HandOver
from leeward.continuity.words import HandOverWords
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.staff import actions as staff
from leeward.staff.models import Grant
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import ask, finish, now, say
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestAsking:
    def test_nothing_changes_until_the_colleague_says_yes(self, cast: Cast, asked: HandOver) -> None:
        assert now(cast.dee).primary == cast.ama.person
        with pytest.raises(CannotDo, match="not said yes"):
            finish(cast.dee, cast.ama, asked)
        assert now(cast.dee).primary == cast.ama.person

    def test_asked_twice_by_a_double_click_it_is_asked_once(self, cast: Cast, lou: Worker) -> None:
        once = uuid4()
        with make.opening(cast.dee, cast.ama, Action.HAND_OVER) as file:
            first, second = (actions.ask(file, hand_over_id=once, person=lou.person) for _ in range(2))
        assert first == second
        assert HandOver.objects.count() == 1

    def test_while_one_is_on_its_way_another_waits(self, cast: Cast, lou: Worker, asked: HandOver) -> None:
        with pytest.raises(CannotDo, match="on its way"):
            ask(cast.dee, cast.ama, cast.ben)

    def test_the_database_itself_holds_only_one_on_its_way(self, cast: Cast, asked: HandOver) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOver.objects.create(case=cast.dee, giver=cast.ama.person, taker=cast.ben.person)

    def test_nobody_of_another_team_can_be_asked(self, cast: Cast) -> None:
        with pytest.raises(CannotDo, match="of this participant’s team"):
            ask(cast.dee, cast.ama, cast.cyd)

    def test_nobody_behind_a_wall_can_be_asked(self, cast: Cast, lou: Worker) -> None:
        Wall.objects.create(case=cast.dee, person=lou.person)
        with pytest.raises(CannotDo, match="of this participant’s team"):
            ask(cast.dee, cast.ama, lou)

    def test_nobody_whose_team_stands_behind_a_wall_can_be_asked(self, cast: Cast, lou: Worker) -> None:
        with make.entering(cast.sue, Action.CHANGE_MEMBERSHIP) as entered:
            staff.add_membership(entered, person=lou.person, team=cast.garden, role=Role.VOLUNTEER)
        Wall.objects.create(case=cast.dee, team=cast.garden)
        with pytest.raises(CannotDo, match="of this participant’s team"):
            ask(cast.dee, cast.ama, lou)

    def test_nobody_without_the_teams_key_can_be_asked(self, cast: Cast, lou: Worker) -> None:
        Grant.objects.filter(person_key__person=lou.person).delete()
        with pytest.raises(CannotDo, match="holds its key"):
            ask(cast.dee, cast.ama, lou)

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.FRONT_DESK, Role.HOUSE_STAFF])
    def test_who_does_not_write_with_participants_is_not_asked(self, cast: Cast, role: Role) -> None:
        with pytest.raises(CannotDo):
            ask(cast.dee, cast.ama, cast.somebody(role))

    def test_whoever_walks_with_them_is_not_asked(self, cast: Cast) -> None:
        with pytest.raises(CannotDo, match="Ama walks with them already"):
            ask(cast.dee, cast.ama, cast.ama)

    def test_in_a_closed_file_nobody_is_asked(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(is_open=False)
        with pytest.raises(CannotDo, match="Open it again first"):
            ask(cast.dee, cast.ama, lou)


class TestAnswering:
    def test_with_the_yes_the_file_opens_to_the_one_who_said_it(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        say(peer, ask(cast.dee, cast.ama, peer), yes=True)
        with make.opening(cast.dee, peer) as file:
            assert file.thing.participant.card["name"] == "Dee"

    def test_not_now_leaves_all_as_it_was_and_somebody_else_can_be_asked(
        self, cast: Cast, lou: Worker, asked: HandOver
    ) -> None:
        assert say(lou, asked, yes=False).state == HandOver.NOT_NOW
        assert now(cast.dee).primary == cast.ama.person
        assert ask(cast.dee, cast.ama, cast.ben).state == HandOver.ASKED

    def test_nobody_else_answers(self, cast: Cast, asked: HandOver) -> None:
        with pytest.raises(CannotDo, match="answered or let go"):
            say(cast.ben, asked, yes=True)

    def test_a_second_yes_changes_nothing(self, cast: Cast, lou: Worker, agreed: HandOver) -> None:
        assert say(lou, agreed, yes=True).state == HandOver.AGREED
        assert CareTeamMember.objects.filter(person=lou.person).count() == 1

    def test_after_it_was_let_go_there_is_nothing_to_answer(
        self, cast: Cast, lou: Worker, asked: HandOver
    ) -> None:
        with make.opening(cast.dee, cast.ama, Action.HAND_OVER) as file:
            actions.withdraw(file, hand_over=asked)
        with pytest.raises(CannotDo, match="let go of meanwhile"):
            say(lou, asked, yes=True)


class TestPreparing:
    def prepare(self, cast: Cast, row: HandOver, words: HandOverWords, version: int = 1) -> HandOver:
        with make.opening(cast.dee, cast.ama, Action.HAND_OVER) as file:
            return actions.prepare(file, hand_over=row, words=words, version=version)

    def test_what_is_prepared_is_kept_sealed(self, cast: Cast, lou: Worker, agreed: HandOver) -> None:
        self.prepare(cast, agreed, {"wish": "Please be on time."})
        with make.opening(cast.dee, lou, Action.HAND_OVER):
            words = HandOver.objects.get(pk=agreed.pk).words
            assert words
            assert words["wish"] == "Please be on time."

    def test_two_versions_stand_side_by_side(self, cast: Cast, agreed: HandOver) -> None:
        self.prepare(cast, agreed, {"wish": "first"})
        with pytest.raises(ChangedMeanwhile) as other:
            self.prepare(cast, agreed, {"wish": "second"})
        assert (other.value.saved, other.value.version) == ("first", 2)

    def test_after_it_is_done_nothing_is_prepared(self, cast: Cast, agreed: HandOver) -> None:
        finish(cast.dee, cast.ama, agreed)
        with pytest.raises(CannotDo, match="done or was let go"):
            self.prepare(cast, agreed, {"wish": "late"})


class TestDone:
    def test_from_that_moment_the_next_worker_walks_with_them(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        finish(cast.dee, cast.ama, agreed)
        case = now(cast.dee)
        assert (case.primary, case.backup) == (lou.person, cast.ama.person)
        assert not case.care_team.filter(person=lou.person).exists()

    def test_the_backup_there_was_stays_on_the_care_team(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        Case.objects.update(backup=cast.ben.person)
        finish(cast.dee, cast.ama, agreed)
        case = now(cast.dee)
        assert case.backup == cast.ama.person
        assert list(case.care_team.current().values_list("person__name", flat=True)) == ["Ben"]

    def test_a_backup_who_takes_over_is_no_backup_any_more(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(backup=lou.person)
        row = say(lou, ask(cast.dee, cast.ama, lou), yes=True)
        finish(cast.dee, cast.ama, row)
        assert now(cast.dee).backup == cast.ama.person

    def test_open_promises_pass_on_and_kept_ones_stay_where_they_were(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            for text in ("call the school", "find the form"):
                days.promise(file, due_id=uuid4(), text=text, day=tomorrow)
            days.todo(file, due_id=uuid4(), text="file it", day=tomorrow)
        with make.opening(cast.dee, cast.ben, Action.DAYS) as file:
            days.todo(file, due_id=uuid4(), text="Ben's own", day=tomorrow)
        kept = Due.objects.filter(owner=cast.ama.person)[0]
        Due.objects.filter(pk=kept.pk).update(is_open=False)
        finish(cast.dee, cast.ama, agreed)
        mine = Due.objects.filter(owner=lou.person).exclude(kind="follow_up")
        assert mine.count() == 2
        assert Due.objects.get(pk=kept.pk).owner == cast.ama.person
        assert Due.objects.filter(owner=cast.ben.person).count() == 1

    def test_both_walk_until_a_day_and_then_one(self, cast: Cast, lou: Worker, agreed: HandOver) -> None:
        until = timezone.localdate() + timedelta(days=10)
        with make.opening(cast.dee, cast.ama, Action.HAND_OVER) as file:
            actions.prepare(
                file, hand_over=agreed, words={"overlap_until": until.isoformat()}, version=agreed.version
            )
        finish(cast.dee, cast.ama, agreed)
        member = cast.dee.care_team.get(person=cast.ama.person)
        assert member.until == until
        with make.opening(cast.dee, lou, Action.DAYS):
            codes = {(due.slot or {}).get("code"): due.day for due in Due.objects.filter(owner=lou.person)}
        assert codes["overlap_ends"] == until
        assert codes["handover_check"] == timezone.localdate() + timedelta(days=14)

    def test_done_twice_it_is_done_once(self, cast: Cast, lou: Worker, agreed: HandOver) -> None:
        for _ in range(2):
            finish(cast.dee, cast.ama, agreed)
        assert now(cast.dee).primary == lou.person
        assert Due.objects.filter(kind="follow_up").count() == 1

    def test_when_somebody_else_took_over_meanwhile_it_is_not_done(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        Case.objects.update(primary=cast.ben.person)
        with pytest.raises(CannotDo, match="Somebody else walks with them by now"):
            finish(cast.dee, cast.ben, agreed)
        assert now(cast.dee).primary == cast.ben.person

    def test_somebody_who_left_meanwhile_takes_nobody_over(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        with make.entering(cast.ben, Action.END_MEMBERSHIP) as entered:
            staff.say_goodbye(entered, person=lou.person)
        with pytest.raises(CannotDo, match="Only somebody of this participant’s team"):
            finish(cast.dee, cast.ama, agreed)
        assert now(cast.dee).primary == cast.ama.person


class TestASupervisorDecides:
    def take_over(self, cast: Cast, worker: Worker) -> HandOver:
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            return actions.take_over(file, person=worker.person)

    def test_it_is_remembered_since_when_and_from_whom(self, cast: Cast, lou: Worker) -> None:
        row = self.take_over(cast, lou)
        assert (row.giver, row.taker, row.done_on) == (cast.ama.person, lou.person, timezone.localdate())
        assert now(cast.dee).primary == lou.person

    def test_a_hand_over_that_was_on_its_way_is_let_go(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        self.take_over(cast, cast.ben)
        assert HandOver.objects.get(pk=agreed.pk).state == HandOver.WITHDRAWN

    def test_numbers_count_on(self, cast: Cast, lou: Worker) -> None:
        assert [self.take_over(cast, each).number for each in (lou, cast.ama, lou)] == [1, 2, 3]

    def test_the_backup_is_somebody_else_than_the_primary_worker(self, cast: Cast, lou: Worker) -> None:
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            with pytest.raises(CannotDo, match="cannot be the backup too"):
                actions.name_backup(file, person=cast.ama.person)
            with pytest.raises(CannotDo, match="could carry the file"):
                actions.name_backup(file, person=cast.cyd.person)
            actions.name_backup(file, person=lou.person)
        assert now(cast.dee).backup == lou.person
