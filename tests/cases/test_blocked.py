"""Who must never be told or asked is blocked wherever somebody is named; a note only points it out (practice M1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Entry, Say, Way
from leeward.continuity.models import Component, Conference, Outside
from leeward.days.models import Due, Trip
from leeward.safety.models import Crisis, CrisisWishes, Missing
from leeward.safety.words import WishesWords
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import said
from tests.cast import Cast
from tests.days import agreed
from tests.safety.conftest import a_crisis, away, wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

STOPPED = "This names somebody who must never be told or asked. Please choose somebody else"
POINTED_OUT = "Somebody stands in it who must never be told or asked. It is saved as you wrote it"
RAY, SOMEBODY_ELSE = "Her uncle, RAY Miller", "Aunt Ro"
NOT_TO_CALL = "Somebody named here must never be told or asked"

BOOKED = {"text": "Clinic", "day": "2031-01-31", "at": "10:00"}
#: Each page that asks for somebody: its address, what else has to be said there, and the questions that name somebody.
PAGES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "who decides": ("/people/{case}/says/new/", {"topic": "health"}, ("who",)),
    "a way": ("/people/{case}/reach/ways/new/", {"kind": "phone", "value": "555"}, ("who_may_answer",)),
    "a go-between": ("/people/{case}/reach/ways/new/", {"kind": "between", "value": "Ro"}, ("value",)),
    "outside": ("/walking/{case}/outside/new/", {"name": "Ms Lee"}, ("name", "phone")),
    "a part of the case": (
        "/walking/{case}/parts/answer/", {"kind": "education", "state": "handed", "who": "x"}, ("who", "contact"),
    ),
    "a conference": ("/walking/{case}/conferences/new/", {}, ("there",)),
    "wishes": ("/safety/{case}/wishes/", {}, ("call_first", "away_call")),
    "an appointment": (
        "/days/{case}/appointment/",
        BOOKED,
        ("accompanied_by", "interpreter_who", "with_whom", "permission", "second_adult", "childcare_more"),
    ),
    "court": ("/days/{case}/court/", BOOKED, ("accompanied_by", "second_adult")),
}  # fmt: skip
KEPT = (Way, Outside, Component, Conference, CrisisWishes, Due)
EACH = [(page, name) for page, (_, _, names) in PAGES.items() for name in names]


@pytest.fixture
def kit(cast: Cast) -> Case:
    """Kit, who is fourteen; uncle Ray must never be told or asked."""
    case = make.a_case(by=cast.ama, name="Kit", age_band="14-15")
    with make.opening(case, cast.ama, Action.CHANGE_REACH):
        Say.objects.create(case=case, about={"who": "uncle Ray", "never_tell": True, "never_ask": True})
    return case


@pytest.fixture
def post(cast: Cast, kit: Case) -> Callable[..., Any]:
    browser = Browser(cast.ama)

    def send(page: str, **told: str) -> Any:  # noqa: ANN401 - an answer
        place, also, _ = PAGES[page]
        fresh = {name: str(uuid4()) for name in ("row_id", "due_id")}
        return browser.post(place.format(case=kit.pk), {"version": "0", **fresh, **also, **told})

    return send


@pytest.mark.parametrize(("page", "name"), EACH)
def test_wherever_somebody_is_named_it_stops_with_a_sentence(
    post: Callable[..., Any], page: str, name: str
) -> None:
    answer = post(page, **{name: RAY})
    assert answer.status_code == 422
    assert STOPPED in said(answer)
    assert "RAY Miller" in answer.content.decode()
    assert not any(kind.objects.exists() for kind in KEPT)


@pytest.mark.parametrize(("page", "name"), EACH)
def test_anybody_else_is_simply_kept(post: Callable[..., Any], page: str, name: str) -> None:
    assert post(page, **{name: SOMEBODY_ELSE}).status_code == 302


@pytest.mark.parametrize(("page", "name"), EACH)
def test_once_the_line_has_ended_the_name_is_one_like_others(
    cast: Cast, kit: Case, post: Callable[..., Any], page: str, name: str
) -> None:
    with make.opening(kit, cast.ama, Action.CHANGE_REACH):
        say = Say.objects.get()
        say.about = {**say.about, "until": "2020-01-31"}
        say.save()
    assert post(page, **{name: RAY}).status_code == 302


def test_who_is_told_that_they_are_missing(cast: Cast, kit: Case) -> None:
    missing, browser = away(kit, cast.ama), Browser(cast.ama)
    place = f"/safety/{kit.pk}/missing/{missing.pk}/told/"
    answer = browser.post(place, {"line_id": uuid4(), "who": "other", "text": RAY})
    assert (answer.status_code, STOPPED in said(answer)) == (422, True)
    assert (
        browser.post(place, {"line_id": uuid4(), "who": "police", "text": "Officer Hall"}).status_code == 302
    )
    with make.opening(kit, cast.ama, Action.CRISIS):
        assert [line["text"] for line in Missing.objects.get().words["told"]] == ["Officer Hall"]


def test_a_change_stops_too(cast: Cast, kit: Case) -> None:
    browser = Browser(cast.ama)
    with make.opening(kit, cast.ama, Action.CHANGE_REACH):
        way = Way.objects.create(case=kit, about={"kind": "phone", "value": "555-0101", "version": 1})
        outside = Outside.objects.create(case=kit, about={"name": "Ms Lee", "version": 1})
        conference = Conference.objects.create(case=kit, about={"there": "Ms Lee", "version": 1})
    for place, row, told in (
        (f"/people/{kit.pk}/reach/ways/{way.pk}/", way, {"value": "555-0101", "who_may_answer": RAY}),
        (f"/walking/{kit.pk}/outside/{outside.pk}/", outside, {"name": RAY}),
        (f"/walking/{kit.pk}/conferences/{conference.pk}/change/", conference, {"there": RAY}),
    ):
        answer = browser.post(place, {"row_id": row.pk, "version": "1", **told})
        assert (answer.status_code, STOPPED in said(answer)) == (422, True), place


def test_whoever_does_not_open_the_part_in_which_it_stands_is_not_told_who_is_blocked(
    cast: Cast, kit: Case
) -> None:
    """House staff write down wishes without how to reach somebody: nothing there may tell them."""
    house = cast.somebody(Role.HOUSE_STAFF)
    wish(kit, house, {})
    answer = Browser(house).post(f"/safety/{kit.pk}/wishes/", {"version": "1", "call_first": RAY})
    assert answer.status_code == 302
    for place in ("", "crisis/new/", "missing/new/"):
        assert NOT_TO_CALL not in said(Browser(house).get(f"/safety/{kit.pk}/{place}")), place


@pytest.mark.parametrize("name", ["call_first", "away_call"])
def test_whoever_opens_both_reads_beside_their_wishes_that_this_is_nobody_to_call(
    cast: Cast, kit: Case, name: str
) -> None:
    ama = Browser(cast.ama)
    for who, warned in ((SOMEBODY_ELSE, False), (RAY, True)):
        CrisisWishes.objects.all().delete()
        told: WishesWords = {"call_first": who} if name == "call_first" else {"away_call": who}
        wish(kit, cast.somebody(Role.HOUSE_STAFF), told)
        for place in ("", "missing/new/", *(["crisis/new/"] if name == "call_first" else [])):
            assert (NOT_TO_CALL in said(ama.get(f"/safety/{kit.pk}/{place}"))) == warned, (who, place)


class TestAVan:
    """Whoever rides along as second adult is read by all whose file says so."""

    @pytest.fixture
    def send(self, cast: Cast, kit: Case) -> Callable[..., Any]:
        browser = Browser(cast.ama)
        people = [str(cast.dee.pk), str(kit.pk)]
        back_by = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
        asked = {"where": "Pool", "back_by": back_by, "team": str(cast.harbor.pk), "people": people}
        return lambda **told: browser.post("/days/trip/new/", {"trip_id": uuid4(), **asked, **told})

    def test_stops_where_one_of_them_must_be_kept_from_it(self, send: Callable[..., Any]) -> None:
        answer = send(adults=RAY)
        assert (answer.status_code, STOPPED in said(answer)) == (422, True)
        assert "RAY Miller" in answer.content.decode()
        assert not Due.objects.exists()
        assert not Trip.objects.exists()

    def test_anybody_else_rides_along(self, send: Callable[..., Any]) -> None:
        assert send(adults=SOMEBODY_ELSE).status_code == 302
        assert (Due.objects.count(), Trip.objects.count()) == (2, 1)

    def test_where_only_others_ride_it_is_a_name_like_others(
        self, cast: Cast, send: Callable[..., Any]
    ) -> None:
        assert send(adults=RAY, people=[str(cast.dee.pk)]).status_code == 302


class TestNotes:
    """What happened is told as it was: nothing is stopped."""

    @pytest.mark.parametrize("told", [{"who": RAY}, {"interpreter": "Ray"}])
    def test_a_note_is_saved_and_points_it_out(self, cast: Cast, kit: Case, told: dict[str, str]) -> None:
        form = {"entry_id": uuid4(), "text": "We talked.", **told}
        answer = Browser(cast.ama).post(f"/people/{kit.pk}/write/", form, follow=True)
        assert POINTED_OUT in answer.content.decode()
        assert Entry.objects.count() == 1

    def test_a_note_about_somebody_else_says_nothing(self, cast: Cast, kit: Case) -> None:
        form = {"entry_id": uuid4(), "text": "We talked about Ray.", "who": SOMEBODY_ELSE}
        answer = Browser(cast.ama).post(f"/people/{kit.pk}/write/", form, follow=True)
        assert POINTED_OUT not in answer.content.decode()

    def test_written_first_changed_and_for_several_too(self, cast: Cast, kit: Case) -> None:
        browser, number = Browser(cast.ama), uuid4()
        for place, form in (
            ("/write/", {"case": kit.pk, "entry_id": number}),
            (f"/people/{kit.pk}/notes/{number}/", {"version": "1", "entry_id": number}),
            ("/people/same-note/", {"people": [kit.pk, cast.dee.pk], "entry_id": uuid4()}),
        ):
            answer = browser.post(place, {"text": "We talked.", "who": RAY, **form}, follow=True)
            assert POINTED_OUT in answer.content.decode(), place

    def test_who_was_called_in_a_crisis_is_kept_at_once_and_pointed_out(self, cast: Cast, kit: Case) -> None:
        for worker, told in ((cast.ama, True), (cast.somebody(Role.HOUSE_STAFF), False)):
            crisis = a_crisis(kit, worker)
            place = f"/safety/{kit.pk}/crisis/{crisis.pk}/called/"
            answer = Browser(worker).post(place, {"line_id": uuid4(), "text": RAY}, follow=True)
            assert (POINTED_OUT in answer.content.decode()) == told
            with make.opening(kit, cast.ama, Action.CRISIS):
                assert [line["text"] for line in Crisis.objects.get().words["calls"]] == [RAY]
            crisis.delete()

    def test_how_an_appointment_went_points_it_out(self, cast: Cast, kit: Case) -> None:
        due = agreed.booked(kit, cast.ama, "Clinic", day=agreed.today())
        form = {"there": "visit", "interpreter": RAY}
        answer = Browser(cast.ama).post(f"/days/{kit.pk}/{due.pk}/happened/", form, follow=True)
        assert POINTED_OUT in answer.content.decode()
        assert not Due.objects.get().is_open
