"""Hands are counted as the issue says it: everything beside typing."""

import gzip
import threading
import urllib.request
from collections.abc import Iterator
from datetime import date, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

from bench import given_back
from bench.front import pressed_small
from bench.hands import Hands, Keys, Thumb

#: What a case manager may ask of a day's most frequent verbs.
AIMS = {
    "log a call with a promise": 3,
    "see how to reach somebody on Today": 2,
    "find anybody and see how to reach them": 2,
    "book an accompaniment": 5,
    "first contact, with a note": 3,
    "a crisis, their wishes and the button": 2,
    "a crisis, begun": 2,
}
PAGE = b"<p>" + b"words " * 500 + b"</p>"


class Field:
    """A field of a form that does what it is told."""

    def __init__(self, *, focused: bool) -> None:
        self.focused, self.value = focused, ""

    def evaluate(self, _: str) -> bool:
        return self.focused

    def click(self) -> None:
        self.focused = True

    tap = click

    def count(self) -> int:
        return int(self.focused)

    def get_attribute(self, _: str) -> str:
        return "id_day"

    def fill(self, words: str) -> None:
        self.value = words

    def select_option(self, label: str) -> None:
        self.value = label


class Keyboard:
    """Keys, and after how many of them a field is reached."""

    def __init__(self) -> None:
        self.pressed, self.after = 0, dict[int, Field]()

    def press(self, _: str) -> None:
        self.pressed += 1
        if field := self.after.get(self.pressed):
            field.focused = True


class Page:
    """A page, and how many days of soon are a tap on it."""

    def __init__(self) -> None:
        self.keyboard, self.soon = Keyboard(), 0

    def locator(self, _: str) -> Field:
        return Field(focused=bool(self.soon))


@pytest.fixture
def hands() -> Hands:
    return Hands(cast("Any", Page()), "http://localhost")


@pytest.mark.parametrize(("focused", "actions"), [(True, 0), (False, 1)])
def test_typing_is_free_and_going_to_the_field_is_not(hands: Hands, *, focused: bool, actions: int) -> None:
    field = Field(focused=focused)
    hands.types(cast("Any", field), "as many words as one likes")
    assert (hands.count, field.value) == (actions, "as many words as one likes")


def test_clicks_keys_and_lists_count(hands: Hands) -> None:
    hands.click(cast("Any", Field(focused=False)))
    hands.press("Control+Enter")
    hands.choose(cast("Any", Field(focused=False)), "Robin")
    assert hands.count == 4


def test_each_verb_is_named_once_with_its_aim() -> None:
    aims = {verb.name: verb.aim for verb in given_back.VERBS}
    assert len(aims) == len(given_back.VERBS)
    assert aims == AIMS


@pytest.mark.parametrize(
    ("at", "soon", "actions"),
    [("types", 0, 1), ("types_day", 1, 1), ("types_day", 0, 3), ("types_time", 0, 4)],
)
def test_a_thumb_taps_into_every_field_and_writes_no_day(at: str, soon: int, actions: int) -> None:
    page = Page()
    page.soon = soon
    thumb = Thumb(cast("Any", page), "http://localhost")
    told = {"types": "Robin", "types_day": date(2026, 11, 25), "types_time": time(14, 30)}
    getattr(thumb, at)(Field(focused=True), told[at])
    assert thumb.count == actions


@pytest.mark.parametrize("far", [0, 1, 7])
def test_each_key_on_the_way_counts(far: int) -> None:
    page = Page()
    keys, field = Keys(cast("Any", page), "http://localhost"), Field(focused=not far)
    page.keyboard.after = {far: field}
    keys.click(cast("Any", field))
    assert keys.count == far + 1


def test_nobody_walks_for_ever() -> None:
    with pytest.raises(AssertionError, match="not there"):
        Keys(cast("Any", Page()), "http://localhost").goes_to(cast("Any", Field(focused=False)))


def test_the_table_tells_what_is_counted_in_the_browser() -> None:
    """`tests/journeys/test_given_back.py` counts; here the documents say the same."""
    told = (Path(__file__).parents[2] / "docs" / "speed.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines() if line.startswith("|")
    ]
    numbers = {row[0].partition(":")[0]: row[1:5] for row in rows if len(row) == 6}
    for verb in given_back.VERBS:
        counted = [str(verb.desk), str(verb.thumb), str(verb.keys), f"≤ {verb.aim}"]
        assert numbers[verb.name] == counted, verb.name


class Behind(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def behind() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_slow_phone_gets_answers_as_small_as_they_are_served(behind: str) -> None:
    with pressed_small(behind) as front, urllib.request.urlopen(f"{front}/") as answer:  # noqa: S310 - our own
        assert answer.headers["Content-Encoding"] == "gzip"
        body = answer.read()
    assert len(body) < len(PAGE) / 10
    assert gzip.decompress(body) == PAGE
