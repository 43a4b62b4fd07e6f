"""Makes the pictures of the README from a fresh demo, in the machine's own Chromium: `python run.py screenshots`."""

import re
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from bench.demo import a_demo
from scripts.chromium import FLAGS, chromium_here

TARGET: Final = Path(__file__).parent.parent / "docs" / "screenshots"
WIDE: Final = (1180, 860)
PHONE: Final = (390, 844)


def _come_in(page: Page, base: str, who: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.locator(f"form[action='/demo/{who}/'] button").click()
    page.wait_for_url(f"{base}/")


def _find(page: Page, base: str, words: str) -> None:
    page.goto(f"{base}/find/")
    page.locator("main input[type=search]").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def _open(page: Page, base: str, name: str) -> None:
    _find(page, base, name)
    page.locator("main").get_by_role("link", name=re.compile(f"^{name}")).first.click()
    page.wait_for_url(re.compile("/people/[0-9a-f-]{36}/"))


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=TARGET / f"{name}.png")
    print(f"  {name}.png")


def _pictures(page: Page, base: str) -> None:
    _come_in(page, base, "ines")
    _take(page, "today")
    _open(page, base, "Robin")
    _take(page, "participant")
    page.emulate_media(color_scheme="dark")
    _take(page, "participant-dark")
    page.emulate_media(color_scheme="light")
    _find(page, base, "accordion")
    _take(page, "find")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    _open(page, base, "Robin")
    _take(page, "participant-phone")


def main() -> int:
    """Take all pictures."""
    browser = chromium_here()
    if browser is None:
        print("There is no Chromium on this machine. Install it, for example: apt-get install chromium")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with a_demo() as base, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=list(FLAGS))
        page = chromium.new_page(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="en-US")
        _pictures(page, base)
        chromium.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
