"""The numbers of `docs/speed.md`, counted with real hands in a real browser: nothing here is timed."""

import re

import pytest

from bench.given_back import DESK, PHONE, VERBS, WHO, Verb
from bench.hands import Hands, Keys, Thumb
from tests.journeys.conftest import Meet
from tests.journeys.visitor import Visitor


@pytest.fixture
def at_a_desk(meet: Meet, demo: str) -> Visitor:
    visitor = meet(demo, **DESK)
    visitor.comes_in_as(WHO)
    return visitor


@pytest.fixture
def on_a_phone(meet: Meet, demo: str) -> Visitor:
    visitor = meet(demo, **PHONE)
    visitor.comes_in_as(WHO)
    return visitor


@pytest.mark.parametrize("verb", VERBS, ids=[re.sub(r"\W+", "-", verb.name) for verb in VERBS])
def test_what_is_done_most_takes_few_actions(at_a_desk: Visitor, on_a_phone: Visitor, verb: Verb) -> None:
    desk, phone, base = at_a_desk.page, on_a_phone.page, at_a_desk.base
    hands = (Hands(desk, base), Thumb(phone, base), Keys(desk, base))
    counted = [verb.counted(pair) for pair in hands]
    assert counted == [verb.desk, verb.thumb, verb.keys]
    assert verb.desk <= verb.aim
    at_a_desk.finds_it_in_order()
    on_a_phone.finds_it_in_order()


def test_single_keys_rest_where_somebody_wants_them_to(at_a_desk: Visitor) -> None:
    page = at_a_desk.page
    page.keyboard.press("?")
    page.locator("#keys [data-keys-off]").check()
    page.locator("#keys .button").click()
    page.keyboard.press("+")
    page.keyboard.press("!")
    page.keyboard.press("/")
    assert at_a_desk.path == "/"
    assert not page.locator("#search").evaluate("(field) => document.activeElement === field")
