"""Limits: per account, growing, never against a colleague, and the right words work after the wait."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leeward.signin import limits
from leeward.signin.models import Limit
from leeward.staff.models import Person
from tests.signin.conftest import Browser, Phone, at_once, words_of


def tries_until_slower(what: str, who: str) -> int:
    for count in range(20):
        try:
            limits.take(what, who)
        except limits.Slower:
            return count
    return 20


def test_seven_are_free_and_the_wait_grows() -> None:
    assert tries_until_slower("sign-in", "a") == 7
    waits = []
    now = timezone.now()
    for _ in range(8):
        with pytest.raises(limits.Slower) as slower, time_machine.travel(now, tick=False):
            limits.take("sign-in", "a")
        waits.append(slower.value.seconds)
        now += timedelta(seconds=slower.value.seconds + 1)
        with time_machine.travel(now, tick=False):
            limits.take("sign-in", "a")
    assert waits[:4] == sorted(waits[:4])
    assert 28 <= waits[0] <= 30
    assert waits[-1] == 900


def test_one_persons_tries_hold_up_nobody_else() -> None:
    tries_until_slower("sign-in", "a")
    assert tries_until_slower("sign-in", "b") == 7
    assert tries_until_slower("code", "a") == 7


def test_success_begins_anew() -> None:
    for _ in range(5):
        limits.take("sign-in", "a")
    limits.forget("sign-in", "a")
    assert tries_until_slower("sign-in", "a") == 7


def test_tries_are_forgotten_after_half_a_day() -> None:
    for _ in range(6):
        limits.take("sign-in", "a")
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert tries_until_slower("sign-in", "a") == 7
        limits.forget_old()
        assert Limit.objects.count() == 1


def test_a_clock_that_was_set_back_holds_nobody_up_for_long() -> None:
    tries_until_slower("sign-in", "a")
    with time_machine.travel(timezone.now() - timedelta(days=300)):
        with pytest.raises(limits.Slower) as slower:
            limits.take("sign-in", "a")
        assert slower.value.seconds <= 30


def test_the_mark_tells_nothing() -> None:
    limits.take("sign-in", "ines@agency.example")
    mark = bytes(Limit.objects.get().mark)
    assert len(mark) == 32
    assert b"ines" not in mark


def test_a_colleague_at_the_same_address_comes_in(ines: Person, phone: Phone, sam: Person) -> None:
    browser = Browser()
    for _ in range(7):
        browser.passphrase(ines, "not her words")
    page = browser.passphrase(ines)
    assert "Please wait 1 minute" in words_of(page)
    assert Browser().passphrase(sam)["Location"] == "/sign-in/app/"
    with time_machine.travel(timezone.now() + timedelta(seconds=31), tick=True):
        assert browser.sign_in(ines, phone)["Location"] == "/"


def test_somebody_who_is_not_known_is_held_up_the_same(ines: Person) -> None:
    browser = Browser()
    answers = [
        browser.send("/sign-in/", email="no@where.example", passphrase="x", device="own") for _ in range(8)
    ]
    assert "Please wait 1 minute" in words_of(answers[7])


def test_her_own_open_browser_is_not_held_up_by_strangers(inside: Browser, ines: Person) -> None:
    for _ in range(8):
        Browser().passphrase(ines, "guess")
    inside.send("/lock/")
    assert inside.send("/unlock/", passphrase="copper lantern orbit velvet thicket anchor")["Location"] == "/"


def test_codes_are_limited(browser: Browser, ines: Person, phone: Phone) -> None:
    browser.passphrase(ines)
    for _ in range(7):
        assert browser.send("/sign-in/code/", code="123 456").status_code == 422
    assert "Please wait" in words_of(browser.send("/sign-in/code/", code=phone.code()))
    assert "Please wait" in words_of(browser.send("/sign-in/code-on-paper/", code=phone.paper[0]))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_all_counted() -> None:
    def one() -> bool:
        try:
            limits.take("sign-in", "a")
        except limits.Slower:
            return False
        return True

    assert sum(at_once(one, 12)) == 7
