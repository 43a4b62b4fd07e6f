"""Real servers in processes of their own, and one real Chromium, shared by all journeys."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visitor import Visitor
from tests.postgres import free_port

MISSING = "no Chromium on this machine: install the package `chromium` to run the journeys"
#: Chromium asks nobody outside for anything.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 600
ROOT = Path(__file__).parent.parent.parent

type Meet = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys run in two workers, so that servers and browsers are started once in each: the rounds, and the rest."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            rounds = item.path.stem == "test_every_page"
            item.add_marker(pytest.mark.xdist_group("rounds" if rounds else "journeys"))


@contextmanager
def serving(command: str, data: Path) -> Iterator[str]:
    """A server on a free port, gone afterwards."""
    port = free_port()
    words = [
        sys.executable,
        "-m",
        "tests.journeys.server",
        command,
        "--data",
        str(data),
        "--port",
        str(port),
    ]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")}
    with subprocess.Popen(words, cwd=ROOT, env=ours, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(server, f"http://localhost:{port}/sign-in/")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(address):
        if time.monotonic() > until or server.poll() is not None:
            pytest.fail("The server did not start.")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address):  # noqa: S310 - our own server
            return True
    except OSError:
        return False


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The machine's own browser. It ends with the journeys: its event loop would trouble tests that meet a database."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get("LEEWARD_NO_SKIP"):
        pytest.fail(MISSING)
    if found is None:
        pytest.skip(MISSING)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo with its fourteen people."""
    with serving("demo", tmp_path_factory.mktemp("demo")) as base:
        yield base


@pytest.fixture(scope="package")
def nobody(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty store: nobody is there yet."""
    with serving("serve", tmp_path_factory.mktemp("nobody")) as base:
        yield base


@pytest.fixture
def meet(chromium: Browser) -> Iterator[Meet]:
    """Makes visitors, each with a browser of their own; at the end none of them may have met a fault."""
    here: list[Visitor] = []

    def make(base: str, **options: object) -> Visitor:
        here.append(Visitor(chromium, base, **options))
        return here[-1]

    yield make
    faults = [fault for visitor in here for fault in visitor.leaves()]
    assert faults == []


@pytest.fixture
def ines(meet: Meet, demo: str) -> Visitor:
    """A case manager in two teams, signed in."""
    visitor = meet(demo)
    visitor.comes_in_as("ines")
    return visitor
