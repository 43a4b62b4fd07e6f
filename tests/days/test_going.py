"""Leaving, safe, back; and who looks when somebody should be back (practices B4, M7)."""

# ruff: noqa: ANN401 - answers are whatever Django makes

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.days import actions
from leeward.days.actions import CannotDo, Going
from leeward.days.models import Due, Trip
from leeward.days.pages import awaited_for, out_now
from leeward.staff.models import Shift, Team
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, booked, in_court, look, text, today, words
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def going(team: Team, *, hours: float = 2, **words_: str) -> Going:
    back_by = timezone.now() + timedelta(hours=hours)
    return Going(trip_id=uuid4(), team=team.pk, back_by=back_by, words={"where": "Clinic", **words_})  # type: ignore[typeddict-item]


def leave(cast: Cast, *, hours: float = 2, by: Worker | None = None) -> Trip:
    with make.entering(by or cast.ama, Action.TODAY) as entered:
        return actions.leave(entered, going(cast.harbor, hours=hours))


def seen_by(worker: Worker) -> list[Trip]:
    with make.entering(worker, Action.TODAY) as entered:
        return [look.trip for look in awaited_for(entered.visit)]


def form(**said: Any) -> dict[str, Any]:
    back_by = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    return {"trip_id": str(uuid4()), "where": "Food bank", "back_by": back_by, **said}


class TestOneTapEach:
    def test_leaving_for_an_appointment_takes_its_place_along(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, day=today(), at="13:00", place="Elm Street 4")
        answer = Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/leaving/")
        assert (answer.status_code, answer["Location"]) == (302, "/days/trip/")
        with make.entering(cast.ama, Action.TODAY) as entered:
            (trip,) = out_now(entered.visit)
            assert (trip.words["where"], trip.trip.due_id, trip.trip.state) == ("Elm Street 4", due.pk, "out")
            # an hour there, and one for the way
            assert trip.trip.back_by == NOON + timedelta(hours=3)

    def test_a_place_that_says_whose_it_is_stays_in_the_file(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, day=today(), at="13:00", place="At Dee's, second door")
        Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/leaving/")
        with make.entering(cast.ama, Action.TODAY) as entered:
            assert out_now(entered.visit)[0].words["where"] == ""

    def test_for_court_it_says_the_court(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama, day=today(), at="13:00", court="County court")
        Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/leaving/")
        with make.entering(cast.ama, Action.TODAY) as entered:
            assert out_now(entered.visit)[0].words["where"] == "County court"

    def test_tapped_twice_it_is_one_trip(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, day=today(), at="13:00")
        for _ in range(2):
            Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/leaving/")
        assert Trip.objects.count() == 1

    def test_safe_and_back(self, cast: Cast) -> None:
        trip = leave(cast)
        browser = Browser(cast.ama)
        for step, state in (("safe", "safe"), ("safe", "safe"), ("back", "back"), ("safe", "back")):
            assert browser.post(f"/days/trip/{trip.pk}/{step}/").status_code == 302
            assert Trip.objects.get().state == state
        with make.entering(cast.ama, Action.TODAY):
            assert {"left_at", "safe_at", "back_at"} <= set(Trip.objects.get().words)

    def test_where_leaving_stood_there_is_safe_and_back(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, day=today(), at="13:00")
        browser = Browser(cast.ama)
        assert "/leaving/" in text(browser.get("/days/day/"))
        browser.post(f"/days/{cast.dee.pk}/{due.pk}/leaving/")
        page = text(browser.get("/days/day/"))
        assert "/leaving/" not in page
        assert f"/days/trip/{Trip.objects.get().pk}/back/" in page

    def test_a_colleague_cannot_say_it_for_me(self, cast: Cast) -> None:
        trip = leave(cast)
        assert Browser(cast.ben).post(f"/days/trip/{trip.pk}/back/").status_code == 404

    def test_who_goes_alone_or_with_somebody_else_is_not_left_for(self, cast: Cast) -> None:
        for along in ("alone", "chosen"):
            due = booked(cast.dee, cast.ama, day=today(), at="13:00", along=along)
            assert not look(cast.dee, cast.ama, due).leaves

    def test_hours_before_it_only_says_when(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, day=today(), at="16:30")
        assert look(cast.dee, cast.ama, due).soon == "in 4 h"
        assert not look(cast.dee, cast.ama, due).leaves

    def test_afterwards_it_asks_how_it_was(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, day=today(), at="09:00")
        assert look(cast.dee, cast.ama, due).is_over
        assert "How was it?" in text(Browser(cast.ama).get("/days/day/"))


class TestBackByNow:
    def test_on_call_and_supervisors_of_the_team_see_it(self, cast: Cast) -> None:
        night, trip = cast.somebody(Role.ON_CALL), leave(cast, hours=-1)
        assert seen_by(night) == [trip]
        assert seen_by(cast.ben) == [trip]

    def test_nobody_else_does(self, cast: Cast) -> None:
        leave(cast, hours=-1)
        for worker in (
            cast.sue,
            cast.somebody(Role.CASE_MANAGER),
            cast.somebody(Role.ON_CALL, elsewhere=True),
        ):
            assert seen_by(worker) == []

    def test_before_that_time_nobody_is_asked_to_look(self, cast: Cast) -> None:
        leave(cast, hours=1)
        assert seen_by(cast.ben) == []

    def test_nor_when_they_are_back(self, cast: Cast) -> None:
        trip = leave(cast, hours=-1)
        with make.entering(cast.ama, Action.TODAY) as entered:
            actions.back(entered, trip)
        assert seen_by(cast.ben) == []

    def test_the_minute_the_time_passes_it_is_there(self, cast: Cast, noon: Any) -> None:
        leave(cast, hours=1)
        noon.shift(timedelta(minutes=61))
        assert len(seen_by(cast.ben)) == 1

    def test_outside_their_hours_whoever_is_on_call_does_not_see_it(self, cast: Cast) -> None:
        night = cast.somebody(Role.ON_CALL)
        leave(cast, hours=-1)
        Shift.objects.update(until=timezone.now() - timedelta(minutes=1))
        assert seen_by(night) == []

    def test_where_they_went_and_how_to_reach_them_stands_there(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.TODAY) as entered:
            actions.leave(entered, going(cast.harbor, hours=-1, phone="555-0101", how="the white van"))
        page = text(Browser(cast.somebody(Role.ON_CALL)).get("/days/trip/"))
        for said in (
            "Ama",
            "Clinic",
            "555-0101",
            "the white van",
            "I looked: they are safe",
            "no message by itself",
        ):
            assert said in page

    def test_one_who_looked_says_so_and_nobody_else_needs_to(self, cast: Cast) -> None:
        night, trip = cast.somebody(Role.ON_CALL), leave(cast, hours=-1)
        assert Browser(night).post(f"/days/trip/{trip.pk}/looked/").status_code == 302
        assert Trip.objects.get().seen_by == night.person
        assert seen_by(cast.ben) == []

    def test_a_colleague_who_is_neither_cannot_say_it(self, cast: Cast) -> None:
        trip = leave(cast, hours=-1)
        peer = cast.somebody(Role.PEER_SUPPORTER)
        assert Browser(peer).post(f"/days/trip/{trip.pk}/looked/").status_code == 404
        with make.entering(peer, Action.TODAY) as entered:
            actions.looked(entered, trip)
        assert Trip.objects.get().seen_by is None

    def test_when_it_takes_longer_they_look_again_later(self, cast: Cast, noon: Any) -> None:
        trip = leave(cast, hours=-1)
        with make.entering(cast.ben, Action.TODAY) as entered:
            actions.looked(entered, trip)
        later = timezone.localtime(NOON + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
        assert Browser(cast.ama).post(f"/days/trip/{trip.pk}/later/", {"back_by": later}).status_code == 302
        assert seen_by(cast.ben) == []
        noon.shift(timedelta(hours=2))
        assert seen_by(cast.ben) == [trip]

    def test_a_time_that_has_passed_is_asked_again(self, cast: Cast) -> None:
        trip = leave(cast)
        answer = Browser(cast.ama).post(f"/days/trip/{trip.pk}/later/", {"back_by": "2026-11-18T09:00"})
        assert answer.status_code == 422
        assert "This time has passed" in text(answer)


class TestAVanWithSeveral:
    @pytest.fixture
    def three(self, cast: Cast) -> list[Case]:
        return [cast.dee, make.a_case(by=cast.ama, name="Fay"), make.a_case(by=cast.ama, name="Gil")]

    def ride(self, cast: Cast, cases: list[Case], **said: Any) -> Any:
        asked = form(people=[str(case.pk) for case in cases], team=str(cast.harbor.pk), **said)
        return Browser(cast.ama).post("/days/trip/new/", asked)

    def test_it_is_one_trip_and_an_appointment_in_each_file(self, cast: Cast, three: list[Case]) -> None:
        assert self.ride(cast, three).status_code == 302
        assert Trip.objects.get().due is None
        assert {due.case_id for due in Due.objects.all()} == {case.pk for case in three}

    def test_each_file_is_blind_to_the_others(self, cast: Cast, three: list[Case]) -> None:
        self.ride(cast, three, adults="Ben", how="the white van")
        names = {"Dee", "Fay", "Gil"}
        for case in three:
            said = str(words(case, cast.ama, case.dues.get()))
            assert not [name for name in names if name in said]
            page = text(Browser(cast.ama).get(f"/days/{case.pk}/"))
            with make.opening(case, cast.ama) as file:
                mine = file.thing.participant.card["name"]
            assert not [name for name in names - {mine} if name in page]

    def test_nothing_on_disk_ties_them_to_one_another(self, cast: Cast, three: list[Case]) -> None:
        self.ride(cast, three)
        trip = Trip.objects.get()
        assert not {str(due.pk) for due in Due.objects.all()} & {str(trip.pk), str(trip.due_id)}

    @pytest.mark.parametrize("field", ["where", "how", "adults"])
    def test_a_name_never_stands_in_the_trips_words(self, cast: Cast, three: list[Case], field: str) -> None:
        answer = self.ride(cast, three, **{field: "with fay’s aunt"})
        assert answer.status_code == 422
        assert "a participant’s name must not stand there" in text(answer)
        assert not Trip.objects.exists()
        assert not Due.objects.exists()

    def test_the_same_click_twice_is_one_trip_and_one_appointment_each(
        self, cast: Cast, three: list[Case], noon: Any
    ) -> None:
        once = str(uuid4())
        for _ in range(2):
            self.ride(cast, three, trip_id=once)
            noon.shift(timedelta(minutes=1))
        assert (Trip.objects.count(), Due.objects.count()) == (1, 3)

    def test_only_those_whom_i_walk_with_are_offered(self, cast: Cast) -> None:
        other = make.a_case(by=cast.ben, name="Nobody of mine")
        assert "Nobody of mine" not in text(Browser(cast.ama).get("/days/trip/new/"))
        assert self.ride(cast, [other]).status_code == 422

    def test_for_whoever_is_not_of_age_the_questions_stay_open(self, cast: Cast) -> None:
        kim = make.a_case(by=cast.ama, name="Kim", age_band="14-15")
        self.ride(cast, [kim])
        assert look(kim, cast.ama, kim.dues.get()).open_points == [
            "Who allows the ride?",
            "Which second adult, or which rule?",
        ]


class TestAlone:
    def test_it_needs_a_time_and_nothing_else(self, cast: Cast) -> None:
        asked = form(where="", team=str(cast.harbor.pk))
        assert Browser(cast.ama).post("/days/trip/new/", asked).status_code == 302
        assert Trip.objects.get().person == cast.ama.person

    def test_my_number_is_remembered_from_the_last_way_out(self, cast: Cast) -> None:
        Browser(cast.ama).post("/days/trip/new/", form(phone="555-0101", team=str(cast.harbor.pk)))
        assert "555-0101" in text(Browser(cast.ama).get("/days/trip/new/"))

    def test_who_has_no_key_yet_is_told_and_nothing_breaks(self, cast: Cast) -> None:
        new = make.a_person(Role.CASE_MANAGER, cast.harbor)
        assert "hands you its key" in text(Browser(new).get("/days/trip/new/"))
        with make.entering(new, Action.TODAY) as entered, pytest.raises(CannotDo):
            actions.leave(entered, going(cast.harbor))

    def test_the_file_itself_is_never_opened_by_whoever_reads_where_i_am(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, "Dentist", day=today(), at="13:00", place="Elm Street 4")
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.leave(file, Going(trip_id=uuid4(), team=cast.harbor.pk, words={"where": "Elm Street 4"},
                                      back_by=NOON - timedelta(hours=1), due=due))  # fmt: skip
        page = text(Browser(cast.somebody(Role.ON_CALL)).get("/days/trip/"))
        assert "Elm Street 4" in page
        assert "Dee" not in page
        assert "Dentist" not in page
