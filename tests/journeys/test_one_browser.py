"""Two people, one browser: words stay with whoever wrote them, also when somebody else signs in meanwhile."""

from playwright.sync_api import Page

from tests.journeys.test_interrupted import given_somebody_writing_about, then_the_note_stands_there_once
from tests.journeys.visitor import SAVE, Visitor
from tests.journeys.words import DEMO


def given_somebody_else_signs_in_with_the_same_browser(visitor: Visitor, persona: str) -> Page:
    other = visitor.context.new_page()
    other.goto(f"{visitor.base}/you/")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in/")
    other.locator(f"form[action='/demo/{persona}/'] button").click()
    other.wait_for_url(f"{visitor.base}/")
    return other


def test_words_are_never_saved_under_the_name_of_whoever_signed_in_after(ines: Visitor) -> None:
    """Both may write about Robin; the page that Ines left open is covered, and waits for her."""
    path = given_somebody_writing_about(ines, "Robin", "Ines alone saw the heron.")
    amara = given_somebody_else_signs_in_with_the_same_browser(ines, "amara")
    passphrase = ines.is_asked_to_unlock()
    passphrase.fill(DEMO)
    passphrase.press("Enter")
    ines.waits_for("Somebody else is signed in now.")
    amara.goto(f"{ines.base}{path}")
    assert "heron" not in amara.content()
    amara.goto(f"{ines.base}/you/")
    amara.get_by_role("button", name="Sign out").click()
    amara.wait_for_url("**/sign-in/")
    passphrase.press("Enter")
    ines.waits_for("You are signed out.")
    amara.locator("form[action='/demo/ines/'] button").click()
    ines.page.locator("#cover:not([open])").wait_for(state="attached")
    ines.saves()
    then_the_note_stands_there_once(ines, "heron")
    assert "you" in ines.page.locator(".entry").first.inner_text()


def test_without_a_message_between_windows_the_server_says_whose_page_it_is(ines: Visitor) -> None:
    ines.page.add_init_script("delete window.BroadcastChannel")
    given_somebody_writing_about(ines, "Robin", "Ines alone saw the stork.")
    other = given_somebody_else_signs_in_with_the_same_browser(ines, "amara")
    ines.page.bring_to_front()
    ines.page.locator("#id_text").focus()
    ines.page.locator(SAVE).click()
    ines.is_asked_to_unlock()
    assert ines.page.locator("#id_text").input_value() == "Ines alone saw the stork."
    other.reload()
    assert other.locator("#cover[open]").count() == 0
    other.goto(ines.page.url)
    assert "stork" not in other.content()


def test_signing_out_elsewhere_keeps_the_words_on_the_page(ines: Visitor) -> None:
    given_somebody_writing_about(ines, "Robin", "Robin named the cactus.")
    other = ines.context.new_page()
    other.goto(f"{ines.base}/you/")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in/")
    ines.page.locator(SAVE).click()
    ines.is_asked_to_unlock()
    other.locator("form[action='/demo/ines/'] button").click()
    ines.page.locator("#cover:not([open])").wait_for(state="attached")
    then_the_note_stands_there_once(ines, "cactus")
