"""Who somebody is: in their words, how to reach them, who decides, who belongs to them, and who keeps away."""

import re

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.sent import NUMBER
from tests.journeys.test_every_page import looks_right
from tests.journeys.visitor import PHONE, Visitor

THEIRS = re.compile(rf"/people/({NUMBER})/")


@pytest.fixture
def june(ines: Visitor) -> str:
    """Where June's pages begin."""
    found = THEIRS.match(ines.opens("June"))
    assert found
    return found[0]


def fills(visitor: Visitor, path: str, **told: str | bool) -> None:
    """Open a page, answer some of what it asks, and save."""
    visitor.goes_to(path)
    for name, words in told.items():
        field = visitor.page.locator(f"main [name={name}]")
        for fold in field.locator("xpath=ancestor::details[not(@open)]").all():
            fold.locator("summary").click()
        if field.first.get_attribute("type") in {"checkbox", "radio"}:
            visitor.page.locator(
                f"main [name={name}][value='{words}']" if words is not True else f"main [name={name}]"
            ).check()
        else:
            field.fill(str(words))
    with visitor.page.expect_event("load"):
        visitor.page.locator("main form button.button").first.click()


def number_of(visitor: Visitor, path: str, before: str) -> str:
    """The number of what stands on a page, after these words in its address."""
    visitor.goes_to(path)
    found = re.search(rf"{before}({NUMBER})/", visitor.page.content())
    assert found, f"nothing at {path}"
    return found[1]


def test_in_their_words_on_a_phone_between_two_rooms(meet: Meet, demo: str) -> None:
    ines = meet(demo, viewport=PHONE)
    ines.comes_in_as("ines")
    theirs = ines.opens("June")
    fills(ines, f"{theirs}words/change/", matters="To keep the dog.", faith_unsaid=True)
    page = ines.reads()
    assert "“To keep the dog.”" in page
    assert "prefers not to say" in page
    ines.finds_it_in_order()
    ines.goes_to(theirs)
    assert "To keep the dog." in ines.reads()


def test_two_colleagues_write_down_her_words_at_once(ines: Visitor, meet: Meet, demo: str, june: str) -> None:
    ines.goes_to(f"{june}words/change/")
    hannah = meet(demo)
    hannah.comes_in_as("hannah")
    fills(hannah, f"{june}words/change/", strengths="Hears when somebody lies.")
    ines.page.locator("[name=matters]").fill("To sleep through.")
    ines.presses("Save")
    ines.waits_for("This changed while you were writing")
    assert "Hears when somebody lies." in ines.reads()
    assert ines.page.locator("[name=matters]").input_value() == "To sleep through."
    ines.finds_it_in_order()


def test_a_number_and_then_the_note_about_the_call(ines: Visitor, june: str) -> None:
    fills(ines, f"{june}reach/ways/new/", value="(559) 555-0126", first=True, when="after 3 pm")
    ines.page.evaluate("document.addEventListener('click', (event) => event.preventDefault(), true)")
    ines.page.locator("a[href='tel:5595550126']").first.click()
    assert ines.page.locator("#log-call.now").count() == 1
    ines.finds_it_in_order()
    ines.goes_to(str(ines.page.locator("#log-call").get_attribute("href")))
    assert ines.page.locator("[name=kind][value=call]").is_checked()


def test_whoever_calls_is_found_by_the_number(ines: Visitor, june: str) -> None:
    fills(ines, f"{june}reach/ways/new/", value="(559) 555-0177")
    ines.looks_for("559 5550177")
    assert "June" in ines.reads()


def test_on_call_at_night_knows_how_to_begin(ines: Visitor, meet: Meet, demo: str) -> None:
    theirs = ines.opens("Robin")
    fills(ines, f"{theirs}reach/change/", code_word="How is the ferry?", night="anyone")
    linh = meet(demo)
    linh.comes_in_as("linh")
    linh.goes_to(f"{theirs}reach/")
    assert "How is the ferry?" in linh.reads()
    denise = meet(demo)
    denise.comes_in_as("denise")
    assert denise.goes_to(f"{theirs}reach/") == 404


def test_what_was_told_is_looked_at_in_every_way(ines: Visitor, june: str) -> None:
    fills(ines, f"{june}decisions/new/", what="Moved to another school", own_view="I was not asked.")
    fills(ines, f"{june}history/new/", text="Told once, and that is enough.")
    fills(ines, f"{june}links/new/", kind="apart", name="the man with the van")
    fills(ines, f"{june}reach/places/new/", kind="home", address="Above the bakery")
    told = {
        "decisions/": ("/decisions/", "decisions/"),
        "history/": ("/history/", "history/"),
        "links/": ("/links/", "links/"),
        "reach/": ("/reach/places/", "reach/places/"),
    }
    faults = []
    for place, (before, path) in told.items():
        row = number_of(ines, f"{june}{place}", before)
        faults += looks_right(ines, f"{june}{path}{row}/")
    for place in ("words/", "wishes/", "more/", *told):
        faults += looks_right(ines, f"{june}{place}")
    assert faults == [], "\n".join(faults)


def test_two_who_both_come_here(ines: Visitor, june: str) -> None:
    ines.goes_to(f"{june}links/")
    ines.page.locator("main [name=q]").fill("Robin")
    with ines.page.expect_event("load"):
        ines.page.locator("#look button").click()
    ines.finds_it_in_order()
    ines.page.locator("main [name=other]").first.check()
    ines.page.locator("main [name=kind][value=friend]").check()
    with ines.page.expect_event("load"):
        ines.presses("Link the two pages")
    assert "Robin" in ines.reads()
    ines.finds_it_in_order()
    ines.presses_link("Robin")
    ines.goes_to(f"{ines.path}links/")
    assert "June" in ines.reads()


def test_stepping_aside_without_a_word_why(meet: Meet, demo: str) -> None:
    denise = meet(demo)
    denise.comes_in_as("denise")
    theirs = denise.opens("Robin")
    denise.goes_to(f"{theirs}more/")
    denise.presses_link("Step aside")
    denise.finds_it_in_order()
    with denise.page.expect_event("load"):
        denise.presses("I step aside")
    assert "Nobody asks why" in denise.page.locator("body").inner_text()
    assert denise.goes_to(theirs) == 404


def test_without_scripts_it_is_all_there_too(meet: Meet, demo: str) -> None:
    ines = meet(demo, java_script_enabled=False)
    ines.comes_in_as("ines")
    theirs = ines.opens("June")
    fills(ines, f"{theirs}says/never/", who="the neighbour")
    ines.goes_to(f"{theirs}reach/")
    assert "the neighbour" in ines.reads()
    fills(ines, f"{theirs}says/new/", topic="health", who="The neighbour")
    assert "never tell, never ask" in ines.reads()


def test_a_sheet_to_be_printed_locks_like_every_other_page(meet: Meet, demo: str) -> None:
    ines = meet(demo)
    ines.context.clock.install()
    ines.comes_in_as("ines")
    ines.goes_to(f"{ines.opens('Robin')}first-meeting/paper/?language=es")
    assert "Quién soy" in ines.reads()
    ines.context.clock.fast_forward("15:05")
    ines.is_asked_to_unlock()
    ines.finds_it_in_order()
    assert "Quién soy" not in ines.page.locator("body").inner_text()
