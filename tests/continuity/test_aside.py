"""Stepping aside in one tap: nobody asks why, and somebody carries the file in the same moment (practice M8)."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Wall
from leeward.continuity.actions import walls as actions
from leeward.continuity.interim import who_takes_over
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.actions import Asked
from leeward.days.models import Ask, Due
from leeward.days.pages import of_worker
from leeward.days.words import AskWords
from leeward.staff.models import Person
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import answers, said, sees
from tests.cast import Cast
from tests.continuity.conftest import ask, finish, now, say
from tests.make import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(cast: Cast) -> Worker:
    return cast.somebody(Role.CASE_MANAGER)


class TestSteppingAside:
    def test_one_tap_and_no_reason(self, cast: Cast, colleague: Worker) -> None:
        page = sees(colleague, "continuity:step_aside", cast.dee).content.decode()
        page = page.partition("<main")[2].partition("</main>")[0]
        assert "<textarea" not in page
        assert "<input" not in page.replace('<input type="hidden" name="csrfmiddlewaretoken"', "")
        answer = answers(colleague, "continuity:step_aside", cast.dee)
        assert answer["Location"] == reverse("desk:people")
        assert sees(colleague, "profile", cast.dee).status_code == 404
        assert Wall.objects.get().own

    def test_the_backup_takes_over_in_the_same_moment(self, cast: Cast, colleague: Worker) -> None:
        Case.objects.update(backup=colleague.person)
        answers(cast.ama, "continuity:step_aside", cast.dee)
        assert (now(cast.dee).primary, now(cast.dee).backup) == (colleague.person, None)
        assert sees(cast.ama, "desk:person", cast.dee).status_code == 404

    def test_without_a_backup_a_supervisor_does(self, cast: Cast) -> None:
        assert "Ben becomes the primary worker" in said(sees(cast.ama, "continuity:step_aside", cast.dee))
        answers(cast.ama, "continuity:step_aside", cast.dee)
        assert now(cast.dee).primary == cast.ben.person

    def test_a_backup_who_left_or_waits_for_keys_or_stands_before_a_wall_does_not(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        walled = cast.somebody(Role.CASE_MANAGER)
        gone = cast.somebody(Role.CASE_MANAGER)
        Wall.objects.create(case=cast.dee, person=walled.person)
        Person.objects.filter(pk=gone.person.pk).update(left_at=timezone.now())
        for backup in (waiting, walled, gone):
            Case.objects.update(backup=backup.person)
            assert who_takes_over(now(cast.dee), cast.ama.person.pk) == cast.ben.person

    def test_without_either_whoever_could_carry_the_file_does(self, cast: Cast, colleague: Worker) -> None:
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        answers(cast.ama, "continuity:step_aside", cast.dee)
        assert now(cast.dee).primary == colleague.person

    def test_nobody_is_ever_left_without_a_worker(self, cast: Cast) -> None:
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        assert "nobody else of this team can take over yet" in said(
            sees(cast.ama, "continuity:step_aside", cast.dee)
        )
        answer = answers(cast.ama, "continuity:step_aside", cast.dee)
        assert answer.status_code == 422
        assert now(cast.dee).primary == cast.ama.person
        assert sees(cast.ama, "profile", cast.dee).status_code == 200

    def test_a_backup_who_steps_aside_stands_in_no_more(self, cast: Cast, colleague: Worker) -> None:
        Case.objects.update(backup=colleague.person)
        answers(colleague, "continuity:step_aside", cast.dee)
        assert (now(cast.dee).primary, now(cast.dee).backup) == (cast.ama.person, None)

    def test_a_supervisor_can_bring_it_back(self, cast: Cast, colleague: Worker) -> None:
        answers(colleague, "continuity:step_aside", cast.dee)
        page = said(sees(cast.ben, "continuity:walls", cast.dee))
        assert "stepped aside; nobody asks why" in page
        answers(cast.ben, "continuity:wall_away", cast.dee, Wall.objects.get().pk)
        assert sees(colleague, "profile", cast.dee).status_code == 200

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.HOUSE_STAFF, Role.ON_CALL])
    def test_whoever_sees_a_name_may_step_aside(self, cast: Cast, role: Role) -> None:
        somebody = cast.somebody(role)
        assert sees(somebody, "continuity:step_aside", cast.dee).status_code == 200
        answers(somebody, "continuity:step_aside", cast.dee)
        assert sees(somebody, "continuity:step_aside", cast.dee).status_code == 404

    def test_another_team_gets_what_is_nowhere(self, cast: Cast) -> None:
        assert answers(cast.cyd, "continuity:step_aside", cast.dee).status_code == 404
        assert not Wall.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_primary_and_backup_step_aside_at_once_and_somebody_still_carries_it(cast: Cast) -> None:
    backup = cast.somebody(Role.CASE_MANAGER)
    Case.objects.update(backup=backup.person)
    together = threading.Barrier(2)

    def aside(worker: Worker) -> None:
        try:
            with make.opening(cast.dee, worker, Action.STEP_ASIDE) as file:
                together.wait()
                actions.step_aside(file)
        finally:
            connection.close()

    threads = [threading.Thread(target=aside, args=[worker]) for worker in (cast.ama, backup)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = now(cast.dee)
    assert case.primary == cast.ben.person
    assert case.backup is None
    assert Wall.objects.filter(own=True).count() == 2


def test_what_was_promised_goes_on_with_whoever_takes_over(cast: Cast) -> None:
    today = timezone.localdate()
    with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
        due = days.promise(file, due_id=uuid4(), text="I will call on Friday.", day=today)
    assert list(of_worker(cast.ben.visit, today)) == []
    answers(cast.ama, "continuity:step_aside", cast.dee)
    assert [each.pk for each in of_worker(cast.ben.visit, today)] == [due.pk]
    assert list(of_worker(cast.ama.visit, today)) == []


def waits(cast: Cast, *, owner: Worker | None = None) -> Ask:
    """The clinic asks something about Dee: it goes to the primary worker, or somebody else sees to it."""
    words: AskWords = {
        "who": "Harbor Clinic",
        "text": "Does Friday work?",
        "since": timezone.now().isoformat(),
    }
    with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
        ask = days.take_ask(file, Asked(ask_id=uuid4(), team=cast.harbor.pk, words=words, case=file.thing))
    if owner:
        Ask.objects.filter(pk=ask.pk).update(owner=owner.person)
    return ask


class TestNothingHangs:
    def test_whoever_waits_for_the_primary_worker_waits_for_the_next_one(self, cast: Cast) -> None:
        ask = waits(cast)
        answers(cast.ama, "continuity:step_aside", cast.dee)
        assert Ask.objects.get(pk=ask.pk).owner == cast.ben.person

    def test_what_a_colleague_saw_to_is_the_primary_workers_again(
        self, cast: Cast, colleague: Worker
    ) -> None:
        ask, elsewhere = waits(cast, owner=colleague), waits(cast, owner=cast.ben)
        answers(colleague, "continuity:step_aside", cast.dee)
        assert Ask.objects.get(pk=ask.pk).owner == cast.ama.person
        assert Ask.objects.get(pk=elsewhere.pk).owner == cast.ben.person

    def test_what_was_answered_stays_as_it_was(self, cast: Cast) -> None:
        ask = waits(cast)
        Ask.objects.update(is_open=False)
        answers(cast.ama, "continuity:step_aside", cast.dee)
        assert Ask.objects.get(pk=ask.pk).owner == cast.ama.person

    def test_a_promise_is_in_the_next_ones_hands(self, cast: Cast, colleague: Worker) -> None:
        with make.opening(cast.dee, colleague, Action.DAYS) as file:
            due = days.promise(file, due_id=uuid4(), text="I will call.", day=timezone.localdate())
        answers(colleague, "continuity:step_aside", cast.dee)
        assert Due.objects.get(pk=due.pk).owner == cast.ama.person

    @pytest.mark.parametrize("who", ["ama", "lou"])
    @pytest.mark.parametrize("how", ["asked", "agreed"])
    def test_a_hand_over_from_them_or_to_them_ends(
        self, cast: Cast, lou: Worker, request: pytest.FixtureRequest, who: str, how: str
    ) -> None:
        row = request.getfixturevalue(how)
        Case.objects.update(backup=cast.ben.person)
        answers(lou if who == "lou" else cast.ama, "continuity:step_aside", cast.dee)
        assert HandOver.objects.get(pk=row.pk).state == HandOver.WITHDRAWN
        assert "Nothing waits" in said(Browser(lou).get("/walking/offers/"))

    def test_an_offer_to_another_team_takes_its_key_back(self, cast: Cast, offered: HandOver) -> None:
        answers(cast.ama, "continuity:step_aside", cast.dee)
        row = HandOver.objects.get(pk=offered.pk)
        assert (row.state, row.parcel) == (HandOver.WITHDRAWN, None)

    def test_one_between_two_others_goes_on(self, cast: Cast, colleague: Worker, asked: HandOver) -> None:
        answers(colleague, "continuity:step_aside", cast.dee)
        assert HandOver.objects.get(pk=asked.pk).state == HandOver.ASKED

    def test_whoever_carries_the_file_now_can_hand_it_over(
        self, cast: Cast, lou: Worker, agreed: HandOver
    ) -> None:
        answers(cast.ama, "continuity:step_aside", cast.dee)
        assert now(cast.dee).primary == cast.ben.person
        finish(cast.dee, cast.ben, say(lou, ask(cast.dee, cast.ben, lou), yes=True))
        assert now(cast.dee).primary == lou.person

    def test_the_file_says_that_it_is_for_now_and_not_why(self, cast: Cast) -> None:
        answers(cast.ama, "continuity:step_aside", cast.dee)
        page = said(sees(cast.ben, "continuity:walking", cast.dee))
        assert "Ben stepped in at once, for now." in page
        assert "aside" not in page
