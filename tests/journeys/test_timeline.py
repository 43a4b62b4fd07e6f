"""Writing down what happened, with one hand and with few actions; and putting right what went wrong."""

import re

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.visitor import PHONE, SAVE, Visitor

NOTE = re.compile(r"/people/[0-9a-f-]{36}/note/\d+/$")
SECOND = re.compile(r"/people/misfiled/[0-9a-f-]{36}/$")


def test_a_call_with_a_promise_is_a_tap_and_a_key(ines: Visitor) -> None:
    ines.opens("June")
    ines.writes("June called about the picnic.")
    ines.page.locator(".write label", has_text="Call").click()  # one
    ines.page.fill("#id_promise_text", "bring the blanket")
    with ines.page.expect_event("load"):
        ines.page.keyboard.press("Control+Enter")  # two
    newest = ines.page.locator(".entry").first
    assert "Call" in newest.inner_text()
    assert "Promise: bring the blanket, tomorrow" in newest.inner_text()
    ines.finds_it_in_order()


def test_on_a_phone_everything_else_folds_open(meet: Meet, demo: str) -> None:
    ines = meet(demo, viewport=PHONE)
    ines.comes_in_as("ines")
    path = ines.opens("June")
    ines.goes_to(f"{path}write/?kind=advocacy")
    ines.page.fill("#id_text", "I asked the bus company for a pass.")
    ines.page.fill("#id_of_whom", "the bus company")
    for fold in ines.page.locator("details.fold summary").all():
        fold.click()
    ines.page.fill("#id_hard", "The driver knew where June used to stand.")
    ines.finds_it_in_order()
    ines.saves()
    newest = ines.page.locator(".entry").first
    assert "the bus company" in newest.inner_text()
    assert "used to stand" not in newest.inner_text()
    newest.locator("summary").click()
    assert "used to stand" in newest.inner_text()
    ines.finds_it_in_order()


def test_undo_brings_the_words_back(ines: Visitor) -> None:
    ines.opens("June")
    ines.writes("June sold the trombone.")
    ines.saves()
    with ines.page.expect_event("load"):
        ines.presses("Undo this note")
    assert ines.notes("trombone") == 0
    assert ines.page.locator("#id_text").input_value() == "June sold the trombone."
    with ines.page.expect_event("load"):
        ines.presses("Let go of it")


@pytest.mark.both_sizes
def test_a_note_in_the_wrong_file_is_moved_by_a_second_person(meet: Meet, demo: str) -> None:
    ines = meet(demo)
    ines.comes_in_as("ines")
    ines.opens("Robin")
    ines.writes("Found the yellow raincoat again.")
    ines.saves()
    ines.page.locator(".entry a").first.click()
    ines.page.wait_for_url(NOTE)
    ines.presses_link("It belongs in another file")
    ines.finds_it_in_order()
    ines.page.get_by_label("Tam", exact=True).check()
    ines.presses("It belongs there")
    ines.waits_for("A second person will look at it")
    assert ines.notes("yellow raincoat") == 1

    amara = meet(demo)
    amara.comes_in_as("amara")
    amara.page.locator("a[href^='/people/misfiled/']").first.click()
    amara.page.wait_for_url(SECOND)
    amara.finds_it_in_order()
    assert "yellow raincoat" in amara.reads()
    with amara.page.expect_event("load"):
        amara.presses("Move it there")
    assert amara.notes("yellow raincoat") == 0
    amara.opens("Tam")
    assert amara.notes("yellow raincoat") == 1


def test_one_note_for_a_van_names_nobody_in_anothers_file(ines: Visitor) -> None:
    ines.goes_to("/people/same-note/")
    ines.page.fill("#id_text", "Robin and Tam saw a whale.")
    for name in ("Robin", "Tam"):
        ines.page.locator(".several label", has_text=name).first.click()
    ines.page.locator(SAVE).click()
    ines.waits_for("Some words would tell")
    ines.finds_it_in_order()
    ines.presses("Write apart")
    ines.page.locator(".apart textarea").first.wait_for()
    ines.finds_it_in_order()
    with ines.page.expect_event("load"):
        ines.page.locator(SAVE).click()
    ines.opens("Tam")
    assert ines.notes("they and Tam saw a whale.") == 1
    ines.opens("Robin")
    assert ines.notes("Robin and they saw a whale.") == 1
