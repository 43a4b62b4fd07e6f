"""An agency of invented people, browsers, phones, and a cheap stretch so that tests do not wait for it."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from leeward.access.policy import Role
from leeward.signin import boot, factors, passphrase
from leeward.signin.models import SignIn
from leeward.signin.store import Cookie
from leeward.staff import actions, keys
from leeward.staff.models import Membership, Person, PersonKey, Team
from leeward.vault import pepper
from leeward.vault.cipher import Stretch
from tests.signin import site

if TYPE_CHECKING:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

WORDS = "copper lantern orbit velvet thicket anchor"
NAME = django_settings.SESSION_COOKIE_NAME


def cheap(memory_kib: int = 64, passes: int = 1, lanes: int = 1) -> Stretch:
    return Stretch(memory_kib, passes, lanes)


@pytest.fixture(autouse=True)
def _house(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.LEEWARD_PEPPER_FILE = tmp_path / "pepper"
    pepper.make(settings.LEEWARD_PEPPER_FILE)
    settings.STATIC_ROOT = tmp_path
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("leeward.site.")]
    settings.ROOT_URLCONF = "tests.signin.site"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    monkeypatch.setattr(keys, "Stretch", cheap)
    monkeypatch.setattr(passphrase, "TODAY", cheap())
    yield
    site.taken.clear()
    site.faults.clear()


def restart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leeward stops and starts: its memory is another one."""
    monkeypatch.setattr(boot, "_MADE_HERE", bytes(reversed(boot.secret())))


class Phone:
    """An app that makes codes. It is patient: each code is of a step that was not used yet."""

    def __init__(self, person: Person, secret: str = "") -> None:
        self.secret = secret or factors.new_secret()
        self.step = int(time.time()) // 30 - 2
        if not secret:
            self.paper = factors.set_up(person, self.secret, self.step)

    def code(self, ahead: int = 0) -> str:
        return str(format_hotp_value(hotp_value(self.secret, int(time.time()) // 30 + ahead)))


class Browser(Client):
    """A browser that sends forms as people do: with the token of its own cookie."""

    def __init__(self, agent: str = "") -> None:
        super().__init__(
            enforce_csrf_checks=True, raise_request_exception=False, headers={"User-Agent": agent}
        )

    @property
    def cookie(self) -> Cookie:
        found = Cookie.read(self.cookies[NAME].value)
        assert found
        return found

    @property
    def row(self) -> SignIn:
        return SignIn.objects.get(id_hash=self.cookie.id_hash)

    def send(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        token: str = "",
        headers: dict[str, str] | None = None,
        **more: "str | SimpleUploadedFile",
    ) -> "Answer":
        if NAME not in self.cookies or not self.cookies[NAME].value:
            self.get("/sign-in/", follow=True)
        sent = {**(form or {}), **more, "csrfmiddlewaretoken": token or self.cookie.form_secret}
        return self.post(path, sent, headers=headers or {})

    def passphrase(
        self, person: Person, words: str = WORDS, device: str = "own", after: str = ""
    ) -> "Answer":
        return self.send("/sign-in/", email=person.email, passphrase=words, device=device, next=after)

    def sign_in(self, person: Person, phone: Phone, device: str = "own", after: str = "") -> "Answer":
        answer = self.passphrase(person, device=device, after=after)
        assert answer["Location"] == "/sign-in/code/", answer.content
        return self.send("/sign-in/code/", code=phone.code())

    def is_in(self) -> bool:
        return self.get("/").content.startswith(b"today ")


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def founding() -> actions.Founding:
    """An agency with its first person, Ines."""
    first = actions.Newcomer(
        name="Ines Okafor", email="ines@agency.example", passphrase=WORDS, team_name="North"
    )
    return actions.found_agency(first)


@pytest.fixture
def ines(founding: actions.Founding) -> Person:
    return founding.person


@pytest.fixture
def phone(ines: Person) -> Phone:
    """Her phone, set up a while ago."""
    return Phone(ines)


def a_colleague(name: str, passphrase: str = WORDS, *, role: Role = Role.CASE_MANAGER) -> Person:
    """Somebody else of the same team, without any keys handed over."""
    person = Person.objects.create(name=name, email=f"{name.lower()}@agency.example")
    for row in keys.new_keys(person, passphrase)[:2]:
        row.save(force_insert=True)
    Membership.objects.create(person=person, team=Team.objects.get(number=1), role=role)
    return person


@pytest.fixture
def sam(ines: Person) -> Person:
    return a_colleague("Sam")


@pytest.fixture
def inside(browser: Browser, ines: Person, phone: Phone) -> Browser:
    """A browser that Ines is signed in with."""
    browser.sign_in(ines, phone)
    assert browser.is_in()
    return browser


def public_key(person: Person) -> bytes:
    return bytes(PersonKey.objects.current().get(person=person).public)


def words_of(response: "Answer") -> str:
    """What a person reads on a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at_once[T](act: Callable[[], T], times: int = 2) -> list[T]:
    """Do the same thing in several threads at the same moment."""
    start = Barrier(times)

    def one(_: int) -> T:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)
