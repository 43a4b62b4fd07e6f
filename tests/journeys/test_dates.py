"""A day with its dates: a promise, an accompaniment, a court that puts off, a van with three, and back again."""

import re
from datetime import date, datetime, timedelta

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.visitor import DESK, PHONE, Visitor, wrong_with

DUE = re.compile(r"/days/[0-9a-f-]{36}/[0-9a-f-]{36}/$")


def soon(days: int = 1) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the demo lives where this machine is


def dates_of(visitor: Visitor, name: str) -> str:
    """Open somebody's dates; the path of them."""
    case = visitor.opens(name).split("/")[2]
    visitor.presses_link("Dates")
    return f"/days/{case}/"


def in_order(visitor: Visitor) -> None:
    """As it stands, on the smallest phone too."""
    visitor.page.set_viewport_size(PHONE)
    faults = wrong_with(visitor.page, narrow=True)
    visitor.page.set_viewport_size(DESK)
    assert faults == [], "\n".join([visitor.page.url, *faults])


def test_a_promise_is_made_moved_with_a_word_and_kept(ines: Visitor) -> None:
    place = dates_of(ines, "Wren")
    ines.presses_link("Promise")
    ines.page.locator("#id_text").fill("I will ask about the heater")
    ines.presses("Save")
    ines.page.wait_for_url(re.compile(rf"{place}$"))
    ines.presses_link("I will ask about the heater")
    ines.page.locator("details.folds summary").last.click()
    ines.page.locator("#move_day").fill(soon(4))
    ines.page.locator("#move_told").fill("The office is shut until Thursday.")
    in_order(ines)
    ines.page.get_by_role("button", name="Move", exact=True).click()
    ines.waits_for("Moved.")
    row = ines.page.locator(".row").filter(has_text="I will ask about the heater")
    assert "moved from" in row.inner_text()
    row.get_by_role("button").click()
    ines.waits_for("Saved.")
    assert ines.page.locator(".row form").filter(has_text="I will ask about the heater").count() == 0


def test_an_accompaniment_is_booked_in_five_actions(ines: Visitor) -> None:
    ines.opens("Wren")
    actions = 0
    for press in ("Dates", "Appointment"):
        ines.presses_link(press)
        actions += 1
    ines.page.locator("#id_text").fill("Dentist")
    ines.page.locator("#id_day").fill(soon(2))
    ines.page.locator("#id_at").fill("10:00")
    ines.presses("Save")
    actions += 1
    ines.page.wait_for_url(DUE)
    assert "I go along" in ines.reads()
    assert actions <= 5
    in_order(ines)


def test_how_it_was_is_typed_once(ines: Visitor) -> None:
    place = dates_of(ines, "Wren")
    ines.goes_to(f"{place}appointment/")
    ines.page.locator("#id_text").fill("Housing office")
    ines.page.locator("#id_day").fill(soon(0))
    ines.page.locator("#id_minutes").fill("50")
    ines.presses("Save")
    ines.page.wait_for_url(DUE)
    ines.page.locator("summary").filter(has_text="It happened").click()
    assert ines.page.locator("#happened_minutes").input_value() == "50"
    ines.page.locator("#happened_happened").fill("They have a list now.")
    ines.page.locator("summary").filter(has_text="The way, and how you spoke").click()
    ines.page.locator("#happened_miles").fill("7.5")
    in_order(ines)
    ines.page.get_by_role("button", name="It happened").dblclick()
    ines.page.wait_for_url(re.compile(rf"{place}$"))
    ines.page.wait_for_load_state("networkidle")
    ines.opens("Wren")
    assert ines.notes("They have a list now.") == 1
    assert "Together today" in ines.reads()
    assert "7.5 miles" in ines.reads()


def test_who_came_along_does_not_interpret_without_a_reason(ines: Visitor) -> None:
    place = dates_of(ines, "Wren")
    ines.goes_to(f"{place}appointment/")
    ines.page.locator("#id_text").fill("Clinic")
    ines.page.locator("#id_day").fill(soon(3))
    ines.page.locator("summary").filter(has_text="Language").click()
    ines.page.locator("#id_interpreter").select_option("came_along")
    ines.presses("Save")
    ines.waits_for("can change what is safe to say")
    assert ines.page.locator("#id_text").input_value() == "Clinic"
    in_order(ines)
    ines.page.locator("#id_interpreter").select_option("nameless")
    ines.presses("Save")
    ines.page.wait_for_url(DUE)
    assert "no names said" in ines.reads()


def test_a_court_puts_off_and_the_chain_is_kept(ines: Visitor) -> None:
    place = dates_of(ines, "Robin")
    ines.goes_to(f"{place}court/")
    ines.page.locator("#id_hearing").select_option("protection")
    ines.page.locator("#id_day").fill(soon(1))
    ines.page.locator("#id_orders").fill("No contact through anybody")
    ines.presses("Save")
    ines.page.wait_for_url(DUE)
    in_order(ines)
    ines.page.locator("summary").filter(has_text="Continued to another date").click()
    ines.page.locator("#continued_day").fill(soon(30))
    ines.presses("Continue")
    ines.page.wait_for_url(re.compile(rf"{place}$"))
    ines.presses_link("Protection order")
    ines.waits_for("continued from")
    in_order(ines)
    ines.goes_to(f"{place}appointment/")
    assert "No contact through anybody" in ines.reads()


@pytest.mark.both_sizes
def test_a_van_with_three_is_on_its_way_safe_and_back(ines: Visitor) -> None:
    ines.goes_to("/days/trip/new/")
    ines.page.locator("#id_where").fill("Food bank")
    for box in ines.page.locator("input[name=people]").all()[:3]:
        box.check()
    ines.presses("Leaving")
    ines.page.wait_for_url(re.compile("/days/trip/$"))
    ines.waits_for("You are on the way")
    ines.finds_it_in_order()
    for step, said in (("Safe", "You are safe"), ("Back", "You are here")):
        ines.page.get_by_role("button", name=step, exact=True).click()
        ines.waits_for(said)
    ines.finds_it_in_order()
    ines.presses_link("Write one note for them")
    assert ines.page.locator("input[name=people]:checked").count() == 3
    ines.page.locator("#id_text").fill("Everybody carried two bags home.")
    ines.finds_it_in_order()
    ines.saves()
    ines.waits_for("Saved in 3 files")
    assert "Write one note for them" not in ines.reads()
    ines.finds_it_in_order()


def test_whoever_supervises_sees_who_should_be_back(meet: Meet, demo: str) -> None:
    ines, ruth = meet(demo, timezone_id="UTC"), meet(demo)
    ines.comes_in_as("ines")
    ines.goes_to("/days/trip/new/")
    back_by = ines.page.locator("#id_back_by").input_value()
    minute = (datetime.fromisoformat(back_by) - timedelta(hours=12)).strftime("%Y-%m-%dT%H:%M")
    ines.page.locator("#id_back_by").fill(minute)
    ines.presses("Leaving")
    ines.waits_for("This time has passed")
    in_order(ines)
    ruth.comes_in_as("ruth")
    ruth.goes_to("/days/trip/")
    ruth.finds_it_in_order()


def test_something_of_ones_own_to_do(ines: Visitor) -> None:
    ines.goes_to("/days/mine/new/?back=list")
    ines.page.locator("#id_text").fill("Renew my licence")
    ines.presses("Save")
    ines.page.wait_for_url(re.compile("/days/list/$"))
    ines.presses_link("Renew my licence")
    in_order(ines)
    ines.page.get_by_role("button", name="Done", exact=True).click()
    ines.waits_for("Saved.")


@pytest.mark.parametrize("path", ["/days/day/", "/days/week/"])
def test_the_calendar_is_walked_through_with_the_keyboard(ines: Visitor, path: str) -> None:
    ines.goes_to(path)
    for _ in range(60):
        ines.page.keyboard.press("Tab")
        if ines.page.evaluate("document.activeElement.textContent.includes('Later')"):
            break
    with ines.page.expect_event("load"):
        ines.page.keyboard.press("Enter")
    assert "on=" in ines.page.url
    ines.finds_it_in_order()


def test_without_scripts_a_promise_is_kept_too(meet: Meet, demo: str) -> None:
    ines = meet(demo, java_script_enabled=False)
    ines.comes_in_as("ines")
    place = dates_of(ines, "Lucha")
    ines.goes_to(f"{place}promise/")
    ines.page.locator("#id_text").fill("Bring the blue form")
    ines.presses("Save")
    row = ines.page.locator(".row").filter(has_text="Bring the blue form")
    row.get_by_role("button").click()
    assert "Saved." in ines.page.locator(".notices").inner_text()
