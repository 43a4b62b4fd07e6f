"""Real servers in processes of their own, and one real Chromium, shared by all journeys."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts.chromium import FLAGS, chromium_here
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.postgres import free_port

MISSING = "no Chromium on this machine: install the package `chromium-headless-shell`, or `chromium`, for the journeys"
PATIENCE = 600
ROOT = Path(__file__).parent.parent.parent

#: In front of what somebody sits, or what she has in her hand.
SIZES: Final = {"desk": DESK, "phone": PHONE}

type Meet = Callable[..., Visitor]
type NewHouse = Callable[[], Path]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Everything happens at a desk; what is marked `both_sizes` is lived through once more on a small phone."""
    if "size" in metafunc.fixturenames:
        twice = metafunc.definition.get_closest_marker("both_sizes")
        metafunc.parametrize("size", list(SIZES) if twice else ["desk"], indirect=True, scope="package")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The rounds, the desk's journeys and the phone's stay together each, so that a house is made once for them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    if item.path.stem == "test_every_page":
        return "rounds"
    told = getattr(item, "callspec", None)
    return f"journeys-{told.params.get('size', 'desk') if told else 'desk'}"


@contextmanager
def serving(command: str, data: Path, *, ahead: timedelta = timedelta()) -> Iterator[str]:
    """A server on a free port, gone afterwards; its clock may be ahead of ours."""
    port = free_port()
    words = _words(command, data, "--port", str(port))
    ours = {**_environment(), "JOURNEY_AHEAD": str(ahead.total_seconds())}
    with subprocess.Popen(words, cwd=ROOT, env=ours, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(server, f"http://localhost:{port}/sign-in/")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


def _words(command: str, data: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "tests.journeys.server", command, "--data", str(data), *more]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")}


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    _wait_until(lambda: _answers(address) or server.poll() is not None, "The server did not start.")
    assert server.poll() is None, "The server did not stay."


def _wait_until(so_far: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not so_far():
        if time.monotonic() > until:
            pytest.fail(otherwise)
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
    found = chromium_here()
    if found is None and os.environ.get("LEEWARD_NO_SKIP"):
        pytest.fail(MISSING)
    if found is None:
        pytest.skip(MISSING)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def size(request: pytest.FixtureRequest) -> ViewportSize:
    """How much room there is on everybody's screen."""
    return SIZES[request.param]


@pytest.fixture(scope="package")
def new_house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> NewHouse:
    """Gives the store of a demo in which nothing happened yet: made once, and copied for everybody who asks."""
    made = _made_once(tmp_path_factory)

    def copied() -> Path:
        return Path(shutil.copytree(made, tmp_path_factory.mktemp("house") / "store"))

    return copied


def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo that nobody touched yet: made by the worker that comes first, and waited for by the others."""
    folder = tmp_path_factory.getbasetemp()
    made = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "made"
    ready = made.with_name("made-whole")
    try:
        made.mkdir()
    except FileExistsError:
        _wait_until(ready.exists, "The other worker made no demo.")
        return made
    making = _words("demo", made, "--no-serve")
    subprocess.run(making, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, check=True)
    ready.touch()
    return made


@pytest.fixture(scope="package")
def demo(size: ViewportSize, new_house: NewHouse) -> Iterator[str]:
    """The address of a demo with its fourteen people; for each size another, as the same happens in both."""
    with serving("demo", new_house()) as base:
        yield base


@pytest.fixture(scope="package")
def nobody(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty store: nobody is there yet."""
    with serving("serve", tmp_path_factory.mktemp("nobody")) as base:
        yield base


@pytest.fixture
def meet(chromium: Browser, size: ViewportSize) -> Iterator[Meet]:
    """Makes visitors, each with a browser of their own; at the end none of them may have met a fault."""
    here: list[Visitor] = []

    def make(base: str, **options: object) -> Visitor:
        here.append(Visitor(chromium, base, **{"viewport": size, **options}))
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
