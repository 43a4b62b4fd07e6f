"""Pages can be drawn here, without gathering static files first."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.ui.conftest import ungathered

__all__ = ["ungathered"]


@pytest.fixture(autouse=True)
def _nothing_gathered(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
