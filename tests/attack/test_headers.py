"""The headers of every answer, and what no page may hold: scripts inside it, strangers' addresses, names."""

# ruff: noqa: ARG002, ARG005, PIE810, PLR1702 - the parser calls it; a table of lambdas with one shape; reads better; a scenario is told in one go

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import path

from leeward import site
from leeward.access.marks import public
from tests.attack.house import Browser
from tests.attack.plan import NAME, WORDS, Scene, a_scene, doors
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

GOLDEN = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def fail(request: Any) -> Any:  # noqa: ANN401 - a view that never answers
    raise RuntimeError(NAME)


class Urls:
    """The front door with one page more, which falls over."""

    urlpatterns = [*site.urlpatterns, path("falls/", public(reason="a mistake")(fail))]
    handler400, handler403, handler404, handler500 = (
        site.handler400,
        site.handler403,
        site.handler404,
        site.handler500,
    )


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return a_scene(cast)


@pytest.fixture
def browser(scene: Scene) -> Iterator[Browser]:
    with override_settings(ROOT_URLCONF=Urls):
        yield Browser(scene.cast.ama)


def strict(browser: Browser) -> Browser:
    browser.handler.enforce_csrf_checks = True
    return browser


def locked(browser: Browser) -> Browser:
    browser.post("/lock/")
    return browser


ANSWERS: dict[str, tuple[int, Callable[[Browser, Scene], Any]]] = {
    "a page": (200, lambda b, s: b.get(f"/people/{s.case.pk}/")),
    "a page for everybody": (200, lambda b, s: Browser().get("/sign-in/")),
    "a redirect": (302, lambda b, s: Browser().get("/people/")),
    "another host": (400, lambda b, s: b.get("/", headers={"host": "elsewhere.example"})),
    "no token": (403, lambda b, s: strict(b).post("/find/", {"q": "x"})),
    "no cookie": (403, lambda b, s: strict(Browser()).post("/sign-in/", {})),
    "not there": (404, lambda b, s: b.get("/nowhere/")),
    "not there, for strangers": (404, lambda b, s: Browser().get("/nowhere/")),
    "the wrong method": (405, lambda b, s: b.get("/lock/")),
    "too much": (413, lambda b, s: b.post("/find/", {"q": "x" * 3_000_000}, "application/x-www-form-urlencoded")),
    "a form to look at again": (422, lambda b, s: b.post("/people/new/", {"name": ""})),
    "a part, while locked": (423, lambda b, s: locked(b).get("/", headers={"x-part": "1"})),
    "a fault": (500, lambda b, s: b.get("/falls/")),
    "a file": (200, lambda b, s: b.get(s.path(next(d for d in doors() if d.path.endswith("<uuid:paper>/"))))),
    "nothing": (204, lambda b, s: b.post("/still-here/")),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_bears_them(browser: Browser, scene: Scene, kind: str) -> None:
    status, ask = ANSWERS[kind]
    answer = ask(browser, scene)
    told = {name: answer.headers.get(name) for name in GOLDEN}
    assert (answer.status_code, told) == (status, GOLDEN)
    assert "Server" not in answer.headers
    assert set(answer.cookies) <= {settings.SESSION_COOKIE_NAME}
    if status >= 400:
        assert NAME.encode() not in answer.content


def test_a_file_is_only_ever_a_download(browser: Browser, scene: Scene) -> None:
    answer = ANSWERS["a file"][1](browser, scene)
    assert answer.streaming
    assert answer["Content-Disposition"].startswith("attachment;")
    assert b"".join(answer.streaming_content) == b"%PDF- " + WORDS.encode()


def test_static_files_alone_may_be_kept(browser: Browser) -> None:
    style = re.search(r"/static/ui/[\w.]+\.css", browser.get("/").content.decode())
    assert style
    answer = browser.get(style[0])
    answer.close()
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    told = {
        name: answer.headers.get(name)
        for name in GOLDEN
        if name not in {"Cache-Control", "Content-Security-Policy"}
    }
    assert told == {name: GOLDEN[name] for name in told}


def test_the_cookie_cannot_be_read_or_sent_from_elsewhere(scene: Scene) -> None:
    cookie = Browser().get("/sign-in/").cookies[settings.SESSION_COOKIE_NAME]
    told = {name: cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")}
    assert told == {"secure": True, "httponly": True, "samesite": "Strict", "path": "/", "domain": ""}


class Look(HTMLParser):
    """What a page asks a browser to do."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.complaints: list[str] = []
        self.title = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at every attribute."""
        self._inside = tag
        named = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in named):
            self.complaints.append(f"<{tag}> inside")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                self.complaints.append(f"{name} on <{tag}>")
            if name in {
                "src",
                "href",
                "action",
                "formaction",
                "poster",
                "srcset",
                "data",
            } and self._is_elsewhere(value or ""):
                self.complaints.append(f"{name}={value}")
        if tag in {"iframe", "object", "embed", "base"}:
            self.complaints.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        """Out again."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """The title is what a shoulder, a history and a task list see."""
        if self._inside == "title":
            self.title += data

    @staticmethod
    def _is_elsewhere(value: str) -> bool:
        # Codes for an app, and tap to call: they open a program on the device and ask no other site.
        ours = ("otpauth:", "tel:", "sms:")
        return bool(re.match(r"\s*([a-z][a-z0-9+.-]*:|//)", value, re.IGNORECASE)) and not value.startswith(
            ours
        )


def looked(content: bytes) -> Look:
    look = Look()
    look.feed(content.decode())
    return look


def test_no_page_holds_scripts_strangers_or_a_name_in_its_title(browser: Browser, scene: Scene) -> None:
    wrong, titles = [], set()
    for here in (browser, Browser(scene.cast.ben), Browser()):
        for door in doors():
            answer = here.get(scene.path(door))
            if (
                answer.streaming
                or not answer.get("Content-Type", "").startswith("text/html")
                or not answer.content
            ):
                continue
            look = looked(answer.content)
            titles.add(look.title)
            wrong += [f"{door.path}: {each}" for each in look.complaints]
    assert not wrong, "\n".join(wrong)
    assert titles
    assert not [title for title in titles if NAME in title or WORDS in title]


@pytest.mark.parametrize("planted", [
    "<script>1</script>", "<p style='x'>", "<style>", "<a onclick='x'>", "<img src='https://elsewhere.example/x'>",
    "<a href='//elsewhere.example'>", "<form action='javascript:1'>", "<iframe>", "<base href='/'>",
])  # fmt: skip
def test_a_planted_one_is_found(planted: str) -> None:
    assert looked(f"<html><body>{planted}".encode()).complaints
