"""A visitor with a plain HTTP client: keeps cookies, sends forms with their tokens, follows where it is sent."""

# ruff: noqa: PLR1702 - a scenario is told in one go

import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from hmac import digest
from html import unescape
from urllib.parse import urlencode, urlsplit

from tests.attack.stores import Place
from tests.postgres import free_port

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_BOUNDARY = "----attack-boundary"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return unescape(self.body.decode("utf-8", "replace"))

    def find(self, pattern: str) -> str:
        """The first group of a pattern on the page."""
        found = re.search(pattern, self.text, re.DOTALL)
        assert found, f"{pattern} is not on the page ({self.status}): {self.text[:1500]}"
        return found[1]

    def hidden(self) -> dict[str, str]:
        """The hidden fields of all forms; the last of a name wins."""
        inputs = (
            dict(re.findall(r'([\w-]+)="([^"]*)"', found)) for found in _HIDDEN.findall(self.body.decode())
        )
        return {unescape(each["name"]): unescape(each.get("value", "")) for each in inputs if "name" in each}


@dataclass
class Visitor:
    """Somebody's browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    keeps_cookies: bool = True
    last: Answer = field(default_factory=lambda: Answer(0, {}, b""))
    path: str = "/"
    pace: float = 0.0

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request, without following."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.putrequest(method, path, skip_host=True)
        for name, value in {
            "Host": f"localhost:{self.port}",
            "Content-Length": str(len(body)),
            **sent,
        }.items():
            connection.putheader(name, value)
        connection.endheaders()
        step = len(body) if not self.pace else max(len(body) // 10, 1)
        for start in range(0, len(body), max(step, 1)):
            connection.send(body[start : start + step])
            time.sleep(self.pace)
        got = connection.getresponse()
        answer = Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        self._keep(got.headers.get_all("Set-Cookie") or [])
        connection.close()
        return answer

    def _keep(self, told: list[str]) -> None:
        for line in told if self.keeps_cookies else ():
            name, _, value = line.partition(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._follow(self.send("GET", path), path)

    def _follow(self, answer: Answer, path: str) -> Answer:
        while answer.status in {301, 302, 303}:
            where = urlsplit(answer.headers["location"])
            path = where.path + (f"?{where.query}" if where.query else "")
            answer = self.send("GET", path)
        self.last, self.path = answer, path
        return answer

    def token(self) -> str:
        """The hidden token of the page that was opened last."""
        return self.last.find(_TOKEN.pattern)

    def post(self, path: str = "", *, follow: bool = True, **fields: str) -> Answer:
        """Send the form of the page that was opened last, by default back to its own address."""
        sent = {**self.last.hidden(), **fields}
        body = urlencode(
            {name.rstrip("_"): value for name, value in sent.items()}, errors="surrogatepass"
        ).encode()
        answer = self.send("POST", path or self.path, body, Content_Type="application/x-www-form-urlencoded")
        return self._follow(answer, path or self.path) if follow else answer

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Answer:
        """Send a file with the form of the page that was opened last."""
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n'.encode()
            for each, value in {**self.last.hidden(), **fields}.items()
        ]
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        file = (head + "Content-Type: application/pdf\r\n\r\n").encode() + content
        body = b"".join([*parts, file, f"\r\n--{_BOUNDARY}--\r\n".encode()])
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self._follow(self.send("POST", path, body, Content_Type=kind), path)


def one_time_code(secret: str, at: float | None = None) -> str:
    """What the app on a phone shows (RFC 6238)."""
    from base64 import b32decode  # noqa: PLC0415 - used here only

    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    mac = digest(b32decode(secret), counter, sha1)
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@contextmanager
def serving(place: Place, *words: str, **environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """A real server, until the block ends; then it is killed as it stands, so that nothing is tidied away."""
    port = free_port()
    server = place.start(*(words or ("leeward",)), "serve", "--port", str(port), **environment)
    try:
        _wait(port, server, place)
        yield port, server
    finally:
        # With its workers: one that outlived it would close the store in good order.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait(port: int, server: "subprocess.Popen[bytes]", place: Place) -> None:
    for _ in range(2400):
        if server.poll() is not None:
            raise AssertionError(place.log.read_text())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
