"""Promises, to-dos and deadlines: until kept, moved with a word, or released; nothing is lost (practice B1)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.days import actions
from leeward.days.actions import AlreadyEnded, CannotDo, ChangedMeanwhile, When
from leeward.days.models import Due
from leeward.days.pages import of_worker
from leeward.days.words import FOLLOW_UPS
from leeward.staff.models import Absence
from leeward.vault.scopes import Locked
from tests import make
from tests.cast import Cast
from tests.days.agreed import DAYS, look, promise, soon, today, todo, words
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def keep(cast: Cast, by: Worker, due: Due, told: str = "") -> Due:
    with make.opening(cast.dee, by, DAYS) as file:
        return actions.keep(file, due, told)


def move(cast: Cast, by: Worker, due: Due, days: int, told: str = "", *, version: int | None = None) -> Due:
    with make.opening(cast.dee, by, DAYS) as file:
        when = When(soon(days), "15:00")
        return actions.move(
            file, due, when=when, told=told, version=version or Due.objects.get(pk=due.pk).version
        )


def on_the_desk(worker: Worker) -> list[Due]:
    return list(of_worker(worker.visit, soon(400)))


class TestAPromise:
    def test_it_is_open_until_it_is_kept(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        assert on_the_desk(cast.ama) == [due]
        keep(cast, cast.ama, due, "She was glad.")
        assert on_the_desk(cast.ama) == []
        kept = look(cast.dee, cast.ama, due)
        assert kept.ending
        assert (str(kept.ending.label), kept.words["told"]) == ("kept", "She was glad.")
        assert kept.words["ended_by"] == str(cast.ama.person.pk)

    def test_the_same_click_twice_is_one_promise(self, cast: Cast) -> None:
        once = uuid4()
        first, second = (promise(cast.dee, cast.ama, due_id=once) for _ in range(2))
        assert first == second
        assert Due.objects.count() == 1

    def test_a_form_that_arrives_again_after_it_was_kept_makes_no_second_one(self, cast: Cast) -> None:
        once = uuid4()
        keep(cast, cast.ama, promise(cast.dee, cast.ama, due_id=once))
        promise(cast.dee, cast.ama, due_id=once)
        assert Due.objects.count() == 1

    def test_other_words_in_an_old_form_are_a_promise_of_their_own(self, cast: Cast) -> None:
        once = uuid4()
        for text in ("Call the school", "Call the clinic", "Call the clinic"):
            promise(cast.dee, cast.ama, text, due_id=once)
        assert Due.objects.count() == 2

    def test_a_form_sent_into_another_file_is_one_there_too(self, cast: Cast) -> None:
        once, other = uuid4(), make.a_case(by=cast.ama, name="Fay")
        for case in (cast.dee, other):
            promise(case, cast.ama, due_id=once)
        assert Due.objects.filter(case=other).count() == 1

    def test_moved_it_stays_open_and_keeps_the_days_and_every_word(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama, day=today())
        move(cast, cast.ama, due, 2, "I told her: Friday.")
        move(cast, cast.ama, due, 5, "I told her: Monday.")
        moved = look(cast.dee, cast.ama, due)
        assert moved.due.is_open
        assert (moved.day, moved.at) == (soon(5), "15:00")
        assert moved.moved_from == [today(), soon(2)]
        assert moved.words["told"] == "I told her: Monday."
        assert moved.words["told_before"] == ["I told her: Friday."]

    def test_moved_twice_with_one_click_it_moves_once(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        for _ in range(2):
            move(cast, cast.ama, due, 3, "told", version=1)
        assert len(look(cast.dee, cast.ama, due).moved_from) == 1

    def test_two_who_move_it_at_once_are_told(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        move(cast, cast.ama, due, 3, version=1)
        with pytest.raises(ChangedMeanwhile) as other:
            move(cast, cast.ben, due, 9, version=1)
        assert other.value.version == 2
        assert look(cast.dee, cast.ama, due).day == soon(3)

    def test_they_can_let_us_off(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.release(file, due, "no need any more")
        ending = look(cast.dee, cast.ama, due).ending
        assert ending
        assert str(ending.label) == "released by them"


class TestWhatAColleagueEnded:
    def test_it_is_said_and_nothing_changes(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        keep(cast, cast.ben, due, "I rang.")
        with pytest.raises(AlreadyEnded, match=r"Ben wrote “kept” here, today .* nothing was changed now"):
            keep(cast, cast.ama, due, "I rang too.")
        assert words(cast.dee, cast.ama, due)["told"] == "I rang."

    def test_nor_can_it_be_moved(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        keep(cast, cast.ben, due)
        with pytest.raises(AlreadyEnded):
            move(cast, cast.ama, due, 3)
        assert look(cast.dee, cast.ama, due).day == soon(1)

    def test_my_own_second_click_is_silent(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        first = keep(cast, cast.ama, due)
        assert keep(cast, cast.ama, due).version == first.version

    def test_my_own_later_word_is_added_and_the_first_is_kept(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        for told in ("one", "two"):
            keep(cast, cast.ama, due, told)
        said = words(cast.dee, cast.ama, due)
        assert (said["told"], said["told_before"]) == ("two", ["one"])

    def test_what_was_ended_by_mistake_is_opened_again(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        keep(cast, cast.ama, due, "a word")
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.again(file, due)
        again = look(cast.dee, cast.ama, due)
        assert again.due.is_open
        assert again.ending is None
        assert again.words["told"] == "a word"


class TestToDosAndDeadlines:
    def test_a_legal_deadline_is_told_apart_by_word_and_icon(self, cast: Cast) -> None:
        legal = look(cast.dee, cast.ama, todo(cast.dee, cast.ama, "I-914", legal=True))
        plain = look(cast.dee, cast.ama, todo(cast.dee, cast.ama, "Call"))
        assert (legal.label, legal.icon) == ("Legal deadline", "scale")
        assert (plain.label, plain.icon) == ("To do", "list-checks")

    def test_what_is_still_open_says_since_when_and_blames_nobody(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama, day=today() - timedelta(days=1))
        assert look(cast.dee, cast.ama, due).when == "since yesterday"

    def test_a_colleague_of_the_team_can_see_to_it(self, cast: Cast) -> None:
        due = todo(cast.dee, cast.ama, owner=cast.ben.person)
        assert on_the_desk(cast.ben) == [due]
        assert on_the_desk(cast.ama) == []

    def test_one_of_another_team_cannot(self, cast: Cast) -> None:
        with pytest.raises(CannotDo, match="this participant’s team"):
            todo(cast.dee, cast.ama, owner=cast.cyd.person)

    def test_what_is_open_can_be_put_into_a_colleagues_hands(self, cast: Cast) -> None:
        mine, kept = promise(cast.dee, cast.ama), promise(cast.dee, cast.ama, "Another")
        keep(cast, cast.ama, kept)
        assert actions.pass_on(cast.dee, who=cast.ama.person.pk, to=cast.ben.person.pk) == 1
        assert on_the_desk(cast.ben) == [mine]
        assert Due.objects.get(pk=kept.pk).owner == cast.ama.person


class TestMyOwn:
    def mine(self, cast: Cast) -> Due:
        with make.entering(cast.ama, Action.TODAY) as entered:
            return actions.own_todo(entered, due_id=uuid4(), text="Renew my licence", day=soon())

    def test_it_is_sealed_to_me(self, cast: Cast) -> None:
        due = self.mine(cast)
        assert on_the_desk(cast.ama) == [due]
        with make.entering(cast.ama, Action.TODAY):
            assert Due.objects.get(pk=due.pk).words == {"text": "Renew my licence"}
        found = Due.objects.get(pk=due.pk)
        with pytest.raises(Locked), make.entering(cast.ben, Action.TODAY):
            found.words  # noqa: B018 - reading it is what is tried

    def test_it_ends_like_everything_else(self, cast: Cast) -> None:
        due = self.mine(cast)
        with make.entering(cast.ama, Action.TODAY) as entered:
            actions.done(entered, due)
        assert on_the_desk(cast.ama) == []

    def test_a_colleague_cannot_end_it(self, cast: Cast) -> None:
        due = self.mine(cast)
        with make.entering(cast.ben, Action.TODAY) as entered, pytest.raises(Due.DoesNotExist):
            actions.done(entered, due)

    def test_whoever_covers_does_not_see_it(self, cast: Cast) -> None:
        self.mine(cast)
        Absence.objects.create(person=cast.ama.person, since=today(), until=today(), cover=cast.ben.person)
        assert on_the_desk(cast.ben) == []


class TestCover:
    def test_whoever_covers_today_sees_what_was_promised(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        Absence.objects.create(person=cast.ama.person, since=today(), until=soon(3), cover=cast.ben.person)
        assert on_the_desk(cast.ben) == [due]

    def test_before_and_after_they_do_not(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        for since, until in ((2, 3), (-3, -1)):
            Absence.objects.create(
                person=cast.ama.person, since=soon(since), until=soon(until), cover=cast.ben.person
            )
        assert on_the_desk(cast.ben) == []

    def test_in_another_team_there_is_no_key_to_it(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        Absence.objects.create(person=cast.ama.person, since=today(), until=today(), cover=cast.cyd.person)
        assert on_the_desk(cast.cyd) == []


class TestAFileThatIsHeld:
    def test_nothing_of_it_is_open_anywhere(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        Case.objects.update(rests=True)
        assert on_the_desk(cast.ama) == []

    def test_nothing_new_can_be_due_in_it(self, cast: Cast) -> None:
        Case.objects.update(rests=True)
        with pytest.raises(CannotDo, match="held"):
            promise(cast.dee, cast.ama)


class TestLookingInAgain:
    @pytest.mark.parametrize("code", FOLLOW_UPS)
    def test_the_primary_worker_reads_what_it_is(self, cast: Cast, code: str) -> None:
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            due = actions.follow_up(file, owner=cast.ama.person.pk, day=soon(), code=code)
        assert look(cast.dee, cast.ama, due).title == str(FOLLOW_UPS[code])

    def test_whoever_is_on_call_sets_it_with_the_card_alone(self, cast: Cast) -> None:
        night = cast.somebody(Role.ON_CALL)
        with make.opening(cast.dee, night, Action.CRISIS) as file:
            due = actions.follow_up(
                file, owner=cast.ama.person.pk, day=soon(), code="look_in_24", also={"at": "08:00"}
            )
        assert on_the_desk(cast.ama) == [due]
        assert look(cast.dee, cast.ama, due).at == "8:00"

    def test_the_same_number_is_one(self, cast: Cast) -> None:
        once = uuid4()
        for _ in range(2):
            with make.opening(cast.dee, cast.ama, DAYS) as file:
                actions.follow_up(file, owner=cast.ama.person.pk, day=soon(), code="interim", due_id=once)
        assert Due.objects.count() == 1
