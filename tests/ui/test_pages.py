"""Pages: whole or in part, and where a script goes next."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from leeward.ui import page, views
from leeward.ui.pages import say_where

UI = Path(views.__file__).parent
PART = "ui/parts/timeline.html#entry"


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"X-Part": "1"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_who_asks_for_a_part_gets_the_part(headers: dict[str, str], whole: bool) -> None:
    response = page(
        RequestFactory().get("/", headers=headers),
        PART,
        {"entries": [], "entry": {"what": "Call", "at": None}},
    )
    assert (b"<ol" in response.content) is whole
    assert response["Vary"] == "HX-Request, X-Part"


def redirecting(_: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect("/next/")
    response.set_cookie("a", "b")
    return response


def test_a_script_is_told_where_to_go() -> None:
    told = say_where(redirecting)(RequestFactory().post("/", headers={"X-Part": "1"}))
    assert (told.status_code, told["X-Go"]) == (204, "/next/")
    assert told.cookies["a"].value == "b"
    assert say_where(redirecting)(RequestFactory().post("/")).status_code == 302


ASKED = RequestFactory().get("/")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda: views.bad_request(ASKED), 400),
        (lambda: views.bad_request(ASKED, RequestDataTooBig()), 413),
        (lambda: views.forbidden(ASKED), 403),
        (lambda: views.open_too_long(ASKED), 403),
        (lambda: views.not_found(ASKED), 404),
        (lambda: views.server_error(ASKED), 500),
    ],
    ids=["unreadable", "too large", "not yours", "open too long", "not here", "our fault"],
)
def test_refusals_say_what_to_do(answer: Callable[[], HttpResponse], status: int) -> None:
    response = answer()
    assert response.status_code == status
    assert b"<h1>" in response.content


def test_a_page_that_was_open_too_long_gets_what_it_needs_to_try_again() -> None:
    assert "X-Fresh-Token" not in views.open_too_long(RequestFactory().post("/"))
    assert views.open_too_long(RequestFactory().post("/", headers={"X-Part": "1"}))["X-Fresh-Token"]


def test_the_style_guide_shows_every_part() -> None:
    text = (UI / "templates/ui/look.html").read_text()
    shown = set(re.findall(r"ui/parts/(\w+)\.html", text)) | set(re.findall(r"\{% (card|dialog) ", text))
    # Drawn by forms and by every page; two versions look as they do beside "conflict".
    within = {"field", "hint", "error", "errors", "messages", "versions"}
    assert shown | within == {part.stem for part in (UI / "templates/ui/parts").glob("*.html")}
    assert views.look(RequestFactory().get("/look/")).status_code == 200


def test_every_static_file_that_a_page_names_is_there() -> None:
    pages = "".join(page.read_text() for page in UI.glob("templates/**/*.html"))
    named = set(re.findall(r"\{% static '([^']+)'", pages))
    assert named
    assert [name for name in named if not finders.find(name)] == []


def test_titles_tell_nothing() -> None:
    assert b"<title>Leeward</title>" in views.not_found(RequestFactory().get("/")).content


def test_nothing_is_kept_in_the_browser() -> None:
    scripts = {script.name: script.read_text() for script in UI.glob("static/ui/*.js")}
    guard = scripts.pop("nothing-stays.js")
    assert "Storage.prototype.setItem = () => { throw" in guard
    for word in ("localStorage", "sessionStorage", "indexedDB", "caches.", "document.cookie", ".style."):
        assert not [name for name, text in scripts.items() if word in text]
    tags = (UI / "templates/ui/scripts.html").read_text()
    assert tags.index("nothing-stays.js") < tags.index("htmx-2.min.js")
