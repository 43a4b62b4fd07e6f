"""Somebody leaves today, or a role ends: before that moment is over everybody they walk with has somebody else."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.continuity import actions
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.models import Ask, Due
from leeward.staff import actions as staff
from leeward.staff.models import Absence, Grant, Membership, Person, Shift
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import close, leave, now, offer, say
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TODAY = timezone.localdate()


class TestGoodbye:
    def test_whoever_was_chosen_walks_with_them_for_now(self, cast: Cast, lou: Worker) -> None:
        assert leave(cast.ben, cast.ama.person, {cast.dee.pk: lou.person.pk}, cast.dee) == 1
        assert now(cast.dee).primary == lou.person
        row = HandOver.objects.get()
        assert (row.giver, row.taker, row.for_now) == (cast.ama.person, lou.person, True)

    def test_where_nobody_was_chosen_it_is_the_backup(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(backup=lou.person)
        leave(cast.ben, cast.ama.person)
        assert (now(cast.dee).primary, now(cast.dee).backup) == (lou.person, None)

    def test_and_without_a_backup_whoever_sees_to_it(self, cast: Cast, lou: Worker) -> None:
        leave(cast.ben, cast.ama.person)
        assert now(cast.dee).primary == cast.ben.person

    def test_an_administrator_leaves_it_to_whoever_leads_the_team(self, cast: Cast, lou: Worker) -> None:
        leave(cast.somebody(Role.ADMINISTRATOR), cast.ama.person)
        assert now(cast.dee).primary == cast.ben.person
        assert Due.objects.get().slot is None

    def test_somebody_behind_a_wall_is_never_put_beside_them(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(backup=lou.person)
        Wall.objects.create(case=cast.dee, person=lou.person)
        leave(cast.ben, cast.ama.person)
        assert now(cast.dee).primary == cast.ben.person

    def test_a_choice_that_cannot_be_leaves_everything_as_it_was(self, cast: Cast, lou: Worker) -> None:
        with pytest.raises(CannotDo, match="cannot carry files in that team"):
            leave(cast.ben, cast.ama.person, {cast.dee.pk: cast.cyd.person.pk})
        assert now(cast.dee).primary == cast.ama.person
        assert Person.objects.get(pk=cast.ama.person.pk).left_at is None
        assert Grant.objects.filter(person_key__person=cast.ama.person).exists()

    def test_while_nobody_else_could_carry_them_nobody_leaves(self, cast: Cast) -> None:
        keeper = cast.somebody(Role.ADMINISTRATOR)
        with make.entering(keeper, Action.CHANGE_MEMBERSHIP) as entered:
            staff.end_membership(entered, membership=Membership.objects.get(person=cast.ben.person))
        with pytest.raises(CannotDo, match="nobody is left alone"):
            leave(keeper, cast.ama.person)
        assert now(cast.dee).primary == cast.ama.person

    def test_what_the_staff_forbids_undoes_it_all(self, cast: Cast, lou: Worker) -> None:
        """A supervisor of another team: her word does not count here."""
        with pytest.raises(staff.CannotDo):
            leave(cast.sue, cast.ama.person)
        assert now(cast.dee).primary == cast.ama.person

    def test_their_calendar_shows_nothing_any_more(self, cast: Cast, lou: Worker) -> None:
        with make.entering(cast.ama, Action.TODAY, lists=True) as entered:
            address = reverse("days:feed", args=[days.start_feed(entered, dues=[])])
        assert Browser().get(address).status_code == 200
        leave(cast.ben, cast.ama.person)
        assert Browser().get(address).status_code == 404

    def test_in_a_week_somebody_asks_who_walks_on_from_here(self, cast: Cast, lou: Worker) -> None:
        leave(cast.ben, cast.ama.person, {}, cast.dee)
        with make.opening(cast.dee, cast.ben, Action.DAYS):
            due = Due.objects.get()
            assert (due.owner, due.day, due.slot) == (
                cast.ben.person, TODAY + timedelta(days=7), {"code": "interim"},
            )  # fmt: skip

    def test_promises_requests_nights_and_cover_do_not_hang_in_the_air(self, cast: Cast, lou: Worker) -> None:
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.promise(file, due_id=uuid4(), text="call", day=TODAY)
            Ask.objects.create(
                team=cast.harbor, case=cast.dee, number=1, owner=cast.ama.person, words={"text": "hello"}
            )
            Ask.objects.create(team=cast.harbor, number=2, owner=cast.ama.person, words={"text": "who?"})
        later = timezone.now() + timedelta(days=3)
        Shift.objects.create(person=cast.ama.person, since=later, until=later + timedelta(hours=8))
        Absence.objects.create(person=lou.person, since=TODAY, until=TODAY, cover=cast.ama.person)
        leave(cast.ben, cast.ama.person, {cast.dee.pk: lou.person.pk}, cast.dee)
        assert set(Due.objects.filter(is_open=True).values_list("owner__name", flat=True)) == {"Lou"}
        assert list(Ask.objects.order_by("number").values_list("owner__name", flat=True)) == ["Lou", None]
        assert Shift.objects.get().person == cast.ben.person
        assert Absence.objects.get().cover is None

    def test_they_step_back_everywhere_and_what_was_on_its_way_is_let_go(
        self, cast: Cast, lou: Worker
    ) -> None:
        mine, moving = make.a_case(by=lou, name="Fay"), make.a_case(by=lou, name="Gil")
        with make.opening(mine, cast.ben, Action.ASSIGN) as file:
            actions.name_backup(file, person=cast.ama.person)
        row = make_ask(moving, lou, cast.ama)
        say(cast.ama, row, yes=True)
        leave(cast.ben, cast.ama.person)
        assert now(mine).backup is None
        assert not CareTeamMember.objects.current().filter(person=cast.ama.person).exists()
        assert HandOver.objects.get(pk=row.pk).state == HandOver.WITHDRAWN

    def test_a_key_that_waits_in_a_drop_box_is_taken_back(self, cast: Cast, lou: Worker) -> None:
        row = offer(cast.dee, cast.ama, cast.garden)
        leave(cast.ben, cast.ama.person)
        found = HandOver.objects.get(pk=row.pk)
        assert (found.state, found.parcel) == (HandOver.WITHDRAWN, None)

    def test_what_is_set_for_after_an_end_passes_on_too(self, cast: Cast, lou: Worker) -> None:
        close(cast.dee, cast.ama)
        leave(cast.ben, cast.ama.person)
        assert set(Due.objects.values_list("owner__name", flat=True)) == {"Ben"}
        assert now(cast.dee).primary == cast.ama.person

    def test_twice_it_is_said_once(self, cast: Cast, lou: Worker) -> None:
        assert [leave(cast.ben, cast.ama.person), leave(cast.ben, cast.ama.person)] == [1, 0]


def make_ask(case: Case, by: Worker, to: Worker) -> HandOver:
    with make.opening(case, by, Action.HAND_OVER) as file:
        return actions.ask(file, hand_over_id=uuid4(), person=to.person)


class TestARoleEnds:
    def end(self, cast: Cast, worker: Worker, role: Role) -> int:
        found = Membership.objects.get(person=worker.person, role=role)
        with make.entering(cast.ben, Action.CHANGE_MEMBERSHIP, lists=True) as entered:
            return actions.role_ends(entered, membership=found, interims=actions.Interims())

    def test_whoever_could_carry_nobody_without_it_passes_them_on(self, cast: Cast, lou: Worker) -> None:
        assert self.end(cast, cast.ama, Role.CASE_MANAGER) == 1
        assert now(cast.dee).primary == cast.ben.person

    def test_with_another_such_role_in_the_team_they_stay(self, cast: Cast, lou: Worker) -> None:
        with make.entering(cast.ben, Action.CHANGE_MEMBERSHIP) as entered:
            staff.add_membership(entered, person=cast.ama.person, team=cast.harbor, role=Role.ADVOCATE)
        assert self.end(cast, cast.ama, Role.CASE_MANAGER) == 0
        assert now(cast.dee).primary == cast.ama.person

    def test_a_role_that_carries_nobody_takes_nobody_away(self, cast: Cast, lou: Worker) -> None:
        with make.entering(cast.ben, Action.CHANGE_MEMBERSHIP) as entered:
            staff.add_membership(entered, person=cast.ama.person, team=cast.harbor, role=Role.FRONT_DESK)
        assert self.end(cast, cast.ama, Role.FRONT_DESK) == 0
        assert now(cast.dee).primary == cast.ama.person

    def test_in_another_team_they_carry_on(self, cast: Cast, lou: Worker) -> None:
        with make.entering(cast.sue, Action.CHANGE_MEMBERSHIP) as entered:
            staff.add_membership(entered, person=cast.ama.person, team=cast.garden, role=Role.ADVOCATE)
        there = make.a_case(by=cast.ama, name="Fay", team=cast.garden)
        self.end(cast, cast.ama, Role.CASE_MANAGER)
        assert now(there).primary == cast.ama.person
        assert now(cast.dee).primary == cast.ben.person

    def test_nobody_stands_behind_who_could_not_carry(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(backup=lou.person)
        self.end(cast, lou, Role.CASE_MANAGER)
        assert now(cast.dee).backup is None
