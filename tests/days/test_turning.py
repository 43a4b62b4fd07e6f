"""What changes at 18 is told months before, on the desk; and the day in the clear tells no thief a birth date (M1)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from leeward.access.policy import Action, Role
from leeward.cases import actions as cases
from leeward.cases.actions import people
from leeward.cases.actions.meeting import Told
from leeward.cases.models import Case, Identity, Participant
from leeward.cases.words.minors import of_age_on
from leeward.cases.words.people import UNSAID
from leeward.continuity.actions import handing
from leeward.days import actions
from leeward.days.actions.turning import EARLIEST, SPREAD
from leeward.days.models import Due
from leeward.desk.pages import people as caseload
from leeward.desk.pages.asked import Asked
from leeward.staff import door
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, look, soon, text
from tests.make import Worker

pytestmark = pytest.mark.django_db

TALK = "Talk about what changes at 18"
#: Fourteen or so on the days of these tests.
BORN = "2030-05-17"


@pytest.fixture(autouse=True)
def _in_2044(cast: Cast) -> object:
    """After the cast has gathered, so that nobody's hours on call are over."""
    with time_machine.travel("2044-06-01T10:00:00Z"):
        yield


def born(case: Case, by: Worker, told: str) -> None:
    with make.opening(case, by, Action.IDENTITY) as file:
        held = Identity.objects.filter(case=case).first()
        people.change_identity(file, facts={"born_on": told}, version=held.version if held else 0)


def band(case: Case, by: Worker, told: str) -> None:
    with make.opening(case, by, Action.CHANGE_CARD) as file:
        version = Participant.objects.get(case=case).version
        cases.change_card(file, card={"name": "Dee", "age_band": told}, version=version)


def kept(case: Case) -> list[Due]:
    return list(Due.objects.filter(case=case).order_by("pk"))


def day_of(case: Case) -> date:
    (due,) = kept(case)
    return due.day


def may_lie(birthday: str) -> tuple[date, date]:
    first = of_age_on(date.fromisoformat(birthday)) - EARLIEST
    return first, first + timedelta(days=SPREAD)


class TestFromABirthDate:
    def test_months_before_it_stands_on_the_desk_of_whoever_walks_with_them(self, cast: Cast) -> None:
        born(cast.dee, cast.ben, BORN)
        first, last = may_lie(BORN)
        assert first <= day_of(cast.dee) < last < of_age_on(date.fromisoformat(BORN)) - timedelta(days=100)
        (due,) = kept(cast.dee)
        assert due.owner == cast.ama.person
        assert look(cast.dee, cast.ama, due).title == TALK

    def test_it_moves_by_as_much_as_the_date_was_put_right(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        before = day_of(cast.dee)
        for told, moved in (("2030-05-20", 3), ("2031-05-17", 365), (BORN, 0)):
            born(cast.dee, cast.ama, told)
            assert day_of(cast.dee) - before == timedelta(days=moved)

    @pytest.mark.parametrize("told", ["", UNSAID, "2020-01-31"])
    def test_it_goes_when_the_date_is_taken_out_or_they_are_of_age(self, cast: Cast, told: str) -> None:
        born(cast.dee, cast.ama, BORN)
        born(cast.dee, cast.ama, told)
        assert kept(cast.dee) == []

    def test_another_change_of_the_page_leaves_a_day_that_somebody_moved(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        (due,) = kept(cast.dee)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.move(file, due, when=actions.When(soon(9), ""), told="", version=due.version)
        with make.opening(cast.dee, cast.ama, Action.IDENTITY) as file:
            people.change_identity(file, facts={"legal_name": "Deborah"}, version=1)
        assert day_of(cast.dee) == soon(9)

    def test_once_it_was_talked_about_it_stays_done(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.done(file, kept(cast.dee)[0])
        for told in ("2030-05-20", "", BORN):
            born(cast.dee, cast.ama, told)
        band(cast.dee, cast.ama, "16-17")
        assert [due.is_open for due in kept(cast.dee)] == [False]

    def test_where_the_birthday_is_near_it_is_due_in_days_and_not_in_the_past(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, "2026-06-20")
        assert soon(3) <= day_of(cast.dee) <= soon(40)

    def test_whoever_meets_somebody_with_a_birth_date_sets_it_too(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.START_CASE) as entered:
            told = Told({"name": "Kit", "age_band": "14-15"}, born_on=date.fromisoformat(BORN))
            team = door.my_teams(entered.visit)[0]
            case = cases.meet(entered, team=team, told=told, case_id=uuid4()).case
            first, last = may_lie(BORN)
            assert first <= day_of(case) < last

    def test_a_file_that_rests_has_none(self, cast: Cast) -> None:
        Case.objects.update(rests=True)
        born(cast.dee, cast.ama, BORN)
        assert kept(cast.dee) == []


class TestFromTheCard:
    def test_at_16_or_17_it_is_due_soon(self, cast: Cast) -> None:
        band(cast.dee, cast.ama, "16-17")
        assert soon(3) <= day_of(cast.dee) <= soon(40)
        band(cast.dee, cast.ama, "16-17")
        assert len(kept(cast.dee)) == 1

    @pytest.mark.parametrize("told", ["", "14-15", "18-24"])
    def test_in_no_other_band_and_it_goes_with_the_band(self, cast: Cast, told: str) -> None:
        band(cast.dee, cast.ama, told)
        assert kept(cast.dee) == []
        for next_band in ("16-17", told):
            band(cast.dee, cast.ama, next_band)
        assert kept(cast.dee) == []

    def test_a_birth_date_speaks_before_the_band(self, cast: Cast) -> None:
        band(cast.dee, cast.ama, "16-17")
        born(cast.dee, cast.ama, BORN)
        first, last = may_lie(BORN)
        assert first <= day_of(cast.dee) < last
        band(cast.dee, cast.ama, "14-15")
        assert first <= day_of(cast.dee) < last

    def test_without_the_date_the_band_speaks_again(self, cast: Cast) -> None:
        band(cast.dee, cast.ama, "16-17")
        born(cast.dee, cast.ama, BORN)
        born(cast.dee, cast.ama, "")
        assert soon(3) <= day_of(cast.dee) <= soon(40)

    def test_whoever_starts_a_file_sets_it_with_the_card(self, cast: Cast) -> None:
        outreach = cast.somebody(Role.OUTREACH_WORKER)
        case = make.a_case(by=outreach, name="Kit", age_band="16-17")
        assert [due.owner for due in kept(case)] == [outreach.person]


class TestWhatAThiefMakesOfIt:
    """The day and the number of a follow-up stand in the clear."""

    def test_one_birth_date_lies_on_many_days_and_many_on_one(self, cast: Cast) -> None:
        files = [make.a_case(by=cast.ama, name=f"Kit {number}") for number in range(12)]
        for case in files:
            born(case, cast.ama, BORN)
        days = {day_of(case) for case in files}
        assert len(days) > len(files) // 2
        first, last = may_lie(BORN)
        assert max(days) - min(days) > timedelta(days=20)
        assert all(first <= day < last for day in days)

    def test_saving_again_and_again_draws_no_other_day(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        days = set()
        for _ in range(5):
            for told in ("2030-06-17", BORN):
                born(cast.dee, cast.ama, told)
            days.add(day_of(cast.dee))
        assert len(days) == 1

    def test_its_seals_are_as_long_as_those_of_any_other_day_to_look_in_again(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.follow_up(file, owner=cast.ama.person.pk, day=soon(), code="look_in_24")
        rows = Due.objects.filter(case=cast.dee).values_list("kind", "words", "court")
        assert len(set(rows)) == 1
        assert len({len(bytes(slot)) for slot in _raw_slots()}) == 1


def _raw_slots() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select slot from days_due")
        return [row[0] for row in cursor.fetchall()]


class TestOnTheDesk:
    def test_it_comes_to_today_when_its_week_has_come(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        assert TALK not in text(Browser(cast.ama).get("/"))
        with time_machine.travel(day_of(cast.dee)):
            assert TALK in text(Browser(cast.ama).get("/"))

    def test_my_people_show_it_a_season_before_and_a_chip_opens_them(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Abi")
        born(cast.dee, cast.ama, BORN)
        assert (self.names(cast.ama, "turning"), self.names(cast.ama, "unplanned")) == ([], ["Abi", "Dee"])
        with time_machine.travel(day_of(cast.dee) - timedelta(days=80)):
            assert (self.names(cast.ama, "turning"), self.names(cast.ama, "unplanned")) == (["Dee"], ["Abi"])

    def names(self, worker: Worker, show: str) -> list[str]:
        with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
            shown = caseload.people(entered, Asked(who="mine", show=show))
            found = [line.name for line in shown["lines"]]
        assert shown["counts"][show] == len(found)
        return found

    def test_it_goes_along_to_the_next_worker(self, cast: Cast) -> None:
        born(cast.dee, cast.ama, BORN)
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            handing.take_over(file, person=cast.ben.person)
        assert [due.owner for due in kept(cast.dee)] == [cast.ben.person]


def test_the_twenty_ninth_of_february() -> None:
    assert of_age_on(date(2028, 2, 29)) == date(2046, 3, 1)
    assert of_age_on(date(2026, 1, 31)) == date(2044, 1, 31)
