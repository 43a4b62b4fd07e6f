"""A demo of its own, on a free port, gone afterwards."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from tests.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Writing down the demo's whole year takes its time on a busy machine.
_PATIENCE: Final = 600


@contextmanager
def a_demo() -> Iterator[str]:
    """Its address."""
    address = f"http://localhost:{free_port()}"
    with (
        tempfile.TemporaryDirectory(prefix="leeward-bench-", ignore_cleanup_errors=True) as data,
        _started(data, address) as server,
    ):
        _wait(server, f"{address}/sign-in/")
        yield address


@contextmanager
def _started(data: str, address: str) -> Iterator[subprocess.Popen[bytes]]:
    port = address.rpartition(":")[2]
    words = [sys.executable, "-m", "leeward", "demo", "--data", data, "--port", port]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as server:
        try:
            yield server
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address):  # noqa: S310 - our own server
            return
        time.sleep(0.5)
    raise RuntimeError("the demo did not start")
