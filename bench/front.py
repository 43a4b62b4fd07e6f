"""The server in front, for the measure of a slow phone: it makes answers small, as Caddy does where Leeward is used."""

from __future__ import annotations

import gzip
import threading
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Said anew by whoever passes an answer on.
_OWN: Final = frozenset({"connection", "content-length", "transfer-encoding", "keep-alive", "server", "date"})
_WORDS: Final = ("text/", "application/json", "image/svg")


@contextmanager
def pressed_small(base: str) -> Iterator[str]:
    """The address of the same site, made small."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(str(urlsplit(base).netloc)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _handler(behind: str) -> type[BaseHTTPRequestHandler]:
    class Front(BaseHTTPRequestHandler):
        """Passes every question on."""

        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            told = HTTPConnection(behind)
            size = int(self.headers.get("Content-Length") or 0)
            told.request(self.command, self.path, self.rfile.read(size) or None, dict(self.headers.items()))
            answer = told.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in _OWN]
            if _is_plain(answer.headers.get("Content-Type", ""), headers):
                body = gzip.compress(body, 6)
                headers.append(("Content-Encoding", "gzip"))
            for name, value in [*headers, ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            told.close()

        do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Front


def _is_plain(kind: str, headers: list[tuple[str, str]]) -> bool:
    """Whether these are words that nobody made small yet."""
    return kind.startswith(_WORDS) and not any(name.lower() == "content-encoding" for name, _ in headers)
