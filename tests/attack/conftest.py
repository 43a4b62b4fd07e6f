"""What the attacks share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import override_settings

from leeward.cli.serve import gather_static
from tests.attack.stores import Place, new_place


@pytest.fixture
def make_place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Places by name, as many as a test needs."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(new_place(tmp_path / name))


@pytest.fixture
def place(make_place: Callable[[str], Place]) -> Place:
    """An empty place."""
    return make_place("here")


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files, gathered, compressed and named as in production."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        gather_static()
    return root


@pytest.fixture
def pages(static_root: Path) -> Iterator[None]:
    """Pages can be drawn, with the static files of production."""
    with override_settings(STATIC_ROOT=static_root):
        yield
