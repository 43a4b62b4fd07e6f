"""Nights: what was done is told to the morning, it counts as working time, and the sheet opens what is needed (D4)."""

import re
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Reach, Wall, Way
from leeward.cases.words.people import UNSAID
from leeward.safety import pages
from leeward.safety.models import NightNote
from leeward.safety.pages import nights
from leeward.staff.models import Shift
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import a_crisis, away, path, reached, wish, words_of

pytestmark = pytest.mark.django_db

WHO_MAY = {Role.CASE_MANAGER, Role.SECONDED, Role.ADVOCATE, Role.SUPERVISOR, Role.ON_CALL}


def a_note(case: Case, by: Worker, done: str = "We talked until it was light.", **more: object) -> str:
    """A night note, sent twice as a thumb does."""
    form = {"note_id": uuid4(), "done": done, "kind": "call", "minutes": 40, **more}
    browser = Browser(by)
    answers = [browser.post(path(case, "night"), form) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}, words_of(answers[0])
    return str(answers[0]["Location"])


class TestTheNote:
    def test_at_two_in_the_morning_on_call_tells_the_morning(self, cast: Cast, night: Worker) -> None:
        a_note(cast.dee, night, morning="Ask about the car.", at="2026-11-03T02:10")
        words = words_of(Browser(cast.ama).get(path(cast.dee)))
        assert "For the morning: Ask about the car." in words
        assert "40 min" in words
        assert NightNote.objects.count() == 1

    def test_it_stands_on_the_page_until_somebody_who_walks_along_has_read_it(
        self, cast: Cast, night: Worker
    ) -> None:
        a_note(cast.dee, night)
        note = NightNote.objects.get()
        answer = Browser(night).post(path(cast.dee, "night", note, "seen"), follow=True)
        assert "It waits for somebody who walks with them." in words_of(answer)
        assert NightNote.objects.unseen().count() == 1
        Browser(cast.ama).post(path(cast.dee, "night", note, "seen"))
        assert NightNote.objects.unseen().count() == 0
        assert "We talked until it was light." in words_of(Browser(cast.ama).get(path(cast.dee)))

    def test_only_what_was_done_is_asked_for(self, cast: Cast, night: Worker) -> None:
        browser = Browser(night)
        assert browser.post(path(cast.dee, "night"), {"note_id": uuid4(), "done": ""}).status_code == 422
        assert (
            browser.post(path(cast.dee, "night"), {"note_id": uuid4(), "done": "Listened"}).status_code == 302
        )

    @pytest.mark.parametrize("odd", [{"minutes": "-5"}, {"at": "0001-01-01T00:00"}, {"kind": "pigeon"}])
    def test_a_slip_is_asked_about_and_nothing_is_lost(
        self, cast: Cast, night: Worker, odd: dict[str, str]
    ) -> None:
        form = {"note_id": str(uuid4()), "done": "Listened a while", **odd}
        answer = Browser(night).post(path(cast.dee, "night"), form)
        assert answer.status_code == 422
        assert "Listened a while" in answer.content.decode()

    def test_house_staff_write_one_too(self, cast: Cast, house: Worker) -> None:
        a_note(cast.dee, house)
        assert "Hal" in words_of(Browser(cast.ama).get(path(cast.dee)))

    def test_a_note_of_another_file_is_not_there(self, cast: Cast, night: Worker) -> None:
        a_note(cast.dee, night)
        other = make.a_case(by=cast.ama, name="Fay")
        assert (
            Browser(cast.ama).post(path(other, "night", NightNote.objects.get(), "seen")).status_code == 404
        )


class TestMyOwnHours:
    def test_they_are_mine_when_the_shift_is_over_and_the_file_is_shut(
        self, cast: Cast, night: Worker
    ) -> None:
        a_note(cast.dee, night, at="2026-11-03T02:10")
        a_note(cast.dee, night, at="2026-11-09T23:50", minutes="")
        Shift.objects.update(until=timezone.now() - timedelta(minutes=1))
        with make.entering(night, Action.TODAY):
            found = pages.nights_of(night.person.pk)
        assert [(one.day, one.minutes) for one in found] == [(date(2026, 11, 3), 40), (date(2026, 11, 9), 0)]

    def test_a_month_is_cut_out_of_them(self, cast: Cast, night: Worker) -> None:
        for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
            a_note(cast.dee, night, at=f"{day}T12:00")
        with make.entering(night, Action.TODAY):
            found = pages.nights_of(night.person.pk, date(2026, 11, 1), date(2026, 11, 30))
        assert [one.day.day for one in found] == [1, 30]

    def test_nobody_elses_are_among_them(self, cast: Cast, night: Worker) -> None:
        a_note(cast.dee, night)
        with make.entering(cast.ben, Action.TODAY):
            assert pages.nights_of(cast.ben.person.pk) == []


def shown(worker: Worker) -> list[str]:
    """The ids on the sheet, in the trail's words."""
    Browser(worker).get("/safety/night/")
    return list(Line.objects.order_by("-seq")[0].things)


class TestTheSheet:
    @pytest.mark.parametrize("role", Role)
    def test_it_is_for_those_who_may_be_called(self, cast: Cast, role: Role) -> None:
        browser = Browser(cast.somebody(role))
        answers = {browser.get(place).status_code for place in ("/safety/night/", "/safety/night/paper/")}
        assert answers == ({200} if role in WHO_MAY else {404})

    def test_between_shifts_it_stays_shut(self, night: Worker) -> None:
        Shift.objects.update(until=timezone.now() - timedelta(minutes=1))
        assert Browser(night).get("/safety/night/").status_code == 404

    def test_it_says_what_is_needed_at_night(self, cast: Cast, night: Worker) -> None:
        wish(cast.dee, cast.ama)
        reached(cast.dee, cast.ama, when="after 3 pm", say_if_other="Wrong number")
        words = words_of(Browser(night).get("/safety/night/"))
        needed = (
            "Dee",
            "pineapple",
            "555-0142",
            "after 3 pm",
            "Wrong number",
            "whoever is on",
            "Tea, then talk. …",
        )
        assert [told for told in needed if told not in words] == []
        assert "No hands." not in words  # the first line of the wishes; the rest is one tap away

    def test_those_most_likely_to_call_stand_first(self, cast: Cast, night: Worker) -> None:
        lost, called, quiet = (make.a_case(by=cast.ama, name=name) for name in ("Lou", "Cal", "Qui"))
        make.an_entry(quiet, by=cast.ama)
        a_crisis(cast.dee, cast.ama)
        away(lost, cast.ama)
        a_note(called, night)
        assert shown(night) == [str(case.pk) for case in (cast.dee, lost, called, quiet)]
        words = words_of(Browser(night).get("/safety/night/"))
        assert words.index("Cal") < words.index("Everybody else") < words.index("Qui")

    def test_nobody_walled_restricted_resting_closed_or_of_another_team_is_on_it(
        self, cast: Cast, night: Worker
    ) -> None:
        walled, restricted, rests, closed = (make.a_case(by=cast.ama, name=f"Z{n}") for n in range(4))
        Wall.objects.create(case=walled, person=night.person)
        Case.objects.filter(pk=restricted.pk).update(restricted=True)
        Case.objects.filter(pk=rests.pk).update(rests=True)
        Case.objects.filter(pk=closed.pk).update(is_open=False)
        make.a_case(by=cast.cyd, name="Zoth")
        assert shown(night) == [str(cast.dee.pk)]

    def test_not_even_a_supervisor_reads_a_restricted_file_off_it(self, cast: Cast) -> None:
        Case.objects.update(restricted=True)
        assert shown(cast.ben) == []

    def test_a_number_that_ended_is_not_on_it_and_the_first_way_is(self, cast: Cast, night: Worker) -> None:
        with make.opening(cast.dee, cast.ama, Action.CHANGE_REACH):
            Reach.objects.create(case=cast.dee, words={"code_word": UNSAID})
            for about in (
                {"kind": "phone", "value": "555-0111", "gone": "2026-01-01", "first": True},
                {"kind": "account", "value": "@second"},
                {"kind": "text", "value": "555-0122", "first": True},
            ):
                Way.objects.create(case=cast.dee, about=about)
        words = words_of(Browser(night).get("/safety/night/"))
        assert "555-0122" in words
        assert not [told for told in ("555-0111", "@second", UNSAID, "First say") if told in words]

    def test_on_paper_nobody_is_named_and_nothing_says_whose_list_it_is(
        self, cast: Cast, night: Worker
    ) -> None:
        make.a_case(by=cast.ama, name="Marguerite Duras")
        make.a_case(by=cast.ama, name="Wilhelmina")
        reached(cast.dee, cast.ama)
        answer = Browser(night).get("/safety/night/paper/")
        content = answer.content.decode()
        assert re.search(r"<title>\s*List\s*</title>", content)
        words = words_of(answer, "main")
        assert all(
            told in words for told in ("MD", "Wil", "555-0142", "pineapple", "shred it in the morning")
        )
        assert not [
            told for told in ("Marguerite", "Duras", "Wilhelmina", "Harbor", "Crisis") if told in words
        ]

    def test_fifty_on_a_sheet_and_the_rest_on_the_next(
        self, cast: Cast, night: Worker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(nights, "A_SHEET", 3)
        for number in range(6):
            make.a_case(by=cast.ama, name=f"Somebody {number}")
        browser, seen = Browser(night), list[str]()
        for number in (1, 2, 3, 99):
            answer = browser.get(f"/safety/night/?page={number}")
            assert "of 7" in words_of(answer)
            seen += Line.objects.order_by("-seq")[0].things
        assert len(seen) == 3 + 3 + 1 + 1
        assert len(set(seen)) == 7

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, night: Worker) -> None:
        browser = Browser(night)
        browser.get("/safety/night/")
        with CaptureQueriesContext(connection) as few:
            browser.get("/safety/night/")
        for number in range(8):
            case = make.a_case(by=cast.ama, name=f"Somebody {number}")
            wish(case, cast.ama)
            reached(case, cast.ama)
            a_crisis(case, cast.ama)
        with CaptureQueriesContext(connection) as many:
            browser.get("/safety/night/")
        assert len(few) == len(many)


class TestNow:
    def test_a_participants_page_asks_what_is_open(self, cast: Cast, night: Worker) -> None:
        crisis, lost = a_crisis(cast.dee, night, "A car outside"), away(cast.dee, night)
        a_note(cast.dee, night)
        with make.opening(cast.dee, cast.ama) as file:
            now = pages.now(file)
            assert now
            assert now.crisis
            assert now.missing
            assert (now.crisis.pk, now.missing.pk) == (crisis.pk, lost.pk)
            assert [line.text for line in now.crisis.lines()] == ["A car outside"]
            assert [one.done for one in now.nights] == ["We talked until it was light."]
            assert now.may_read_off

    def test_where_nothing_is_open_it_takes_no_room(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama) as file:
            now = pages.now(file)
            assert now is not None
            assert not now

    @pytest.mark.parametrize("role", [Role.OUTREACH_WORKER, Role.PEER_SUPPORTER])
    def test_it_says_nothing_where_safety_stays_shut(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        a_crisis(cast.dee, cast.ama)
        Case.objects.update(backup=worker.person)
        with make.opening(cast.dee, worker) as file:
            assert (pages.now(file) is None) == (role is Role.OUTREACH_WORKER)

    def test_what_the_night_brought_is_told_to_those_who_walk_along_and_not_to_its_writer(
        self, cast: Cast, night: Worker
    ) -> None:
        a_note(cast.dee, night, "Called at two", at="2026-11-03T02:00")
        a_note(cast.dee, night, "Called at three", at="2026-11-03T03:00")
        for worker, told in ((cast.ama, ["Called at three", "Called at two"]), (night, [])):
            with make.opening(cast.dee, worker, Action.CRISIS):
                assert [one.done for one in pages.since(worker.visit, [cast.dee])] == told

    def test_what_is_open_for_my_people(self, cast: Cast, night: Worker) -> None:
        theirs = make.a_case(by=cast.ben, name="Fay")
        a_crisis(cast.dee, night)
        away(cast.dee, night)
        a_crisis(theirs, night)
        with make.entering(cast.ama, Action.TODAY):
            going = pages.open_for(cast.ama.visit)
        assert [(one.case.pk, one.what) for one in going] == [
            (cast.dee.pk, "crisis"),
            (cast.dee.pk, "missing"),
        ]
        assert going[0].url.startswith(path(cast.dee, "crisis"))

    def test_asking_what_is_open_takes_as_many_queries_for_many(self, cast: Cast, night: Worker) -> None:
        counts = list[int]()
        for number in range(2):
            with make.entering(cast.ama, Action.TODAY), CaptureQueriesContext(connection) as queries:
                assert len(pages.open_for(cast.ama.visit)) == number * 6
            counts.append(len(queries))
            for name in range(6):
                a_crisis(make.a_case(by=cast.ama, name=f"Somebody {name}"), night)
        assert counts[0] == counts[1]


def test_a_time_of_day_is_kept_as_the_clock_said_it(cast: Cast, night: Worker) -> None:
    a_note(cast.dee, night, at="2026-11-03T02:10")
    with make.opening(cast.dee, cast.ama, Action.CRISIS):
        at = datetime.fromisoformat(NightNote.objects.get().words["at"])
    assert timezone.localtime(at).strftime("%H:%M") == "02:10"
