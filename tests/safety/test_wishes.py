"""What somebody wishes for a bad moment: told in calm times, changed any day, never lost between two windows."""

import pytest

from leeward.access.policy import Role
from leeward.safety.models import CrisisWishes
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import WISHES, hidden, path, wish, words_of

pytestmark = pytest.mark.django_db


def test_one_answer_is_enough(cast: Cast) -> None:
    browser = Browser(cast.ama)
    answer = browser.post(path(cast.dee, "wishes"), {"version": 0, "helps": "Tea"}, follow=True)
    words = words_of(answer)
    assert "“Tea”" in words
    assert "What makes it worse" not in words
    assert "written down by Ama" in words


def test_none_at_all_is_fine_too(cast: Cast) -> None:
    assert Browser(cast.ama).post(path(cast.dee, "wishes"), {"version": 0}).status_code == 302


def test_whoever_is_on_call_and_whoever_keeps_the_house_read_them(
    cast: Cast, night: Worker, house: Worker
) -> None:
    wish(cast.dee, cast.ama)
    for worker in (night, house):
        words = words_of(Browser(worker).get(path(cast.dee)))
        said = [str(told).split("\n", maxsplit=1)[0] for name, told in WISHES.items() if name != "away_photo"]
        assert [told for told in said if told not in words] == []


def test_what_they_wish_if_they_are_away_is_among_them(cast: Cast) -> None:
    wish(cast.dee, cast.ama)
    words = words_of(Browser(cast.ama).get(path(cast.dee)))
    assert "My photo is never shown" in words


def test_two_versions_stand_side_by_side(cast: Cast, night: Worker) -> None:
    wish(cast.dee, cast.ama)
    page = Browser(night).get(path(cast.dee, "wishes"))
    wish(cast.dee, cast.ama, {"helps": "Now it is music"}, version=1)
    form = {**hidden(page, "wishes-form"), "helps": "Now it is rain"}
    answer = Browser(night).post(path(cast.dee, "wishes"), form)
    assert answer.status_code == 409
    assert all(told in words_of(answer) for told in ("Now it is music", "Now it is rain"))
    again = {**hidden(answer, "wishes-form"), "helps": "Music and rain"}
    assert Browser(night).post(path(cast.dee, "wishes"), again).status_code == 302
    assert "“Music and rain”" in words_of(Browser(cast.ama).get(path(cast.dee)))


def test_two_who_begin_at_once_lose_nothing(cast: Cast, night: Worker) -> None:
    first = Browser(cast.ama).post(path(cast.dee, "wishes"), {"version": 0, "helps": "Tea"})
    second = Browser(night).post(path(cast.dee, "wishes"), {"version": 0, "helps": "Music"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert CrisisWishes.objects.get().version == 1


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30])
def test_a_form_without_its_version_is_asked_again(cast: Cast, version: str) -> None:
    answer = Browser(cast.ama).post(path(cast.dee, "wishes"), {"version": version, "helps": "Tea"})
    assert answer.status_code in {409, 422}
    assert "Tea" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.OUTREACH_WORKER, Role.VOLUNTEER, Role.FRONT_DESK, Role.ADMINISTRATOR])
def test_others_do_not_read_them(cast: Cast, role: Role) -> None:
    assert Browser(cast.somebody(role)).get(path(cast.dee, "wishes")).status_code == 404
