"""A note in the wrong file moves wholly, when a second person has looked, and neither file keeps the other's words."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.gate import Refused
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.actions import CannotDo
from leeward.cases.models import Amendment, Case, Entry, Glance, Misfiled, Wall, WordSet
from leeward.cases.pages.misfiled import waiting_for
from leeward.days.models import Due
from leeward.desk import actions as desk
from leeward.vault import wordset
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

WRITE, MOVE = Action.WRITE_ENTRY, Action.MOVE


@pytest.fixture
def fay(cast: Cast) -> Case:
    return make.a_case(by=cast.ama, name="Fay")


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """What is about Fay, in Dee's file."""
    make.an_entry(cast.dee, by=cast.ama, text="Dee played the violin.")
    return make.an_entry(cast.dee, by=cast.ama, text="She played the accordion.")


def say(cast: Cast, entry: Entry, where: Case, by: Worker | None = None) -> Misfiled:
    with make.entering(by or cast.ama, WRITE, lists=True) as entered:
        file, belongs = (entered.open(Case.objects.get(pk=case.pk)) for case in (cast.dee, where))
        return actions.say_misfiled(file, entry=entry, belongs=belongs)


def move(cast: Cast, said: Misfiled, by: Worker | None = None) -> Entry:
    with make.entering(by or cast.ben, MOVE, lists=True) as entered:
        file, belongs = (entered.open(Case.objects.get(pk=pk)) for pk in (cast.dee.pk, said.case_id))
        return actions.move_it(file, belongs, misfiled=said)


def words(case: Case, cast: Cast) -> set[str]:
    with make.opening(case, cast.ama):
        return wordset.unpack(WordSet.objects.get(case=case).words) - {wordset.WHOLE}


def envelopes(entry: Entry) -> set[bytes]:
    rows: Any = Entry.objects.filter(pk=entry.pk).values_list("text", "facts", "tally")
    return {sealed.envelope for sealed in rows.get()}


class TestSaying:
    def test_nothing_moves_until_a_second_person_has_looked(
        self, cast: Cast, entry: Entry, fay: Case
    ) -> None:
        say(cast, entry, fay)
        assert Entry.objects.get(pk=entry.pk).case == cast.dee
        with pytest.raises(CannotDo, match="second person"):
            move(cast, Misfiled.objects.get(), by=cast.ama)

    def test_twice_is_once(self, cast: Cast, entry: Entry, fay: Case) -> None:
        assert say(cast, entry, fay) == say(cast, entry, fay)

    def test_another_place_waits_until_somebody_looked(self, cast: Cast, entry: Entry, fay: Case) -> None:
        say(cast, entry, fay)
        with pytest.raises(CannotDo, match="waits already"):
            say(cast, entry, make.a_case(by=cast.ama, name="Gil"))

    def test_the_file_that_it_is_in_is_no_other(self, cast: Cast, entry: Entry) -> None:
        with pytest.raises(CannotDo, match="already"):
            say(cast, entry, cast.dee)

    def test_a_peer_says_it_of_their_own_note_only(self, cast: Cast, entry: Entry, fay: Case) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        Case.objects.filter(pk__in=[cast.dee.pk, fay.pk]).update(backup=peer.person)
        with pytest.raises(CannotDo, match="Whoever wrote"):
            say(cast, entry, fay, by=peer)
        own = make.an_entry(cast.dee, by=peer)
        assert say(cast, own, fay, by=peer).entry == own

    def test_only_a_file_in_which_one_may_write(self, cast: Cast, entry: Entry) -> None:
        theirs = make.a_case(by=cast.cyd, name="Hal")
        with pytest.raises(Refused):
            say(cast, entry, theirs)


class TestMoving:
    def test_it_goes_wholly_and_is_the_newest_there(self, cast: Cast, entry: Entry, fay: Case) -> None:
        make.an_entry(fay, by=cast.ama)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.amend(file, entry=entry, amendment_id=uuid4(), text="On Tuesday.")
        move(cast, say(cast, entry, fay))
        with make.opening(fay, cast.ama):
            moved = Entry.objects.get(pk=entry.pk)
            assert (moved.case, moved.number, moved.came_from) == (fay, 2, cast.dee.pk)
            assert (moved.text, moved.author) == ("She played the accordion.", cast.ama.person)
            assert (moved.tally or {})["kind"] == "call"
            assert Amendment.objects.get(case=fay).words["text"] == "On Tuesday."

    def test_the_old_key_opens_nothing_of_it(self, cast: Cast, entry: Entry, fay: Case) -> None:
        said, before = say(cast, entry, fay), envelopes(entry)
        move(cast, said)
        assert not before & envelopes(entry)

    def test_search_finds_it_there_and_no_longer_here(self, cast: Cast, entry: Entry, fay: Case) -> None:
        move(cast, say(cast, entry, fay))
        assert "accordion" in words(fay, cast)
        assert words(cast.dee, cast) == {"dee", "\tdee", "played", "the", "violin"}

    def test_both_files_know_anew_when_we_last_spoke(self, cast: Cast, entry: Entry, fay: Case) -> None:
        move(cast, say(cast, entry, fay))
        told = {}
        for case in (cast.dee, fay):
            with make.opening(case, cast.ama):
                facts = Entry.objects.get(case=case).facts
                told[case.pk] = Glance.objects.get(case=case).words["contact_at"] == facts["happened_at"]
        assert set(told.values()) == {True}

    def test_a_promise_made_in_it_goes_along(self, cast: Cast, fay: Case) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            answers = {"text": "We talked.", "kind": "call", "happened_at": timezone.now()}
            note = desk.write(file, entry_id=uuid4(), answers=answers, promise=("call the school", tomorrow))
        move(cast, say(cast, note, fay))
        with make.opening(fay, cast.ama, Action.DAYS):
            due = Due.objects.get()
            assert due.case == fay
            assert (due.words or {})["text"] == "call the school"

    def test_both_log_books_say_so(self, cast: Cast, entry: Entry, fay: Case) -> None:
        said = say(cast, entry, fay)
        before = Line.objects.count()
        move(cast, said)
        lines = Line.objects.order_by("seq")[before:]
        moved = [thing for line in lines for thing in line.things if line.action == MOVE]
        assert moved == [str(cast.dee.pk), str(fay.pk)]

    def test_a_second_click_changes_nothing(self, cast: Cast, entry: Entry, fay: Case) -> None:
        said = say(cast, entry, fay)
        assert move(cast, said).number == move(cast, said).number == 1

    def test_it_can_be_left_where_it_is_also_by_who_asked(self, cast: Cast, entry: Entry, fay: Case) -> None:
        said = say(cast, entry, fay)
        with make.opening(cast.dee, cast.ama, MOVE) as file:
            actions.leave_it(file, misfiled=said)
        assert Entry.objects.get(pk=entry.pk).case == cast.dee
        assert not Misfiled.objects.waiting().exists()


class TestWhoIsNamed:
    """A note that names whoever the file is about would tell of them in the other file."""

    @pytest.fixture
    def entry(self, cast: Cast) -> Entry:
        return make.an_entry(cast.dee, by=cast.ama, text="Dee and her aunt sang.")

    def test_it_waits_until_the_second_person_has_seen_that(
        self, cast: Cast, entry: Entry, fay: Case
    ) -> None:
        said = say(cast, entry, fay)
        with pytest.raises(CannotDo, match="name somebody in another’s file"):
            move(cast, said)
        assert Entry.objects.get(pk=entry.pk).case == cast.dee

    def test_also_what_was_added_and_promised(self, cast: Cast, fay: Case) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            answers = {"text": "We talked.", "kind": "call", "happened_at": timezone.now()}
            promised = desk.write(file, entry_id=uuid4(), answers=answers, promise=("call Dee", tomorrow))
            added = make.written(file, "We talked again.")
            actions.amend(file, entry=added, amendment_id=uuid4(), text="About Dee’s aunt.")
        for note in (promised, added):
            with pytest.raises(CannotDo, match="name somebody"):
                move(cast, say(cast, note, fay))

    def test_a_name_that_both_have_tells_nothing(self, cast: Cast, entry: Entry) -> None:
        """A mother and a daughter, perhaps."""
        other = make.a_case(by=cast.ama, name="Dee Ann")
        assert move(cast, say(cast, entry, other)).case == other

    def test_the_page_says_which_words_and_moves_it_all_the_same(
        self, cast: Cast, entry: Entry, fay: Case
    ) -> None:
        path = f"/people/misfiled/{say(cast, entry, fay).pk}/"
        page = Browser(cast.ben).get(path).content.decode()
        assert "In the file of <bdi><strong>Fay</strong></bdi>: <bdi>“Dee”</bdi>." in page
        assert 'name="moves" value="named"' in page
        assert Browser(cast.ben).post(path, {"moves": "1"}).status_code == 422
        assert Browser(cast.ben).post(path, {"moves": "named"}).status_code == 302
        assert Entry.objects.get(pk=entry.pk).case == fay


class TestWhoIsAsked:
    def test_those_who_may_move_things_in_both_files_and_did_not_ask(
        self, cast: Cast, entry: Entry, fay: Case
    ) -> None:
        said = say(cast, entry, fay)
        assert list(waiting_for(cast.ben.visit)) == [said]
        assert not waiting_for(cast.ama.visit).exists()
        assert not waiting_for(cast.cyd.visit).exists()
        assert not waiting_for(cast.somebody(Role.FRONT_DESK).visit).exists()

    def test_nobody_behind_a_wall(self, cast: Cast, entry: Entry, fay: Case) -> None:
        say(cast, entry, fay)
        Wall.objects.create(case=fay, person=cast.ben.person)
        assert not waiting_for(cast.ben.visit).exists()

    def test_nobody_once_it_is_answered(self, cast: Cast, entry: Entry, fay: Case) -> None:
        move(cast, say(cast, entry, fay))
        assert not waiting_for(cast.ben.visit).exists()


class TestThePages:
    def path(self, cast: Cast, entry: Entry) -> str:
        return f"/people/{cast.dee.pk}/notes/{entry.pk}/wrong-file/"

    def test_one_chooses_among_those_in_whose_files_one_writes(
        self, cast: Cast, entry: Entry, fay: Case
    ) -> None:
        page = Browser(cast.ama).get(self.path(cast, entry)).content.decode()
        assert f'value="{fay.pk}"' in page
        assert f'value="{cast.dee.pk}"' not in page

    def test_others_are_found_by_name(self, cast: Cast, entry: Entry) -> None:
        other = make.a_case(by=cast.ben, name="Wilhelmina")
        answer = Browser(cast.ama).post(self.path(cast, entry), {"q": "wilhel"})
        assert f'value="{other.pk}"' in answer.content.decode()

    def test_saying_so_and_a_colleague_moves_it(self, cast: Cast, entry: Entry, fay: Case) -> None:
        assert Browser(cast.ama).post(self.path(cast, entry), {"belongs": str(fay.pk)}).status_code == 302
        said = Misfiled.objects.get()
        path = f"/people/misfiled/{said.pk}/"
        own = Browser(cast.ama).get(path).content.decode()
        assert "You said so yourself" in own
        assert 'name="moves"' not in own
        page = Browser(cast.ben).get(path).content.decode()
        assert "She played the accordion." in page
        assert "Fay" in page
        assert Browser(cast.ben).post(path, {"moves": "1"}).status_code == 302
        assert Entry.objects.get(pk=entry.pk).case == fay

    def test_who_asked_cannot_send_the_answer_either(self, cast: Cast, entry: Entry, fay: Case) -> None:
        said = say(cast, entry, fay)
        answer = Browser(cast.ama).post(f"/people/misfiled/{said.pk}/", {"moves": "1"})
        assert answer.status_code == 422
        assert Entry.objects.get(pk=entry.pk).case == cast.dee

    def test_a_file_that_stays_shut_cannot_be_chosen(self, cast: Cast, entry: Entry) -> None:
        theirs = make.a_case(by=cast.cyd, name="Hal")
        assert Browser(cast.ama).post(self.path(cast, entry), {"belongs": str(theirs.pk)}).status_code == 422
        assert not Misfiled.objects.exists()

    @pytest.mark.parametrize("who", ["cyd", "peer"])
    def test_who_may_not_move_things_sees_nothing(
        self, cast: Cast, entry: Entry, fay: Case, who: str
    ) -> None:
        said = say(cast, entry, fay)
        worker = cast.cyd if who == "cyd" else cast.somebody(Role.PEER_SUPPORTER)
        assert Browser(worker).get(f"/people/misfiled/{said.pk}/").status_code == 404
