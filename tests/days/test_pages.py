"""The pages of one file's dates: one tap each, nothing typed is lost, and who may not see it finds nothing there."""

# ruff: noqa: ANN401 - answers are whatever Django makes

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.days import actions, pages
from leeward.days.models import Due
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, booked, in_court, look, promise, queries, soon, text, today, todo
from tests.make import Worker

pytestmark = pytest.mark.django_db

OF_A_FILE = ("of_case", "promise_new", "todo_new", "appointment_new", "court_new", "ask_of")


def tap(worker: Worker, due: Due, what: str, **said: str) -> Any:
    """Press a button, and come to where it leads."""
    return Browser(worker).post(f"/days/{due.case_id}/{due.pk}/{what}/", said, follow=True)


class TestDoors:
    @pytest.mark.parametrize("name", OF_A_FILE)
    def test_another_team_finds_nothing_there(self, cast: Cast, name: str) -> None:
        path = reverse(f"days:{name}", args=[cast.dee.pk])
        assert Browser(cast.ama).get(path).status_code == 200
        assert Browser(cast.cyd).get(path).status_code == 404
        assert Browser(cast.cyd).post(path).status_code == 404

    @pytest.mark.parametrize(
        "role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.ON_CALL, Role.REPORT_ONLY]
    )
    def test_nor_does_a_role_that_keeps_no_dates(self, cast: Cast, role: Role) -> None:
        due = promise(cast.dee, cast.ama)
        worker = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=worker.person)
        for path in (f"/days/{cast.dee.pk}/", f"/days/{cast.dee.pk}/{due.pk}/"):
            assert Browser(worker).get(path).status_code == 404
        assert tap(worker, due, "keep").status_code == 404
        assert Due.objects.get().is_open

    def test_a_peer_who_walks_along_keeps_promises(self, cast: Cast) -> None:
        peer, due = cast.somebody(Role.PEER_SUPPORTER), promise(cast.dee, cast.ama)
        assert tap(peer, due, "keep").status_code == 404
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        assert tap(peer, due, "keep").status_code == 200
        assert not Due.objects.get().is_open

    def test_behind_a_wall_there_is_nothing(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        assert Browser(cast.ben).get(f"/days/{cast.dee.pk}/{due.pk}/").status_code == 404

    def test_the_number_of_a_date_opens_nothing_in_another_file(self, cast: Cast) -> None:
        due, other = promise(cast.dee, cast.ama), make.a_case(by=cast.ama, name="Fay")
        browser = Browser(cast.ama)
        assert browser.get(f"/days/{other.pk}/{due.pk}/").status_code == 404
        for what in ("keep", "done", "release", "move", "again", "happened", "continued", "leaving"):
            assert browser.post(f"/days/{other.pk}/{due.pk}/{what}/").status_code == 404
        assert Due.objects.get().is_open

    def test_what_is_anothers_own_is_not_there(self, cast: Cast) -> None:
        Browser(cast.ama).post(
            "/days/mine/new/", {"due_id": str(uuid4()), "text": "Licence", "day": str(soon())}
        )
        own = Due.objects.get()
        assert Browser(cast.ama).get(f"/days/mine/{own.pk}/").status_code == 200
        for what in ("", "done/", "move/", "release/", "again/"):
            answer = Browser(cast.ben).post(f"/days/mine/{own.pk}/{what}")
            assert answer.status_code in {404, 405}
        assert Browser(cast.ben).get(f"/days/mine/{own.pk}/").status_code == 404


class TestAgreeing:
    def promise(self, cast: Cast, **said: str) -> Any:
        asked = {"due_id": str(uuid4()), "text": "Call the school", "day": soon().isoformat(), **said}
        return Browser(cast.ama).post(f"/days/{cast.dee.pk}/promise/", asked)

    def test_a_promise_stands_in_the_file_and_on_the_desk(self, cast: Cast) -> None:
        assert self.promise(cast)["Location"] == f"/days/{cast.dee.pk}/"
        for path in (f"/days/{cast.dee.pk}/", "/days/list/"):
            assert "Call the school" in text(Browser(cast.ama).get(path))

    def test_without_words_or_a_day_a_sentence_asks_and_the_rest_stays(self, cast: Cast) -> None:
        for empty in ({"text": "", "at": "15:00"}, {"day": ""}, {"day": "someday"}):
            answer = self.promise(cast, **empty)
            assert answer.status_code == 422
            page = text(answer)
            assert "Please look at this again" in page
            assert "Call the school" in page or 'value="15:00"' in page
        assert not Due.objects.exists()

    @pytest.mark.parametrize(("back", "where"), [
        ("today", "/"), ("list", "/days/list/"), ("week/2026-11-23", "/days/week/?on=2026-11-23"),
        ("person", "/people/{case}/"), ("https://elsewhere.example/", "/days/{case}/"), ("//x", "/days/{case}/"),
        ("week/<x>", "/days/week/"),
    ])  # fmt: skip
    def test_one_comes_back_to_where_one_was_and_never_elsewhere(
        self, cast: Cast, back: str, where: str
    ) -> None:
        assert self.promise(cast, back=back)["Location"] == where.format(case=cast.dee.pk)

    def test_in_a_file_that_is_held_nothing_is_offered_and_nothing_saved(self, cast: Cast) -> None:
        Case.objects.update(rests=True)
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/"))
        assert "This record is held" in page
        assert "/appointment/" not in page
        answer = self.promise(cast)
        assert (answer.status_code, Due.objects.count()) == (422, 0)
        assert "This file is held" in text(answer)

    def test_a_to_do_of_my_own(self, cast: Cast) -> None:
        said = {"due_id": str(uuid4()), "text": "Renew my licence", "day": soon().isoformat(), "legal": "on"}
        assert Browser(cast.ama).post("/days/mine/new/", said).status_code == 302
        own = Due.objects.get()
        page = text(Browser(cast.ama).get(f"/days/mine/{own.pk}/"))
        assert "Legal deadline" in page
        assert "What did you tell them?" not in page, "there is nobody to tell"
        moved = {"day": soon(9).isoformat(), "version": "1"}
        assert Browser(cast.ama).post(f"/days/mine/{own.pk}/move/", moved).status_code == 302
        assert (
            Browser(cast.ama).post(f"/days/mine/{own.pk}/move/", moved | {"day": str(soon(3))}).status_code
            == 409
        )
        assert Due.objects.get().day == soon(9)
        assert Browser(cast.ama).post(f"/days/mine/{own.pk}/done/").status_code == 302
        assert "Renew my licence" not in text(Browser(cast.ama).get("/days/list/"))


class TestOtherWords:
    def reword(self, cast: Cast, due: Due, **said: str) -> Any:
        asked = {"due_id": str(due.pk), "version": "1", "text": "Call the clinic", **said}
        return Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/change/", asked)

    def test_a_slip_of_the_pen_is_put_right_and_the_day_stays(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama, at="15:00")
        assert self.reword(cast, due).status_code == 302
        changed = look(cast.dee, cast.ama, due)
        assert (changed.title, changed.day, changed.at, changed.moved_from) == (
            "Call the clinic",
            soon(),
            "15:00",
            [],
        )

    def test_two_versions_stand_side_by_side(self, cast: Cast) -> None:
        due = todo(cast.dee, cast.ama, "Call the school")
        self.reword(cast, due, text="Call the school nurse")
        answer = self.reword(cast, due, text="Call the teacher", legal="on")
        assert answer.status_code == 409
        page = text(answer)
        assert "Call the school nurse" in page
        assert "Call the teacher" in page

    def test_what_ended_is_not_changed(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        tap(cast.ama, due, "keep")
        assert self.reword(cast, due).status_code == 404


class TestOneTap:
    def test_kept(self, cast: Cast) -> None:
        page = text(tap(cast.ama, promise(cast.dee, cast.ama), "keep"))
        assert "Saved." in page
        assert "No promise is open." in page

    def test_kept_by_a_colleague_meanwhile_it_says_so_and_changes_nothing(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        tap(cast.ben, due, "keep")
        version = Due.objects.get().version
        page = text(tap(cast.ama, due, "keep"))
        assert "Ben wrote “kept” here" in page
        assert "nothing was changed now" in page
        assert Due.objects.get().version == version

    def test_a_stale_tab_cannot_move_what_is_kept(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        tap(cast.ben, due, "keep")
        page = text(tap(cast.ama, due, "move", day=soon(9).isoformat(), version="1"))
        assert "nothing was changed now" in page
        assert Due.objects.get().day == soon()

    def test_moved_by_a_colleague_meanwhile_both_are_there(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        tap(cast.ben, due, "move", day=soon(4).isoformat(), version="1")
        answer = tap(cast.ama, due, "move", day=soon(9).isoformat(), told="I told her", version="1")
        assert answer.status_code == 409
        page = text(answer)
        assert "Somebody changed this while you were writing" in page
        assert "I told her" in page
        assert 'name="version" value="2"' in page
        again = tap(cast.ama, due, "move", day=soon(9).isoformat(), told="I told her", version="2")
        assert again.status_code == 200
        assert Due.objects.get().day == soon(9)

    def test_done_released_and_opened_again(self, cast: Cast) -> None:
        due = todo(cast.dee, cast.ama)
        for what, is_open in (("done", False), ("again", True), ("release", False), ("again", True)):
            assert tap(cast.ama, due, what).status_code == 200
            assert Due.objects.get().is_open is is_open

    def test_what_became_of_an_appointment(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama)
        tap(cast.ama, due, "happened", not_now="", happened="The bus did not come", next="Book a ride")
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))
        for said in ("not this time", "The bus did not come", "Book a ride", "Open it again"):
            assert said in page

    def test_a_word_that_is_too_long_is_asked_again_and_stays(self, cast: Cast) -> None:
        due = promise(cast.dee, cast.ama)
        answer = tap(cast.ama, due, "keep", told="word " * 100)
        assert answer.status_code == 422
        assert answer.content.count(b"word word") > 20
        assert Due.objects.get().is_open

    @pytest.mark.parametrize("what", ["happened", "move", "continued"])
    def test_nonsense_is_asked_again(self, cast: Cast, what: str) -> None:
        due = in_court(cast.dee, cast.ama)
        said = {"day": "½", "version": "x", "happened": "\ufffd"}
        assert tap(cast.ama, due, what, **said).status_code == 422
        assert Due.objects.get().is_open

    @pytest.mark.parametrize("what", ["keep", "move", "again", "leaving"])
    def test_looking_is_not_pressing(self, cast: Cast, what: str) -> None:
        due = promise(cast.dee, cast.ama)
        assert Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/{what}/").status_code == 405


class TestAllOfAFile:
    def test_what_was_has_its_pages(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            for number in range(pages.due.A_PAGE + 2):
                due = actions.todo(file, due_id=uuid4(), text=f"Thing {number}.", day=soon(-number))
                actions.done(file, due)
        browser = Browser(cast.ama)
        first, second = (text(browser.get(f"/days/{cast.dee.pk}/?page={page}")) for page in (1, 2))
        assert "Thing 0." in first
        assert "Thing 31." not in first
        assert "Thing 31." in second
        for odd in ("0", "-1", "x", "9999999", "٣"):
            assert browser.get(f"/days/{cast.dee.pk}/?page={odd}").status_code == 200

    def test_promises_dates_and_to_dos_stand_apart(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        todo(cast.dee, cast.ama)
        booked(cast.dee, cast.ama, day=today())
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            dates = pages.of_case(file)
            assert [len(each) for each in (dates.coming, dates.promises, dates.todos)] == [1, 1, 1]
            assert dates.next == dates.coming[0]
            assert dates

    def test_one_row_that_is_damaged_says_so_and_lets_the_others_be(self, cast: Cast) -> None:
        whole, broken = promise(cast.dee, cast.ama, "A whole one"), promise(cast.dee, cast.ama, "Broken")
        Due.objects.filter(pk=broken.pk).update(words=Due._meta.get_field("words").stored(whole))
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/"))
        assert "A whole one" in page
        assert "This cannot be read" in page

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        def fill() -> None:
            for make_one in (promise, todo, booked, in_court):
                make_one(cast.dee, cast.ama, day=today())

        def page() -> None:
            assert Browser(cast.ama).get(f"/days/{cast.dee.pk}/").status_code == 200

        fill()
        few = queries(page)
        for _ in range(5):
            fill()
        assert queries(page) == few


def test_the_whole_page_is_written_down_as_what_it_is(cast: Cast) -> None:

    Browser(cast.ama).get(f"/days/{cast.dee.pk}/")
    line = Line.objects.order_by("-seq")[0]
    assert (line.action, line.things) == (Action.DAYS.value, [str(cast.dee.pk)])
