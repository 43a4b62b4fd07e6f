"""A date in court: all that is said of it is sealed apart, and it is continued in one action (practice M5)."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from leeward.access.policy import Role
from leeward.cases.models import CareTeamMember
from leeward.days import actions
from leeward.days.actions import Agreed, AlreadyEnded, CannotDo, When
from leeward.days.models import Due
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, booked, in_court, look, soon, text, today, words
from tests.make import Worker

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "court": "County court, room 4",
    "role": "witness",
    "must_attend": "yes",
    "number": "CV-221",
    "other_side": "yes",
    "entrance": "asked",
    "missing_it": "The judge can send somebody",
    "orders": "No contact with M.",
}


@pytest.fixture
def peer(cast: Cast) -> Worker:
    peer = cast.somebody(Role.PEER_SUPPORTER)
    CareTeamMember.objects.create(case=cast.dee, person=peer.person)
    return peer


def put_off(
    cast: Cast, due: Due, *, days: int = 20, due_id: UUID | None = None, by: Worker | None = None
) -> Due:
    with make.opening(cast.dee, by or cast.ama, DAYS) as file:
        return actions.continued(
            file, due, due_id=due_id or uuid4(), when=When(soon(days), "10:00"), told="told"
        )


class TestBooking:
    def test_everything_is_said_on_its_page(self, cast: Cast) -> None:
        asked = {**SAID, "due_id": str(uuid4()), "hearing": "protection", "day": soon().isoformat()}
        assert Browser(cast.ama).post(f"/days/{cast.dee.pk}/court/", asked).status_code == 302
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{Due.objects.get().pk}/"))
        for said in ("Protection order", "County court, room 4", "Witness", "They have to be there", "CV-221",
                     "We have asked", "The judge can send somebody", "No contact with M."):  # fmt: skip
            assert said in page

    def test_that_the_other_side_may_be_there_shows_on_every_list(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama, other_side="maybe")
        assert "Other side may be there" in [tag.text for tag in look(cast.dee, cast.ama, due).tags]

    def test_not_a_word_of_it_is_among_the_notes(self, cast: Cast) -> None:
        due = booked(cast.dee, cast.ama, "About the flat", court={"hearing": "plea"}, bring="the subpoena")
        with make.opening(cast.dee, cast.ama, DAYS):
            assert Due.objects.get(pk=due.pk).words == {}

    def test_nor_of_how_it_went(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            told = {"happened": "He looked at her", "result": "Order granted"}
            actions.happened(file, due, how="happened", told=told)  # type: ignore[arg-type]
        with make.opening(cast.dee, cast.ama, DAYS):
            assert set(Due.objects.get(pk=due.pk).words or {}) == {"ended", "ended_at", "ended_by"}
        assert words(cast.dee, cast.ama, due)["result"] == "Order granted"


class TestWhoMayNotOpenIt:
    def test_a_peer_sees_an_appointment_and_its_time(self, cast: Cast, peer: Worker) -> None:
        due = in_court(cast.dee, cast.ama, **SAID)
        seen = look(cast.dee, peer, due)
        assert (seen.title, seen.at, seen.is_court, seen.place) == ("Appointment", "9:30", False, "")
        assert set(seen.words) == set()

    def test_no_page_of_theirs_holds_a_word_of_it(self, cast: Cast, peer: Worker) -> None:
        due = in_court(cast.dee, cast.ama, **SAID)
        browser = Browser(peer)
        for path in (f"/days/{cast.dee.pk}/", f"/days/{cast.dee.pk}/{due.pk}/", f"/days/{cast.dee.pk}/{due.pk}/change/",
                     f"/days/{cast.dee.pk}/appointment/", "/days/day/", "/days/list/"):  # fmt: skip
            page = text(browser.get(path))
            assert not [said for said in SAID.values() if len(said) > 5 and said in page], path
            assert "Review hearing" not in page

    def test_they_are_told_who_books_it(self, cast: Cast, peer: Worker) -> None:
        page = text(Browser(peer).get(f"/days/{cast.dee.pk}/court/"))
        assert "Ama can book it" in page

    def test_the_verb_stops_them_too(self, cast: Cast, peer: Worker) -> None:
        agreed = Agreed(day=soon(), words={}, court={"hearing": "plea"})
        with make.opening(cast.dee, peer, DAYS) as file, pytest.raises(CannotDo):
            actions.appointment(file, due_id=uuid4(), agreed=agreed)
        with pytest.raises(CannotDo):
            put_off(cast, in_court(cast.dee, cast.ama), by=peer)

    def test_when_they_change_the_time_the_words_stay(self, cast: Cast, peer: Worker) -> None:
        due = in_court(cast.dee, cast.ama, **SAID)
        asked = {
            "due_id": str(due.pk),
            "version": "1",
            "text": "x",
            "day": soon(3).isoformat(),
            "at": "11:00",
        }
        assert Browser(peer).post(f"/days/{cast.dee.pk}/{due.pk}/change/", asked).status_code == 302
        changed = look(cast.dee, cast.ama, due)
        assert (changed.day, changed.words["orders"]) == (soon(3), "No contact with M.")


class TestContinued:
    def test_in_one_action_the_old_one_ends_and_the_next_is_booked_with_all_that_is_known(
        self, cast: Cast
    ) -> None:
        first = in_court(cast.dee, cast.ama, **SAID)
        second = put_off(cast, first)
        old, new = look(cast.dee, cast.ama, first), look(cast.dee, cast.ama, second)
        assert old.ending
        assert (str(old.ending.label), old.words["told"]) == ("continued", "told")
        assert (new.day, new.at, new.due.is_open) == (soon(20), "10:00", True)
        assert {name: new.words.get(name) for name in SAID} == SAID
        assert "told" not in new.words

    def test_the_chain_of_dates_is_shown_from_both_ends(self, cast: Cast) -> None:
        first = in_court(cast.dee, cast.ama, day=today())
        second = put_off(cast, first, days=10)
        third = put_off(cast, second, days=40)
        last = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{third.pk}/"))
        assert last.count("continued from") == 2
        assert f"/days/{cast.dee.pk}/{first.pk}/" in last
        assert f"/days/{cast.dee.pk}/{second.pk}/" in text(
            Browser(cast.ama).get(f"/days/{cast.dee.pk}/{first.pk}/")
        )

    def test_the_same_click_twice_is_one_date(self, cast: Cast) -> None:
        first, once = in_court(cast.dee, cast.ama), uuid4()
        assert put_off(cast, first, due_id=once) == put_off(cast, first, due_id=once)
        assert Due.objects.count() == 2

    def test_a_stale_tab_cannot_continue_it_again(self, cast: Cast) -> None:
        first = in_court(cast.dee, cast.ama)
        put_off(cast, first)
        with pytest.raises(AlreadyEnded, match="continued"):
            put_off(cast, first, by=cast.ben)
        assert Due.objects.count() == 2

    def test_what_was_continued_is_not_opened_again(self, cast: Cast) -> None:
        first = in_court(cast.dee, cast.ama)
        put_off(cast, first)
        with make.opening(cast.dee, cast.ama, DAYS) as file, pytest.raises(CannotDo, match="another date"):
            actions.again(file, first)

    def test_an_appointment_that_is_in_no_court_is_moved_instead(self, cast: Cast) -> None:
        with pytest.raises(CannotDo, match="move it instead"):
            put_off(cast, booked(cast.dee, cast.ama))

    def test_the_page_does_it(self, cast: Cast) -> None:
        first = in_court(cast.dee, cast.ama)
        asked = {"due_id": str(uuid4()), "day": soon(9).isoformat(), "at": "13:00"}
        assert Browser(cast.ama).post(f"/days/{cast.dee.pk}/{first.pk}/continued/", asked).status_code == 302
        assert Due.objects.get(is_open=True).day == soon(9)


def test_a_thief_cannot_tell_a_date_in_court_from_a_dentist(cast: Cast) -> None:
    """On disk both have court words, of one size, and notes of one size."""
    due = in_court(cast.dee, cast.ama, other_side="yes", must_attend="yes", court="County court, room 4")
    dentist = booked(cast.dee, cast.ama, "Dentist", at="09:30")

    def sizes(each: Due) -> tuple[int, ...]:
        with connection.cursor() as cursor:
            key = each.pk if connection.vendor == "postgresql" else each.pk.hex
            cursor.execute("SELECT court, words, slot FROM days_due WHERE id = %s", [key])
            return tuple(len(bytes(cell)) for cell in cursor.fetchone())

    assert sizes(due) == sizes(dentist)
