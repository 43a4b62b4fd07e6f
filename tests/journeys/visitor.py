"""Somebody at a browser: what she does in the field's words, and what her browser must never do."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize

DESK: ViewportSize = {"width": 1180, "height": 860}
PHONE: ViewportSize = {"width": 320, "height": 640}
PATIENCE = 20_000
SAVE = ".write-foot button.button"
CASE = re.compile(r"/people/[0-9a-f-]{36}/(\?.*)?$")

_AXE = Axe()
_LOOK = "async ([where, asked]) => (await axe.run(where, asked)).violations"
#: Style sheets are ours and need not be fetched once more for each look.
_ASKED: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
#: What depends on the colours, and everything that does not.
CONTRAST: dict[str, Any] = {"runOnly": ["color-contrast"]}
#: What depends on where things stand; a page that is turned around says the same words with the same names.
PLACES: dict[str, Any] = {"runOnly": ["target-size", "scrollable-region-focusable"]}
#: Marks what does not show now.
_MARK_HIDDEN = """(mark) => {
  for (const each of document.body.querySelectorAll("*")) {
    if (!each.checkVisibility() && each.parentElement.checkVisibility()) each.setAttribute(mark, "");
  }
}"""
#: How a page is made, without what is said on it: whether there are words, names and targets, and not which; of things
#: that are alike in a row, one. Two pages of one make, in one light and of one width, are right or wrong together.
_MADE = """() => {
  const tells = /^(class|style|role|type|dir|lang|tabindex|disabled|required|hidden|open|aria-.*)$/;
  const refers = /^(for|aria-labelledby|aria-describedby|aria-controls)$/;
  const names = /^(aria-label|title|alt|placeholder)$/;
  const stands = (value) => value.split(" ").every((id) => document.getElementById(id));
  const told = (one) => {
    if (refers.test(one.name)) return `${one.name}:${stands(one.value)}`;
    if (names.test(one.name)) return `${one.name}:${one.value.trim() !== ""}`;
    return tells.test(one.name) ? `${one.name}=${one.value}` : "";
  };
  // A form answers to the names of its fields, and one of them is called children.
  const nodes = Object.getOwnPropertyDescriptor(Node.prototype, "childNodes").get;
  const draw = (each) => {
    const within = [...nodes.call(each)];
    const words = within.some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const inner = [...new Set(within.filter((node) => node.nodeType === Node.ELEMENT_NODE).map(draw))].join("");
    return `<${each.tagName} ${[...each.attributes].map(told).filter(Boolean).sort().join(" ")} ${words}>${inner}</>`;
  };
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const light = matchMedia("(prefers-color-scheme: dark)").matches;
  return [innerWidth, light, ids.length - new Set(ids).size, draw(document.documentElement)].join(" ");
}"""
#: How what bears a mark is made, each thing once: a bar that stands on every page is one thing.
_SHOWS = """(mark) => {
  const made = (each) => each.outerHTML.replace(/>[^<]+</g, "><").replace(/ (id|href|value|action|for|d)="[^"]*"/g, "");
  const shown = [...document.querySelectorAll(`[${mark}]`)].filter((each) => each.checkVisibility());
  return [...new Set(shown.map(made))];
}"""
_SEEN: set[tuple[str, str]] = set()
#: Makes in which nothing was found, by their hashes.
_FOUND_WELL: set[str] = set()
_TURN = "(dir) => { document.documentElement.dir = dir; }"
_WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
_KEPT = """async () => [
  ...Object.keys(localStorage).map((name) => `localStorage ${name}`),
  ...Object.keys(sessionStorage).map((name) => `sessionStorage ${name}`),
  ...(await indexedDB.databases()).map((base) => `indexedDB ${base.name}`),
  ...(await caches.keys()).map((name) => `cache ${name}`),
]"""
_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1);
  });
  return wide.slice(0, 5).map((each) => `wider than the window: ${each.outerHTML.slice(0, 120)}`);
}"""


class Visitor:
    """A browser with nothing in it, and somebody in front of it."""

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:  # noqa: ANN401 - the browser's own
        self.base, self.faults = base, list[str]()
        self.scripts = options.get("java_script_enabled", True)
        asked = {"viewport": DESK, "locale": "en-US", "reduced_motion": "reduce", **options}
        self.on_a_phone = asked["viewport"] == PHONE
        self.context = browser.new_context(**asked)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(_WATCH)
        self.context.on("request", self._asked)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page = self.context.new_page()

    # -- what her browser must never do

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.base}/", "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # An answer that says no, or a network that is away, is part of the story.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{message.text} on {self.page.url}")

    def leaves(self) -> list[str]:
        """Close the browser; what was wrong in it meanwhile."""
        self.context.close()
        return self.faults

    # -- going

    def goes_to(self, path: str) -> int:
        """Open an address; the answer's status."""
        answer = self.page.goto(f"{self.base}{path}")
        return answer.status if answer else 0

    def another_tab(self) -> Page:
        """A second window of the same browser, on the same page."""
        other = self.context.new_page()
        other.goto(self.page.url)
        return other

    def comes_in_as(self, persona: str) -> None:
        self.goes_to("/sign-in/")
        self.page.locator(f"form[action='/demo/{persona}/'] button").click()
        # Their day, or who is expected, for whoever welcomes people at the door.
        self.page.wait_for_url(re.compile(rf"^{re.escape(self.base)}/(days/expected/)?$"))

    def opens(self, name: str) -> str:
        """Find somebody by name and open their page; its path."""
        self.looks_for(name)
        self.page.locator("main a.whole").filter(has_text=name).first.click()
        self.page.wait_for_url(CASE)
        return self.path

    def looks_for(self, words: str) -> None:
        self.goes_to("/find/")
        self.page.locator("#q").fill(words)
        self.page.locator("#q").press("Enter")
        self.page.locator("#q:not([autofocus])").wait_for()

    # -- writing

    def writes(self, words: str) -> Locator:
        """Type into the field where one writes first."""
        field = self.page.locator("#id_text")
        field.click()
        field.fill(words)
        return field

    def saves(self) -> None:
        """Press the button, and wait until the page stands there anew."""
        with self.page.expect_event("load"):
            self.page.locator(SAVE).click()

    def presses(self, label: str) -> None:
        self.page.get_by_role("button", name=label).first.click()

    def presses_link(self, label: str) -> None:
        with self.page.expect_event("load"):
            self.page.get_by_role("link", name=label).first.click()

    # -- reading

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base).partition("?")[0]

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def notes(self, words: str) -> int:
        """How many notes on this page have these words."""
        return self.page.locator(".entry-words").filter(has_text=words).count()

    def waits_for(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def is_asked_to_unlock(self) -> Locator:
        """The cover lies over the page."""
        self.page.locator("#cover[open]").wait_for()
        return self.page.locator("#cover-passphrase")

    def finds_it_in_order(self) -> None:
        """Nothing that keeps anybody out, nothing kept in the browser, nothing that the policy had to stop.

        Nor is anything wider than her phone, if she has one in her hand.
        """
        faults = wrong_with(self.page, narrow=self.on_a_phone) if self.scripts else []
        assert faults == [], "\n".join([self.page.url, *faults])


def wrong_with(page: Page, *, narrow: bool = False) -> list[str]:
    """Everything that is wrong with the page as it stands."""
    faults = [*page.evaluate("window.broken ?? []"), *page.evaluate(_KEPT)]
    if narrow:
        faults += too_wide(page)
    return faults + barriers(page)


def in_every_way(page: Page) -> list[str]:
    """What is wrong with the page in light and in the dark, on a desk and on a small phone, and from right to left.

    All of it is looked at on a desk in light and on a phone in the dark. What shows on one of them only is looked at
    there in the other colours too.
    """
    before = page.viewport_size or DESK
    page.set_viewport_size(DESK)
    page.evaluate(_MARK_HIDDEN, "data-not-at-a-desk")
    faults = wrong_with(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    page.evaluate(_MARK_HIDDEN, "data-not-on-a-phone")
    faults += [f"on a phone in the dark: {fault}" for fault in wrong_with(page, narrow=True)]
    page.set_viewport_size(DESK)
    faults += [f"in the dark: {fault}" for fault in _pale(page, "data-not-on-a-phone")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    faults += [f"on a phone: {fault}" for fault in _pale(page, "data-not-at-a-desk")]
    faults += [f"from right to left: {fault}" for fault in _turned(page)]
    page.set_viewport_size(before)
    return faults


def _pale(page: Page, mark: str) -> list[str]:
    """What is hard to read of that which bears a mark, if any of it shows that no page before has shown."""
    shown = {(mark, made) for made in page.evaluate(_SHOWS, mark)}
    if shown <= _SEEN:
        return []
    _SEEN.update(shown)
    return barriers(page, CONTRAST, f"[{mark}]")


def _turned(page: Page) -> list[str]:
    before = page.locator("html").get_attribute("dir")
    page.evaluate(_TURN, "rtl")
    faults = too_wide(page) + barriers(page, PLACES)
    page.set_viewport_size(DESK)
    faults += too_wide(page)
    page.evaluate(_TURN, before or "ltr")
    return faults


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return list(page.evaluate(_TOO_WIDE))


def barriers(page: Page, rules: dict[str, Any] | None = None, where: str = "html") -> list[str]:
    """What axe finds: one line for each element. `rules` are axe's own words for looking at some things only.

    A page that is made like one in which nothing was found is not looked at again.
    """
    made = sha256(f"{rules} {where} {page.evaluate(_MADE)}".encode()).hexdigest()
    if made in _FOUND_WELL:
        return []
    faults = list(_barriers(page, rules, where))
    if not faults:
        _FOUND_WELL.add(made)
    return faults


def _barriers(page: Page, rules: dict[str, Any] | None, where: str) -> Iterator[str]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_AXE.axe_script)
    found = page.evaluate(_LOOK, [where, {**_ASKED, **(rules or {})}])
    yield from (
        f"{rule['id']}: {rule['help']} {node['target']} {node['html'][:160]} {_why(node)}"
        for rule in found
        for node in rule["nodes"]
    )


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])[:200]
