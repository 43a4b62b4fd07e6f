"""What every test may ask for."""

import pytest
from django.conf import settings

from leeward.ui.catalogues import compile_if_stale
from leeward.vault.pepper import make
from tests import mould, stores
from tests.cast import Cast
from tests.postgres import postgres_url

__all__ = ["postgres_url"]

stores.choose()
# Whoever runs the tests may never have started Leeward here, which is when words are compiled.
compile_if_stale()


@pytest.fixture(scope="session", autouse=True)
def _pepper(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A pepper of our own for the whole run."""
    path = tmp_path_factory.mktemp("pepper") / "pepper"
    make(path)
    settings.LEEWARD_PEPPER_FILE = path


@pytest.fixture
def cast(db: None) -> Cast:
    """The five people that the tests are about, in their agency."""
    return mould.cast()
