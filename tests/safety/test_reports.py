"""Reports that the law asks for, and emergencies: never gated, act first, then write it down (M2, M3)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.gate import Tripped
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions.upkeep import complete_wraps
from leeward.cases.models import Case, Wall
from leeward.safety.models import Report
from leeward.vault.scopes import Locked
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import hidden, our_ways, path, without_duty, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NEVER = ("/safety/reports/", "/safety/reports/new/", "/safety/reports/emergency/")


def a_report(by: Worker, case: Case | None = None, *, kind: str = "new", **told: object) -> str:
    """A report, sent twice as a thumb does; where it can be read."""
    place = path(case, "reports", kind) if case else path("reports", kind)
    form = {"report_id": uuid4(), **told}
    browser = Browser(by)
    answers = [browser.post(place, form) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}, words_of(answers[0])
    return str(answers[0]["Location"])


class TestNeverGated:
    @pytest.mark.parametrize("role", Role)
    def test_every_role_reaches_the_way_and_the_forms(self, cast: Cast, role: Role) -> None:
        browser = Browser(cast.somebody(role))
        assert [browser.get(place).status_code for place in NEVER] == [200, 200, 200]

    @pytest.mark.parametrize("role", Role)
    def test_every_role_can_write_one_down(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        place = a_report(worker, said="What I saw")
        assert "What I saw" in words_of(Browser(worker).get(place))

    def test_who_waits_for_keys_can_too(self, cast: Cast) -> None:
        worker = make.a_person(Role.VOLUNTEER, cast.harbor)
        our_ways(cast.ben, child_line="1-555-0100")
        assert "1-555-0100" not in words_of(Browser(worker).get("/safety/reports/"))
        assert "What I saw" in words_of(Browser(worker).get(a_report(worker, said="What I saw")))

    @pytest.mark.parametrize("role", Role)
    def test_about_a_file_that_is_shut_one_writes_all_the_same(self, cast: Cast, role: Role) -> None:
        """From another team nothing opens: the page neither names anybody nor turns anybody away."""
        worker = cast.somebody(role, elsewhere=True)
        browser = Browser(worker)
        for case in (cast.dee.pk, uuid4()):
            answer = browser.get(f"/safety/{case}/reports/new/")
            assert answer.status_code == 200
            assert "Dee" not in words_of(answer)
            assert "Write it here all the same" in words_of(answer)
        a_report(worker, cast.dee, said="What I saw")
        assert Report.objects.get().case is None

    def test_a_wall_stops_nobody_from_reporting_and_tells_nothing(self, cast: Cast) -> None:
        Wall.objects.create(case=cast.dee, person=cast.ama.person)
        assert "Dee" not in words_of(Browser(cast.ama).get(path(cast.dee, "reports/new")))
        a_report(cast.ama, cast.dee, said="What I saw")

    def test_the_way_is_one_tap_from_crisis(self, night: Worker) -> None:
        assert 'href="/safety/reports/"' in Browser(night).get("/safety/").content.decode()

    def test_nothing_in_it_has_to_be_answered(self, cast: Cast, night: Worker) -> None:
        for kind in ("new", "emergency"):
            a_report(night, cast.dee, kind=kind)
        assert Report.objects.filter(case=cast.dee).count() == 2


class TestTheWay:
    def test_it_shows_the_agencys_own_numbers_and_when_they_were_checked(
        self, cast: Cast, night: Worker
    ) -> None:
        our_ways(cast.ben, child_line="1-555-555-0100", child_line_name="County line", report_hours=36,
                 checked_on="2026-11-02")  # fmt: skip
        answer = Browser(night).get("/safety/reports/")
        words = words_of(answer)
        assert 'href="tel:15555550100"' in answer.content.decode()
        told = (
            "County line",
            "Last checked by your agency",
            "Check before relying on this.",
            "within 36 hours",
        )
        assert [one for one in told if one not in words] == []

    def test_numbers_that_nobody_checked_say_so(self, cast: Cast) -> None:
        our_ways(cast.ben, child_line="1-555-0100")
        words = words_of(Browser(cast.ama).get("/safety/reports/"))
        assert "Nobody has written down when these were last checked." in words

    def test_without_any_the_country_wide_lines_stand_open_with_their_day(self, cast: Cast) -> None:
        answer = Browser(cast.ama).get("/safety/reports/")
        words = words_of(answer)
        assert "has not written its own report lines down yet" in words
        assert words.count("Check before relying on this.") == 1
        assert '<details class="veil" open>' in answer.content.decode()

    def test_it_says_who_is_on_call(self, cast: Cast, night: Worker) -> None:
        words = words_of(Browser(cast.ama).get("/safety/reports/"), "main")
        assert f"On call now A {night.person.name}" in words

    def test_about_somebody_it_names_them_to_whoever_may_open_the_file(self, cast: Cast) -> None:
        assert "tell Dee first" in words_of(Browser(cast.ama).get(path(cast.dee, "reports/guide")))
        assert "Dee" not in words_of(Browser(cast.cyd).get(path(cast.dee, "reports/guide")))


class TestTheClock:
    def test_it_runs_from_when_one_learned_of_it(self, cast: Cast, night: Worker) -> None:
        our_ways(cast.ben, report_hours=24)
        learned = timezone.localtime() - timedelta(hours=3, minutes=30)
        place = a_report(night, cast.dee, learned_at=learned.strftime("%Y-%m-%dT%H:%M"))
        assert "about 20 hours are left" in words_of(Browser(night).get(place))

    def test_it_stops_when_the_report_was_made(self, cast: Cast, night: Worker) -> None:
        our_ways(cast.ben, report_hours=24)
        place, browser = a_report(night, cast.dee), Browser(night)
        browser.post(place, {"line_id": uuid4(), "made_at": "2026-11-03T02:20"})
        words = words_of(browser.get(place))
        assert "are left" not in words
        assert "02:20" in words or "2:20" in words

    def test_when_it_ran_out_nobody_is_blamed(self, cast: Cast, night: Worker) -> None:
        our_ways(cast.ben, report_hours=24)
        place = a_report(night, cast.dee, learned_at="2026-01-03T02:20")
        assert "A report made now still counts and still helps." in words_of(Browser(night).get(place))

    def test_without_hours_of_the_agencys_there_is_none(self, cast: Cast, night: Worker) -> None:
        assert "are left" not in words_of(Browser(night).get(a_report(night, cast.dee)))


class TestWhatCameLater:
    def test_it_is_open_until_the_reference_is_in(self, cast: Cast, night: Worker) -> None:
        place, browser = a_report(night, cast.dee, said="What I saw"), Browser(night)
        assert Report.objects.get().is_open
        browser.post(place, {"line_id": uuid4(), "reference": "R-4711"})
        assert not Report.objects.get().is_open
        assert "Reference R-4711" in words_of(browser.get(place))

    def test_what_was_said_stays_as_it_was_written(self, cast: Cast, night: Worker) -> None:
        place = a_report(night, cast.dee, said="What I saw")
        page = Browser(cast.ama).get(place)
        assert 'name="said"' not in page.content.decode()
        form = {**hidden(page, "later-form"), "said": "What I heard", "text": "They called back"}
        for _ in range(2):
            Browser(cast.ama).post(place, form)
        words = words_of(Browser(night).get(place))
        assert all(words.count(told) == 1 for told in ("What I saw", "What I heard", "They called back"))

    def test_two_who_fill_the_same_place_are_both_kept(self, cast: Cast, night: Worker) -> None:
        place = a_report(night, cast.dee)
        for worker, reference in ((night, "R-1"), (cast.ama, "R-2")):
            Browser(worker).post(place, {"line_id": uuid4(), "reference": reference})
        words = words_of(Browser(cast.ama).get(place))
        assert "Reference R-1" in words
        assert "Reference R-2" in words

    def test_a_slip_is_asked_about_and_nothing_is_lost(self, cast: Cast, night: Worker) -> None:
        place = a_report(night, cast.dee)
        answer = Browser(night).post(
            place, {"line_id": uuid4(), "made_at": "yesterday", "reference": "R-4711"}
        )
        assert answer.status_code == 422
        assert "R-4711" in answer.content.decode()


class TestWhoReadsIt:
    def test_casework_sees_all_of_a_file(self, cast: Cast, night: Worker, house: Worker) -> None:
        places = [a_report(worker, cast.dee, said="What I saw") for worker in (night, house)]
        for worker in (cast.ama, cast.ben):
            assert [Browser(worker).get(place).status_code for place in places] == [200, 200]
            assert (
                words_of(Browser(worker).get(path(cast.dee, "reports"))).count("Report that the law asks for")
                == 2
            )

    @pytest.mark.parametrize("role", [Role.HOUSE_STAFF, Role.ON_CALL])
    def test_others_see_only_their_own(self, cast: Cast, role: Role) -> None:
        one, other = cast.somebody(role), cast.somebody(role)
        place = a_report(one, cast.dee, said="What I saw")
        assert Browser(one).get(place).status_code == 200
        assert Browser(other).get(place).status_code == 404
        assert Browser(other).post(place, {"line_id": uuid4(), "text": "x"}).status_code == 404
        assert "None that you may see." in words_of(Browser(other).get(path(cast.dee, "reports")))

    def test_a_peer_who_walks_along_sees_only_their_own(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        Case.objects.update(backup=peer.person)
        place, own = a_report(cast.ama, cast.dee), a_report(peer, cast.dee)
        assert (Browser(peer).get(place).status_code, Browser(peer).get(own).status_code) == (404, 200)

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.FRONT_DESK, Role.REPORT_ONLY, Role.ADMINISTRATOR])
    def test_the_reports_of_a_file_stay_shut_to_others(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).get(path(cast.dee, "reports")).status_code == 404

    def test_it_lies_in_a_part_of_its_own(self, cast: Cast, night: Worker) -> None:
        a_report(night, cast.dee, said="What I saw")
        with pytest.raises(Tripped), make.opening(cast.dee, night, Action.CRISIS), pytest.raises(Locked):
            _ = Report.objects.get().words

    def test_one_of_another_file_is_not_there(self, cast: Cast) -> None:
        a_report(cast.ama, cast.dee)
        other = make.a_case(by=cast.ama, name="Fay")
        assert Browser(cast.ama).get(path(other, "reports", Report.objects.get())).status_code == 404

    def test_what_is_alone_is_its_writers_alone(self, cast: Cast, night: Worker) -> None:
        place = a_report(night, said="What I saw")
        assert "Yours, without a file" in words_of(Browser(night).get("/safety/reports/"))
        assert Browser(cast.ben).get(place).status_code == 404


class TestWithoutTheKey:
    """An on-call worker, and a file from before reports had a key of their own."""

    def test_on_call_writes_it_alone_and_puts_it_into_the_file_when_that_opens(
        self, cast: Cast, night: Worker
    ) -> None:
        without_duty(cast.dee)
        answer = Browser(night).get(path(cast.dee, "reports/new"))
        assert "Write it here all the same" in words_of(answer)
        assert Line.objects.order_by("-seq")[0].outcome == "refused"
        place = a_report(night, cast.dee, said="What I saw")
        browser = Browser(night)
        assert "What I saw" in words_of(browser.get(place))
        put = f"{place}file/"
        assert "Yours stays here until it does." in words_of(browser.post(put, follow=True))
        assert Report.objects.get().case is None
        with make.entering(cast.ben, Action.GRANT) as entered:
            assert complete_wraps(entered) == 1
        assert "It is in their file now." in words_of(browser.post(put, follow=True))
        report = Report.objects.get()
        assert report.case_id == cast.dee.pk
        assert "What I saw" in words_of(Browser(cast.ama).get(path(cast.dee, "reports", report)))
        assert browser.post(put).status_code == 404

    def test_casework_is_not_stopped_either(self, cast: Cast) -> None:
        without_duty(cast.dee)
        place = a_report(cast.ama, cast.dee, said="What I saw")
        assert "What I saw" in words_of(Browser(cast.ama).get(place))


class TestEmergencies:
    def test_what_was_shared_with_whom_and_why(self, cast: Cast, night: Worker) -> None:
        told = {"agency": "Ambulance 12", "said": "Her allergy", "why": "She could not breathe"}
        place = a_report(night, cast.dee, kind="emergency", **told)
        words = words_of(Browser(cast.ama).get(place))
        assert [one for one in told.values() if one not in words] == []
        assert "Emergency" in words

    def test_no_clock_runs_for_it(self, cast: Cast, night: Worker) -> None:
        our_ways(cast.ben, report_hours=24)
        assert "are left" not in words_of(Browser(night).get(a_report(night, cast.dee, kind="emergency")))

    def test_it_is_open_until_how_it_ended_is_in(self, cast: Cast, night: Worker) -> None:
        place = a_report(night, cast.dee, kind="emergency")
        Browser(night).post(place, {"line_id": uuid4(), "answer": "Home again by noon"})
        assert not Report.objects.get().is_open


def test_the_number_of_queries_does_not_grow_with_reports(cast: Cast) -> None:
    counts = list[int]()
    for _ in range(2):
        for _number in range(4):
            a_report(cast.ama, cast.dee)
            a_report(cast.ama)
        browser = Browser(cast.ama)
        browser.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path(cast.dee, "reports")).status_code == 200
            assert browser.get("/safety/reports/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_number_that_is_taken_is_no_fault(cast: Cast, night: Worker) -> None:
    number = UUID(int=4711)
    for worker in (cast.ama, night):
        answer = Browser(worker).post("/safety/reports/new/", {"report_id": number})
        assert answer.status_code == 302
    assert Report.objects.count() == 2
