"""Who waits for our answer: a clock that the whole team sees, until somebody answers (practices G7, D3)."""

# ruff: noqa: ANN401 - answers are whatever Django makes

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case, CaseList, Entry, Wall
from leeward.days import actions
from leeward.days.actions import Asked, CannotDo
from leeward.days.models import Ask
from leeward.days.pages import AskLook, waiting_for
from leeward.days.words import AskWords
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, queries, text
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def asked(
    cast: Cast,
    what: str = "Does Friday work?",
    *,
    by: Worker | None = None,
    hours: float = 1,
    case: Case | None = None,
) -> Ask:
    since = timezone.now() - timedelta(hours=hours)
    words: AskWords = {
        "who": "Harbor Clinic",
        "sort": "partner",
        "text": what,
        "how": "call",
        "since": since.isoformat(),
    }
    with make.entering(by or cast.ama, Action.TAKE_REQUESTS, lists=True) as entered:
        if case:
            entered.list(CaseList([case]), Action.SEE_CARD)
        return actions.take_ask(entered, Asked(ask_id=uuid4(), team=cast.harbor.pk, words=words, case=case))


def waiting(worker: Worker) -> list[AskLook]:
    with make.entering(worker, Action.TAKE_REQUESTS) as entered:
        return waiting_for(entered.visit)


def answer(worker: Worker, ask: Ask, text_: str = "Yes, it does.", **more: str) -> Any:
    return Browser(worker).post(f"/days/waiting/{ask.pk}/answer/", {"text": text_, **more})


class TestTheClock:
    def test_whoever_waits_longest_stands_first(self, cast: Cast) -> None:
        for what, hours in (("second", 3), ("third", 1), ("first", 40)):
            asked(cast, what, hours=hours)
        assert [each.words["text"] for each in waiting(cast.ama)] == ["first", "second", "third"]

    def test_it_says_since_when_with_the_hour(self, cast: Cast) -> None:
        ask = asked(cast, hours=0)
        (found,) = waiting(cast.ama)
        assert found.ask == ask
        here = timezone.localtime(found.since)
        assert found.clock == f"today {here.hour}:{here.minute:02}"

    def test_nobody_waits_since_tomorrow(self, cast: Cast) -> None:
        tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        form = {
            "ask_id": str(uuid4()),
            "sort": "new",
            "text": "A bed",
            "since": tomorrow,
            "team": str(cast.harbor.pk),
        }
        assert Browser(cast.ama).post("/days/waiting/new/", form).status_code == 302
        assert waiting(cast.ama)[0].since <= timezone.now()


class TestTakingItDown:
    def form(self, cast: Cast, **said: str) -> dict[str, str]:
        return {"ask_id": str(uuid4()), "sort": "new", "who": "a woman from the van", "text": "A bed tonight",
                "how": "door", "team": str(cast.harbor.pk), **said}  # fmt: skip

    @pytest.mark.parametrize(
        "role", [Role.FRONT_DESK, Role.PEER_SUPPORTER, Role.HOUSE_STAFF, Role.OUTREACH_WORKER]
    )
    def test_whoever_is_at_the_door_takes_it_and_the_team_sees_it(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        assert Browser(worker).post("/days/waiting/new/", self.form(cast)).status_code == 302
        page = text(Browser(cast.ben).get("/days/waiting/"))
        assert "a woman from the van" in page
        assert "A bed tonight" in page
        assert "Meet them" in page

    def test_the_same_click_twice_is_one_request(self, cast: Cast) -> None:
        form = self.form(cast)
        for _ in range(2):
            Browser(cast.ama).post("/days/waiting/new/", form)
        assert Ask.objects.count() == 1

    def test_without_words_one_sentence_asks_and_the_rest_stays(self, cast: Cast) -> None:
        found = Browser(cast.ama).post("/days/waiting/new/", self.form(cast, text=""))
        assert found.status_code == 422
        assert "a woman from the van" in text(found)

    def test_about_somebody_we_know_it_goes_to_the_primary_worker(self, cast: Cast) -> None:
        form = self.form(cast, case=str(cast.dee.pk))
        CareTeamMember.objects.create(case=cast.dee, person=cast.ben.person)
        assert Browser(cast.ben).post("/days/waiting/new/", form).status_code == 302
        assert Ask.objects.get().owner == cast.ama.person
        assert waiting(cast.ama)[0].case == cast.dee.pk

    def test_from_their_own_page_too(self, cast: Cast) -> None:
        path = f"/days/{cast.dee.pk}/asked/"
        assert 'value="Dee"' in text(Browser(cast.ben).get(path))
        assert Browser(cast.ben).post(path, self.form(cast)).status_code == 302
        assert Ask.objects.get().case == cast.dee

    def test_the_front_desk_is_not_asked_about_whom(self, cast: Cast) -> None:
        desk = cast.somebody(Role.FRONT_DESK)
        assert 'name="case"' not in text(Browser(desk).get("/days/waiting/new/"))
        Browser(desk).post("/days/waiting/new/", self.form(cast, case=str(cast.dee.pk)))
        assert Ask.objects.get().case is None

    def test_numbers_count_in_each_team(self, cast: Cast) -> None:
        assert [asked(cast, str(number)).number for number in range(3)] == [1, 2, 3]


class TestWhoSeesIt:
    def test_the_whole_team_and_nobody_else(self, cast: Cast) -> None:
        asked(cast)
        assert len(waiting(cast.ben)) == 1
        assert waiting(cast.cyd) == []
        assert Browser(cast.cyd).get("/days/waiting/").status_code == 200

    def test_the_front_desk_sees_who_what_and_how_and_no_way_into_a_file(self, cast: Cast) -> None:
        asked(cast, case=cast.dee)
        desk = cast.somebody(Role.FRONT_DESK)
        assert waiting(desk)[0].case is None
        page = text(Browser(desk).get("/days/waiting/"))
        assert "Harbor Clinic" in page
        assert str(cast.dee.pk) not in page

    def test_volunteers_take_no_requests(self, cast: Cast) -> None:
        assert Browser(cast.somebody(Role.VOLUNTEER)).get("/days/waiting/").status_code == 404

    def test_behind_a_wall_there_is_nothing(self, cast: Cast) -> None:
        ask = asked(cast, case=cast.dee)
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        assert waiting(cast.ben) == []
        assert answer(cast.ben, ask).status_code == 404
        assert len(waiting(cast.ama)) == 1

    def test_of_a_restricted_file_only_those_who_walk_along_see_it(self, cast: Cast) -> None:
        asked(cast, case=cast.dee)
        Case.objects.update(restricted=True)
        assert waiting(make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben)) == []
        assert waiting(cast.somebody(Role.FRONT_DESK)) == []
        assert len(waiting(cast.ama)) == len(waiting(cast.ben)) == 1

    def test_in_a_file_that_is_held_nobody_waits(self, cast: Cast) -> None:
        asked(cast, case=cast.dee)
        Case.objects.update(rests=True)
        assert waiting(cast.ama) == []

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        asked(cast, case=cast.dee)
        few = queries(lambda: waiting(cast.ama))
        for number in range(10):
            asked(cast, str(number), case=make.a_case(by=cast.ama, name=f"Somebody {number}"))
        assert queries(lambda: waiting(cast.ama)) == few


class TestAnswering:
    def test_the_answer_ends_it(self, cast: Cast) -> None:
        ask = asked(cast)
        assert answer(cast.ama, ask).status_code == 302
        assert waiting(cast.ama) == []
        assert "Yes, it does." in text(Browser(cast.ben).get("/days/waiting/"))

    def test_what_a_colleague_answered_is_said_and_stays(self, cast: Cast) -> None:
        ask = asked(cast)
        answer(cast.ben, ask, "Ben's answer")
        with make.entering(cast.ama, Action.TAKE_REQUESTS) as entered:
            with pytest.raises(CannotDo, match="Ben has answered this already"):
                actions.answer(entered, ask, text="Mine")
            assert Ask.objects.get().words["answer"] == "Ben's answer"

    def test_my_own_second_click_is_silent(self, cast: Cast) -> None:
        ask = asked(cast)
        assert answer(cast.ama, ask).status_code == answer(cast.ama, ask).status_code == 302

    def test_words_that_cannot_be_read_are_asked_again_where_they_were_typed(self, cast: Cast) -> None:
        found = answer(cast.ama, asked(cast), "half a sign \ufffd")
        assert found.status_code == 422
        assert "half a sign" in text(found)
        assert "<details open>" in text(found)

    def test_it_can_stand_in_their_file_too_typed_once(self, cast: Cast) -> None:
        ask = asked(cast, case=cast.dee)
        for _ in range(2):
            answer(cast.ama, ask, as_note="on")
        with make.opening(cast.dee, cast.ama):
            assert Entry.objects.get().text == "Harbor Clinic\nDoes Friday work?\nYes, it does."

    def test_who_may_not_write_there_leaves_no_note(self, cast: Cast) -> None:
        ask = asked(cast, case=cast.dee)
        assert answer(cast.somebody(Role.FRONT_DESK), ask, as_note="on").status_code == 302
        assert not Entry.objects.exists()

    def test_i_see_to_it(self, cast: Cast) -> None:
        ask = asked(cast)
        assert Browser(cast.ben).post(f"/days/waiting/{ask.pk}/take/").status_code == 302
        assert Ask.objects.get().owner == cast.ben.person

    def test_somebody_of_another_team_cannot(self, cast: Cast) -> None:
        ask = asked(cast)
        assert Browser(cast.cyd).post(f"/days/waiting/{ask.pk}/take/").status_code == 404
        with make.entering(cast.ama, Action.TAKE_REQUESTS) as entered, pytest.raises(CannotDo):
            actions.hand_ask(entered, ask, to=cast.cyd.person.pk)

    def test_a_link_to_answer_leads_to_the_list_with_that_one_open(self, cast: Cast) -> None:
        ask = asked(cast)
        found = Browser(cast.ama).get(f"/days/waiting/{ask.pk}/answer/")
        assert found["Location"] == f"/days/waiting/?ask={ask.pk}#ask-{ask.pk}"
        assert "<details open>" in text(Browser(cast.ama).get(f"/days/waiting/?ask={ask.pk}"))


def test_it_is_sealed_with_the_teams_words(cast: Cast) -> None:
    ask = asked(cast)
    assert b"Harbor Clinic" not in bytes(Ask._meta.get_field("words").value_from_object(ask).envelope)


def test_a_request_of_their_own_file_is_taken_inside_it(cast: Cast) -> None:
    with make.opening(cast.dee, cast.ama, DAYS) as file:
        words: AskWords = {"text": "A lift on Friday", "since": timezone.now().isoformat()}
        ask = actions.take_ask(file, Asked(ask_id=uuid4(), team=cast.harbor.pk, words=words, case=cast.dee))
    assert ask.owner == cast.ama.person
