"""Django's three leaky defaults, each shown closed, and shown to leak where it is not."""

# ruff: noqa: ANN401, PT006, TRY301 - answers and rows are whatever Django makes; names read best as one string; it is what is tested

import logging
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import RequestFactory, override_settings
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter

from leeward.signin.models import SignIn
from leeward.signin.store import SessionStore, State
from leeward.ui.logs import Plain, ShapeOnly
from leeward.ui.uploads import InMemory
from tests.attack.canaries import Search, canary
from tests.attack.house import COOKIE, Browser, cookie_of
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def rows() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM signin_signin")
        return [bytes(cell) if isinstance(cell, memoryview) else cell for row in cursor for cell in row]


def test_a_stolen_row_is_no_cookie(cast: Cast) -> None:
    """`session_key` would be the cookie itself."""
    cookie = cookie_of(cast.ama)
    assert Search(cookie).in_bytes(repr(rows()).encode()) == set()
    raw = SessionStore(cookie).cookie
    assert not [cell for cell in rows() if isinstance(cell, bytes) and (raw.id in cell or raw.secret in cell)]
    row = SignIn.objects.get(person=cast.ama.person)
    forged = [bytes(row.id_hash) + bytes(row.proof), bytes(row.id_hash) * 2, row.pk.bytes * 4]
    for each in forged:
        browser = Browser()
        browser.cookies[COOKIE] = str(type(raw)(each[:32], each[32:]))
        assert browser.get("/").status_code == 302
    assert SessionStore(cookie).state is State.NOBODY


def crashed(text: str) -> logging.LogRecord:
    """A log record as Django makes one when a view falls over with a form in hand."""
    request = RequestFactory().post("/people/", {"text": text})
    try:
        held = request.POST["text"]
        raise ValueError(held)
    except ValueError as why:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "at %s",
            ("/people/",),
            (ValueError, why, why.__traceback__),
        )
    record.__dict__["request"] = request
    return record


@pytest.mark.parametrize("reporter, leaks", [(settings.DEFAULT_EXCEPTION_REPORTER, False), (None, True)])
def test_a_mail_about_a_fault_holds_nothing(
    monkeypatch: pytest.MonkeyPatch, reporter: str | None, leaks: bool
) -> None:
    theirs = reporter or f"{ExceptionReporter.__module__}.{ExceptionReporter.__qualname__}"
    outbox: list[Any] = []
    monkeypatch.setattr(
        AdminEmailHandler, "send_mail", lambda _, *words, **more: outbox.append((words, more))
    )
    with override_settings(ADMINS=["boss@agency.example"], DEFAULT_EXCEPTION_REPORTER=theirs):
        handler = AdminEmailHandler(include_html=True)
        if not leaks:
            handler.addFilter(ShapeOnly())
            handler.setFormatter(Plain())
        handler.handle(crashed(canary("form")))
    assert len(outbox) == 1
    assert bool(Search().in_bytes(repr(outbox).encode())) is leaks


LOGGING: dict[str, Any] = settings.LOGGING


def test_nobody_is_mailed_at_all() -> None:
    assert settings.ADMINS == []
    assert [handler["class"] for handler in LOGGING["handlers"].values()] == ["logging.StreamHandler"]


@pytest.mark.parametrize("handler, leaks", [(InMemory, False), (TemporaryFileUploadHandler, True)])
def test_an_upload_never_lies_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, handler: type, leaks: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    text = canary("paper").encode() * 100_000
    request = RequestFactory().post("/x/", {"file": _file(text)})
    with override_settings(
        FILE_UPLOAD_TEMP_DIR=str(tmp_path),
        FILE_UPLOAD_HANDLERS=[f"{handler.__module__}.{handler.__qualname__}"],
    ):
        file: Any = request.FILES["file"]
        assert bool(Search().in_files(tmp_path)) is leaks
        assert file.read() == text
        file.close()


def _file(content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - used here only

    return SimpleUploadedFile("letter.pdf", content)


def test_the_settings_say_so() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["leeward.ui.uploads.InMemory"]
    assert settings.SESSION_ENGINE == "leeward.signin.store"
    assert settings.CACHES == {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert settings.DEBUG is False
