"""Counting what hands do beside typing: a click, a tap, a key that writes nothing. Typing and waiting are free."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

_HAS_FOCUS: Final = "(field) => document.activeElement === field"


class Hands:
    """Two hands on a page, and how often they did something."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.count = 0

    def click(self, where: Locator) -> None:
        """One click or tap."""
        self.count += 1
        where.click()

    def follow(self, where: Locator) -> None:
        """One click or tap that leads to another page."""
        with self.page.expect_event("load"):
            self.click(where)

    def press(self, key: str) -> None:
        """One key that writes nothing, or several that are held together."""
        self.count += 1
        self.page.keyboard.press(key)

    def types(self, where: Locator, words: str) -> None:
        """Writing is free; going to the field is one click, unless one stands in it already."""
        if not where.evaluate(_HAS_FOCUS):
            self.click(where)
        where.fill(words)

    def choose(self, where: Locator, label: str) -> None:
        """Opening a list and taking a line of it."""
        self.count += 2
        where.select_option(label=label)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done here leads to another page."""
        with self.page.expect_event("load"):
            yield
