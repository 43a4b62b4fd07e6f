"""Somebody writes, and something comes in between: a lock, a dead network, a second window, an impatient finger."""

import re

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Meet
from tests.journeys.visitor import SAVE, Visitor
from tests.journeys.words import DEMO, OFFLINE

PASTE = """(lines) => {
  const field = document.getElementById("id_text");
  field.value = `${"x".repeat(99)}\\n`.repeat(lines);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
FEWER = """(words) => {
  const field = document.getElementById("id_text");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
WRITE = re.compile(r"/people/[0-9a-f-]{36}/write/$")


def given_somebody_writing_about(visitor: Visitor, name: str, words: str) -> str:
    path = visitor.opens(name)
    visitor.writes(words)
    return path


def then_the_note_stands_there_once(visitor: Visitor, words: str) -> None:
    visitor.page.locator(".entry-words").filter(has_text=words).first.wait_for()
    assert visitor.notes(words) == 1
    visitor.page.reload()
    assert visitor.notes(words) == 1
    assert visitor.page.locator("#id_text").input_value() == ""
    visitor.finds_it_in_order()


def given_a_clock_that_can_be_moved(meet: Meet, demo: str, persona: str) -> Visitor:
    visitor = meet(demo)
    visitor.context.clock.install()
    visitor.comes_in_as(persona)
    return visitor


def when_nobody_touches_anything_for(visitor: Visitor, minutes: str) -> None:
    visitor.context.clock.fast_forward(minutes)


@pytest.mark.both_sizes
def test_the_lock_closes_over_a_note_and_nothing_is_lost(meet: Meet, demo: str) -> None:
    ines = given_a_clock_that_can_be_moved(meet, demo, "ines")
    given_somebody_writing_about(ines, "Robin", "Robin laughed about the umbrella.")
    when_nobody_touches_anything_for(ines, "00:05")
    ines.waits_for("Saved at")
    when_nobody_touches_anything_for(ines, "12:55")
    assert not ines.page.locator("#still-here").is_visible()
    when_nobody_touches_anything_for(ines, "00:10")
    ines.page.locator("#still-here[open]").wait_for()
    ines.finds_it_in_order()
    with ines.page.expect_response("**/still-here/"):
        ines.presses("I am still here")
    when_nobody_touches_anything_for(ines, "13:05")
    ines.page.locator("#still-here[open]").wait_for()
    when_nobody_touches_anything_for(ines, "02:00")

    passphrase = ines.is_asked_to_unlock()
    ines.finds_it_in_order()
    assert "umbrella" not in ines.page.locator("body").inner_text()
    assert the_server_is_locked_too(ines)
    passphrase.fill("not these words")
    passphrase.press("Enter")
    ines.waits_for("Those words did not match.")
    passphrase.fill(DEMO)
    passphrase.press("Enter")
    ines.page.locator("#cover:not([open])").wait_for(state="attached")
    assert ines.page.locator("#id_text").input_value() == "Robin laughed about the umbrella."
    ines.saves()
    then_the_note_stands_there_once(ines, "umbrella")


def the_server_is_locked_too(visitor: Visitor) -> bool:
    answer = visitor.context.request.get(f"{visitor.base}/people/")
    return answer.url.startswith(f"{visitor.base}/locked/") and "Robin" not in answer.text()


def test_a_note_that_is_sent_too_late_is_saved_after_unlocking(ines: Visitor) -> None:
    """The page does not know yet that it is locked; the server does."""
    given_somebody_writing_about(ines, "Robin", "A postcard with a walrus came.")
    locked_elsewhere(ines)
    ines.page.locator(SAVE).click()
    ines.is_asked_to_unlock().fill(DEMO)
    with ines.page.expect_event("load"):
        ines.page.locator("#cover-passphrase").press("Enter")
    then_the_note_stands_there_once(ines, "walrus")


def locked_elsewhere(visitor: Visitor) -> None:
    """The same sign-in is locked by another program than this page, so the page hears nothing of it."""
    page = visitor.context.request.get(f"{visitor.base}/people/").text()
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    sent = {"csrfmiddlewaretoken": found[1]}
    answer = visitor.context.request.post(
        f"{visitor.base}/lock/", form=sent, headers={"Origin": visitor.base}
    )
    assert "/locked/" in answer.url


def test_without_scripts_a_note_sent_too_late_waits_for_the_passphrase(meet: Meet, demo: str) -> None:
    ines = meet(demo, java_script_enabled=False)
    ines.comes_in_as("ines")
    path = ines.opens("Robin")
    ines.page.locator("#id_text").fill("The kettle sang like a seagull.")
    locked_elsewhere(ines)
    ines.page.locator(SAVE).click()
    ines.page.wait_for_url("**/locked/**")
    assert "What you sent is kept, sealed." in ines.reads()
    assert "seagull" not in ines.page.content()
    ines.page.fill("[name=passphrase]", "not these words")
    ines.presses("Unlock")
    assert "Those words did not match." in ines.reads()
    ines.page.fill("[name=passphrase]", DEMO)
    ines.presses("Unlock")
    ines.page.wait_for_url(f"**{path}")
    assert ines.notes("seagull") == 1
    ines.goes_to(path)
    assert ines.notes("seagull") == 1


@pytest.mark.both_sizes
def test_words_stay_when_the_network_is_cut(ines: Visitor) -> None:
    given_somebody_writing_about(ines, "Tam", "Tam wants a drum for the parade.")
    ines.context.set_offline(offline=True)
    ines.page.locator(SAVE).click()
    ines.waits_for(OFFLINE)
    assert ines.page.locator("#id_text").input_value() == "Tam wants a drum for the parade."
    ines.finds_it_in_order()
    ines.presses("Try again")
    ines.waits_for(OFFLINE)
    ines.context.set_offline(offline=False)
    with ines.page.expect_event("load"):
        ines.presses("Try again")
    then_the_note_stands_there_once(ines, "drum for the parade")


def test_an_answer_that_gets_lost_on_the_way_does_not_double_the_note(ines: Visitor) -> None:
    given_somebody_writing_about(ines, "Tam", "The lantern walk is on Sunday.")

    def swallow(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    ines.page.route(WRITE, swallow)
    ines.page.locator(SAVE).click()
    ines.waits_for(OFFLINE)
    ines.page.unroute(WRITE)
    with ines.page.expect_event("load"):
        ines.presses("Try again")
    then_the_note_stands_there_once(ines, "lantern walk")


@pytest.mark.both_sizes
def test_a_double_click_saves_once(ines: Visitor) -> None:
    given_somebody_writing_about(ines, "Tam", "Two tickets for the aquarium.")
    with ines.page.expect_event("load"):
        ines.page.locator(SAVE).dblclick()
    then_the_note_stands_there_once(ines, "aquarium")


def test_a_draft_is_there_after_a_reload_and_can_be_let_go(meet: Meet, demo: str) -> None:
    ines = given_a_clock_that_can_be_moved(meet, demo, "ines")
    path = given_somebody_writing_about(ines, "June", "June asked whether Biscuit may come to the picnic")
    when_nobody_touches_anything_for(ines, "00:05")
    ines.waits_for("Saved at")
    ines.page.reload()
    assert ines.page.locator("#id_text").input_value().endswith("to the picnic")
    assert "This is what you were writing." in ines.reads()
    ines.finds_it_in_order()
    ines.goes_to("/")
    assert "About June" in ines.reads()
    ines.goes_to(path)
    with ines.page.expect_event("load"):
        ines.presses("Let go of it")
    assert ines.page.locator("#id_text").input_value() == ""
    assert ines.notes("picnic") == 0


@pytest.mark.both_sizes
def test_the_second_window_says_that_there_is_a_first(meet: Meet, demo: str) -> None:
    ines = given_a_clock_that_can_be_moved(meet, demo, "ines")
    given_somebody_writing_about(ines, "June", "June sleeps better")
    when_nobody_touches_anything_for(ines, "00:05")
    ines.waits_for("Saved at")
    other = ines.another_tab()
    write_more(other, " with the lamp on")
    when_nobody_touches_anything_for(ines, "00:05")
    other.get_by_text("Saved at").wait_for()
    write_more(ines.page, " since the move")
    when_nobody_touches_anything_for(ines, "00:05")
    ines.waits_for("This note is also open in another window.")
    assert ines.page.locator("#id_text").input_value() == "June sleeps better since the move"
    ines.finds_it_in_order()
    ines.saves()
    assert ines.notes("June sleeps better since the move") == 1


def write_more(page: Page, words: str) -> None:
    field = page.locator("#id_text")
    field.click()
    field.fill(field.input_value() + words)


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (10_000_000, "More was sent at once than can be taken in."),
        (300_000, "This is longer than one note can be"),
    ],
)
def test_a_huge_paste_gets_a_sentence_and_stays(ines: Visitor, signs: int, said: str) -> None:
    ines.opens("June")
    ines.context.set_default_timeout(
        300_000
    )  # laying out ten million signs takes a browser as long as it takes
    ines.page.locator("#id_text").focus()
    ines.page.evaluate(PASTE, signs // 100)
    ines.page.locator(SAVE).click()
    ines.waits_for(said)
    assert ines.page.evaluate("document.getElementById('id_text').value.length") == signs
    # Set, not typed: to take out that many selected lines Chromium's own editing needs minutes.
    ines.page.evaluate(FEWER, f"{signs} signs became fewer.")
    ines.saves()
    assert ines.notes(f"{signs} signs became fewer.") == 1


def test_two_versions_of_a_note_stand_side_by_side(ines: Visitor) -> None:
    given_somebody_writing_about(ines, "Wren", "Wren sees the dentist.")
    ines.saves()
    ines.page.locator(".entry").filter(has_text="dentist").locator("a.change").click()
    ines.page.wait_for_url("**/notes/**")
    other = ines.another_tab()
    other.locator("#id_text").fill("Wren sees the dentist on Thursday.")
    with other.expect_event("load"):
        other.locator(SAVE).click()
    ines.page.locator("#id_text").fill("Wren sees the dentist with Jo.")
    ines.page.locator(SAVE).click()
    ines.waits_for("This changed while you were writing")
    assert "Wren sees the dentist on Thursday." in ines.reads()
    assert ines.page.locator("#id_text").input_value() == "Wren sees the dentist with Jo."
    ines.finds_it_in_order()
    ines.page.locator("#id_text").fill("Wren sees the dentist on Thursday, with Jo.")
    ines.saves()
    then_the_note_stands_there_once(ines, "dentist on Thursday, with Jo.")
