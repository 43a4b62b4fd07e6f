"""Clocks come to the desk: who is still to be told that somebody is missing, and one's own open reports (M2, M4)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions.upkeep import complete_wraps
from leeward.cases.models import Case, Wall
from leeward.safety import actions
from leeward.safety.models import Missing, Report
from leeward.staff.models import Membership
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import away, our_ways, without_duty, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

TELL = "To be told by"
NIGHT = "2031-03-04T02:00:00Z"


def desk(worker: Worker) -> str:
    return words_of(Browser(worker).get("/"), "main")


def a_report(by: Worker, case: Case | None = None, kind: str = "mandated", **words: str) -> Report:
    told = {"kind": kind, **words}
    if case is None:
        with make.entering(by, Action.TODAY) as entered:
            return actions.write_report(entered, report_id=uuid4(), words=told)  # type: ignore[arg-type]
    with make.entering(by, Action.TODAY, lists=True) as entered:
        file = entered.open(Case.objects.with_people().get(pk=case.pk), Action.DUTY)
        return actions.write_report(entered, report_id=uuid4(), words=told, file=file)  # type: ignore[arg-type]


def learned(hours: float) -> str:
    return (timezone.now() - timedelta(hours=hours)).isoformat()


@pytest.fixture
def young(cast: Cast) -> Case:
    """Kit, who is fourteen, walks with Ama."""
    our_ways(cast.ben, report_hours=24)
    return make.a_case(by=cast.ama, name="Kit", age_band="14-15")


class TestMissing:
    def test_who_is_still_to_be_told_stands_with_the_hour(self, cast: Cast, young: Case) -> None:
        with time_machine.travel(NIGHT):
            away(young, cast.ama)
            for worker in (cast.ama, cast.ben, cast.somebody(Role.ON_CALL)):
                words = desk(worker)
                assert f"{TELL} tomorrow 2:00: Whoever decides with them" in words
                assert "The police" in words

    def test_whoever_knows_is_not_named_and_at_last_there_is_no_clock(self, cast: Cast, young: Case) -> None:
        missing = away(young, cast.ama)
        for who in ("guardian", "agency", "ncmec"):
            self.tell(young, cast.ama, missing, who)
        assert f"{TELL}" in desk(cast.ama)
        assert "Whoever decides with them" not in desk(cast.ama)
        self.tell(young, cast.ama, missing, "police")
        assert "Nobody knows where Kit is" in desk(cast.ama)
        assert TELL not in desk(cast.ama)

    def tell(self, case: Case, by: Worker, missing: Missing, who: str) -> None:
        with make.opening(case, by, Action.CRISIS) as file:
            actions.told(file, missing=missing, line_id=uuid4(), who=who)

    def test_when_the_hours_went_by_nobody_is_blamed(self, cast: Cast, young: Case) -> None:
        with time_machine.travel(NIGHT):
            away(young, cast.ama)
        with time_machine.travel("2031-03-06T09:00:00Z"):
            words = desk(cast.ama)
        assert "The 24 hours went by yesterday 2:00. Telling them now still helps:" in words
        assert not [word for word in ("late", "overdue", "failed", "missed") if word in words.lower()]

    @pytest.mark.usefixtures("young")
    def test_for_a_grown_person_no_clock_runs(self, cast: Cast) -> None:
        away(cast.dee, cast.ama)
        assert "Nobody knows where Dee is" in desk(cast.ama)
        assert TELL not in desk(cast.ama)

    def test_it_stands_on_their_own_page_too(self, cast: Cast, young: Case) -> None:
        away(young, cast.ama)
        assert TELL in words_of(Browser(cast.ama).get(f"/people/{young.pk}/"), "main")

    def test_another_team_and_who_stands_before_a_wall_hear_nothing(self, cast: Cast, young: Case) -> None:
        away(young, cast.ama)
        Wall.objects.create(case=young, person=cast.ben.person)
        for worker in (cast.cyd, cast.ben):
            assert TELL not in desk(worker)


class TestMyReports:
    def test_one_that_is_not_made_stands_with_its_clock(self, cast: Cast, young: Case) -> None:
        with time_machine.travel("2031-03-04T09:00:00Z"):
            report = a_report(cast.ama, young, learned_at=learned(3.5))
            page = Browser(cast.ama).get("/")
        words = words_of(page, "main")
        assert "Your report about Kit is still to be made." in words
        assert "To be made by tomorrow 5:30: about 20 hours are left." in words
        assert f'href="/safety/{young.pk}/reports/{report.pk}/"' in page.content.decode()

    def test_when_the_hours_went_by_it_still_helps(self, cast: Cast, young: Case) -> None:
        a_report(cast.ama, young, learned_at=learned(40))
        assert "A report made now still counts and still helps." in desk(cast.ama)

    def test_one_that_is_made_waits_for_an_answer_and_then_goes(self, cast: Cast, young: Case) -> None:
        report = a_report(cast.ama, young, learned_at=learned(4), made_at=learned(3))
        assert "Your report about Kit waits for its number or an answer." in desk(cast.ama)
        with make.opening(young, cast.ama, Action.DUTY) as file:
            actions.add_to_report(file, report=report, words={"reference": "R-1"}, line_id=uuid4())
        assert "report" not in desk(cast.ama).lower()

    def test_an_emergency_waits_for_how_it_ended_without_a_clock(self, cast: Cast, young: Case) -> None:
        a_report(cast.ama, young, "emergency", learned_at=learned(4))
        words = desk(cast.ama)
        assert "How the emergency with Kit ended is not written down yet." in words
        assert "To be made by" not in words

    def test_what_is_kept_alone_names_nobody(self, cast: Cast, young: Case) -> None:
        for role in (Role.VOLUNTEER, Role.ADMINISTRATOR):
            worker = cast.somebody(role)
            a_report(worker, said="Kit", learned_at=learned(4), about=str(young.pk))
            words = desk(worker)
            assert "A report, kept for you alone, is still to be made." in words
            assert "Kit" not in words

    @pytest.mark.parametrize("role", [Role.ON_CALL, Role.HOUSE_STAFF])
    def test_who_is_on_call_or_keeps_the_house_sees_their_own(
        self, cast: Cast, young: Case, role: Role
    ) -> None:
        night = cast.somebody(role)
        a_report(night, young, learned_at=learned(4))
        assert "Your report about Kit is still to be made." in desk(night)
        for other in (cast.ama, cast.ben, cast.somebody(role)):
            assert "Your report" not in desk(other)

    def test_the_clock_that_runs_out_first_stands_first_and_the_rest_is_one_step_away(
        self, cast: Cast, young: Case
    ) -> None:
        a_report(cast.ama, young, made_at=learned(1))
        a_report(cast.ama, young)
        a_report(cast.ama, cast.dee, learned_at=learned(2))
        a_report(cast.ama, young, learned_at=learned(20))
        page = Browser(cast.ama).get("/")
        words = words_of(page, "main")
        assert words.index("Your report about Kit") < words.index("Your report about Dee")
        assert words.count("Your report about") == 3
        assert "waits for its number" not in words
        assert "All your open reports" in words
        assert words_of(Browser(cast.ama).get("/safety/reports/"), "main").count("Your report about") == 4

    def test_a_file_that_is_shut_to_me_now_or_rests_is_not_named(self, cast: Cast, young: Case) -> None:
        a_report(cast.ama, young)
        a_report(cast.ama, cast.dee)
        Case.objects.filter(pk=young.pk).update(rests=True)
        Wall.objects.create(case=cast.dee, person=cast.ama.person)
        for place in ("/", "/safety/reports/"):
            assert "Your report about" not in words_of(Browser(cast.ama).get(place), "main")

    def test_a_file_without_a_key_of_its_own_for_reports_shuts_no_desk(self, cast: Cast, young: Case) -> None:
        """Written by a case manager who only keeps the house now."""
        house = cast.somebody(Role.HOUSE_STAFF)
        a_report(house, young)
        without_duty(young)
        assert Browser(house).get("/").status_code == 200
        assert "Your report" not in desk(house)
        with make.entering(cast.ben, Action.GRANT) as entered:
            complete_wraps(entered)
        assert "Your report about Kit" in desk(house)

    def test_who_left_the_team_reads_no_name(self, cast: Cast, young: Case) -> None:
        a_report(cast.ama, young)
        Membership.objects.filter(person=cast.ama.person).update(team=cast.garden)
        assert "Kit" not in desk(cast.ama)


def test_the_number_of_queries_does_not_grow_with_clocks(cast: Cast, young: Case) -> None:
    counts = list[int]()
    for number in range(2):
        for other in range(3):
            case = make.a_case(by=cast.ama, name=f"Kit {number}{other}", age_band="14-15")
            away(case, cast.ama)
            a_report(cast.ama, case, learned_at=learned(4))
            a_report(cast.ama)
        browser = Browser(cast.ama)
        browser.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/").status_code == 200
            assert browser.get("/safety/reports/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
