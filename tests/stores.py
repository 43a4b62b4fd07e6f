"""Where the tests keep their rows: a SQLite file, or PostgreSQL when LEEWARD_TEST_DATABASE=postgres says so.

Django has read its settings by the time this is loaded, but has asked no database anything yet.
"""

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connections

from leeward.settings import database
from tests.postgres import cluster

ASKED: Final = "LEEWARD_TEST_DATABASE"
#: Where the first process put its server, so that every test worker finds the same one.
_FOUND: Final = "LEEWARD_TEST_DATABASE_URL"


def choose() -> None:
    """Point Django at the store that was asked for."""
    if os.environ.get(ASKED) == "postgres":
        _use(database(_server()))
    elif settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file and not memory: threads and processes meet in it, as they do at an agency.
        folder = tempfile.TemporaryDirectory(prefix="leeward-tests-", ignore_cleanup_errors=True)
        atexit.register(folder.cleanup)
        described = database(f"sqlite:///{folder.name}/store.sqlite3")
        # What a test writes need not survive a power cut.
        described["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
        _use({**described, "TEST": {"NAME": str(Path(folder.name) / "test.sqlite3")}})


def _server() -> str:
    if _FOUND not in os.environ:
        running = ExitStack()
        os.environ[_FOUND] = running.enter_context(cluster())
        atexit.register(running.close)
    return os.environ[_FOUND]


def _use(described: dict[str, Any]) -> None:
    settings.DATABASES["default"] = described
    connections.settings = connections.configure_settings(settings.DATABASES)
    del connections["default"]
