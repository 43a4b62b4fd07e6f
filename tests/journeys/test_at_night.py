"""When something is not safe: a crisis in two taps, a report at two in the morning, missing and back, the sheet."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet, NewHouse, serving
from tests.journeys.server import TIME_ZONE
from tests.journeys.test_every_page import looks_right
from tests.journeys.visitor import PHONE, Visitor

CRISIS = re.compile(r"/safety/[0-9a-f-]{36}/crisis/[0-9a-f-]{36}/")
MISSING = re.compile(r"/safety/[0-9a-f-]{36}/missing/[0-9a-f-]{36}/")
REPORT = re.compile(r"/reports/[0-9a-f-]{36}/")


@pytest.fixture
def amara(meet: Meet, demo: str) -> Visitor:
    """A case manager on a phone, in a corridor."""
    visitor = meet(demo, viewport=PHONE)
    visitor.comes_in_as("amara")
    return visitor


@pytest.fixture
def on_call(meet: Meet, demo: str) -> Visitor:
    """Whoever is on call tonight, on a phone."""
    return whoever_is_on_call(meet, demo, viewport=PHONE)


@pytest.fixture
def at_two(meet: Meet, new_house: NewHouse) -> Iterator[Visitor]:
    """Whoever is on call at two in the morning, by the clock of the demo's house."""
    now = datetime.now(ZoneInfo(TIME_ZONE))
    night = (now + timedelta(days=1)).replace(hour=2, minute=0)
    with serving("demo", new_house(), ahead=night.astimezone(UTC) - now.astimezone(UTC)) as base:
        yield whoever_is_on_call(meet, base)


def whoever_is_on_call(meet: Meet, base: str, **options: object) -> Visitor:
    """As the corner of every page says."""
    ines = meet(base, **options)
    ines.comes_in_as("ines")
    name = ines.page.locator(".on-call strong").first.inner_text()
    visitor = meet(base, **options)
    visitor.comes_in_as(name.split()[0].lower())
    return visitor


def here(visitor: Visitor) -> str:
    """The page, wherever on it one stands."""
    return visitor.path.partition("#")[0]


def begins(visitor: Visitor, name: str) -> None:
    """From any page to the crisis of somebody: Crisis, then their name."""
    visitor.goes_to("/safety/")
    visitor.page.locator("main a.whole").filter(has_text=name).first.click()
    visitor.page.wait_for_url(re.compile(r"/crisis/"))
    if visitor.path.endswith("/new/"):
        visitor.presses("Begin")
        visitor.page.wait_for_url(CRISIS)


def answers(visitor: Visitor, line: str, answer: str) -> None:
    """Tap one answer, and wait until the page stands there anew."""
    button = visitor.page.locator(f"#check-{line} button").filter(has_text=answer)
    with visitor.page.expect_event("load"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_a_crisis_from_the_first_tap_to_the_talk_afterwards(amara: Visitor) -> None:
    begins(amara, "Lark")
    amara.finds_it_in_order()
    answers(amara, "safe", "Yes")
    answers(amara, "police", "Not wanted")
    with amara.page.expect_event("load"):
        amara.presses("Their worker")
    amara.waits_for("Take back")
    amara.page.locator("#line textarea").fill("Light off, neighbour on the way.")
    with amara.page.expect_event("load"):
        amara.page.locator("#line button").click()
    assert "Light off, neighbour on the way." in amara.reads()
    place = here(amara)
    faults = looks_right(amara, place) + looks_right(amara, f"{place}end/")
    assert faults == [], "\n".join(faults)
    amara.page.locator("#id_account").fill("You stayed on the line.")
    amara.presses("Save, and close it")
    amara.page.wait_for_url(re.compile(r"/safety/[0-9a-f-]{36}/$"))
    amara.waits_for("You stayed on the line.")
    amara.finds_it_in_order()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_tap_on_the_wrong_name_is_undone(meet: Meet, demo: str, *, scripts: bool) -> None:
    ines = meet(demo, viewport=PHONE, java_script_enabled=scripts)
    ines.comes_in_as("ines")
    ines.presses_link("Crisis")
    row = ines.page.locator("main .row").filter(has_text="Jade")
    row.locator("button").click()
    ines.page.wait_for_url(CRISIS)
    faults = looks_right(ines, here(ines)) if scripts else []
    assert faults == [], "\n".join(faults)
    ines.presses("Undo it")
    ines.page.wait_for_url("**/safety/")
    ines.waits_for("Nothing of it is in the file.")
    expect(row.locator("button")).to_be_visible()


def test_without_scripts_every_tap_is_kept_too(meet: Meet, demo: str) -> None:
    ines = meet(demo, java_script_enabled=False)
    ines.comes_in_as("ines")
    begins(ines, "Wren")
    answers(ines, "doctor", "Not yet")
    assert ines.page.url.endswith("#check-doctor")
    answers(ines, "doctor", "Yes")


@pytest.mark.both_sizes
def test_a_report_at_two_in_the_morning_from_the_account_that_is_on_call(at_two: Visitor) -> None:
    at_two.goes_to("/safety/")
    at_two.presses_link("Report or emergency")
    at_two.finds_it_in_order()
    at_two.presses_link("Write down a report")
    at_two.page.locator("#id_agency").fill("County line")
    at_two.page.locator("#id_said").fill("What I heard tonight")
    at_two.presses("Save")
    at_two.page.wait_for_url(REPORT)
    at_two.page.locator("#id_reference").fill("R-4711")
    with at_two.page.expect_event("load"):
        at_two.presses("Save")
    at_two.waits_for("R-4711")
    assert re.search(r"today 2:\d\d", at_two.reads())
    faults = looks_right(at_two, here(at_two))
    assert faults == [], "\n".join(faults)


def test_a_report_in_a_file_is_read_by_those_who_carry_it(amara: Visitor, meet: Meet, demo: str) -> None:
    begins(amara, "Lark")
    case = amara.path.split("/")[2]
    amara.goes_to(f"/safety/{case}/reports/new/")
    amara.page.locator("#id_said").fill("What I heard tonight")
    amara.presses("Save")
    amara.page.wait_for_url(REPORT)
    faults = looks_right(amara, here(amara))
    assert faults == [], "\n".join(faults)
    ines = meet(demo)
    ines.comes_in_as("ines")
    assert ines.goes_to(amara.path) == 200
    assert "What I heard tonight" in ines.reads()


@pytest.mark.both_sizes
def test_missing_and_back(ines: Visitor) -> None:
    case = ines.opens("Wren").split("/")[2]
    ines.goes_to(f"/safety/{case}/missing/new/")
    ines.presses("Begin now, write later")
    ines.page.wait_for_url(MISSING)
    with ines.page.expect_event("load"):
        ines.presses("Told now")
    ines.waits_for("knows")
    ines.page.locator("#heard-form textarea").fill("A text: ok, at a friend’s.")
    with ines.page.expect_event("load"):
        ines.page.locator("#heard-form button").click()
    faults = looks_right(ines, here(ines))
    ines.presses_link("They are back")
    faults += looks_right(ines, here(ines))
    assert faults == [], "\n".join(faults)
    ines.page.locator("#id_needs").fill("Sleep")
    ines.presses("Save")
    ines.page.wait_for_url(re.compile(r"/safety/[0-9a-f-]{36}/$"))
    ines.waits_for("back today")
    ines.finds_it_in_order()


def test_the_sheet_for_the_pocket_prints_without_a_word_of_where_it_comes_from(on_call: Visitor) -> None:
    on_call.goes_to("/safety/night/paper/")
    on_call.page.emulate_media(media="print")
    shown = on_call.page.locator("body").inner_text()
    assert "shred it in the morning" in shown
    assert not [word for word in ("Leeward", "Harbor", "Crisis", "Amara") if word in shown]
    assert on_call.page.title() == "List"
