"""A van is back: one note for those who rode along stands in each file for itself, and ends what was booked there."""

# ruff: noqa: ANN401 - whatever a form sends and a page answers

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.access.policy import Role
from leeward.cases.models import Case, Entry
from leeward.days.models import Due, Trip
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import booked, queries, text, today
from tests.days.counted import ended, month, notes, spoken

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def three(cast: Cast) -> list[Case]:
    """Dee, Fay and Gil ride along."""
    return [cast.dee, *(make.a_case(by=cast.ama, name=name) for name in ("Fay", "Gil"))]


def ride(cast: Cast, clock: Any, people: list[Case]) -> Trip:
    """Leave with these people, and be back after an hour and a half."""
    back_by = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    asked = {"trip_id": str(uuid4()), "where": "Food bank", "back_by": back_by, "adults": "Mr. Ode"}
    browser = Browser(cast.ama)
    answer = browser.post(
        "/days/trip/new/", {**asked, "team": str(cast.harbor.pk), "people": [str(case.pk) for case in people]}
    )
    assert answer.status_code == 302
    trip = Trip.objects.latest("back_by")
    clock.shift(timedelta(minutes=90))
    assert Browser(cast.ama).post(f"/days/trip/{trip.pk}/back/").status_code == 302
    return trip


def page_of(trip: Trip) -> str:
    return f"/days/trip/{trip.pk}/note/"


def begun(cast: Cast, trip: Trip) -> dict[str, Any]:
    """What stands in the form before anybody types."""
    page = Browser(cast.ama).get(page_of(trip)).content.decode()
    checked = re.findall(r'name="people" value="([^"]+)"[^>]*\schecked', page)
    values = dict(re.findall(r'<input[^>]*name="(\w+)" value="([^"]*)"', page))
    kind = re.findall(r'name="kind" value="(\w+)"[^>]*\schecked', page)
    return {**values, "people": checked, "kind": kind[0] if kind else ""}


def write(cast: Cast, trip: Trip, words: str = "They sang all the way.", **other: Any) -> Any:
    """Send the form as it begins, with these words."""
    known = begun(cast, trip)
    kept = {
        name: known[name] for name in ("entry_id", "people", "kind", "happened_at", "minutes_more", "who")
    }
    return Browser(cast.ama).post(page_of(trip), {**kept, "text": words, **other})


def test_after_back_one_note_for_them_is_offered_with_all_that_is_known(
    cast: Cast, clock: Any, three: list[Case]
) -> None:
    trip = ride(cast, clock, three)
    page = text(Browser(cast.ama).get("/days/trip/"))
    assert page_of(trip) in page
    assert "3 people rode along" in page
    known = begun(cast, trip)
    assert set(known["people"]) == {str(case.pk) for case in three}
    assert (known["kind"], known["minutes_more"], known["who"]) == ("together", "90", "Mr. Ode")
    assert known["happened_at"] == timezone.localtime(NOON).strftime("%Y-%m-%dT%H:%M")


def test_saved_it_stands_in_each_file_ends_each_date_and_counts_once(
    cast: Cast, clock: Any, three: list[Case]
) -> None:
    trip = ride(cast, clock, three)
    assert write(cast, trip, miles="30").status_code == 302
    for case in three:
        assert [note["text"] for note in notes(case, cast.ama)] == ["They sang all the way."]
        assert spoken(case, cast.ama) == NOON
    assert not Due.objects.filter(is_open=True).exists()
    counted = month(cast.ama)
    assert sorted(note.minutes for note in counted) == [0, 0, 90]
    assert sum(note.miles for note in counted) == 30
    assert "How was it?" not in text(Browser(cast.ama).get("/days/day/"))
    assert page_of(trip) not in text(Browser(cast.ama).get("/days/trip/"))


def test_a_double_click_is_one_note_each(cast: Cast, clock: Any, three: list[Case]) -> None:
    trip = ride(cast, clock, three)
    known = begun(cast, trip)
    for _click in range(2):
        asked = {name: known[name] for name in ("entry_id", "people", "kind", "happened_at", "minutes_more")}
        assert Browser(cast.ama).post(page_of(trip), {**asked, "text": "Soup"}).status_code == 302
    assert Entry.objects.count() == 3
    assert sorted(note.minutes for note in month(cast.ama)) == [0, 0, 90]


def test_a_name_of_one_stops_all_of_it_and_no_date_ends(cast: Cast, clock: Any, three: list[Case]) -> None:
    trip = ride(cast, clock, three)
    answer = write(cast, trip, "Fay sang.")
    assert answer.status_code == 422
    assert "Some words would tell" in text(answer)
    assert page_of(trip) in text(answer)
    assert (Entry.objects.count(), Due.objects.filter(is_open=True).count()) == (0, 3)
    assert write(cast, trip, "Fay sang.", names="out", instead="they").status_code == 302
    dee, fay = notes(cast.dee, cast.ama), notes(three[1], cast.ama)
    assert [dee[0]["text"], fay[0]["text"]] == ["they sang.", "Fay sang."]


def test_the_appointment_says_no_more_than_its_own_file(cast: Cast, clock: Any, three: list[Case]) -> None:
    trip = ride(cast, clock, three)
    write(cast, trip, "Fay sang.", names="out", instead="they")
    due = Due.objects.get(case=cast.dee)
    page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))
    assert "they sang." in page
    assert "Fay" not in page
    assert "happened" in page


def test_who_is_not_chosen_still_waits_for_a_word_and_who_is_added_has_a_note(
    cast: Cast, clock: Any, three: list[Case]
) -> None:
    trip, added = ride(cast, clock, three), make.a_case(by=cast.ama, name="Hal")
    chosen = [str(case.pk) for case in (cast.dee, three[1], added)]
    assert write(cast, trip, people=chosen).status_code == 302
    assert list(Due.objects.filter(is_open=True).values_list("case", flat=True)) == [three[2].pk]
    assert len(notes(added, cast.ama)) == 1
    assert "How was it?" in text(Browser(cast.ama).get("/days/trip/"))


def test_who_was_told_of_already_is_not_asked_about_again(cast: Cast, clock: Any, three: list[Case]) -> None:
    trip = ride(cast, clock, three)
    ended(cast.ama, Due.objects.get(case=cast.dee), happened="Was quiet")
    assert set(begun(cast, trip)["people"]) == {str(case.pk) for case in three[1:]}


def test_said_again_on_the_page_of_its_date_it_stays_one_note(
    cast: Cast, clock: Any, three: list[Case]
) -> None:
    trip = ride(cast, clock, three)
    write(cast, trip)
    ended(cast.ama, Due.objects.get(case=cast.dee), happened="Was quiet", minutes="90")
    assert len(notes(cast.dee, cast.ama)) == 1


def test_the_page_of_one_of_them_leads_to_the_note_for_all(cast: Cast, clock: Any, three: list[Case]) -> None:
    trip = ride(cast, clock, three)
    due = Due.objects.get(case=cast.dee)
    page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))
    assert page_of(trip) in page
    assert 'name="minutes" value="90"' in page
    write(cast, trip)
    assert page_of(trip) not in text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))


def test_nobody_is_asked_to_set_out_again_for_a_ride(cast: Cast, clock: Any, three: list[Case]) -> None:
    ride(cast, clock, three)
    page = text(Browser(cast.ama).get("/"))
    assert page.count("How was it?") == 3
    assert "/leaving/" not in page


def test_with_one_alone_it_asks_how_it_was(cast: Cast, clock: Any) -> None:
    ride(cast, clock, [cast.dee])
    due = Due.objects.get()
    page = text(Browser(cast.ama).get("/days/trip/"))
    assert f'/days/{cast.dee.pk}/{due.pk}/">' in page
    assert "/note/" not in page


def test_so_it_does_after_the_way_to_an_appointment(cast: Cast) -> None:
    due = booked(cast.dee, cast.ama, day=today(), at="12:30")
    browser = Browser(cast.ama)
    browser.post(f"/days/{cast.dee.pk}/{due.pk}/leaving/")
    assert "How was it?" not in text(browser.get("/days/trip/"))
    browser.post(f"/days/trip/{Trip.objects.get().pk}/back/")
    assert f'/days/{cast.dee.pk}/{due.pk}/">' in text(browser.get("/days/trip/"))
    ended(cast.ama, due)
    assert "How was it?" not in text(browser.get("/days/trip/"))


def test_anothers_trip_is_not_there(cast: Cast, clock: Any, three: list[Case]) -> None:
    trip = ride(cast, clock, three)
    for worker in (cast.ben, cast.cyd):
        assert Browser(worker).get(page_of(trip)).status_code == 404
        assert Browser(worker).post(page_of(trip), {"text": "x"}).status_code == 404
    assert Browser(cast.somebody(Role.FRONT_DESK)).get(page_of(trip)).status_code == 404


def test_the_number_of_queries_does_not_grow(cast: Cast, clock: Any, three: list[Case]) -> None:
    def page() -> None:
        assert Browser(cast.ama).get("/days/trip/").status_code == 200

    ride(cast, clock, three)
    few = queries(page)
    for _ in range(3):
        ride(cast, clock, three)
    assert queries(page) == few


@pytest.mark.parametrize("place", ["/", "/people/{case}/"])
def test_where_something_is_written_one_note_for_several_is_near(cast: Cast, place: str) -> None:
    page = text(Browser(cast.ama).get(place.format(case=cast.dee.pk)))
    assert "/people/same-note/" in page
