"""Nobody knows where somebody is: their wishes first, who was told, signs of life, a welcome that asks for nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.safety.models import Missing
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import away, hidden, our_ways, path, reached, wish, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def kit(cast: Cast) -> Case:
    """Kit, who is fifteen or so."""
    return make.a_case(by=cast.ama, name="Kit", age_band="14-15")


def place_of(case: Case, by: Worker) -> str:
    return path(case, "missing", away(case, by))


class TestBeginning:
    def test_what_they_wished_beforehand_stands_first(self, cast: Cast, night: Worker) -> None:
        wish(cast.dee, cast.ama)
        reached(cast.dee, cast.ama)
        content = Browser(night).get(path(cast.dee, "missing/new")).content.decode()
        places = [content.index(told) for told in ("Ro, always", "is never shown", "555-0142", "Begin now")]
        assert places == sorted(places)

    def test_one_tap_begins_it_and_words_can_come_later(self, cast: Cast, night: Worker) -> None:
        browser = Browser(night)
        form = hidden(browser.get(path(cast.dee, "missing/new")), "missing")
        places = {browser.post(path(cast.dee, "missing/new"), form)["Location"] for _ in range(2)}
        assert len(places) == 1
        assert Missing.objects.count() == 1
        assert "Missing from care since" in words_of(browser.get(places.pop()))

    def test_there_is_one_at_a_time(self, cast: Cast, night: Worker) -> None:
        place = place_of(cast.dee, night)
        assert Browser(cast.ama).get(path(cast.dee, "missing/new"))["Location"] == place
        answer = Browser(cast.ama).post(
            path(cast.dee, "missing/new"), {"missing_id": uuid4(), "where": "School"}
        )
        assert answer["Location"] == place
        assert Missing.objects.count() == 1

    def test_what_is_known_is_shown(self, cast: Cast) -> None:
        form = {"missing_id": uuid4(), "seen_at": "2026-11-03T16:20", "where": "Bus stop", "wearing": "Green coat",
                "company": "Alone, quiet", "more": "Has her inhaler"}  # fmt: skip
        browser = Browser(cast.ama)
        words = words_of(browser.post(path(cast.dee, "missing/new"), form, follow=True))
        assert [
            told
            for told in ("16:20", "Bus stop", "Green coat", "Alone, quiet", "inhaler")
            if told not in words
        ] == []


class TestWhoKnows:
    def test_for_a_young_person_the_agencys_clock_says_by_when(self, cast: Cast, kit: Case) -> None:
        our_ways(cast.ben, report_hours=24, missing_line="1-555-0100", checked_on="2026-11-02")
        words = words_of(Browser(cast.ama).get(place_of(kit, cast.ama)))
        assert words.count("to be told by tomorrow") == 4
        assert "The center for missing children" in words
        assert "Last checked by your agency" in words
        assert "Check before relying on this." in words

    def test_a_clock_that_ran_out_blames_nobody(self, cast: Cast, kit: Case) -> None:
        our_ways(cast.ben, report_hours=24)
        missing = away(kit, cast.ama)
        with make.opening(kit, cast.ama, Action.CRISIS):
            missing.words = {**missing.words, "since": (timezone.now() - timedelta(hours=30)).isoformat()}
            missing.save(update_fields=["words"])
        words = words_of(Browser(cast.ama).get(path(kit, "missing", missing)))
        assert "Telling them now still helps." in words
        assert "to be told by" not in words

    def test_without_hours_of_the_agencys_there_is_no_clock(self, cast: Cast, kit: Case) -> None:
        assert "to be told by" not in words_of(Browser(cast.ama).get(place_of(kit, cast.ama)))

    def test_for_a_grown_person_no_clock_runs_and_the_police_are_their_choice(self, cast: Cast) -> None:
        our_ways(cast.ben, report_hours=24)
        words = words_of(Browser(cast.ama).get(place_of(cast.dee, cast.ama)))
        assert "to be told by" not in words
        assert "only if they would want it" in words
        assert "responsible for them Told now" not in words

    def test_one_tap_says_who_was_told_and_when(self, cast: Cast, kit: Case, night: Worker) -> None:
        our_ways(cast.ben, report_hours=24)
        place, browser = place_of(kit, night), Browser(night)
        for form in ({"who": "police"}, {"who": "police"}):
            browser.post(f"{place}told/", {"line_id": "6f0e8c1e-0000-4000-8000-000000000001", **form})
        words = words_of(browser.get(place))
        assert words.count("to be told by tomorrow") == 3
        assert "The police knows" in words

    def test_a_name_a_reference_and_another_time_go_with_it(self, cast: Cast, kit: Case) -> None:
        place, browser = place_of(kit, cast.ama), Browser(cast.ama)
        form = {"line_id": uuid4(), "who": "police", "text": "Officer Lind, 4711", "at": "2026-11-03T17:05"}
        browser.post(f"{place}told/", form)
        assert all(told in words_of(browser.get(place)) for told in ("Officer Lind, 4711", "17:05"))

    def test_telling_nobody_in_particular_is_asked_about(self, cast: Cast) -> None:
        answer = Browser(cast.ama).post(
            f"{place_of(cast.dee, cast.ama)}told/", {"line_id": uuid4(), "who": "mayor"}
        )
        assert answer.status_code == 422


class TestHearingAndBack:
    def test_a_sign_of_life_is_written_down_once(self, cast: Cast, night: Worker) -> None:
        place, browser, form = (
            place_of(cast.dee, night),
            Browser(night),
            {"line_id": uuid4(), "text": "Texted: ok"},
        )
        for _ in range(2):
            browser.post(f"{place}heard/", form)
        assert words_of(browser.get(place)).count("Texted: ok") == 1
        assert browser.post(f"{place}heard/", {"line_id": uuid4(), "text": ""}).status_code == 422

    def test_they_are_back_with_one_tap_and_the_talk_can_wait(self, cast: Cast) -> None:
        place, browser = place_of(cast.dee, cast.ama), Browser(cast.ama)
        assert browser.post(f"{place}back/", {"version": 0}).status_code == 302
        assert not Missing.objects.open().exists()
        browser.post(f"{place}back/", {**hidden(browser.get(f"{place}back/"), "welcome"), "needs": "Sleep"})
        assert "What they need Sleep" in words_of(browser.get(place))

    def test_what_they_want_stands_on_the_welcome(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        assert "A shower first" in words_of(Browser(cast.ama).get(f"{place_of(cast.dee, cast.ama)}back/"))

    def test_two_who_welcome_at_once_lose_nothing(self, cast: Cast, night: Worker) -> None:
        place = place_of(cast.dee, night)
        Browser(night).post(f"{place}back/", {"version": 0, "how": "Cold"})
        answer = Browser(cast.ama).post(f"{place}back/", {"version": 0, "how": "Tired"})
        assert answer.status_code == 409
        assert all(told in words_of(answer) for told in ("Cold", "Tired"))

    def test_not_back_after_all(self, cast: Cast) -> None:
        place, browser = place_of(cast.dee, cast.ama), Browser(cast.ama)
        browser.post(f"{place}back/", {"version": 0})
        browser.post(f"{place}again/")
        assert Missing.objects.open().count() == 1
        assert browser.post(f"{place}back/", {"version": 1, "how": "Tired"}).status_code == 302

    def test_not_back_after_all_beside_a_newer_one_is_a_sentence(self, cast: Cast) -> None:
        place, browser = place_of(cast.dee, cast.ama), Browser(cast.ama)
        browser.post(f"{place}back/", {"version": 0})
        away(cast.dee, cast.ama)
        assert "newer page" in words_of(browser.post(f"{place}again/", follow=True))

    def test_an_episode_of_another_file_is_not_there(self, cast: Cast) -> None:
        missing = away(cast.dee, cast.ama)
        other = make.a_case(by=cast.ama, name="Fay")
        for verb in ("", "told/", "heard/", "back/", "again/"):
            answer = Browser(cast.ama).post(path(other, "missing", missing) + verb, {"version": 0})
            assert answer.status_code in {404, 405}, verb
        assert Missing.objects.open().count() == 1
