"""Time given back: how many actions beside typing a day's most frequent verbs take, and how a slow phone fares.

Each verb begins on Today, in the demo, in a real browser, as a case manager's hands do it with the fewest actions there
are. It is done to the end: what was written stands on the page afterwards, or the count is worth nothing.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final

from bench.demo import a_demo
from bench.front import pressed_small
from bench.hands import Hands, Keys, Thumb
from bench.measures import Row
from bench.phone import slow_phone
from scripts.chromium import FLAGS, chromium_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

NAME: Final = "given back"
WHO: Final = "ines"
SOMEBODY: Final = "Robin"
#: Whom each pair of hands meets: somebody of the same name would be asked about.
NEW: Final = {Hands: "Marigold Quill", Thumb: "Bracken Thistle", Keys: "Saffron Wick"}
DESK: Final = {"viewport": {"width": 1180, "height": 860}}
PHONE: Final = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@dataclass(frozen=True, slots=True)
class Verb:
    """Something done many times a day: the most actions it should take, and those it takes with each pair of hands."""

    name: str
    aim: int
    desk: int
    thumb: int
    keys: int
    do: Callable[[Hands], None]

    def counted(self, hands: Hands) -> int:
        """Do it once, from Today."""
        hands.page.goto(f"{hands.base}/")
        self.do(hands)
        return hands.count


def _main(hands: Hands) -> Locator:
    return hands.page.locator("main")


def _opens(hands: Hands) -> None:
    """From Today to the page of somebody who stands there."""
    hands.follow(_main(hands).locator(".names a", has_text=SOMEBODY).first)


def _call(hands: Hands) -> None:
    """A call, and what was promised in it."""
    if isinstance(hands, Keys):
        hands.finds(SOMEBODY)
    hands.follow(_main(hands).get_by_role("link", name=re.compile(f"^Log a call(: {SOMEBODY})?$")))
    hands.types(hands.page.locator("#id_text"), "Spoke for ten minutes. The bench counts this.")
    hands.types(hands.page.locator("#id_promise_text"), "call the school about the bench")
    hands.saves(hands.page.locator(".write-foot .button"))
    _must_see(hands, "call the school about the bench")
    head = _main(hands).locator(".entry-head", has=hands.page.get_by_role("link", name="Call", exact=True))
    head.first.wait_for()


def _sees(hands: Hands) -> None:
    """Somebody who stands on Today."""
    if isinstance(hands, Keys):
        return _finds(hands)
    _opens(hands)
    return _reached(hands)


def _finds(hands: Hands) -> None:
    """Anybody at all, by the field that is on every page."""
    hands.finds(SOMEBODY)
    _reached(hands)


def _reached(hands: Hands) -> None:
    """The word that has to be said first, and the number."""
    safely = hands.page.locator(".safely")
    safely.get_by_text("library card").wait_for()
    safely.locator(".num-value").first.wait_for()


def _books(hands: Hands) -> None:
    """An appointment to which the worker goes along: what, which day, when."""
    hands.finds(SOMEBODY) if isinstance(hands, Keys) else _opens(hands)
    hands.follow(_main(hands).get_by_role("link", name="Book an appointment").first)
    form = hands.page.locator("#book")
    hands.types(form.locator("[name=text]"), "Clinic, and the bench goes along")
    hands.types_day(form.locator("[name=day]"), date.today() + timedelta(days=3))  # noqa: DTZ011
    hands.types_time(form.locator("[name=at]"), time(14, 30))
    hands.saves(form.locator("button.button").first)
    _must_see(hands, "Clinic, and the bench goes along")
    _must_see(hands, "14:30")


def _meets(hands: Hands) -> None:
    """Somebody new: what to call them, and a few words about how they came."""
    if isinstance(hands, Keys):
        with hands.leaving():
            hands.press("+")
    else:
        hands.follow(hands.page.locator("a[href='/people/new/']:visible").first)
    hands.types(hands.page.locator("#meet [name=name]"), NEW[type(hands)])
    hands.types(hands.page.locator("#meet [name=note]"), "Came in out of the rain.")
    hands.saves(hands.page.locator("#meet p.actions button.button").last)
    _must_see(hands, "Came in out of the rain.")


def _at_the_crisis_page(hands: Hands) -> None:
    """From any page to the list of those whom it may be about."""
    if not isinstance(hands, Keys):
        return hands.follow(hands.page.locator("a.crisis"))
    with hands.leaving():
        hands.press("!")
    return hands.finds(SOMEBODY)


def _in_a_crisis(hands: Hands) -> None:
    """Their own wishes, how to reach them, and the button stand before one."""
    _at_the_crisis_page(hands)
    hands.follow(_main(hands).locator("a.whole", has_text=SOMEBODY).first)
    hands.page.locator("#wishes").wait_for()
    hands.page.locator("#begin button").first.wait_for()


def _begins_a_crisis(hands: Hands) -> None:
    """It is written down that it began, and their own wishes stand before one."""
    _at_the_crisis_page(hands)
    hands.follow(_main(hands).locator(".row", has_text=SOMEBODY).get_by_role("button"))
    hands.page.locator("#wishes").wait_for()
    hands.page.locator("#check-safe").wait_for()
    hands.page.locator("#undo button").click()  # not counted: as it was before, for the next to begin it
    hands.page.wait_for_url("**/safety/")


def _must_see(hands: Hands, words: str) -> None:
    hands.page.get_by_text(words).first.wait_for()


#: With how many actions each is done at a desk, with one thumb on a phone, and by keys alone. The aim is for the desk.
VERBS: Final = (
    Verb("log a call with a promise", 3, 3, 4, 6, _call),
    Verb("see how to reach somebody on Today", 2, 1, 1, 2, _sees),
    Verb("find anybody and see how to reach them", 2, 2, 2, 2, _finds),
    Verb("book an accompaniment", 5, 5, 9, 9, _books),
    Verb("first contact, with a note", 3, 3, 4, 4, _meets),
    Verb("a crisis, their wishes and the button", 2, 2, 2, 4, _in_a_crisis),
    Verb("a crisis, begun", 2, 2, 2, 5, _begins_a_crisis),
)


def rows() -> Iterator[Row]:
    """Everything, in one browser and one demo; nothing where there is no browser."""
    found = chromium_here()
    if found is None:
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    with a_demo() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(FLAGS))
        yield from _hands(browser, base)
        with pressed_small(base) as front:
            yield from _phone(browser, front)
        browser.close()


def _hands(browser: Browser, base: str) -> Iterator[Row]:
    """Each verb at a desk, with a thumb, and by keys alone."""
    with _signed_in(browser, base, **DESK) as desk, _signed_in(browser, base, **PHONE) as phone:
        for verb in VERBS:
            yield _row(verb.name, verb.counted(Hands(desk, base)), verb.aim)
            yield _row(f"{verb.name}, with a thumb", verb.counted(Thumb(phone, base)), verb.thumb)
            yield _row(f"{verb.name}, by keys alone", verb.counted(Keys(desk, base)), verb.keys)


def _row(name: str, count: int, most: int) -> Row:
    return Row(name, count, None, f"≤ {most} actions", count <= most)


def _phone(browser: Browser, base: str) -> Iterator[Row]:
    with _signed_in(browser, base, **PHONE) as page:
        theirs = page.locator("main .names a", has_text=SOMEBODY).first.get_attribute("href")
        yield slow_phone(page, "Today", f"{base}/")
        yield slow_phone(page, "a participant's page", f"{base}{theirs}")


@contextmanager
def _signed_in(browser: Browser, base: str, **window: object) -> Iterator[Page]:
    """A browser of one's own in which a case manager of the demo stands on Today."""
    context = browser.new_context(locale="en-US", reduced_motion="reduce", **window)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{base}/sign-in/")
    page.locator(f"form[action='/demo/{WHO}/'] button").click()
    page.wait_for_url(f"{base}/")
    yield page
    context.close()
