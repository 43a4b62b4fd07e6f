"""Who walks with somebody: handed over together, closed together, and back again; every page of it looked at."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.conftest import Meet, NewHouse, serving
from tests.journeys.server import TIME_ZONE
from tests.journeys.test_days import goes_by_keys_to
from tests.journeys.test_every_page import looks_right
from tests.journeys.visitor import Visitor

NUMBER = r"[0-9a-f-]{36}"
A_YEAR = timedelta(days=366)


@pytest.fixture
def amara(meet: Meet, demo: str) -> Visitor:
    """A colleague of Ines."""
    visitor = meet(demo)
    visitor.comes_in_as("amara")
    return visitor


def walks_with(visitor: Visitor, name: str) -> str:
    """The page "People" of somebody's file; its address."""
    place = f"/walking/{visitor.opens(name).split('/')[2]}/"
    visitor.goes_to(place)
    return place


def sends(visitor: Visitor, form: str, label: str) -> None:
    with visitor.page.expect_event("load"):
        visitor.page.locator(f"form#{form}").get_by_role("button", name=label).click()


def fills(visitor: Visitor, form: str, **words: str) -> None:
    for name, text in words.items():
        visitor.page.locator(f"form#{form} [name={name}]").fill(text)


def taps_while_there(visitor: Visitor, label: str) -> None:
    """Answer one line after another, until none of them asks any more."""
    lines = visitor.page.locator("main .rows").get_by_role("button", name=label)
    while lines.count():
        with visitor.page.expect_event("load"):
            lines.first.click()


def looks_well(visitor: Visitor, *places: str) -> None:
    faults = [fault for place in places for fault in looks_right(visitor, place)]
    assert faults == [], "\n".join(faults)


@pytest.mark.both_sizes
def test_handed_over_together(ines: Visitor, amara: Visitor) -> None:
    place = walks_with(ines, "Xio")
    ines.goes_to(f"{place}hand-over/")
    ines.page.locator("#ask select[name=person]").select_option(label="Amara Nwosu")
    sends(ines, "ask", "Ask them")
    ines.waits_for("Amara Nwosu was asked")

    amara.goes_to("/")
    amara.waits_for("asks whether you would walk with")
    amara.goes_to("/walking/offers/")
    amara.finds_it_in_order()
    asked = amara.page.locator("main li.row", has_text="Xio")
    with amara.page.expect_event("load"):
        asked.get_by_role("button", name="Yes, I will").click()
    assert amara.path == place

    ines.goes_to(f"{place}hand-over/")
    fills(ines, "path", wish="Please do not call before ten.")
    ines.page.locator("#path select[name=language]").select_option("fr")
    ines.page.get_by_role("button", name="Begin it anew").click()
    ines.page.wait_for_load_state("networkidle")
    assert "Please do not call before ten." in ines.page.locator("#path [name=wish]").input_value()
    sends(ines, "path", "Save")
    letter = ines.page.locator("#path a", has_text="On paper").get_attribute("href") or ""
    looks_well(ines, f"{place}hand-over/", letter)
    ines.goes_to(f"{place}hand-over/")
    sends(ines, "path", "From now on Amara Nwosu walks with them")
    ines.waits_for("from Ines Vidal to Amara Nwosu")
    ines.finds_it_in_order()

    amara.goes_to(f"{place}hand-over/")
    assert "Hand over, together" in amara.reads()
    amara.goes_to(f"{place}does/")
    fills(
        amara, "doing", **{str(amara.page.locator("#doing textarea").first.get_attribute("name")): "Mondays"}
    )
    sends(amara, "doing", "Save")
    amara.waits_for("Mondays")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_primary_worker_chooses_who_stands_in_with_the_keyboard(
    meet: Meet, demo: str, *, scripts: bool
) -> None:
    ines = meet(demo, java_script_enabled=scripts)
    ines.comes_in_as("ines")
    ines.goes_to(walks_with(ines, "Wren"))
    goes_by_keys_to(ines, "#colleague select[name=person]")
    ines.page.keyboard.type("Amara")
    with ines.page.expect_event("load"):
        goes_by_keys_to(ines, "#colleague button.button")
        ines.page.keyboard.press("Enter")
    assert "Amara Nwosu, backup" in ines.reads()
    ines.finds_it_in_order()
    with ines.page.expect_event("load"):
        goes_by_keys_to(ines, "form[action$='/no-backup/'] button")
        ines.page.keyboard.press("Enter")
    assert "Nobody stands behind Ines Vidal yet." in ines.reads()
    ines.finds_it_in_order()


def test_somebody_from_outside_and_a_conference(ines: Visitor) -> None:
    place = walks_with(ines, "Lucha")
    ines.goes_to(f"{place}outside/new/")
    fills(ines, "asked", name="Jo Meyer", agency="Legal Aid", may_know="court dates", basis="a release")
    sends(ines, "asked", "Save")
    ines.waits_for("court dates (a release)")
    outside = re.findall(rf"{place}outside/{NUMBER}/", ines.page.content())[0]
    ines.goes_to(f"{place}conferences/new/")
    fills(ines, "conference", agenda="School, and the dog.", summary="We talked about school.")
    sends(ines, "conference", "Save")
    conference = ines.path
    assert "School, and the dog." in ines.reads()
    looks_well(ines, outside, conference, f"{conference}change/", f"{conference}print/")


@pytest.mark.both_sizes
def test_closing_is_refused_kindly_then_done_and_a_year_later_they_are_back(
    meet: Meet, new_house: NewHouse
) -> None:
    data = new_house()
    with serving("demo", data) as base:
        ines = meet(base)
        ines.comes_in_as("ines")
        place = walks_with(ines, "Paz")
        is_refused_kindly(ines, f"{place}close/")
        closes_together(ines, place)
    later = datetime.now(ZoneInfo(TIME_ZONE)) + A_YEAR
    with serving("demo", data, ahead=A_YEAR) as base:
        ines = meet(base)
        ines.comes_in_as("ines")
        assert f"{later:%A} {later.day} {later:%B}" in ines.reads()
        comes_back(ines, walks_with(ines, "Paz"))


def is_refused_kindly(ines: Visitor, page: str) -> None:
    ines.goes_to(page)
    ines.page.locator("[name=reason][value=goals]").check()
    ines.page.locator("[name=follow_ups][value=yes]").check()
    fills(ines, "close", view="I can sleep now.")
    ines.page.locator("form#close").get_by_role("button", name="Close together").click()
    ines.waits_for("Some parts of the case have no answer yet")
    assert ines.page.locator("#close [name=view]").input_value() == "I can sleep now."
    ines.finds_it_in_order()


def closes_together(ines: Visitor, place: str) -> None:
    ines.goes_to(f"{place}close/")
    for answer in ("None of them came up", "Done"):
        taps_while_there(ines, answer)
    ines.page.locator("[name=reason][value=goals]").check()
    ines.page.locator("[name=follow_ups][value=yes]").check()
    fills(ines, "close", view="I can sleep now.")
    if ines.page.locator("#close [name=because]").count():
        fills(ines, "close", because="The rest can wait, they say.")
    sends(ines, "close", "Close together")
    ines.waits_for("This file is closed")
    looks_well(ines, place, f"{place}reopen/")


def comes_back(ines: Visitor, place: str) -> None:
    """The server has lived through a year; who walked with them is still here, and so is every word."""
    ines.waits_for("This file is closed")
    assert "I can sleep now." in ines.reads()
    ines.finds_it_in_order()
    ines.presses_link("They are back")
    assert "Ines Vidal walked with them until now, and is here" in ines.reads()
    ines.finds_it_in_order()
    sends(ines, "reopen", "Open it again")
    ines.page.wait_for_url(re.compile(rf"/people/{NUMBER}/"))
    assert ines.page.locator(".entry").count() > 1
    ines.finds_it_in_order()
    ines.goes_to(place)
    assert "back since today" in ines.reads()
    assert "I can sleep now." in ines.reads()


def test_days_off_with_cover(ines: Visitor, amara: Visitor) -> None:
    """Ines walks with people in two teams, Amara in one: so Ines can cover for Amara, and not the other way round."""
    ines.goes_to("/walking/cover/")
    fills(ines, "away", since="2031-07-01", until="2031-07-14")
    ines.page.locator("#away select[name=cover]").select_option(label="Amara Nwosu")
    ines.page.locator("form#away").get_by_role("button", name="Save").click()
    ines.waits_for("Amara Nwosu cannot open everybody’s file yet")
    ines.finds_it_in_order()

    amara.goes_to("/walking/cover/")
    fills(amara, "away", since="2031-07-01", until="2031-07-14")
    amara.page.locator("#away select[name=cover]").select_option(label="Ines Vidal")
    sends(amara, "away", "Save")
    amara.waits_for("Ines Vidal covers.")
    change = amara.page.locator("main a", has_text="Change").first.get_attribute("href") or ""
    looks_well(amara, "/walking/cover/", change)
    ines.goes_to("/walking/cover/")
    ines.waits_for("You cover.")
    amara.goes_to("/walking/cover/")
    with amara.page.expect_event("load"):
        amara.presses("Not away after all")
    assert "Ines Vidal covers." not in amara.reads()
