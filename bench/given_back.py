"""Time given back: how many actions beside typing a day's most frequent verbs take, and how a slow phone fares.

Each verb begins on Today, in the demo, in a real browser, as a case manager's hands do it with the fewest actions there
are. It is done to the end: what was written stands on the page afterwards, or the count is worth nothing.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bench.demo import a_demo
from bench.front import pressed_small
from bench.hands import Hands
from bench.measures import Row
from bench.phone import slow_phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

NAME: Final = "given back"
WHO: Final = "ines"
SOMEBODY: Final = "Robin"
_THEIRS: Final = re.compile(r"/people/[0-9a-f-]{36}/$")
_WINDOW: Final = {"width": 1180, "height": 860}


@dataclass(frozen=True, slots=True)
class Verb:
    """Something done many times a day, and the most actions that it may take."""

    name: str
    most: int
    do: Callable[[Hands], None]

    def counted(self, page: Page, base: str) -> Row:
        """Do it once, from Today."""
        page.goto(f"{base}/")
        hands = Hands(page, base)
        self.do(hands)
        return Row(self.name, hands.count, None, f"≤ {self.most} actions", hands.count <= self.most)


def _main(hands: Hands) -> Locator:
    return hands.page.locator("main")


def _opens(hands: Hands) -> None:
    """From Today to the page of somebody who stands there."""
    hands.follow(_main(hands).locator(".names a", has_text=SOMEBODY).first)


def _call(hands: Hands) -> None:
    """A call, and what was promised in it."""
    _opens(hands)
    hands.follow(hands.page.locator("#log-call"))
    hands.types(hands.page.locator("#id_text"), "Spoke for ten minutes. The bench counts this.")
    hands.types(hands.page.locator("#id_promise_text"), "call the school about the bench")
    with hands.leaving():
        hands.press("Control+Enter")
    _must_see(hands, "call the school about the bench")


def _sees(hands: Hands) -> None:
    """Somebody who stands on Today."""
    _opens(hands)
    hands.page.locator("#safely").wait_for()


def _finds(hands: Hands) -> None:
    """Anybody at all, by the field that is on every page."""
    hands.press("/")
    hands.types(hands.page.locator("#search"), SOMEBODY)
    with hands.leaving():
        hands.press("Enter")
    if not _THEIRS.search(hands.page.url):
        hands.follow(_main(hands).locator("a.whole", has_text=SOMEBODY).first)
    hands.page.locator("#safely").wait_for()


def _books(hands: Hands) -> None:
    """An appointment to which the worker goes along: what, which day, when."""
    _opens(hands)
    hands.follow(_main(hands).get_by_role("link", name="Book an appointment").first)
    form = hands.page.locator("#book")
    hands.types(form.locator("[name=text]"), "Clinic, and the bench goes along")
    hands.types(form.locator("[name=day]"), (date.today() + timedelta(days=3)).isoformat())  # noqa: DTZ011
    hands.types(form.locator("[name=at]"), "14:30")
    hands.follow(form.locator("button.button").first)
    _must_see(hands, "Clinic, and the bench goes along")


def _meets(hands: Hands) -> None:
    """Somebody new: what to call them, and a few words about how they came."""
    hands.follow(_main(hands).get_by_role("link", name="Meet somebody new").first)
    hands.types(hands.page.locator("#meet [name=name]"), "Marigold Quill")
    hands.types(hands.page.locator("#meet [name=note]"), "Came in out of the rain.")
    hands.follow(hands.page.locator("#meet p.actions button.button").last)
    _must_see(hands, "Came in out of the rain.")


def _in_a_crisis(hands: Hands) -> None:
    """Their own wishes, how to reach them, and the button stand before one."""
    hands.follow(hands.page.locator("a.crisis"))
    hands.follow(_main(hands).locator("a.whole", has_text=SOMEBODY).first)
    hands.page.locator("#begin button, #check-safe").first.wait_for()


def _begins_a_crisis(hands: Hands) -> None:
    """The same until it is written down that it began."""
    _in_a_crisis(hands)
    if hands.page.locator("#begin").count():
        hands.follow(hands.page.locator("#begin button.button").first)
    hands.page.locator("#check-safe").wait_for()


def _must_see(hands: Hands, words: str) -> None:
    hands.page.get_by_text(words).first.wait_for()


VERBS: Final = (
    Verb("log a call with a promise", 3, _call),
    Verb("see how to reach somebody on Today", 2, _sees),
    Verb("find anybody and see how to reach them", 2, _finds),
    Verb("book an accompaniment", 5, _books),
    Verb("first contact, with a note", 3, _meets),
    Verb("crisis: their wishes and the button", 2, _in_a_crisis),
    Verb("crisis: begun", 2, _begins_a_crisis),
)


def rows() -> Iterator[Row]:
    """Everything, in one browser and one demo; nothing where there is no browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    from scripts.screenshots import FLAGS  # noqa: PLC0415

    with a_demo() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(FLAGS))
        yield from _hands(browser, base)
        with pressed_small(base) as front:
            yield from _phone(browser, front)
        browser.close()


def _hands(browser: Browser, base: str) -> Iterator[Row]:
    with _signed_in(browser, base, viewport=_WINDOW) as page:
        for verb in VERBS:
            yield verb.counted(page, base)


def _phone(browser: Browser, base: str) -> Iterator[Row]:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    with _signed_in(browser, base, **phone) as page:
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
