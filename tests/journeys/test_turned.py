"""Two people look at one page together. The screen is turned; everything else waits for the passphrase."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.visitor import PHONE, Visitor
from tests.journeys.words import DEMO


def given_a_screen_turned_to(visitor: Visitor, name: str) -> str:
    path = visitor.opens(name)
    for place in ("/people/", path):
        visitor.goes_to(place)
    visitor.page.locator("form.turn:visible button").click()
    visitor.page.locator(".turned-top").wait_for()
    assert visitor.path == path
    return path


def then_everything_is_there_again(visitor: Visitor, path: str) -> None:
    visitor.page.locator(".rail").wait_for()
    assert visitor.path == path
    assert visitor.goes_to("/people/") == 200
    assert visitor.path == "/people/"


def when_the_passphrase_is_typed(visitor: Visitor, words: str) -> None:
    visitor.page.fill("main [name=passphrase]", words)
    visitor.presses("Turn it back")


def test_we_look_at_one_page_together(ines: Visitor) -> None:
    other = ines.another_tab()
    other.goto(f"{ines.base}/people/")
    path = given_a_screen_turned_to(ines, "Robin")
    ines.finds_it_in_order()
    expect(other.locator("#cover")).to_be_visible()
    for gone in (".rail", ".bar", ".search", ".tabs", "form.turn"):
        expect(ines.page.locator(gone)).to_have_count(0)

    ines.goes_to("/people/")
    assert "This screen is turned" in ines.reads()
    ines.finds_it_in_order()
    ines.page.go_back()
    ines.page.locator(".turned-top").wait_for()
    for _ in range(3):
        ines.page.go_back()
        ines.page.wait_for_load_state()
        assert ines.page.locator(".turned-top, main [name=passphrase]").count() == 1

    ines.goes_to(path)
    ines.presses_link("Turn it back")
    when_the_passphrase_is_typed(ines, "these are other words")
    ines.waits_for("Those words did not match")
    when_the_passphrase_is_typed(ines, DEMO)
    then_everything_is_there_again(ines, path)
    expect(other.locator("#cover")).to_be_hidden()


def test_from_the_other_tab_the_passphrase_turns_it_back_too(ines: Visitor) -> None:
    other = ines.another_tab()
    other.goto(f"{ines.base}/people/")
    path = given_a_screen_turned_to(ines, "Robin")
    other.locator("#cover-passphrase").fill(DEMO)
    other.locator("#cover button").click()
    expect(other.locator("#cover")).to_be_hidden()
    then_everything_is_there_again(ines, path)


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_with_and_without_scripts(meet: Meet, demo: str, *, script: bool) -> None:
    ines = meet(demo, viewport=PHONE, java_script_enabled=script)
    ines.comes_in_as("ines")
    path = ines.opens("Robin")
    ines.page.locator(".bar details.more summary").click()
    ines.page.locator(".bar form.turn button").click()
    ines.page.locator(".turned-top").wait_for()
    ines.goes_to("/")
    when_the_passphrase_is_typed(ines, DEMO)
    ines.page.locator(".rail").wait_for()
    assert ines.goes_to(path) == 200
