"""A visitor who leaves no field empty. What was asked, what was typed, and what could be read again is remembered."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.attack.canaries import PREFIX, canary
from tests.attack.forms import Form, Said, forms_on
from tests.attack.web import Answer, Visitor

FORM: Final = "application/x-www-form-urlencoded"
#: What a server says that has taken in what was sent; 422 and 409 are questions.
TAKEN: Final = frozenset({200, 204, 302, 303})
_WORD: Final = re.compile(PREFIX + r"[a-z0-9]+")
_NUMBER: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")

type Field = tuple[str, str]


@dataclass
class Told:
    """What the visitors of one day were asked, typed and read, by door and field."""

    asked: set[Field] = field(default_factory=set)
    in_addresses: set[Field] = field(default_factory=set)
    overwritten: set[Field] = field(default_factory=set)
    typed: set[tuple[Field, str]] = field(default_factory=set)
    doors: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)

    def saw(self, path: str, answer: Answer) -> None:
        """A page was looked at: its words, and what its forms ask."""
        self.doors.add(door(path))
        self.read |= set(_WORD.findall(answer.text))
        for form in forms_on(answer.body.decode("utf-8", "replace")):
            to = door(urljoin(path, form.action))
            asked = {(to, plain(name)) for name in form.typed}
            (self.asked if form.method == "post" else self.in_addresses).update(asked)
            self.overwritten |= {(to, plain(name)) for name in form.overwritten}

    def took(self, path: str, body: bytes) -> None:
        """Something was sent, and taken in."""
        self.doors.add(door(path))
        for name, value in parse_qsl(body.decode("ascii", "replace")):
            self.typed |= {((door(path), plain(name)), word) for word in _WORD.findall(value)}


def door(path: str) -> str:
    """The door that an address leads to, as the URLconf writes it."""
    try:
        return "/" + resolve(urlsplit(path).path, "leeward.site").route
    except Resolver404:
        return path


def plain(name: str) -> str:
    """A field's name without the number of a row."""
    return _NUMBER.sub("N", name)


@dataclass
class Writer(Visitor):
    """Somebody at work."""

    told: Told = field(default_factory=Told)
    sent: dict[str, Said] = field(default_factory=dict)
    passphrase: str = ""
    codes: list[str] = field(default_factory=list)

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request, and what became of it."""
        answer = super().send(method, path, body, **headers)
        if method == "GET" and answer.status == 200:
            self.told.saw(path, answer)
        elif method == "POST" and answer.status in TAKEN:
            self.told.took(path, body if headers.get("Content_Type") == FORM else b"")
        return answer

    def fill(self, path: str, to: str = "", nth: int = 0, **answers: Said | None) -> Answer:
        """Open a page, if it does not stand open, and send its form, or the one that leads `to` somewhere."""
        page = self.last if self.path == path else self.get(path)
        assert page.status == 200, f"{path}: {page.status}"
        return self.press(to or urlsplit(self.path).path, nth, **answers)

    def links(self, pattern: str) -> list[str]:
        """Where the links of the open page lead that fit."""
        found = [urljoin(self.path, where) for where in re.findall(r'href="([^"#]*)', self.last.text)]
        able = [where for where in dict.fromkeys(found) if re.search(pattern, where)]
        assert able, f"no link on {self.path} fits {pattern}: {sorted(set(found))}"
        return able

    def link(self, pattern: str) -> str:
        """Where the first of them leads."""
        return self.links(pattern)[0]

    def choice(self, label: str) -> str:
        """What is sent when this is chosen."""
        return self.last.find(rf'<option value="([^"]+)"[^>]*>\s*{label}')

    def press(self, to: str, nth: int = 0, **answers: Said | None) -> Answer:
        """Fill in a form of the page that stands open, and send it. `None` leaves a field out."""
        form, place = self._form(to, nth)
        said = {**form.filled(lambda name: f"{canary('')} {name}"), **answers}
        self.sent = {name: answer for name, answer in said.items() if answer is not None}
        answer = self.send("POST", place, urlencode(self.sent, doseq=True).encode(), Content_Type=FORM)
        assert answer.status in TAKEN, f"{place} asks again ({answer.status}): {wrong(answer)}"
        return self._follow(answer, place)

    def _form(self, to: str, nth: int) -> tuple[Form, str]:
        page = self.last.body.decode("utf-8", "replace")
        able = [
            (form, urljoin(self.path, place))
            for form in forms_on(page)
            for place in form.places
            if form.method == "post" and re.search(f"{to}$", urljoin(self.path, place))
        ]
        assert able, f"no form on {self.path} leads to {to}: {[form.places for form in forms_on(page)]}"
        return able[nth]


def wrong(answer: Answer) -> str:
    """What a page says about a form that did not fit."""
    return (
        " | ".join(re.findall(r'(?s)class="error[^"]*"[^>]*>(.*?)</(?:p|ul|div)>', answer.text))[:600]
        or answer.text[:1500]
    )
