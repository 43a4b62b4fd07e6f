"""The five things that are done most, with the keyboard alone and without scripts.

Somebody is found, a call is written down, something is promised, an appointment is booked, a crisis begins.
"""

import re
from datetime import date, timedelta

from tests.journeys.conftest import Meet
from tests.journeys.test_days import goes_by_keys_to
from tests.journeys.visitor import Visitor

CRISIS = re.compile(r"/safety/[0-9a-f-]{36}/crisis/[0-9a-f-]{36}/")
DUE = re.compile(r"/days/[0-9a-f-]{36}/[0-9a-f-]{36}/$")


def soon(days: int) -> date:
    return date.today() + timedelta(days=days)  # noqa: DTZ011 - the demo lives where this machine is


def presses_and_waits(visitor: Visitor, selector: str) -> None:
    with visitor.page.expect_event("load"):
        visitor.page.locator(selector).click()


def goes_in_by_keys(visitor: Visitor, link: str) -> None:
    goes_by_keys_to(visitor, link)
    with visitor.page.expect_event("load"):
        visitor.page.keyboard.press("Enter")


def types(visitor: Visitor, field: str, words: str) -> None:
    goes_by_keys_to(visitor, field)
    visitor.page.keyboard.type(words)


def test_the_five_things_that_are_done_most_with_the_keyboard_alone(ines: Visitor) -> None:
    keys = ines.page.keyboard
    keys.press("/")
    keys.type("Davi")
    keys.press("Enter")
    ines.waits_for("1 person fits")
    goes_in_by_keys(ines, "main a.whole")
    place = ines.path
    assert "Reaching Davi safely" in ines.reads()

    types(ines, "#id_text", "Davi called about the oboe.")
    goes_by_keys_to(ines, "[name=kind]")
    while ines.page.locator("[name=kind]:checked").get_attribute("value") != "call":
        keys.press("ArrowRight")
    with ines.page.expect_event("load"):
        keys.press("Control+Enter")
    assert ines.notes("about the oboe") == 1
    assert "Call" in ines.page.locator(".entry").first.inner_text()
    ines.finds_it_in_order()

    goes_in_by_keys(ines, "main a[href$='/promise/']")
    types(ines, "#id_text", "ask for reeds")
    goes_in_by_keys(ines, "#agree button.button")
    assert "ask for reeds" in ines.reads()
    ines.finds_it_in_order()

    goes_in_by_keys(ines, "main a[href$='/appointment/']")
    types(ines, "#id_text", "Music shop")
    types(ines, "#id_day", f"{soon(3):%m%d%Y}")
    goes_in_by_keys(ines, "#book button.button")
    assert DUE.search(ines.page.url)
    assert "Music shop" in ines.reads()
    assert "I go along" in ines.reads()
    ines.finds_it_in_order()

    goes_in_by_keys(ines, "a.crisis")
    goes_in_by_keys(ines, f"main a[href*='{place.split('/')[2]}']")
    goes_in_by_keys(ines, "#begin button")
    assert CRISIS.search(ines.page.url)
    ines.finds_it_in_order()


def test_the_five_things_that_are_done_most_without_scripts(meet: Meet, demo: str) -> None:
    ines = meet(demo, java_script_enabled=False)
    ines.comes_in_as("ines")
    ines.page.locator("#search").fill("Lucha")
    ines.page.locator("#search").press("Enter")
    presses_and_waits(ines, "main a.whole")
    case = ines.path.split("/")[2]
    assert "Reaching Lucha safely" in ines.reads()
    ines.writes("Lucha called about beads.")
    ines.page.locator(".write label", has_text="Call").click()
    ines.saves()
    assert ines.notes("about beads") == 1
    assert "Call" in ines.page.locator(".entry").first.inner_text()

    ines.presses_link("Promise something")
    ines.page.locator("#id_text").fill("look for red beads")
    presses_and_waits(ines, "#agree button.button")
    assert "look for red beads" in ines.reads()

    ines.presses_link("Appointment")
    ines.page.locator("#id_text").fill("Bead shop")
    ines.page.locator("#id_day").fill(soon(3).isoformat())
    presses_and_waits(ines, "#book .raised button.button")
    assert DUE.search(ines.page.url)
    assert "Bead shop" in ines.reads()
    assert "I go along" in ines.reads()

    presses_and_waits(ines, "a.crisis")
    presses_and_waits(ines, f"main button[formaction*='{case}']")
    assert CRISIS.search(ines.page.url)

    seen = meet(demo)
    seen.comes_in_as("ines")
    seen.goes_to(ines.path)
    seen.finds_it_in_order()
