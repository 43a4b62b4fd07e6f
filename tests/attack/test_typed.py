"""What people type and paste: too long, unreadable, in odd signs. A sentence each, and what was typed stays."""

# ruff: noqa: ANN401, PT006 - answers are whatever Django makes; names read best as one string

import re
from typing import Any
from uuid import uuid4

import pytest

from leeward.cases.models import Entry
from leeward.staff import keys
from leeward.staff.models import Person
from tests import make
from tests.attack.house import Browser
from tests.attack.plan import Scene, a_scene
from tests.attack.test_bad_input import explains, said
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return a_scene(cast, full=False)


@pytest.fixture
def ama(scene: Scene) -> Browser:
    return Browser(scene.cast.ama)


def write(browser: Browser, scene: Scene, body: bytes) -> Any:
    return browser.post(f"/people/{scene.case.pk}/write/", body, content_type=FORM)


@pytest.mark.parametrize("kind", ["10 MB", "1.9 MB"])
def test_a_paste_that_is_too_long(scene: Scene, ama: Browser, kind: str) -> None:
    size = 10_000_000 if kind == "10 MB" else 1_900_000
    answer = write(ama, scene, b"text=" + b"word+" * (size // 5))
    assert answer.status_code in {413, 422}
    assert explains(answer), said(answer)
    if answer.status_code == 422:
        assert answer.content.count(b"word") > 300_000
    assert Entry.objects.filter(case=scene.case).count() == 1


@pytest.mark.parametrize(
    "body",
    [b"text=caf%e9+%ff", b"text=nul%00here", b"text=half%ed%a0%80", b"text=%F0%9F"],
    ids=["latin-1", "NUL", "surrogate", "cut"],
)
def test_signs_that_cannot_be_read(scene: Scene, ama: Browser, body: bytes) -> None:
    answer = write(ama, scene, body + b"+and+the+rest+of+it")
    assert answer.status_code == 422, said(answer)
    assert explains(answer)
    assert "and the rest of it" in answer.content.decode()
    assert Entry.objects.filter(case=scene.case).count() == 1


@pytest.mark.parametrize("name", [b"%ff", b"%00", b"%ed%a0%80"], ids=["invalid", "NUL", "surrogate"])
def test_the_same_in_a_name(ama: Browser, scene: Scene, name: bytes) -> None:
    body = (
        b"name=Ze"
        + name
        + b"&aliases=the+rest&case_id="
        + str(uuid4()).encode()
        + b"&team="
        + str(scene.cast.harbor.pk).encode()
    )
    answer = ama.post("/people/new/", body, content_type=FORM)
    assert answer.status_code == 422, said(answer)
    assert "the rest" in answer.content.decode()


@pytest.mark.parametrize("odd", ["%ed%a0%80", "%00", "%ff"])
def test_the_same_in_search(ama: Browser, odd: str) -> None:
    assert ama.post("/find/", f"q=Ze{odd}".encode(), content_type=FORM).status_code < 500


def test_a_file_with_an_odd_name(scene: Scene, ama: Browser) -> None:
    for name in ("../../etc/passwd", "a\x00b.pdf", "“\u202efdp.exe", "x" * 300, ""):
        boundary = "b"
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="paper_id"\r\n\r\n{uuid4()}\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n%PDF-\r\n'
            f"--{boundary}--\r\n"
        )
        answer = ama.post(
            f"/people/{scene.case.pk}/papers/new/",
            body.encode(),
            content_type=f"multipart/form-data; boundary={boundary}",
        )
        assert answer.status_code in {302, 303, 422}, (name, said(answer))


# -- cookies and passphrases


def test_a_browser_that_refuses_the_cookie_is_told(scene: Scene) -> None:
    browser = Browser(enforce_csrf_checks=True)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/sign-in/").content.decode()
    )
    assert token
    browser.cookies.clear()
    answer = browser.post(
        "/sign-in/", {"csrfmiddlewaretoken": token[1], "email": "a@b.example", "passphrase": "x"}
    )
    assert answer.status_code == 403
    assert "cookie" in said(answer).lower()


@pytest.mark.parametrize("made, typed", [
    ("kettle quiet bridge lantern orchard plum", "kettle\u00a0quiet  bridge lantern orchard plum "),
    ("🌊 harbor 🐚 shell lantern", "🌊\u00a0harbor 🐚 shell lantern"),
    ("café Ängström naïve plum", "cafe\u0301 A\u0308ngstro\u0308m nai\u0308ve plum"),
], ids=["NBSP", "emoji", "accents"])  # fmt: skip
def test_a_passphrase_that_keyboards_write_differently(db: None, made: str, typed: str) -> None:
    person = Person.objects.create(name="Odd", email="odd@agency.example")
    key, credential, pair = keys.new_keys(person, made, make.CHEAP)
    key.save()
    credential.save()
    opened = keys.open_keys(person, typed)
    assert opened
    assert opened.public == pair.public


def test_a_passphrase_with_half_a_sign_is_only_wrong(scene: Scene) -> None:
    for odd in ("%ed%a0%80", "%00", "%ff", "x" * 5000):
        body = f"email={scene.cast.ama.person.email}&passphrase={odd}&device=own".encode()
        answer = Browser().post("/sign-in/", body, content_type=FORM)
        assert answer.status_code in {422, 413}, (odd[:9], said(answer))


def test_every_upload_says_what_must_never_be_uploaded_and_whom_to_call(scene: Scene, ama: Browser) -> None:
    page = ama.get(f"/people/{scene.case.pk}/papers/new/").content.decode()
    assert "Never upload images of abuse" in page
    assert "call your lawyer or the police first" in page
