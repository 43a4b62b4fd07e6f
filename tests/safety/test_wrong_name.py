"""Begun for the wrong person: while nobody has written in it, it vanishes, and only the trail knows of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.safety.models import Crisis
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import a_crisis, hidden, path, words_of
from tests.safety.test_crisis import begun

pytestmark = pytest.mark.django_db


def said_of(cast: Cast) -> list[str]:
    """What the pages say to whoever looks after them, before and after."""
    places = (path(cast.dee), f"/days/{cast.dee.pk}/", f"/people/{cast.dee.pk}/", "/")
    return [words_of(Browser(cast.ben).get(place), "main") for place in places]


def test_it_vanishes_and_only_the_trail_knows(cast: Cast) -> None:
    before = said_of(cast)
    place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
    assert Due.objects.count() == 2
    answer = browser.post(f"{place}undo/", follow=True)
    assert "Nothing of it is in the file" in words_of(answer)
    assert (Crisis.objects.count(), Due.objects.count()) == (0, 0)
    assert said_of(cast) == before
    line = Line.objects.filter(action=str(Action.CRISIS), outcome="opened").order_by("-seq")[0]
    assert line.things == [str(cast.dee.pk)]


def test_a_double_click_is_no_fault(cast: Cast) -> None:
    place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
    assert [browser.post(f"{place}undo/").status_code for _ in range(2)] == [302, 302]


def test_the_right_one_begins_from_the_same_list(cast: Cast) -> None:
    fay, browser = make.a_case(by=cast.ama, name="Fay"), Browser(cast.ama)
    form = hidden(browser.get(path()), "begin")
    place = browser.post(path(cast.dee, "crisis/new"), form)["Location"]
    browser.post(f"{place}undo/")
    browser.post(path(fay, "crisis/new"), form)
    assert [crisis.case_id for crisis in Crisis.objects.open()] == [fay.pk]


def test_nobody_undoes_what_a_colleague_began(cast: Cast, night: Worker) -> None:
    place = begun(night, cast.dee)
    assert "Begun for the wrong person" not in words_of(Browser(cast.ama).get(place))
    assert "so it stays" in words_of(Browser(cast.ama).post(f"{place}undo/", follow=True))
    assert Crisis.objects.open().count() == 1


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("tick/", {"safe": "yes"}),
        ("called/", {"line_id": uuid4(), "who": "worker"}),
        ("wrote/", {"line_id": uuid4(), "text": "A car outside"}),
        ("end/", {"version": 0}),
    ],
)
def test_what_anybody_wrote_in_it_stays(
    cast: Cast, night: Worker, verb: str, form: dict[str, object]
) -> None:
    place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
    Browser(night).post(f"{place}{verb}", form)
    assert "Begun for the wrong person" not in words_of(browser.get(place))
    assert "so it stays" in words_of(browser.post(f"{place}undo/", follow=True))
    browser.post(f"{place}again/")
    browser.post(f"{place}undo/")
    assert Crisis.objects.count() == 1


def test_what_was_taken_back_again_is_no_reason(cast: Cast) -> None:
    place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
    for answer in ("yes", ""):
        browser.post(f"{place}tick/", {"safe": answer})
    browser.post(f"{place}undo/")
    assert Crisis.objects.count() == 0


def test_after_a_day_it_is_no_slip(cast: Cast) -> None:
    place = begun(cast.ama, cast.dee)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        Browser(cast.ama).post(f"{place}undo/")
    assert Crisis.objects.open().count() == 1


def test_it_stays_once_somebody_looked_in(cast: Cast) -> None:
    place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
    due = Due.objects.order_by("day")[0]
    with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
        days.done(file, due)
    assert "so it stays" in words_of(browser.post(f"{place}undo/", follow=True))
    assert Due.objects.count() == 2


def test_of_another_file_it_is_not_there(cast: Cast) -> None:
    crisis = a_crisis(cast.dee, cast.ama)
    other = make.a_case(by=cast.ama, name="Fay")
    assert Browser(cast.ama).post(path(other, "crisis", crisis) + "undo/").status_code == 404
    assert Crisis.objects.open().count() == 1
