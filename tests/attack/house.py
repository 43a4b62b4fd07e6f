"""What attacks add to the makers: browsers that are signed in already, and an agency for processes of their own."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.test import Client

from leeward.access.gate import Entered
from leeward.access.policy import Action
from leeward.cases.door import OpenCase
from leeward.cases.models import Case
from leeward.signin.store import SessionStore, State
from leeward.staff import keys
from leeward.staff.models import Team
from tests import make
from tests.make import Worker

COOKIE: Final = "__Host-leeward"


class Browser(Client):
    """A browser: always over TLS, and a server's error is an answer, as outside."""

    def __init__(self, worker: Worker | None = None, **options: object) -> None:
        """Nobody's browser, or one that somebody is signed in with."""
        super().__init__(raise_request_exception=False, headers={"host": "localhost"}, **options)  # type: ignore[arg-type]
        if worker:
            self.cookies[COOKIE] = cookie_of(worker)

    def request(self, **asked: object) -> object:  # type: ignore[override]
        """Whatever is asked is asked over TLS."""
        return super().request(**{**asked, "wsgi.url_scheme": "https", "SERVER_PORT": "443"})


def cookie_of(worker: Worker) -> str:
    """The cookie of a new sign-in, made as `signin` makes it, without asking for a code."""
    session = SessionStore()
    session.start(person=worker.person)
    session.state = State.OPEN
    session.put(worker.pair, agency=str(keys.agency().pk))
    session.save()
    return str(session.cookie)


@dataclass(frozen=True)
class House:
    """An agency with one person, one team and one file, for processes of their own."""

    worker: Worker
    team: Team
    anchor: UUID

    def at_work(self, action: Action) -> AbstractContextManager[Entered]:
        """On a page."""
        return make.entering(self.worker, action)

    def opened(self, action: Action, case: Case | None = None) -> AbstractContextManager[OpenCase]:
        """With a file open; the anchor, where none is said."""
        return make.opening(case or Case(pk=self.anchor), self.worker, action)


def a_house() -> House:
    """Found it."""
    founding = make.an_agency()
    worker, team = Worker(founding.person, founding.pair), Team.objects.get(number=1)
    return House(worker, team, make.a_case(by=worker, name="Anchor", team=team).pk)
