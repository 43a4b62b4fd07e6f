"""An appointment: what and when is enough; who interprets, who rides along and where it is are asked with care."""

# ruff: noqa: ANN401 - answers are whatever Django makes

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from leeward.access.policy import Action, Role
from leeward.cases.actions import minors, people
from leeward.cases.models import CareTeamMember
from leeward.cases.words.people import BondKind
from leeward.days.models import Due
from leeward.days.words import STOPPED, Interpreter
from leeward.staff.models import OurWays, Team
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import booked, in_court, look, soon, text, words

pytestmark = pytest.mark.django_db


def book(cast: Cast, by: make.Worker | None = None, **said: Any) -> Any:
    """Fill the form and send it; what and when are said unless a test leaves them out."""
    asked = {"due_id": str(uuid4()), "text": "Dentist", "day": soon().isoformat(), "along": "me", **said}
    return Browser(by or cast.ama).post(f"/days/{cast.dee.pk}/appointment/", asked)


def saved() -> Due:
    return Due.objects.get()


class TestBooking:
    def test_what_and_when_is_enough(self, cast: Cast) -> None:
        answer = book(cast)
        assert answer.status_code == 302
        assert answer["Location"] == f"/days/{cast.dee.pk}/{saved().pk}/"
        assert (look(cast.dee, cast.ama, saved()).title, saved().day) == ("Dentist", soon())

    def test_the_same_click_twice_is_one_appointment(self, cast: Cast) -> None:
        once = str(uuid4())
        for _ in range(2):
            book(cast, due_id=once)
        assert Due.objects.count() == 1

    def test_without_a_day_one_sentence_asks_and_what_was_typed_stays(self, cast: Cast) -> None:
        answer = book(cast, day="", bring="the blue folder")
        assert answer.status_code == 422
        assert "the blue folder" in text(answer)
        assert not Due.objects.exists()

    def test_everything_that_was_said_is_on_its_page(self, cast: Cast) -> None:
        book(cast, at="14:30", minutes="45", place="Elm Street 4", transport="bus", childcare="arranged",
             childcare_more="Ana, from 12:45", interpreter="nameless", language="Mam", bring="papers",
             remind="text: the library book is in")  # fmt: skip
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{saved().pk}/"))
        for said in ("14:30", "45 minutes", "Elm Street 4", "Bus or train", "Ana, from 12:45", "no names said",
                     "Mam", "papers", "the library book is in"):  # fmt: skip
            assert said in page

    def test_how_to_reach_them_safely_stands_beside_it(self, cast: Cast) -> None:
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/appointment/"))
        assert "Reaching <bdi>Dee</bdi> safely" in page

    def test_what_is_not_arranged_is_an_open_question_and_never_in_the_way(self, cast: Cast) -> None:
        book(cast, along="open", transport="open", childcare="open", interpreter="open")
        assert look(cast.dee, cast.ama, saved()).open_points == [
            "Who goes along?",
            "How do they get there?",
            "Who looks after the children?",
            "Who interprets?",
        ]

    def test_it_can_be_changed_and_what_is_emptied_is_gone(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, place="Elm Street 4", bring="papers")
        asked = {"due_id": str(due.pk), "version": "1", "text": "Legal Aid", "day": soon(5).isoformat(),
                 "at": "10:00", "place": "Oak Street 9", "bring": ""}  # fmt: skip
        answer = Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/change/", asked)
        assert answer.status_code == 302
        changed = look(cast.dee, cast.ama, due)
        assert (changed.day, changed.at, changed.place) == (soon(5), "10:00", "Oak Street 9")
        assert changed.words["bring"] == ""

    def test_two_versions_stand_side_by_side(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, place="Elm Street 4")
        Due.objects.filter(pk=due.pk).update(version=2)
        asked = {"due_id": str(due.pk), "version": "1", "text": "Legal Aid", "day": soon(5).isoformat(),
                 "place": "Oak Street 9"}  # fmt: skip
        answer = Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/change/", asked)
        assert answer.status_code == 409
        page = text(answer)
        assert "Elm Street 4" in page
        assert "Oak Street 9" in page
        assert 'name="version" value="2"' in page

    def test_a_colleague_can_see_to_it_and_stays_when_it_is_changed(self, cast: Cast) -> None:
        book(cast, owner=str(cast.ben.person.pk), along="colleague", accompanied_by="Ben")
        assert saved().owner == cast.ben.person
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{saved().pk}/change/"))
        assert f'<option value="{cast.ben.person.pk}" selected>' in page


class TestAnInterpreter:
    @pytest.mark.parametrize("who", sorted(STOPPED))
    def test_somebody_close_to_them_is_stopped_with_a_sentence(self, cast: Cast, who: str) -> None:
        answer = book(cast, interpreter=who)
        assert answer.status_code == 422
        assert "can change what is safe to say" in text(answer)
        assert 'name="interpreter_reason"' in text(answer)
        assert not Due.objects.exists()

    def test_with_a_reason_it_goes_on_and_the_reason_is_kept(self, cast: Cast) -> None:
        assert (
            book(cast, interpreter="family", interpreter_reason="Nobody else speaks Mam").status_code == 302
        )
        assert words(cast.dee, cast.ama, saved())["interpreter_reason"] == "Nobody else speaks Mam"
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{saved().pk}/"))
        assert "Nobody else speaks Mam" in page

    @pytest.mark.parametrize("who", sorted(set(Interpreter.values) - STOPPED))
    def test_all_others_are_simply_booked(self, cast: Cast, who: str) -> None:
        assert book(cast, interpreter=who).status_code == 302

    def test_no_reason_is_asked_for_where_none_is_needed(self, cast: Cast) -> None:
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/appointment/"))
        assert 'name="interpreter_reason"' not in page


class TestWhoMustNeverBeAsked:
    @pytest.mark.parametrize("field", ["accompanied_by", "interpreter_who", "with_whom"])
    def test_they_are_no_escort_and_no_interpreter(self, cast: Cast, field: str) -> None:
        with make.opening(cast.dee, cast.ama, Action.CHANGE_REACH) as file:
            said = {"who": "Uncle Raymond", "never_tell": True, "never_ask": True}
            minors.keep_say(file, row_id=uuid4(), facts=said, version=0)
        named: dict[str, Any] = {field: "her uncle raymond"}
        answer = book(cast, **named)
        assert answer.status_code == 422
        assert "must never be told or asked" in text(answer)
        assert book(cast, **(named | {field: "Raquel"})).status_code == 302


class TestWhomToKeepApart:
    @pytest.fixture
    def apart(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            facts = {
                "kind": BondKind.APART,
                "name": "Marco",
                "more": "works at the Blue Door cafe on Elm Street",
            }
            people.keep_bond(file, row_id=uuid4(), facts=facts, version=0)

    @pytest.mark.usefixtures("apart")
    @pytest.mark.parametrize("page", ["appointment", "court", "promise"])
    def test_they_stand_beside_every_booking(self, cast: Cast, page: str) -> None:
        assert "Marco" in text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{page}/"))

    @pytest.mark.usefixtures("apart")
    def test_a_place_that_is_theirs_is_noticed(self, cast: Cast) -> None:
        near = booked(cast.dee, cast.ama, place="Blue Door Cafe")
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{near.pk}/"))
        assert "This place is named with somebody to keep apart" in page

    @pytest.mark.usefixtures("apart")
    def test_another_place_is_not(self, cast: Cast) -> None:
        far = booked(cast.dee, cast.ama, place="Library")
        assert "This place is named" not in text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{far.pk}/"))

    def test_orders_of_a_court_show_where_something_is_booked(self, cast: Cast) -> None:
        in_court(cast.dee, cast.ama, orders="No contact with M. until spring")
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/appointment/"))
        assert "No contact with M. until spring" in page


class TestSomebodyWhoIsNotOfAge:
    @pytest.fixture
    def kim(self, cast: Cast) -> Any:
        return make.a_case(by=cast.ama, name="Kim", age_band="14-15")

    def test_a_ride_by_us_asks_who_allows_it_and_who_rides_along(self, cast: Cast, kim: Any) -> None:
        due = booked(kim, cast.ama, transport="ride")
        assert look(kim, cast.ama, due).open_points == [
            "Who allows the ride?",
            "Which second adult, or which rule?",
        ]

    def test_answered_they_are_no_longer_open(self, cast: Cast, kim: Any) -> None:
        due = booked(kim, cast.ama, transport="ride", permission="her guardian, Tuesday", second_adult="Ben")
        assert look(kim, cast.ama, due).open_points == []

    def test_a_grown_up_is_not_asked(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, transport="ride")
        assert look(cast.dee, cast.ama, due).open_points == []
        assert 'name="permission"' not in text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/appointment/"))

    def test_our_rule_stands_beside_the_questions(self, cast: Cast, kim: Any) -> None:
        with make.entering(cast.ben, Action.KEEP_WAYS):
            rule = {"minors_transport": "Two adults, always"}
            OurWays.objects.create(everyone=Team.objects.get(everyone=True), words=rule)
        page = text(Browser(cast.ama).get(f"/days/{kim.pk}/appointment/"))
        assert "Two adults, always" in page
        assert 'name="permission"' in page


def test_a_peer_books_too(cast: Cast) -> None:
    peer = cast.somebody(Role.PEER_SUPPORTER)
    CareTeamMember.objects.create(case=cast.dee, person=peer.person)
    assert book(cast, peer).status_code == 302
    assert look(cast.dee, cast.ama, saved()).title == "Dentist"


@time_machine.travel("2026-12-30T12:00:00Z")
@pytest.mark.parametrize("place", ["appointment/", "court/", "promise/", "todo/"])
def test_the_next_days_are_a_tap(cast: Cast, place: str) -> None:
    page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{place}"))
    days = re.findall(r'data-fills="id_day" value="([^"]+)">([^<]+)<', page)
    assert [day for day, _ in days] == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-06"]
    assert [word for _, word in days][::2] == ["today", "Friday", "in a week"]
