"""Hands are counted as the issue says it: everything beside typing."""

import gzip
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

import pytest

from bench import given_back
from bench.front import pressed_small
from bench.hands import Hands

PAGE = b"<p>" + b"words " * 500 + b"</p>"


class Field:
    """A field of a form that does what it is told."""

    def __init__(self, *, focused: bool) -> None:
        self.focused, self.value = focused, ""

    def evaluate(self, _: str) -> bool:
        return self.focused

    def click(self) -> None:
        self.focused = True

    def fill(self, words: str) -> None:
        self.value = words

    def select_option(self, label: str) -> None:
        self.value = label


class Keyboard:
    def press(self, _: str) -> None:
        """Nothing happens."""


class Page:
    keyboard = Keyboard()


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
    names = [verb.name for verb in given_back.VERBS]
    assert len(set(names)) == len(names)
    assert all(verb.most in {2, 3, 5} for verb in given_back.VERBS)


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
