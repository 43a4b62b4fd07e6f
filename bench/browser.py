"""A browser that is signed in and speaks to Leeward without a network: the whole site runs, the wire does not."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

from leeward.signin.store import Cookie, SessionStore, State

if TYPE_CHECKING:
    from uuid import UUID

    from bench.store import Worker

_HOST = "localhost"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One cookie, and pages."""

    def __init__(self, application: WSGIHandler, cookie: Cookie) -> None:
        self._application = application
        self._cookie = cookie

    @classmethod
    def signed_in(cls, application: WSGIHandler, who: Worker, agency: UUID) -> Browser:
        """A sign-in as `signin.actions.enter` leaves it behind."""
        session = SessionStore(None)
        session.start(person=who.person, device="own", browser="bench")
        session.state = State.OPEN
        session.put(who.pair, agency=str(agency))
        session.save()
        return cls(application, session.cookie)

    @classmethod
    def nobody(cls, application: WSGIHandler) -> Browser:
        """Somebody who has just come to the door."""
        return cls(application, Cookie.fresh())

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path, b"")

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form, with the hidden token that its page would hold."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self._cookie.form_secret}).encode()
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        told: list[Any] = []

        def begin(*parts: Any) -> Any:  # noqa: ANN401 - WSGI's own
            told.extend(parts)

        answer = self._application(self._environment(method, path, body), begin)
        content = b"".join(answer)
        answer.close()  # the request is over only now
        return Answer(int(told[0].split(" ")[0]), dict(told[1]), content)

    def _environment(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        path, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": _HOST, "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": _HOST,
            "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": f"__Host-leeward={self._cookie}",
            "HTTP_USER_AGENT": "bench", "HTTP_ACCEPT_LANGUAGE": "en", "HTTP_ACCEPT": "text/html",
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0), "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
