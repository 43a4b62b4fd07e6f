"""Counting what hands do beside typing: a click, a tap, a key that writes nothing. Typing and waiting are free."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from playwright.sync_api import Locator, Page

_HAS_FOCUS: Final = "(field) => document.activeElement === field"
#: More than these on the way to a field, and nobody would walk it.
_FAR: Final = 60


class Hands:
    """Two hands at a desk, with a mouse and a keyboard, and how often they did something."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.count = 0

    def click(self, where: Locator) -> None:
        """One click."""
        self.count += 1
        where.click()

    def follow(self, where: Locator) -> None:
        """One click that leads to another page."""
        with self.page.expect_event("load"):
            self.click(where)

    def press(self, key: str) -> None:
        """One key that writes nothing, or several that are held together."""
        self.count += 1
        self.page.keyboard.press(key)

    def types(self, where: Locator, words: str) -> None:
        """Writing is free; going to the field is one click, unless one stands in it already."""
        self.goes_to(where)
        where.fill(words)

    def types_day(self, where: Locator, day: date) -> None:
        """A day in a calendar field, which a keyboard writes."""
        self.types(where, day.isoformat())

    def types_time(self, where: Locator, at: time) -> None:
        """A time of day."""
        self.types(where, f"{at:%H:%M}")

    def goes_to(self, where: Locator) -> None:
        """Into a field."""
        if not where.evaluate(_HAS_FOCUS):
            self.click(where)

    def finds(self, words: str) -> None:
        """The field that is on every page, and the key that sends it."""
        self.press("/")
        self.page.keyboard.type(words)
        with self.leaving():
            self.press("Enter")

    def saves(self, button: Locator) -> None:  # noqa: ARG002 - the keys do it without
        """Done with writing: the keys that save."""
        with self.leaving():
            self.press("Control+Enter")

    def choose(self, where: Locator, label: str) -> None:
        """Opening a list and taking a line of it."""
        self.count += 2
        where.select_option(label=label)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done here leads to another page."""
        with self.page.expect_event("load"):
            yield


class Thumb(Hands):
    """One thumb on a phone. Its keyboard comes with a tap into the field, also where the field stands ready."""

    def click(self, where: Locator) -> None:
        """One tap."""
        self.count += 1
        where.tap()

    def goes_to(self, where: Locator) -> None:
        """A tap, always."""
        self.click(where)

    def types_day(self, where: Locator, day: date) -> None:
        """Nobody writes a day on a phone: one of the next days is a tap; others are the calendar, a day, and "set"."""
        soon = self.page.locator(f"[data-fills='{where.get_attribute('id')}'][value='{day}']")
        if soon.count():
            return self.click(soon)
        self.count += 2
        return self.types(where, day.isoformat())

    def types_time(self, where: Locator, at: time) -> None:
        """The clock opens: the hour, the minutes, and "set"."""
        self.count += 3
        self.types(where, f"{at:%H:%M}")

    def finds(self, words: str) -> None:
        """The field on top, and the key that sends it."""
        self.types(self.page.locator("#search"), words)
        with self.leaving():
            self.press("Enter")

    def saves(self, button: Locator) -> None:
        """The button."""
        self.follow(button)


class Keys(Hands):
    """No mouse. Each Tab on the way to somewhere counts."""

    def click(self, where: Locator) -> None:
        """All the way there, and Enter."""
        self.goes_to(where)
        self.press("Enter")

    def goes_to(self, where: Locator) -> None:
        """With Tab, until one stands there."""
        for _ in range(_FAR):
            if where.evaluate(_HAS_FOCUS):
                return
            self.press("Tab")
        raise AssertionError(f"{_FAR} keys and not there: {where}")

    def types_day(self, where: Locator, day: date) -> None:
        """Month, day and year one after another, as this browser asks for them."""
        self.goes_to(where)
        self.page.keyboard.type(f"{day:%m%d%Y}")

    def types_time(self, where: Locator, at: time) -> None:
        """Hour, minutes, morning or afternoon."""
        self.goes_to(where)
        self.page.keyboard.type(f"{at:%I%M%p}")
