"""Two people at the same moment: one of them wins, the other reads a sentence, and nobody is without a worker."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Wrap
from leeward.cases.models.walking import carriers
from leeward.continuity import actions
from leeward.continuity.models import Component, HandOver
from leeward.staff.models import Membership, Person
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import now
from tests.continuity.races import Step, race
from tests.make import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def in_file(case: Case, worker: Worker, action: Action) -> AbstractContextManager[Any]:
    return make.opening(case, worker, action)


def someone_carries(case: Case) -> Person:
    found = now(case)
    assert found.primary in carriers(found)
    assert found.backup_id != found.primary_id
    return found.primary


def test_two_hand_overs_begin_at_once_and_one_of_them_is_on_its_way(cast: Cast, lou: Worker) -> None:
    def ask(to: Worker) -> Step:
        return in_file(cast.dee, cast.ama, Action.HAND_OVER), lambda file: actions.ask(
            file, hand_over_id=uuid4(), person=to.person
        )

    (said,) = race(ask(lou), ask(cast.ben))
    assert "on its way" in said or "same moment" in said
    assert HandOver.objects.on_the_way().count() == 1


def test_it_is_done_in_two_windows_at_once_and_done_once(cast: Cast, lou: Worker, agreed: HandOver) -> None:
    def done() -> Step:
        return in_file(cast.dee, cast.ama, Action.HAND_OVER), lambda file: actions.finish(
            file, hand_over=agreed
        )

    assert race(done(), done()) == []
    assert someone_carries(cast.dee) == lou.person
    assert HandOver.objects.filter(state=HandOver.DONE).count() == 1


def test_it_is_done_while_a_supervisor_decides_otherwise(cast: Cast, lou: Worker, agreed: HandOver) -> None:
    said = race(
        (
            in_file(cast.dee, cast.ama, Action.HAND_OVER),
            lambda file: actions.finish(file, hand_over=agreed),
        ),
        (
            in_file(cast.dee, cast.ben, Action.ASSIGN),
            lambda file: actions.take_over(file, person=cast.ben.person),
        ),
    )
    assert someone_carries(cast.dee) == cast.ben.person
    assert len(said) + HandOver.objects.filter(state=HandOver.DONE).count() == 2


def test_it_is_done_while_the_next_worker_leaves(cast: Cast, lou: Worker, agreed: HandOver) -> None:
    race(
        (
            in_file(cast.dee, cast.ama, Action.HAND_OVER),
            lambda file: actions.finish(file, hand_over=agreed),
        ),
        (
            make.entering(cast.ben, Action.END_MEMBERSHIP, lists=True),
            lambda entered: actions.goodbye(entered, person=lou.person, interims=actions.Interims()),
        ),
    )
    assert someone_carries(cast.dee) in {cast.ama.person, cast.ben.person}
    assert not HandOver.objects.on_the_way().exists()


def test_two_who_stand_behind_each_other_leave_race(cast: Cast, lou: Worker) -> None:
    kit = make.a_person(Role.SUPERVISOR, cast.harbor, by=cast.ben, name="Kit")
    fay = make.a_case(by=lou, name="Fay")
    Case.objects.filter(pk=cast.dee.pk).update(backup=lou.person)
    Case.objects.filter(pk=fay.pk).update(backup=cast.ama.person)

    def leaves(by: Worker, person: Person) -> Step:
        return make.entering(by, Action.END_MEMBERSHIP, lists=True), lambda entered: actions.goodbye(
            entered, person=person, interims=actions.Interims()
        )

    assert race(leaves(cast.ben, cast.ama.person), leaves(kit, lou.person)) == []
    for case in (cast.dee, fay):
        assert someone_carries(case) in {cast.ben.person, kit.person}


def test_two_roles_of_one_person_end_at_once_and_somebody_else_walks_with_them(cast: Cast) -> None:
    kit = make.a_person(Role.SUPERVISOR, cast.harbor, by=cast.ben, name="Kit")
    other = Membership.objects.create(person=cast.ama.person, team=cast.harbor, role=Role.ADVOCATE)
    first = Membership.objects.get(person=cast.ama.person, role=Role.CASE_MANAGER)

    def ends(by: Worker, membership: Membership) -> Step:
        return make.entering(by, Action.CHANGE_MEMBERSHIP, lists=True), lambda entered: actions.role_ends(
            entered, membership=membership, interims=actions.Interims()
        )

    assert race(ends(cast.ben, first), ends(kit, other)) == []
    assert someone_carries(cast.dee) in {cast.ben.person, kit.person}


def test_somebody_is_named_to_stand_behind_who_leaves_at_that_moment(cast: Cast, lou: Worker) -> None:
    leaves = (
        make.entering(cast.ben, Action.END_MEMBERSHIP, lists=True),
        lambda entered: actions.goodbye(entered, person=lou.person, interims=actions.Interims()),
    )
    named = (
        in_file(cast.dee, cast.ben, Action.ASSIGN),
        lambda file: actions.name_backup(file, person=lou.person),
    )
    race(named, leaves)
    assert now(cast.dee).backup is None


def test_two_supervisors_say_yes_at_once_and_one_team_has_one_key(cast: Cast, offered: HandOver) -> None:
    tea = make.a_person(Role.SUPERVISOR, cast.garden, by=cast.sue, name="Tea")

    def yes(worker: Worker) -> Step:
        return make.entering(worker, Action.TODAY, lists=True), lambda entered: actions.take(
            entered, hand_over=offered, person=worker.person
        )

    (said,) = race(yes(cast.sue), yes(tea))
    assert "answered meanwhile" in said
    assert someone_carries(cast.dee) in {cast.sue.person, tea.person}
    assert set(Wrap.objects.filter(key=cast.dee.key_id).values_list("team_key__team", flat=True)) == {
        cast.garden.pk
    }


def test_a_team_says_yes_while_the_offer_is_taken_back(cast: Cast, offered: HandOver) -> None:
    race(
        (
            make.entering(cast.sue, Action.TODAY, lists=True),
            lambda entered: actions.take(entered, hand_over=offered, person=cast.cyd.person),
        ),
        (
            in_file(cast.dee, cast.ama, Action.HAND_OVER),
            lambda file: actions.withdraw(file, hand_over=offered),
        ),
    )
    case = now(cast.dee)
    assert (case.team_id, case.primary) in {
        (cast.garden.pk, cast.cyd.person),
        (cast.harbor.pk, cast.ama.person),
    }
    assert HandOver.objects.get().parcel is None


def test_two_windows_answer_for_one_part_and_it_stands_once(cast: Cast) -> None:
    def answers(state: str) -> Step:
        facts = {"kind": "health", "state": state}
        return in_file(cast.dee, cast.ama, Action.WRITE_ENTRY), lambda file: actions.answer_component(
            file, row_id=uuid4(), facts=facts, version=0
        )

    race(answers("ours"), answers("ours"))
    assert Component.objects.count() == 1
