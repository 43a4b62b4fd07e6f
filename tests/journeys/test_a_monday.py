"""A caseload taken over on a Monday: people met, a day lived, a court, a goodbye, what a supervisor looks after.

All of it is lived through at a desk and on a phone. These people have a house of their own: one of them leaves it
today, and a wall goes up in it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import ViewportSize

from tests.journeys.conftest import Meet, NewHouse, serving
from tests.journeys.test_every_page import speaks
from tests.journeys.visitor import CASE, Visitor
from tests.journeys.words import DEMO, SHUT

pytestmark = pytest.mark.both_sizes
DUE = re.compile(r"/days/[0-9a-f-]{36}/[0-9a-f-]{36}/$")
DATES = re.compile(r"/days/[0-9a-f-]{36}/$")
OUTSIDE = "/sign-in/"
RIDE = ("Who allows the ride?", "Which second adult, or which rule?")


@pytest.fixture(scope="module")
def demo(size: ViewportSize, new_house: NewHouse) -> Iterator[str]:
    """The address of a house in which somebody may leave; for each size another, as she leaves in both."""
    with serving("demo", new_house()) as base:
        yield base


@pytest.fixture
def ruth(meet: Meet, demo: str) -> Visitor:
    """She supervises the house."""
    visitor = meet(demo)
    visitor.comes_in_as("ruth")
    return visitor


def soon(days: int) -> date:
    return date.today() + timedelta(days=days)  # noqa: DTZ011 - the demo lives where this machine is


def listed(visitor: Visitor, path: str) -> dict[str, str]:
    """Everybody on a list of people, on all its pages: their addresses and names."""
    visitor.goes_to(path)
    found = names_here(visitor)
    while visitor.page.locator(".pages a[rel=next]").count():
        with visitor.page.expect_event("load"):
            visitor.page.locator(".pages a[rel=next]").click()
        found |= names_here(visitor)
    return found


def names_here(visitor: Visitor) -> dict[str, str]:
    links = visitor.page.locator("main .rows a.whole").all()
    return {str(link.get_attribute("href")): link.inner_text() for link in links}


# -- meeting


def test_somebody_new_under_a_name_she_chose_for_today(ines: Visitor) -> None:
    ines.page.locator("a.add:visible").click()
    ines.page.locator("#id_name").fill("Robbin")
    ines.page.locator("#id_note").fill("Waited by the gate with a kite.")
    ines.presses("Open their page")
    ines.waits_for("Perhaps you know them already")
    ines.finds_it_in_order()
    ines.page.locator("#perhaps button", has_text="Yes, this is them").filter(has_text="Robin").click()
    ines.waits_for("Write about Robin")
    assert ines.page.locator("#id_text").input_value() == "Waited by the gate with a kite."
    with ines.page.expect_event("load"):
        ines.presses("Let go of it")

    ines.goes_to("/people/new/")
    ines.page.locator("#id_name").fill("Captain Thistle")
    ines.presses("Open their page")
    ines.page.wait_for_url(CASE)
    assert "Have you introduced yourself to Captain Thistle?" in ines.reads()
    ines.finds_it_in_order()
    ines.presses_link("What to say at a first meeting")
    guide = ines.path
    for tick in ines.page.locator("[name=said]").all()[:3]:
        tick.check()
    ines.finds_it_in_order()
    with ines.page.expect_event("load"):
        ines.presses("We talked about this")
    ines.goes_to(guide)
    assert ines.page.locator("[name=said]:checked").count() == 3
    assert "3 of " in ines.page.locator("main .row").filter(has_text="(you)").inner_text()
    ines.goes_to(guide.replace("first-meeting/", ""))
    assert "Have you introduced yourself" not in ines.reads()
    ines.finds_it_in_order()


def test_twelve_who_came_together_know_nothing_of_each_other(ines: Visitor) -> None:
    before = listed(ines, "/people/")
    ines.goes_to("/people/new/")
    ines.presses_link("Several")
    ines.page.locator("#id_count").fill("12")
    ines.page.locator("#id_called").fill("Quartzy\nTern of the pier")
    ines.page.locator("#id_note").fill("They came in a bus, and everybody had soup.")
    ines.page.locator("#id_tie").check()
    ines.finds_it_in_order()
    ines.page.get_by_role("button", name="Open a page for each").dblclick()
    ines.waits_for("12 pages are open.")
    ines.finds_it_in_order()
    twelve = {path: name for path, name in listed(ines, "/people/").items() if path not in before}
    assert len(twelve) == len(set(twelve.values())) == 12
    assert {"Quartzy", "Tern of the pier"} < set(twelve.values())
    for path, name in twelve.items():
        ines.goes_to(path)
        assert ines.notes("everybody had soup") == 1
        named = [other for other in twelve.values() if other != name and other in ines.page.content()]
        assert (name, named) == (name, [])
    ines.finds_it_in_order()


# -- a day


def test_a_day_a_promise_is_kept_in_place_and_a_call_is_written_down(ines: Visitor) -> None:
    row = ines.page.locator("main li.due").filter(has_text="Check the school form")
    with ines.page.expect_event("load"):
        row.get_by_role("button", name="Kept").click()
    assert ines.path == "/"
    assert row.count() == 0
    assert "Check the school form and text after three · Robin" in ines.reads()
    ines.finds_it_in_order()

    ines.writes("June asked whether Friday works, and it does.")
    ines.page.locator("#id_case").select_option(label="June")
    ines.page.locator(".write label", has_text="Call").click()
    ines.saves()
    ines.finds_it_in_order()
    ines.opens("June")
    newest = ines.page.locator(".entry").first.inner_text()
    assert "Call" in newest
    assert "asked whether Friday works" in newest
    ines.finds_it_in_order()


def test_a_court_with_somebody_who_is_not_of_age(ines: Visitor) -> None:
    case = ines.opens("Jade").split("/")[2]
    ines.goes_to(f"/days/{case}/")
    ines.page.get_by_role("link", name="Court", exact=True).first.click()
    ines.page.locator("#id_day").fill(soon(5).isoformat())
    ines.page.locator("#id_at").fill("09:30")
    if not ines.page.locator("#id_transport").is_visible():
        ines.page.locator("summary").filter(has_text="The way, and the children").click()
    ines.page.locator("#id_transport").select_option("ride")
    assert "Jade is not of age" in ines.reads()
    ines.finds_it_in_order()
    ines.presses("Save")
    ines.page.wait_for_url(DUE)
    for question in RIDE:
        assert ines.page.locator(".tag", has_text=question).is_visible()
    ines.finds_it_in_order()

    ines.page.locator("summary").filter(has_text="Continued to another date").click()
    ines.page.locator("#continued_day").fill(soon(33).isoformat())
    ines.presses("Continue")
    ines.page.wait_for_url(DATES)
    with ines.page.expect_event("load"):
        ines.page.locator("#coming + ul a.whole").last.click()
    ines.waits_for("continued from")
    for question in RIDE:
        assert ines.page.locator(".tag", has_text=question).is_visible()
    ines.finds_it_in_order()


# -- whoever looks after others


def test_somebody_leaves_today_and_nobody_is_left_alone(meet: Meet, demo: str) -> None:
    samir, mateo = meet(demo), meet(demo)
    samir.comes_in_as("samir")
    walked = listed(samir, "/people/")
    assert {"Dov", "Ivo"} < set(walked.values())
    mateo.comes_in_as("mateo")
    speaks(mateo, "en")
    mateo.goes_to("/staff/")
    mateo.presses_link("Samir Haddad")
    mateo.presses_link("Samir Haddad leaves the agency")
    mateo.page.locator("#id_everybody").select_option(label="Linh Tran-Baker")
    mateo.finds_it_in_order()
    with mateo.page.expect_event("load"):
        mateo.presses("End their access now")
    mateo.finds_it_in_order()

    samir.page.reload()
    assert samir.path == OUTSIDE
    samir.goes_to("/people/")
    assert samir.path == OUTSIDE
    samir.goes_to("/sign-in/with-words/")
    samir.page.fill("[name=email]", "samir@harborlane.example")
    samir.page.fill("[name=passphrase]", DEMO)
    samir.page.keyboard.press("Enter")
    samir.waits_for("do not fit together")
    samir.finds_it_in_order()
    linh = meet(demo)
    linh.comes_in_as("linh")
    assert set(walked) <= set(listed(linh, "/people/"))
    linh.finds_it_in_order()
    nobody = meet(demo)
    nobody.goes_to("/sign-in/")
    assert nobody.page.locator("form[action='/demo/linh/']").count() == 1
    assert nobody.page.locator("form[action='/demo/samir/']").count() == 0


def test_each_number_of_the_team_opens_exactly_its_people(ruth: Visitor) -> None:
    ruth.goes_to("/team/")
    ruth.finds_it_in_order()
    numbers = names_here(ruth)
    assert any("without a backup" in said for said in ruth.page.locator("main .row").all_inner_texts())
    counted = {
        path: int(re.findall(r"\d+", said)[0]) for path, said in numbers.items() if "/people/?" in path
    }
    assert len(counted) > 2
    assert {path: len(listed(ruth, path)) for path in counted} == counted
    ruth.finds_it_in_order()


def test_who_waited_has_an_answer_and_somebody_a_backup(ines: Visitor, ruth: Visitor) -> None:
    ines.goes_to("/days/waiting/new/")
    ines.page.locator("#id_who").fill("the school by the mill")
    ines.page.locator("#id_text").fill("asks whether Friday works")
    ines.page.locator("#id_case").select_option(label="Robin")
    ines.finds_it_in_order()
    with ines.page.expect_event("load"):
        ines.presses("Save")
    ruth.goes_to("/team/")
    waits = ruth.page.locator("section[aria-labelledby=asks] .row", has_text="the school by the mill")
    with ruth.page.expect_event("load"):
        waits.get_by_role("link", name="Answer").click()
    card = ruth.page.locator("main li.card:has(details[open])")
    card.get_by_label("What did you answer?").fill("Friday at four is fine.")
    ruth.finds_it_in_order()
    with ruth.page.expect_event("load"):
        card.get_by_role("button", name="Answered").click()
    assert "Friday at four is fine." in ruth.page.locator("section[aria-labelledby=answered]").inner_text()
    ruth.finds_it_in_order()
    ruth.goes_to("/team/")
    assert waits.count() == 0
    gap = str(ruth.page.locator("main a.whole", has_text="without a backup").first.get_attribute("href"))
    alone = listed(ruth, gap)
    theirs = list(alone)[-1]  # not Bee, before whose file a wall goes up below
    ruth.goes_to(theirs.replace("/people/", "/walking/"))
    ruth.page.locator("#colleague select[name=person]").select_option(index=1)
    ruth.finds_it_in_order()
    with ruth.page.expect_event("load"):
        ruth.presses("Make backup")
    ruth.finds_it_in_order()
    del alone[theirs]
    assert listed(ruth, gap) == alone


def test_hours_are_put_on_the_rota(ruth: Visitor) -> None:
    ruth.goes_to("/team/")
    ruth.presses_link("Rota")
    before = ruth.page.locator("main .row", has_text="Linh Tran-Baker").count()
    ruth.presses_link("Add hours")
    ruth.page.locator("#id_person").select_option(label="Linh Tran-Baker")
    ruth.page.locator("#id_day").fill(soon(60).isoformat())
    ruth.finds_it_in_order()
    with ruth.page.expect_event("load"):
        ruth.presses("Put it on the rota")
    assert ruth.path == "/staff/rota/"
    assert ruth.page.locator("main .row", has_text="Linh Tran-Baker").count() == before + 1
    ruth.finds_it_in_order()


def test_a_wall_goes_up_and_the_colleague_meets_a_shut_door(ruth: Visitor, meet: Meet, demo: str) -> None:
    amara = meet(demo)
    amara.comes_in_as("amara")
    theirs = amara.opens("Bee")
    ruth.goes_to(f"{theirs.replace('/people/', '/walking/')}walls/")
    ruth.page.locator("#id_person").select_option(label="Amara Nwosu")
    with ruth.page.expect_event("load"):
        ruth.presses("Keep them away")
    assert "sees nothing of this file" in ruth.reads()
    ruth.finds_it_in_order()
    assert ruth.goes_to(theirs) == 200

    assert amara.goes_to(theirs) == 404
    assert SHUT in amara.reads()
    amara.finds_it_in_order()
    assert amara.goes_to(theirs.replace("/people/", "/safety/")) == 404
    assert theirs not in listed(amara, "/people/?who=all")
    amara.looks_for("Bee")
    assert amara.page.locator(f"main a[href^='{theirs}']").count() == 0
    amara.finds_it_in_order()
