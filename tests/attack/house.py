"""What attacks add to the makers: browsers that are signed in already."""

from typing import Final

from django.test import Client

from leeward.signin.store import SessionStore, State
from leeward.staff import keys
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
