"""The pages of the rota: tonight's gaps, keys for the night, forms, and who is on call on every page (practice D4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.gate import Entered
from leeward.access.policy import Action, Role
from leeward.staff import actions
from leeward.staff.actions import Hours
from leeward.staff.models import Grant, Person, Shift
from leeward.staff.pages import rota as pages
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.staff.conftest import on_call

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def hours(begins: float, ends: float) -> Hours:
    """So many hours from now until so many hours from now."""
    now = timezone.now()
    return Hours(now + begins * HOUR, now + ends * HOUR)


@contextmanager
def at(worker: Worker, action: Action = Action.SEE_STAFF) -> Iterator[Entered]:
    with make.entering(worker, action) as entered:
        yield entered


def put(cast: Cast, worker: Worker, *wanted: Hours, form_id: UUID | None = None) -> list[Shift]:
    with at(cast.ben, Action.KEEP_ROTA) as entered:
        return actions.add_shifts(entered, person=worker.person, hours=wanted, form_id=form_id or uuid4())


def offered(cast: Cast, ida: Worker, moe: Worker, wanted: Hours) -> Shift:
    (shift,) = put(cast, ida, wanted)
    with at(ida) as entered:
        actions.offer_shift(entered, shift=shift.pk, to=moe.person)
    return Shift.objects.get(pk=shift.pk)


def answer(worker: Worker, shift: Shift, *, asked_by: Worker, yes: bool) -> None:
    with at(worker) as entered:
        actions.answer_shift(entered, shift=shift.pk, asked_by=asked_by.person.pk, yes=yes)


def owners() -> list[str]:
    return list(Shift.objects.order_by("since").values_list("person__name", flat=True))


class TestOnEveryPage:
    def test_it_stands_on_every_page(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(-1, 9))
        browser = Browser(cast.somebody(Role.VOLUNTEER))
        for path in ("/", "/staff/", "/you/", "/staff/rota/"):
            text = browser.get(path).content.decode()
            card = text[text.index('class="on-call"') :][:600]
            assert "<strong>Ida</strong>" in card, path
            assert 'href="/staff/rota/"' in text, path

    def test_an_answer_that_shows_no_page_does_not_ask(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        with CaptureQueriesContext(connection) as asked:
            browser.post("/still-here/")
        assert not [each for each in asked if "MAX(" in each["sql"]]


class TestTonight:
    EVENING = "2026-02-03T15:00:00Z"

    def gaps(self, *shifts: tuple[int, int]) -> list[tuple[int, int]]:
        """The hours of tonight in which nobody is on call, as clock times."""
        person, day = Person(), date(2026, 2, 3)
        rows = [
            Shift(person=person, since=self.clock(day, since), until=self.clock(day, until))
            for since, until in shifts
        ]
        found = pages.gaps(rows, pages.tonight(timezone.now(), {}))
        return [(timezone.localtime(gap.since).hour, timezone.localtime(gap.until).hour) for gap in found]

    def clock(self, day: date, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(day, time()) + hour * HOUR)

    @time_machine.travel(EVENING, tick=False)
    def test_a_night_without_anybody_is_one_gap(self) -> None:
        assert self.gaps() == [(18, 8)]

    @time_machine.travel(EVENING, tick=False)
    def test_a_night_that_is_covered_has_none(self) -> None:
        assert self.gaps((18, 24), (24, 33)) == []

    @time_machine.travel(EVENING, tick=False)
    def test_holes_are_found_at_both_ends_and_between(self) -> None:
        assert self.gaps((26, 30), (20, 23)) == [(18, 20), (23, 2), (6, 8)]

    @time_machine.travel(EVENING, tick=False)
    def test_hours_of_another_day_fill_nothing(self) -> None:
        assert self.gaps((8, 12), (42, 50)) == [(18, 8)]

    @time_machine.travel("2026-02-03T02:00:00Z", tick=False)
    def test_at_two_in_the_morning_it_is_this_night(self) -> None:
        here = timezone.localtime()
        night = pages.tonight(timezone.now(), {})
        assert night.since == timezone.now()
        assert (night.until - night.since) <= 8 * HOUR
        assert timezone.localtime(night.until).hour == 8
        assert here.date() == timezone.localtime(night.until).date()

    @time_machine.travel(EVENING, tick=False)
    def test_the_agency_says_when_it_is_night(self) -> None:
        night = pages.tonight(timezone.now(), {"day_begins": "09:30", "day_ends": "17:00"})
        assert (timezone.localtime(night.since).hour, timezone.localtime(night.until).minute) == (17, 30)


class TestThePage:
    def shown(self, worker: Worker) -> str:
        answer = Browser(worker).get("/staff/rota/")
        assert answer.status_code == 200
        return answer.content.decode()

    @pytest.mark.parametrize("role", Role)
    def test_everybody_sees_it(self, cast: Cast, ida: Worker, role: Role) -> None:
        put(cast, ida, hours(1, 9))
        text = self.shown(cast.somebody(role))
        assert "Ida" in text
        assert ("/staff/rota/new/" in text) == (role is Role.SUPERVISOR)

    def test_who_waits_for_keys_sees_it(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(1, 9))
        assert "Ida" in self.shown(make.a_person(Role.CASE_MANAGER, cast.harbor))

    def test_my_offers_stand_on_top_with_both_answers(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        offered(cast, ida, moe, hours(1, 9))
        assert "Ida asks you to take over" in self.shown(moe)
        assert "asks you to take over" not in self.shown(ida)
        assert "Moe is asked" in self.shown(ida)

    def test_who_lacks_a_key_for_the_night_is_named_to_the_supervisor(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(1, 9))
        assert "has the on-call role and not yet the keys" not in self.shown(cast.ben)
        Grant.objects.filter(person_key__person=ida.person, scope="duty").delete()
        assert "Ida has the on-call role and not yet the keys of Harbor" in self.shown(cast.ben)
        assert "not yet the keys" not in self.shown(ida)

    def test_a_team_that_nobody_opens_tonight_is_named(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(0.001, 23))
        text = self.shown(cast.ben)
        assert "Nobody who is on call tonight opens the files of Team 2." in text

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(1, 9))
        with make.entering(cast.ben, Action.SEE_STAFF) as entered, CaptureQueriesContext(connection) as few:
            pages.rota(entered.visit)
        for number in range(8):
            put(cast, on_call(cast, f"Nightly {number}"), hours(1 + number * 9, 9 + number * 9))
        with make.entering(cast.ben, Action.SEE_STAFF) as entered, CaptureQueriesContext(connection) as many:
            pages.rota(entered.visit)
        assert len(few) == len(many)


class TestTheForms:
    def ask(self, worker: Worker, **other: str) -> dict[str, str]:
        tomorrow = timezone.localdate() + timedelta(days=1)
        told = {"form_id": str(uuid4()), "person": str(worker.person.pk), "day": tomorrow.isoformat()}
        return {**told, "begins": "18:00", "ends": "08:00", **other}

    def test_every_friday_for_six_weeks(self, cast: Cast, ida: Worker) -> None:
        answer = Browser(cast.ben).post("/staff/rota/new/", self.ask(ida, weeks="6"))
        assert (answer.status_code, answer["Location"]) == (302, "/staff/rota/")
        shifts = Shift.objects.order_by("since")
        local = [(timezone.localtime(s.since), timezone.localtime(s.until)) for s in shifts]
        assert len(local) == 6
        assert {(since.hour, until.hour, (until.date() - since.date()).days) for since, until in local} == {
            (18, 8, 1)
        }
        assert {since.weekday() for since, _ in local} == {local[0][0].weekday()}

    def test_twice_the_same_form_is_one_rota(self, cast: Cast, ida: Worker) -> None:
        browser, told = Browser(cast.ben), self.ask(ida)
        for _ in range(2):
            assert browser.post("/staff/rota/new/", told).status_code == 302
        assert Shift.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "odd"),
        [
            ("day", "tomorrow"),
            ("begins", "25:00"),
            ("weeks", "0"),
            ("weeks", "999"),
            ("person", "x"),
            ("form_id", "x"),
        ],
    )
    def test_what_cannot_be_read_is_asked_again(self, cast: Cast, ida: Worker, field: str, odd: str) -> None:
        answer = Browser(cast.ben).post("/staff/rota/new/", self.ask(ida, **{field: odd}))
        assert answer.status_code == 422
        assert not Shift.objects.exists()

    def test_what_cannot_be_done_is_said_and_what_was_typed_stays(self, cast: Cast, ida: Worker) -> None:
        browser, told = Browser(cast.ben), self.ask(ida)
        browser.post("/staff/rota/new/", told)
        answer = browser.post("/staff/rota/new/", {**told, "form_id": str(uuid4()), "begins": "19:00"})
        assert answer.status_code == 422
        assert "Ida is on call then already" in answer.content.decode()
        assert 'value="19:00"' in answer.content.decode()

    def test_a_swap_from_page_to_page(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        (shift,) = put(cast, ida, hours(1, 9))
        mine, theirs = Browser(ida), Browser(moe)
        asked = mine.post(f"/staff/rota/{shift.pk}/offer/", {"to": str(moe.person.pk)})
        assert asked["Location"] == "/staff/rota/"
        yes = theirs.post(
            f"/staff/rota/{shift.pk}/answer/", {"yes": "1", "asked_by": str(ida.person.pk)}, follow=True
        )
        assert "These hours are yours now" in yes.content.decode()
        assert owners() == ["Moe"]
        stale = theirs.post(
            f"/staff/rota/{shift.pk}/answer/", {"yes": "1", "asked_by": str(ida.person.pk)}, follow=True
        )
        assert "This offer is no longer open" in stale.content.decode()

    def test_somebody_elses_hours_cannot_be_offered_by_address(
        self, cast: Cast, ida: Worker, moe: Worker
    ) -> None:
        (shift,) = put(cast, ida, hours(1, 9))
        for worker in (moe, cast.ama, cast.ben):
            browser = Browser(worker)
            for answer in (
                browser.get(f"/staff/rota/{shift.pk}/offer/"),
                browser.post(f"/staff/rota/{shift.pk}/offer/", {"to": str(moe.person.pk)}),
                browser.post(f"/staff/rota/{shift.pk}/answer/", {"yes": "1", "asked_by": "x"}),
                browser.post(f"/staff/rota/{shift.pk}/keep/"),
            ):
                assert answer["Location"] == "/staff/rota/"
        assert owners() == ["Ida"]
        assert Shift.objects.get().offered_to is None
