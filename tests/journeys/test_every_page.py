"""Every page, as the people see it who may open it: in light, in the dark, on a small phone, and from right to left."""

import re
from collections.abc import Iterable

import pytest

from leeward.access.marks import walk
from tests.journeys.conftest import Meet
from tests.journeys.rounds import (
    BEGUN,
    DATED,
    NOBODYS,
    OK,
    ROUNDS,
    SAYS_NO,
    SECOND_LOOK,
    STANDS_ON,
    TOLD,
    TURNED,
    WALKED,
)
from tests.journeys.sent import NUMBER, STEPS_IN, TAKE_IN
from tests.journeys.server import FAULTS
from tests.journeys.visitor import DESK, PHONE, Visitor, in_every_way, too_wide, wrong_with

SPOIL = """async () => {
  const image = document.createElement("img");
  image.src = "https://elsewhere.example/pixel.png";
  image.style.cssText = "width: 900px; height: 9px";
  const pale = document.createElement("p");
  pale.textContent = "hard to read";
  pale.style.color = "#e5e0d8";
  document.querySelector("main").prepend(image, pale);
  await new Promise((done) => { indexedDB.open("kept").onsuccess = done; });
}"""
#: Pale in the dark where only a desk shows it, and pale in light where only a phone does.
SPOIL_A_CORNER = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .at-a-desk { color: #000; background: #fff } .on-a-phone { display: none; color: #eee; background: #fff }
    @media (max-width: 500px) { .at-a-desk { display: none } .on-a-phone { display: block } }
    @media (prefers-color-scheme: dark) {
      .at-a-desk { color: #333; background: #222 } .on-a-phone { color: #fff; background: #000 }
    }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const name of ["at-a-desk", "on-a-phone"]) {
    const words = document.createElement("p");
    words.className = name;
    words.textContent = "hard to read";
    document.querySelector("main").append(words);
  }
}"""
LINKS = """() => [...document.links]
  .filter((link) => link.origin === location.origin && link.pathname !== location.pathname)
  .map((link) => link.href)"""


def filled(visitor: Visitor, name: str, paths: Iterable[str]) -> list[str]:
    """Addresses with real numbers in place of their blanks."""
    blanks = {}
    if name:
        blanks["<uuid:case>"] = visitor.opens(name).split("/")[2]
        blanks |= a_note_of_ones_own(visitor) if any("<uuid:entry>" in path for path in paths) else {}
    visitor.goes_to("/staff/")
    found = re.findall(rf"/staff/({NUMBER})/", visitor.page.content())
    blanks["<uuid:person>"] = found[1]
    for blank, (place, before) in STANDS_ON.items():
        if any(blank in path for path in paths):
            visitor.goes_to(re.sub(r"<\w+:\w+>", lambda found: blanks[found[0]], place))
            blanks[blank] = re.findall(rf"{before}({NUMBER})/", visitor.page.content())[0]
    return [re.sub(r"<\w+:\w+>", lambda blank: blanks[blank[0]], path) for path in paths]


def a_note_of_ones_own(visitor: Visitor) -> dict[str, str]:
    """One that is so new that it can still be changed."""
    visitor.writes("Every page was looked at today.")
    visitor.saves()
    links = [
        str(visitor.page.locator(f".entry {kind}").first.get_attribute("href")) for kind in ("a", "a.change")
    ]
    number, entry = (link.split("/")[1] for link in links)
    return {"<int:number>": number, "<uuid:entry>": entry}


def looks_right(visitor: Visitor, path: str) -> list[str]:
    """What is wrong with one page, in each of the ways to look at it."""
    status = visitor.goes_to(path)
    faults = in_every_way(visitor.page)
    if status != SAYS_NO.get(path, OK):
        faults.append(f"answers {status}")
    return [f"{path} {fault}" for fault in faults]


def leads_nowhere(visitor: Visitor, tried: set[str]) -> list[str]:
    """Links on this page that do not lead to a page; of those that differ by their numbers only, the first is tried."""
    faults = []
    for link in visitor.page.evaluate(LINKS):
        kind = re.sub(NUMBER, "…", link.partition("#")[0])
        if kind not in tried:
            tried.add(kind)
            answer = visitor.context.request.get(link)
            faults += [] if answer.ok else [f"{link} answers {answer.status}, on {visitor.path}"]
    return faults


@pytest.mark.parametrize("persona", ROUNDS)
def test_every_page_is_open_to_everybody(meet: Meet, demo: str, persona: str) -> None:
    name, paths = ROUNDS[persona]
    visitor = meet(demo)
    visitor.comes_in_as(persona)
    faults, tried = list[str](), set[str]()
    for path in filled(visitor, name, paths):
        faults += looks_right(visitor, path) + leads_nowhere(visitor, tried)
    assert faults == [], "\n".join(faults)


def test_pages_before_signing_in_and_when_something_is_wrong(meet: Meet, demo: str) -> None:
    visitor = meet(demo)
    paths = [*NOBODYS, *(f"/fault/{name}/" for name in FAULTS)]
    faults = [fault for path in paths for fault in looks_right(visitor, path)]
    assert faults == [], "\n".join(faults)


def test_a_fault_would_be_seen(meet: Meet, demo: str) -> None:
    """Whatever looks at pages is looked at too: a page that is spoilt on purpose."""
    visitor = meet(demo)
    visitor.page.set_viewport_size(PHONE)
    visitor.goes_to("/look/")
    visitor.page.evaluate(SPOIL)
    seen = "\n".join(wrong_with(visitor.page, narrow=True))
    for fault in ("image-alt", "color-contrast", "wider than the window", "img-src", "indexedDB"):
        assert fault in seen
    assert any("elsewhere.example" in fault for fault in visitor.faults)
    visitor.faults.clear()


def test_so_would_one_that_a_single_screen_shows_in_a_single_light(meet: Meet, demo: str) -> None:
    visitor = meet(demo)
    visitor.goes_to("/look/")
    visitor.page.evaluate(SPOIL_A_CORNER)
    seen = [fault.partition(": color-contrast")[0] for fault in in_every_way(visitor.page)]
    assert seen == ["in the dark", "on a phone"]


def test_the_locked_page(ines: Visitor) -> None:
    ines.goes_to("/you/")
    ines.presses("Lock")
    ines.is_asked_to_unlock()
    faults = [fault for path in ("/locked/", "/sign-in/with-words/") for fault in looks_right(ines, path)]
    assert faults == [], "\n".join(faults)


def test_pages_turn_around_for_somebody_whose_language_runs_from_right_to_left(meet: Meet, demo: str) -> None:
    """The words stay English where we have none in Arabic; what turns is the page. `in_every_way` turns all."""
    visitor = meet(demo, locale="ar")
    visitor.comes_in_as("ines")
    places = filled(visitor, "Robin", TURNED)
    speaks(visitor, "ar")
    try:
        faults = [fault for path in places for fault in turns_right(visitor, path)]
    finally:
        speaks(visitor, "en")
    assert faults == [], "\n".join(faults)


def test_pages_before_signing_in_turn_around_too(meet: Meet, demo: str) -> None:
    visitor = meet(demo, locale="ar")
    faults = [fault for path in [*NOBODYS, "/fault/413/"] for fault in turns_right(visitor, path)]
    assert faults == [], "\n".join(faults)


def speaks(visitor: Visitor, language: str) -> None:
    visitor.goes_to("/you/")
    visitor.page.select_option("[name=language]", value=language)
    with visitor.page.expect_event("load"):
        visitor.page.locator("main form button.button").first.click()


def turns_right(visitor: Visitor, path: str) -> list[str]:
    visitor.page.set_viewport_size(PHONE)
    visitor.goes_to(path)
    turned = visitor.page.locator("html").get_attribute("dir") == "rtl"
    faults = [] if turned else ["does not turn around"]
    faults += wrong_with(visitor.page, narrow=True)
    visitor.page.set_viewport_size(DESK)
    faults += too_wide(visitor.page)
    return [f"{path} {fault}" for fault in faults]


def test_no_page_is_forgotten() -> None:
    """A new address has to be put on somebody's round, or among those that show no page."""
    seen = {path.partition("?")[0] for _, paths in ROUNDS.values() for path in paths}
    known = (
        seen | set(NOBODYS) | TAKE_IN | TOLD | SECOND_LOOK | STEPS_IN | BEGUN | WALKED | DATED | {"/locked/"}
    )
    assert {door.path for door in walk("leeward.demo_site")} - known == set()
