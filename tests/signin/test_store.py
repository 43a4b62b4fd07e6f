"""The sealed session: it takes the cookie, the row and the memory of this start, all three."""

import base64
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from leeward.signin import boot
from leeward.signin.models import SignIn
from leeward.signin.store import Cookie, SessionStore, State
from leeward.staff import keys
from leeward.staff.models import Person
from leeward.vault.scopes import Unreadable
from tests.signin.conftest import NAME, WORDS, Browser, Phone, restart, words_of


def met(cookie: str) -> SessionStore:
    session = SessionStore(cookie)
    session.meet()
    return session


def test_a_row_without_its_cookie_opens_nothing(inside: Browser, ines: Person) -> None:
    row = inside.row
    pair = keys.open_keys(ines, WORDS)
    assert pair
    everything = b"".join(
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
        for value in vars(row).values()
    )
    for secret in (pair.reveal(), base64.b64encode(pair.reveal()), inside.cookie.id, inside.cookie.secret):
        assert secret not in everything
    forged = Cookie(inside.cookie.id, os.urandom(32))
    assert met(str(forged)).state is State.NOBODY


def test_a_cookie_without_its_row_is_nobody(inside: Browser) -> None:
    SignIn.objects.all().delete()
    assert inside.get("/")["Location"].startswith("/sign-in/")


def test_the_capsule_of_another_row_does_not_open(inside: Browser, ines: Person, phone: Phone) -> None:
    other = SignIn.objects.create(
        id_hash=os.urandom(32), proof=os.urandom(32), boot=boot.mark(), person=ines, sealed=inside.row.sealed
    )
    session = SessionStore(str(inside.cookie))
    session.row = other
    with pytest.raises(Unreadable):
        session.cookie.key().unseal(
            bytes(other.sealed or b""), b"session" + other.pk.bytes + bytes(other.id_hash)
        )


@pytest.mark.parametrize(
    "text", ["", "x", "ü" * 86, "A" * 85, "A" * 86, "A" * 87, "A" * 88, "../" * 20, "\0" * 86, " " * 86]
)
def test_garbled_cookies_are_nobody(inside: Browser, text: str) -> None:
    assert met(text).state is State.NOBODY


def test_another_start_opens_nothing_and_says_so(inside: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    restart(monkeypatch)
    assert inside.get("/note/")["Location"] == "/sign-in/?next=%2Fnote%2F"
    page = inside.get("/sign-in/")
    assert "Leeward was restarted" in words_of(page)
    key = inside.cookie.key()
    row = inside.row
    with pytest.raises(Unreadable):
        key.unseal(bytes(row.sealed or b""), b"session" + row.pk.bytes + bytes(row.id_hash))


def test_after_another_start_the_passphrase_alone_is_not_enough(
    inside: Browser, ines: Person, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    restart(monkeypatch)
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/sign-in/"
    assert inside.passphrase(ines)["Location"] == "/sign-in/code/"
    inside.send("/sign-in/code/", code=phone.code(1))
    assert inside.is_in()


def test_workers_that_were_forked_share_the_secret() -> None:
    read, write = os.pipe()
    for _ in range(2):
        worker = os.fork()
        if worker == 0:  # the worker: nothing of the tests may run in it, not even their tidying up
            os.write(write, boot.secret())
            os._exit(0)
        os.waitpid(worker, 0)
    assert os.read(read, 64) == 2 * boot.secret()
    os.close(read)
    os.close(write)


def test_machines_share_the_secret_through_a_file(
    inside: Browser, settings: Settings, tmp_path: Path
) -> None:
    place = tmp_path / "boot"
    place.write_bytes(boot.secret())
    settings.LEEWARD_BOOT_FILE = str(place)
    assert inside.is_in()
    settings.LEEWARD_BOOT_FILE = str(tmp_path / "other")
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        boot.secret()


def test_what_is_in_the_session_is_sealed_on_disk(inside: Browser) -> None:
    inside.send("/note/", words="canary in the session")
    assert met(str(inside.cookie))["said"] == "canary in the session"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM signin_signin")
        assert all(b"canary" not in bytes(sealed) for (sealed,) in cursor.fetchall() if sealed)


def test_a_session_that_did_not_change_is_not_written(inside: Browser) -> None:
    before = bytes(inside.row.sealed or b"")
    inside.get("/")
    inside.get("/you/")
    assert bytes(inside.row.sealed or b"") == before


def test_a_row_that_was_ended_meanwhile_does_not_come_back(inside: Browser) -> None:
    session = met(str(inside.cookie))
    SignIn.objects.all().delete()
    session["said"] = "late"
    session.save()
    assert not SignIn.objects.exists()
    assert session.ended


def test_a_change_while_locked_leaves_the_capsule_as_it_is(inside: Browser) -> None:
    before = bytes(inside.row.sealed or b"")
    inside.send("/lock/")
    session = met(str(inside.cookie))
    assert session.state is State.LOCKED
    session["said"] = "nothing"
    session.save()
    assert bytes(inside.row.sealed or b"") == before


def test_nobodys_rows_are_swept(browser: Browser, ines: Person, phone: Phone) -> None:
    browser.passphrase(ines)
    assert SignIn.objects.filter(person=None).count() == 1
    SessionStore.clear_expired()
    assert SignIn.objects.count() == 1
    SignIn.objects.update(last_seen=timezone.now() - timedelta(minutes=61))
    assert browser.send("/sign-in/code/", code=phone.code())["Location"] == "/sign-in/"
    SessionStore.clear_expired()
    assert SignIn.objects.count() == 0


def test_djangos_own_words_work(rf: RequestFactory) -> None:
    session = SessionStore()
    session["a"] = 1
    session.create()
    assert session.session_key
    assert session.exists(session.session_key)
    old = session.session_key
    session.cycle_key()
    session.save()
    again = SessionStore(session.session_key)
    assert again["a"] == 1
    assert not session.exists(old)
    again.delete()
    assert not SignIn.objects.exists()
    assert json.dumps(dict(again.items())) == "{}"


def test_nothing_prints_its_secret(inside: Browser) -> None:
    assert repr(inside.cookie) == "<cookie>"
    assert NAME == "__Host-leeward"
