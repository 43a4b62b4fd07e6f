"""Every page, as the people see it who may open it: in light, in the dark, on a small phone, and from right to left."""

import re
from collections.abc import Iterable

import pytest

from leeward.access.marks import walk
from tests.journeys.conftest import Meet
from tests.journeys.server import FAULTS
from tests.journeys.visitor import DESK, PHONE, Visitor, too_wide, wrong_with

NUMBER = r"[0-9a-f-]{36}"
#: Addresses that take something in and show no page of their own.
TAKE_IN = {
    "/days/<uuid:case>/<uuid:due>/again/",
    "/days/<uuid:case>/<uuid:due>/continued/",
    "/days/<uuid:case>/<uuid:due>/done/",
    "/days/<uuid:case>/<uuid:due>/happened/",
    "/days/<uuid:case>/<uuid:due>/keep/",
    "/days/<uuid:case>/<uuid:due>/leaving/",
    "/days/<uuid:case>/<uuid:due>/move/",
    "/days/<uuid:case>/<uuid:due>/release/",
    "/days/busy/<str:token>.ics",  # hands out a calendar
    "/days/mine/<uuid:own>/again/",
    "/days/mine/<uuid:own>/done/",
    "/days/mine/<uuid:own>/move/",
    "/days/mine/<uuid:own>/release/",
    "/days/trip/<uuid:trip>/back/",
    "/days/trip/<uuid:trip>/later/",
    "/days/trip/<uuid:trip>/looked/",
    "/days/trip/<uuid:trip>/safe/",
    "/days/waiting/<uuid:ask>/answer/",
    "/days/waiting/<uuid:ask>/take/",
    "/demo/<slug:persona>/",
    "/gifts/<uuid:case>/<uuid:gift>/agree/",
    "/gifts/<uuid:case>/<uuid:gift>/cross-out/",
    "/gifts/<uuid:case>/<uuid:gift>/hand-over/",
    "/house/<uuid:team>/write/",
    "/language/",
    "/lock/",
    "/people/<uuid:case>/draft/",
    "/people/<uuid:case>/draft/drop/",
    "/people/<uuid:case>/join/undo/",
    "/people/<uuid:case>/joined/",  # leads on, unless two files became one
    "/people/<uuid:case>/links/<uuid:bond>/out/",
    "/people/<uuid:case>/links/find/",  # `test_person` looks at what it finds
    "/people/<uuid:case>/links/with/",
    "/people/<uuid:case>/notes/<uuid:entry>/undo/",
    "/people/<uuid:case>/papers/<uuid:paper>/",  # hands out a file
    "/people/<uuid:case>/reach/ways/<uuid:way>/end/",
    "/people/<uuid:case>/walls/<uuid:wall>/away/",
    "/people/<uuid:case>/walls/open/",
    "/people/<uuid:case>/walls/works-here/",
    "/people/views/<uuid:kept>/drop/",
    "/people/views/keep/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/again/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/back/<uuid:line>/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/called/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/tick/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/wrote/",
    "/safety/<uuid:case>/missing/<uuid:missing>/again/",
    "/safety/<uuid:case>/missing/<uuid:missing>/heard/",
    "/safety/<uuid:case>/missing/<uuid:missing>/told/",
    "/safety/<uuid:case>/night/<uuid:note>/seen/",
    "/safety/reports/<uuid:report>/file/",
    "/sign-out/",
    "/staff/<uuid:person>/hand-keys/",
    "/staff/<uuid:person>/invite-again/",
    "/staff/phrases/<uuid:phrase>/drop/",
    "/staff/phrases/keep/",
    "/staff/rota/<uuid:shift>/answer/",
    "/staff/rota/<uuid:shift>/keep/",
    "/staff/rota/<uuid:shift>/take-away/",
    "/still-here/",
    "/turn/",
    "/turned/",  # shows itself only while the screen is turned: `test_turned` looks at it
    "/unlock/",
    "/walking/<uuid:case>/colleague/",
    "/walking/<uuid:case>/colleagues/<uuid:member>/step-back/",
    "/walking/<uuid:case>/death/undo/",
    "/walking/<uuid:case>/hand-over/<uuid:hand_over>/",
    "/walking/<uuid:case>/hand-over/<uuid:hand_over>/withdraw/",
    "/walking/<uuid:case>/hand-over/ask/",
    "/walking/<uuid:case>/hand-over/offer/",
    "/walking/<uuid:case>/no-backup/",
    "/walking/<uuid:case>/ours-central/",
    "/walking/<uuid:case>/parts/answer/",
    "/walking/<uuid:case>/parts/never/",
    "/walking/<uuid:case>/stay/",
    "/walking/cover/<uuid:absence>/back/",
    "/walking/offers/<uuid:hand_over>/answer/",
    "/walking/offers/<uuid:hand_over>/not-now/",
    "/walking/offers/<uuid:hand_over>/take/",
    "/walking/told/<uuid:farewell>/",
    "/write/",
    "/write/draft/",
    "/you/sign-ins/<uuid:sign_in>/end/",
    "/you/sign-out-everywhere/",
}
#: Steps of coming in, which `test_coming` passes through and looks at in the same ways.
STEPS_IN = {
    "/join/<str:link>/",
    "/joining/",
    "/set-up/",
    "/set-up/sheets/",
    "/set-up/sheets/check/",
    "/sign-in/app/",
    "/sign-in/code-on-paper/",
    "/sign-in/code/",
    "/sign-in/codes/",
    "/waiting/",
}
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
LINKS = """() => [...document.links]
  .filter((link) => link.origin === location.origin && link.pathname !== location.pathname)
  .map((link) => link.href)"""
OK = 200
#: Pages that say no, and how.
SAYS_NO = {"/nowhere/": 404, "/fault/500/": 500}
NOBODYS = ["/sign-in/", "/sign-in/with-words/", "/look/", "/nowhere/"]
EVERYBODYS = [
    "/",
    "/people/",
    "/people/?who=all",
    "/find/",
    "/staff/",
    "/staff/roles/",
    "/staff/<uuid:person>/",
    "/you/",
    "/you/passphrase/",
    "/you/app/",
    "/you/codes/",
    "/you/sign-ins/",
    "/waiting/",
    "/nowhere/",
]
CASES = ["/people/<uuid:case>/"]
WRITERS = [
    *CASES,
    "/people/<uuid:case>/write/",
    "/people/<uuid:case>/notes/<uuid:entry>/",
    "/people/<uuid:case>/notes/<uuid:entry>/wrong-file/",
    "/people/<uuid:case>/note/<int:number>/",
    "/people/same-note/",
    "/people/<uuid:case>/card/",
    "/people/<uuid:case>/papers/new/",
    "/people/new/",
    "/people/new/group/",
    "/month/",
    "/month/?part=people",
    "/people/?show=promise&sort=next",
    "/people/<uuid:case>/first-meeting/",
    "/people/<uuid:case>/first-meeting/paper/",
]
#: Who somebody is, and how to reach them.
PERSON = [
    "/people/<uuid:case>/words/",
    "/people/<uuid:case>/words/change/",
    "/people/<uuid:case>/wishes/",
    "/people/<uuid:case>/identity/",
    "/people/<uuid:case>/identity/change/",
    "/people/<uuid:case>/history/",
    "/people/<uuid:case>/history/new/",
    "/people/<uuid:case>/more/",
    "/people/<uuid:case>/reach/",
    "/people/<uuid:case>/reach/change/",
    "/people/<uuid:case>/reach/ways/new/",
    "/people/<uuid:case>/reach/ways/<uuid:way>/",
    "/people/<uuid:case>/reach/places/new/",
    "/people/<uuid:case>/says/",
    "/people/<uuid:case>/says/new/",
    "/people/<uuid:case>/says/never/",
    "/people/<uuid:case>/says/<uuid:say>/",
    "/people/<uuid:case>/decisions/",
    "/people/<uuid:case>/decisions/new/",
    "/people/<uuid:case>/links/",
    "/people/<uuid:case>/links/new/",
    "/people/<uuid:case>/step-aside/",
]
#: `test_timeline` is the second to look at a note in the wrong file.
SECOND_LOOK = {"/people/misfiled/<uuid:misfiled>/"}
#: What stands there once it was told: `test_person` tells it and looks at it in the same ways.
TOLD = {
    "/people/<uuid:case>/decisions/<uuid:decision>/",
    "/people/<uuid:case>/history/<uuid:harm>/",
    "/people/<uuid:case>/links/<uuid:bond>/",
    "/people/<uuid:case>/reach/places/<uuid:place>/",
}
#: Whatever begins is on the round before it begins: afterwards its address leads to the one that is open.
NEVER_GATED = ["/safety/reports/", "/safety/reports/new/", "/safety/reports/emergency/"]
NIGHTS = ["/safety/", "/safety/night/", "/safety/night/paper/", *NEVER_GATED]
SAFETY = [
    "/safety/<uuid:case>/",
    "/safety/<uuid:case>/wishes/",
    "/safety/<uuid:case>/night/",
    "/safety/<uuid:case>/crisis/new/",
    "/safety/<uuid:case>/missing/new/",
    "/safety/<uuid:case>/reports/",
    "/safety/<uuid:case>/reports/guide/",
    "/safety/<uuid:case>/reports/new/",
    "/safety/<uuid:case>/reports/emergency/",
]
#: What goes on once it was begun: `test_at_night` begins it and looks at it in the same ways.
BEGUN = {
    "/safety/<uuid:case>/crisis/<uuid:crisis>/",
    "/safety/<uuid:case>/crisis/<uuid:crisis>/end/",
    "/safety/<uuid:case>/missing/<uuid:missing>/",
    "/safety/<uuid:case>/missing/<uuid:missing>/back/",
    "/safety/<uuid:case>/reports/<uuid:report>/",
    "/safety/reports/<uuid:report>/",
}
#: Dates and promises. One's own to-do is made and looked at in the same ways by `test_dates`.
DAYS = [
    "/days/day/",
    "/days/week/",
    "/days/list/",
    "/days/feed/",
    "/days/mine/new/",
    "/days/trip/",
    "/days/trip/new/",
    "/days/waiting/",
    "/days/waiting/new/",
    "/days/expected/",
]
DATES = [
    "/days/<uuid:case>/",
    "/days/<uuid:case>/promise/",
    "/days/<uuid:case>/todo/",
    "/days/<uuid:case>/appointment/",
    "/days/<uuid:case>/court/",
    "/days/<uuid:case>/asked/",
    "/days/<uuid:case>/<uuid:due>/",
    "/days/<uuid:case>/<uuid:due>/change/",
]
DATED = {"/days/mine/<uuid:own>/"}
#: Who walks with whom; what stands behind these pages once it was begun is looked at by `test_walking`.
WALKING = [
    "/walking/<uuid:case>/",
    "/walking/<uuid:case>/parts/",
    "/walking/<uuid:case>/outside/new/",
    "/walking/<uuid:case>/conferences/new/",
    "/walking/<uuid:case>/hand-over/",
    "/walking/<uuid:case>/close/",
    "/walking/<uuid:case>/reopen/",
    "/walking/<uuid:case>/death/",
    "/walking/offers/",
    "/walking/cover/",
]
WALKED = {
    "/walking/<uuid:case>/conferences/<uuid:conference>/",
    "/walking/<uuid:case>/conferences/<uuid:conference>/change/",
    "/walking/<uuid:case>/conferences/<uuid:conference>/print/",
    "/walking/<uuid:case>/does/<uuid:person>/",
    "/walking/<uuid:case>/hand-over/<uuid:hand_over>/letter/",
    "/walking/<uuid:case>/outside/<uuid:outside>/",
    "/walking/cover/<uuid:absence>/",
}
SUPERVISORS = [
    "/team/",
    "/people/?who=all&show=nobackup",
    "/people/<uuid:case>/join/",
    "/people/doubts/",
    "/people/<uuid:case>/openings/",
    "/people/<uuid:case>/walls/",
]
OFFICES = ["/staff/log/", "/staff/keys/", "/staff/teams/new/", "/staff/invite/"]
OWN = ["/staff/about-me/", "/staff/phrases/", "/staff/phrases/<uuid:phrase>/"]
GIVING = ["/gifts/<uuid:case>/", "/gifts/<uuid:case>/give/", "/gifts/<uuid:case>/<uuid:gift>/receipt/"]
AGENCYS = ["/staff/rota/", "/staff/ways/", "/staff/house/", "/staff/house/<uuid:team>/"]
KEEPERS = [
    *AGENCYS,
    "/staff/rota/new/",
    "/staff/ways/change/",
    "/gifts/funds/",
    "/gifts/funds/new/",
    "/gifts/funds/<uuid:fund>/",
    "/people/upkeep/",
]
#: Where a number stands that fills a blank, and what stands before it.
STANDS_ON = {
    "<uuid:due>": ("/days/<uuid:case>/", rf"/days/{NUMBER}/"),
    "<uuid:way>": ("/people/<uuid:case>/reach/", "/reach/ways/"),
    "<uuid:say>": ("/people/<uuid:case>/says/", "/says/"),
    "<uuid:shift>": ("/staff/rota/", "/staff/rota/"),
    "<uuid:phrase>": ("/staff/phrases/", "/staff/phrases/"),
    "<uuid:fund>": ("/gifts/funds/", "/gifts/funds/"),
    "<uuid:team>": ("/staff/house/", "/house/"),
    "<uuid:gift>": ("/gifts/<uuid:case>/", f"/gifts/{NUMBER}/"),
    "<uuid:membership>": ("/staff/<uuid:person>/", "/walking/roles/"),
}
ABOUT_ONE = [
    "/staff/<uuid:person>/roles/new/",
    "/walking/goodbye/<uuid:person>/",
    "/walking/roles/<uuid:membership>/end/",
]
#: Who opens which pages, and whose file.
ROUNDS = {
    "ines": ("Robin", [*EVERYBODYS, *WRITERS, *PERSON, *NIGHTS, *SAFETY, *WALKING, *DAYS, *DATES]),
    "ruth": ("Jaylen", [*SUPERVISORS, *OFFICES, *ABOUT_ONE, *WALKING, "/", *CASES]),
    "mateo": ("Ray", ["/", *CASES, "/staff/", "/you/"]),
    "solange": (
        "",
        [
            "/",
            "/people/",
            "/find/",
            "/people/new/",
            "/people/passing/",
            "/days/expected/",
            "/days/waiting/",
            "/days/waiting/new/",
        ],
    ),
    "jo": ("Robin", ["/", *CASES]),
    "denise": ("Robin", ["/", "/people/", *CASES]),
    "amara": ("June", ["/", "/people/?who=all", *CASES, *NIGHTS, *SAFETY]),
    "pilar": ("", ["/", "/people/", "/find/"]),
    "walt": ("", ["/", "/people/", "/days/expected/", *NEVER_GATED]),
    "priya": ("", ["/", "/staff/"]),
    "gus": ("", ["/", "/staff/", *OFFICES]),
}


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
    page = visitor.page
    status = visitor.goes_to(path)
    faults = wrong_with(page)
    if status != SAYS_NO.get(path, OK):
        faults.append(f"answers {status}")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    faults += [f"on a phone in the dark: {fault}" for fault in wrong_with(page, narrow=True)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
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


def test_the_locked_page(ines: Visitor) -> None:
    ines.goes_to("/you/")
    ines.presses("Lock")
    ines.is_asked_to_unlock()
    faults = [fault for path in ("/locked/", "/sign-in/with-words/") for fault in looks_right(ines, path)]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("persona", ["ines", "ruth"])
def test_every_page_turns_around_for_a_language_from_right_to_left(
    meet: Meet, demo: str, persona: str
) -> None:
    """The words stay English where we have none in Arabic; what turns is the page."""
    name, paths = ROUNDS[persona]
    visitor = meet(demo, locale="ar")
    visitor.comes_in_as(persona)
    places = filled(visitor, name, paths)
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
