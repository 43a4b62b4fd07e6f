"""What is measured: each operation is what somebody waits for, from the request to the whole answer."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any, Final, Literal
from uuid import uuid4

from django.core.wsgi import get_wsgi_application

from bench.browser import Answer, Browser
from bench.store import PASSPHRASE, Store, Worker
from bench.words import note
from leeward.access import gate
from leeward.access.policy import Action
from leeward.cases import actions, finding
from leeward.cases.finding import Found
from leeward.cases.models import Case
from leeward.vault import cipher
from leeward.vault.cipher import Stretch

type Scope = Literal["own", "team", "all"]
_SEEN: Final = 200
_MOVED: Final = frozenset({200, 302, 303})


class Operations:
    """Every operation by its name, on one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chance = Random(1)  # noqa: S311 - repeatable on purpose
        self._application = get_wsgi_application()
        self._own = Browser.signed_in(self._application, store.own, store.agency)
        self._named: dict[str, Callable[[], object]] = {
            "today": lambda: _fine(self._own.get("/")),
            "list": lambda: _fine(self._own.get("/people/")),
            "case": lambda: _fine(self._own.get(self._long_file())),
            "save": self._save,
            "save, action alone": self._save_alone,
            "sign-in": self._sign_in,
            "one Argon2id": _one_stretch,
            "nothing": lambda: None,
        }

    def named(self, name: str) -> Callable[[], object]:
        """An operation; "search own 1 rare" is a search in one's own thirty for one rare word."""
        if not name.startswith("search "):
            return self._named[name]
        _, scope, kind = name.split(" ", 2)
        query = self.store.queries[kind]
        return lambda: self.search(scope, query)

    def timed(self, name: str, times: int) -> list[tuple[int, int]]:
        """Run an operation some times, and answer with nanoseconds: on the clock, and of this process's own work."""
        run, found = self.named(name), []
        for _ in range(times):
            begun, worked = time.perf_counter_ns(), time.process_time_ns()
            run()
            found.append((time.perf_counter_ns() - begun, time.process_time_ns() - worked))
        return found

    def get(self, path: str, *, signed_in: bool = True) -> Answer:
        """A page, for its size."""
        browser = self._own if signed_in else Browser.nobody(self._application)
        return browser.get(path)

    def search(self, scope: str, query: str) -> Found:
        """Find, and open what the page would show. The keys are opened anew, as in every request."""
        who = self.store.everywhere if scope == "all" else self.store.own
        with gate.entering(self.store.visit(who), Action.SEE_CARD, lists=True) as entered:
            found = finding.find(entered, query, mine=scope == "own")
            for hit in found.hits:
                _shown(hit.case.participant.card["name"], hit.entry and hit.entry.text)
        return found

    def _long_file(self) -> str:
        return f"/people/{self.store.long_file}/"

    def _save(self) -> None:
        words = note(self.chance)
        fields = {"entry_id": str(uuid4()), "kind": "call", "happened_at": "2026-01-06T09:30", "text": words}
        _moved(self._own.post(f"{self._long_file()}write/", **fields))

    def _save_alone(self) -> None:
        case = Case.objects.get(pk=self.store.long_file)
        with gate.opening(self.store.visit(self.store.own), Action.WRITE_ENTRY, case) as file:
            begun = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
            actions.write_entry(
                file, entry_id=uuid4(), text=note(self.chance), kind="call", happened_at=begun
            )

    def _sign_in(self) -> None:
        fields = {"email": _email(self.store.own), "passphrase": PASSPHRASE, "device": "own"}
        _moved(Browser.nobody(self._application).post("/sign-in/", **fields))


def _email(who: Worker) -> str:
    return who.person.email


def _one_stretch() -> None:
    cipher.stretch(PASSPHRASE.encode(), os.urandom(16), Stretch())


def _shown(*_: Any) -> None:  # noqa: ANN401
    """Read what a page would show."""


def _fine(answer: Answer) -> Answer:
    if answer.status != _SEEN:
        raise AssertionError(f"the page answered {answer.status}: {answer.body[:300]!r}")
    return answer


def _moved(answer: Answer) -> None:
    # 200 would be the form again, with a question about it.
    if answer.status not in _MOVED - {_SEEN}:
        raise AssertionError(f"the form answered {answer.status}: {answer.body[:2000]!r}")
