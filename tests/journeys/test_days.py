"""Ordinary days: finding somebody, handing in a paper, leaving, and working as one can or must."""

import os
import re
from pathlib import Path
from uuid import uuid4

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.visitor import CASE, SAVE, Visitor
from tests.journeys.words import DEMO, KIND_ON_THIS_PAGE, SHUT


@pytest.mark.parametrize(
    ("asked", "found"),
    [("accordion", "Don Chema"), ("jose maria", "Don Chema"), ("Robín", "Robin")],
)
def test_somebody_is_found_by_a_word_or_a_name(ines: Visitor, asked: str, found: str) -> None:
    ines.looks_for(asked)
    assert "1 person fits" in ines.reads()
    assert ines.page.locator("main a.whole").inner_text() == found
    assert asked not in ines.page.url
    ines.finds_it_in_order()
    ines.page.locator("main a.whole").click()
    ines.page.wait_for_url(CASE)


def test_nothing_found_says_what_to_try(ines: Visitor) -> None:
    ines.looks_for("rhododendron")
    assert "Nobody with these words" in ines.reads()
    ines.finds_it_in_order()
    ines.presses_link("Meet somebody new")


@pytest.mark.both_sizes
def test_a_colleague_of_another_team_meets_a_shut_door(ines: Visitor, meet: Meet, demo: str) -> None:
    path = ines.opens("Robin")
    hannah = meet(demo)
    hannah.comes_in_as("hannah")
    hannah.looks_for("Robin")
    assert "Nobody with these words" in hannah.reads()
    shut = hannah.page.goto(f"{demo}{path}")
    assert shut
    assert shut.status == 404
    body = shut.body()
    assert SHUT in hannah.reads()
    hannah.finds_it_in_order()
    nothing = hannah.page.goto(f"{demo}/people/{uuid4()}/")
    assert nothing
    assert nothing.body() == body


def test_house_staff_see_the_person_and_not_the_notes(ines: Visitor, meet: Meet, demo: str) -> None:
    path = ines.opens("Robin")
    note = ines.page.locator(".entry-words").first.inner_text()
    denise = meet(demo)
    denise.comes_in_as("denise")
    denise.opens("Robin")
    assert denise.path == path
    assert KIND_ON_THIS_PAGE in denise.reads()
    assert note not in denise.page.content()
    assert denise.page.locator("textarea, .entry-words").count() == 0
    denise.finds_it_in_order()


def test_the_front_desk_sees_names_only(ines: Visitor, meet: Meet, demo: str) -> None:
    path = ines.opens("Don Chema")
    pilar = meet(demo)
    pilar.comes_in_as("pilar")
    pilar.goes_to("/people/?who=all")
    assert "Don Chema" in pilar.reads()
    assert pilar.page.locator("main a[href^='/people/']").count() == 0
    pilar.looks_for("accordion")
    assert "Nobody with these words" in pilar.reads()
    pilar.goes_to(path)
    assert SHUT in pilar.reads()
    pilar.finds_it_in_order()


def test_a_paper_comes_back_as_it_was(ines: Visitor, tmp_path: Path) -> None:
    paper = b"%PDF-1.7\n" + os.urandom(3 * 1024 * 1024)
    ines.opens("Don Chema")
    ines.presses_link("Add a paper")
    ines.page.locator("input[type=file]").set_input_files(
        {"name": "Señor’s letter.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    ines.finds_it_in_order()
    ines.presses("Add it")
    ines.page.wait_for_url(CASE)
    with ines.page.expect_download() as coming:
        ines.page.get_by_role("link", name="Señor’s letter.pdf").click()
    assert coming.value.suggested_filename == "Señor’s letter.pdf"
    coming.value.save_as(tmp_path / "paper")
    assert (tmp_path / "paper").read_bytes() == paper
    ines.finds_it_in_order()


def test_signing_out_everywhere_ends_the_other_browser_too(ines: Visitor, meet: Meet, demo: str) -> None:
    ines.opens("Wren")
    elsewhere = meet(demo)
    elsewhere.comes_in_as("ines")
    elsewhere.goes_to("/you/sign-ins/")
    elsewhere.finds_it_in_order()
    elsewhere.presses("Sign out everywhere")
    elsewhere.page.wait_for_url("**/sign-in/")
    ines.page.reload()
    ines.page.wait_for_url("**/sign-in/**")
    assert "Wren" not in ines.page.content()


def test_going_back_after_signing_out_shows_nothing(ines: Visitor) -> None:
    ines.presses_link("Wren")
    ines.presses_link("Ines Vidal")
    ines.presses("Sign out")
    ines.page.wait_for_url("**/sign-in/")
    for _ in range(3):
        ines.page.go_back()
        assert "Wren" not in ines.page.content()
        assert "sign-in" in ines.page.url
    ines.finds_it_in_order()


def goes_by_keys_to(visitor: Visitor, target: str) -> None:
    """Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(60):
        if visitor.page.evaluate("(target) => document.activeElement.matches(target)", target):
            return
        visitor.page.keyboard.press("Tab")
    pytest.fail(f"{target} cannot be reached with the keyboard")


def test_a_whole_visit_with_the_keyboard_alone(meet: Meet, demo: str) -> None:
    ines = meet(demo)
    keys = ines.page.keyboard
    ines.goes_to("/sign-in/with-words/")
    goes_by_keys_to(ines, "[name=email]")
    keys.type("ines@harborlane.example")
    goes_by_keys_to(ines, "[name=passphrase]")
    keys.type(DEMO)
    keys.press("Enter")
    ines.page.wait_for_url(f"{demo}/")
    keys.press("/")
    keys.type("Davi")
    keys.press("Enter")
    ines.page.wait_for_url("**/find/")
    ines.waits_for("1 person fits")
    goes_by_keys_to(ines, "main a.whole")
    keys.press("Enter")
    ines.page.wait_for_url(CASE)
    goes_by_keys_to(ines, "#id_text")
    keys.type("Davi found the tuba again.")
    goes_by_keys_to(ines, SAVE)
    with ines.page.expect_event("load"):
        keys.press("Enter")
    assert ines.notes("tuba") == 1
    ines.finds_it_in_order()


def test_a_whole_visit_without_scripts(meet: Meet, demo: str) -> None:
    ines = meet(demo, java_script_enabled=False)
    ines.comes_in_as("ines")
    ines.goes_to("/people/new/")
    ines.page.fill("[name=name]", "Clementine")
    ines.presses("Open their page")
    ines.page.wait_for_url(CASE)
    ines.page.locator("#id_text").fill("She brought a xylophone.")
    ines.page.locator(SAVE).click()
    ines.page.wait_for_url(CASE)
    assert ines.notes("xylophone") == 1
    ines.looks_for("xylophone")
    assert "Clementine" in ines.reads()
    ines.looks_for("clémentine")
    assert "Clementine" in ines.reads()


def test_mateo_reads_spanish(meet: Meet, demo: str) -> None:
    mateo = meet(demo)
    mateo.comes_in_as("mateo")
    assert mateo.page.locator("html").get_attribute("lang") == "es"
    assert re.search(r"Buen[oa]s (días|tardes|noches), Mateo", mateo.reads())
    assert mateo.page.get_by_role("link", name="Personas").first.is_visible()
    mateo.finds_it_in_order()


def test_a_visitor_chooses_a_language_before_anything_else(meet: Meet, nobody: str) -> None:
    visitor = meet(nobody)
    visitor.goes_to("/sign-in/")
    visitor.presses("Français")
    visitor.page.locator("html[lang=fr]").wait_for()
    visitor.finds_it_in_order()


def test_a_browser_that_keeps_no_cookie_is_told_so(meet: Meet, demo: str) -> None:
    visitor = meet(demo)
    visitor.goes_to("/sign-in/with-words/")
    visitor.context.clear_cookies()
    visitor.page.locator("main form button.wide").evaluate("(button) => button.form.submit()")
    visitor.waits_for("Your browser did not keep a cookie")
    visitor.finds_it_in_order()
