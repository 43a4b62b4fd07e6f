"""A worker's calendar, the team's times, and whom the front desk expects: each sees what it is for, and no more."""

import re
from datetime import timedelta

import pytest

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case, CaseList, Wall
from leeward.days import pages
from leeward.days.looks import DueLook
from leeward.days.models import Due
from leeward.days.pages import calendar
from leeward.days.pages.expected import Expected, expected
from leeward.staff.models import Absence
from tests import make
from tests.attack.house import Browser
from tests.attack.test_bad_input import said
from tests.cast import Cast
from tests.days.agreed import booked, in_court, look, promise, queries, soon, text, today, todo
from tests.make import Worker

pytestmark = pytest.mark.django_db


def listed(worker: Worker, *, team: bool = False) -> list[DueLook]:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        found = calendar.a_list(entered, team=team)
        looks = [*found["before"], *(look for day in found["days"] for look in day.looks)]
        for each in looks:
            each.name, each.title, each.tags  # noqa: B018 - read while the cards are open
        return looks


class TestMyCalendar:
    def test_a_day_is_sorted_by_time_and_what_has_none_comes_last(self, cast: Cast) -> None:
        for text_, at in (("late", "16:00"), ("early", "08:05"), ("some time", "")):
            booked(cast.dee, cast.ama, text_, at=at)
        promise(cast.dee, cast.ama, "a promise")
        assert [each.title for each in listed(cast.ama)] == ["early", "late", "a promise", "some time"]

    def test_what_is_still_open_from_before_stands_first_on_today(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama, "long ago", day=today() - timedelta(days=9))
        page = text(Browser(cast.ama).get("/days/day/"))
        assert "Still open" in page
        assert "long ago" in page
        assert "Still open" not in text(Browser(cast.ama).get(f"/days/day/?on={soon(3)}"))

    def test_another_day_and_another_week_show_theirs(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, "Dentist", day=soon(30))
        for path in ("day", "week"):
            assert "Dentist" in text(Browser(cast.ama).get(f"/days/{path}/?on={soon(30)}"))
            assert "Dentist" not in text(Browser(cast.ama).get(f"/days/{path}/"))

    @pytest.mark.parametrize("on", ["", "x", "2026-13-40", "0001-01-01", "9999-12-31", "٣", "%00"])
    def test_a_day_that_is_none_is_no_fault(self, cast: Cast, on: str) -> None:
        for path in ("day", "week", "list"):
            assert Browser(cast.ama).get(f"/days/{path}/?on={on}").status_code == 200

    def test_whoever_covers_sees_it_with_who_it_is_about(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama, "Call the school")
        Absence.objects.create(person=cast.ama.person, since=today(), until=soon(9), cover=cast.ben.person)
        page = text(Browser(cast.ben).get("/days/list/"))
        assert "Call the school" in page
        assert "Dee" in page

    def test_what_is_behind_a_wall_is_gone_from_it(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        Wall.objects.create(case=cast.dee, person=cast.ama.person, own=True)
        assert listed(cast.ama) == []

    def test_a_promise_that_a_role_cannot_open_is_only_called_one(self, cast: Cast) -> None:
        night = cast.somebody(Role.ON_CALL)
        due = promise(cast.dee, cast.ama, "Call the school")
        Due.objects.filter(pk=due.pk).update(owner=night.person)
        (seen,) = listed(night)
        assert (seen.title, seen.name, seen.may_act) == ("Promise", "Dee", False)

    def test_a_peer_sees_no_word_of_a_date_in_court(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        due = in_court(cast.dee, cast.ama, court="County court")
        Due.objects.filter(pk=due.pk).update(owner=peer.person)
        (seen,) = listed(peer)
        assert (seen.title, seen.is_court, seen.place) == ("Appointment", False, "")

    def test_it_leaves_one_line_with_those_who_were_shown(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        before = Line.objects.count()
        Browser(cast.ama).get("/days/week/?on=" + soon().isoformat())
        assert Line.objects.count() == before + 1
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    @pytest.mark.parametrize("role", Role)
    def test_every_role_has_one(self, cast: Cast, role: Role) -> None:
        browser = Browser(cast.somebody(role))
        for path in ("day", "week", "list", "trip", "trip/new", "feed", "mine/new"):
            assert browser.get(f"/days/{path}/").status_code == 200

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        def everything(case: Case) -> None:
            booked(case, cast.ama)
            in_court(case, cast.ama)
            promise(case, cast.ama)
            todo(case, cast.ama)

        everything(cast.dee)
        few = queries(lambda: listed(cast.ama))
        for number in range(8):
            everything(make.a_case(by=cast.ama, name=f"Somebody {number}"))
        assert queries(lambda: listed(cast.ama)) == few


class TestTheTeamsTimes:
    def test_a_supervisor_sees_when_with_whom_and_who_goes(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, "Clinic for the test", place="Elm Street 4", at="09:30")
        page = text(Browser(cast.ben).get("/days/list/?who=team"))
        for shown in ("9:30", "Dee", "Ama"):
            assert shown in page
        for kept in ("Clinic for the test", "Elm Street 4"):
            assert kept not in page

    def test_by_time_and_never_by_worker(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, at="11:00")
        booked(make.a_case(by=cast.ben, name="Fay"), cast.ben, at="09:00")
        assert [each.at for each in listed(cast.ben, team=True)] == ["9:00", "11:00"]

    def test_promises_are_not_among_them(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        assert listed(cast.ben, team=True) == []

    def test_others_get_their_own(self, cast: Cast) -> None:
        booked(cast.dee, cast.ben)
        assert "The team’s times" not in text(Browser(cast.ama).get("/days/list/?who=team"))

    def test_another_teams_supervisor_sees_none_of_it(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama)
        assert listed(cast.sue, team=True) == []


class TestTheFrontDesk:
    def seen(self, worker: Worker) -> list[Expected]:
        with make.entering(worker, Action.EXPECTED, lists=True) as entered:
            return expected(entered)

    def test_a_name_and_a_time_and_nothing_else(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, "Counselling", day=today(), at="14:30", at_the_door=True, place="Room 4")
        desk = cast.somebody(Role.FRONT_DESK)
        assert self.seen(desk) == [Expected("14:30", "Dee")]
        page = text(Browser(desk).get("/days/expected/"))
        for kept in ("Counselling", "Room 4", "Ama", str(cast.dee.pk)):
            assert kept not in page

    def test_only_those_whom_the_door_was_told_of_and_only_today(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, day=today(), at="14:30")
        booked(cast.dee, cast.ama, day=soon(), at="15:00", at_the_door=True)
        assert self.seen(cast.somebody(Role.FRONT_DESK)) == []

    def test_a_volunteer_sees_those_who_are_assigned(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, day=today(), at="14:30", at_the_door=True)
        volunteer = cast.somebody(Role.VOLUNTEER)
        assert self.seen(volunteer) == []
        CareTeamMember.objects.create(case=cast.dee, person=volunteer.person)
        assert self.seen(volunteer) == [Expected("14:30", "Dee")]

    def test_another_team_sees_nobody(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, day=today(), at="14:30", at_the_door=True)
        assert self.seen(cast.somebody(Role.FRONT_DESK, elsewhere=True)) == []

    def test_of_a_file_that_is_held_nobody_is_expected(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, day=today(), at="14:30", at_the_door=True)
        Case.objects.update(rests=True)
        assert self.seen(cast.somebody(Role.FRONT_DESK)) == []

    def test_the_trail_tells_whom_it_showed(self, cast: Cast) -> None:
        other = make.a_case(by=cast.ama, name="Fay")
        booked(cast.dee, cast.ama, day=today(), at="14:30", at_the_door=True)
        booked(other, cast.ama, day=today(), at="15:30")
        Browser(cast.somebody(Role.FRONT_DESK)).get("/days/expected/")
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        desk = cast.somebody(Role.FRONT_DESK)
        booked(cast.dee, cast.ama, day=today(), at_the_door=True)
        few = queries(lambda: self.seen(desk))
        for number in range(8):
            case = make.a_case(by=cast.ama, name=f"Somebody {number}")
            booked(case, cast.ama, day=today(), at_the_door=True)
        assert queries(lambda: self.seen(desk)) == few


class TestWhatComesNext:
    def next_of(self, worker: Worker, cases: list[Case]) -> dict[object, tuple[str, str]]:
        with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
            rows = list(Case.objects.with_people().filter(pk__in=[case.pk for case in cases]))
            entered.list(CaseList(rows))
            return {pk: (each.label, each.when) for pk, each in pages.next_for(rows).items()}

    def test_the_earliest_of_each_by_time(self, cast: Cast) -> None:
        other = make.a_case(by=cast.ama, name="Fay")
        promise(cast.dee, cast.ama, day=soon(3))
        for at in ("16:00", "09:30"):
            booked(cast.dee, cast.ama, day=soon(), at=at)
        todo(other, cast.ama, day=soon())
        assert self.next_of(cast.ama, [cast.dee, other]) == {
            cast.dee.pk: ("Appointment", "tomorrow 9:30"),
            other.pk: ("To do", "tomorrow"),
        }

    def test_what_ended_is_not_next(self, cast: Cast) -> None:
        promise(cast.dee, cast.ama)
        Due.objects.update(is_open=False)
        assert self.next_of(cast.ama, [cast.dee]) == {}

    def test_one_query_for_all_of_them(self, cast: Cast) -> None:
        cases = [cast.dee, *(make.a_case(by=cast.ama, name=f"Somebody {number}") for number in range(6))]
        for case in cases:
            booked(case, cast.ama)
        assert queries(lambda: self.next_of(cast.ama, cases[:2])) == queries(
            lambda: self.next_of(cast.ama, cases)
        )


def test_no_page_about_days_blames_anybody(cast: Cast) -> None:
    promise(cast.dee, cast.ama, day=today() - timedelta(days=40))
    due = booked(cast.dee, cast.ama, day=today() - timedelta(days=3))
    paths = ("/days/day/", "/days/list/", f"/days/{cast.dee.pk}/", f"/days/{cast.dee.pk}/{due.pk}/")
    shown = "".join(said(Browser(cast.ama).get(path)).lower() for path in paths)
    assert "since" in shown
    for word in ("overdue", "missed", "failed", "no-show", "no show", "refused", "late", "did not attend"):
        assert not re.search(rf"\b{word}\b", shown)
    assert look(cast.dee, cast.ama, due).is_over
