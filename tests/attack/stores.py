"""Places for stores that tests may break: each a folder and a database of its own, with the settings of production."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.postgres import SETTING

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """One installation that is not there yet."""

    folder: Path
    database: str

    @property
    def is_postgres(self) -> bool:
        return self.database.startswith("postgres")

    @property
    def sqlite(self) -> Path:
        """The database file."""
        return Path(self.database.removeprefix("sqlite:///"))

    def environment(self, **more: str) -> dict[str, str]:
        """What a process needs to work here."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")}
        return {
            **ours,
            "LEEWARD_DATA": str(self.folder),
            SETTING: self.database,
            "DJANGO_SETTINGS_MODULE": "leeward.settings",
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def python(self, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run a module of Python to its end."""
        return subprocess.run(
            [sys.executable, "-m", *words], env=self.environment(**more), input=typed, text=True,
            capture_output=True, timeout=180, check=False, cwd=ROOT,
        )  # fmt: skip

    def leeward(self, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ours."""
        return self.python("leeward", *words, typed=typed, **more)

    @property
    def log(self) -> Path:
        """What the servers of this place said."""
        return self.folder.with_suffix(".log")

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a module of Python and leave it running, with whatever it starts in one group."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *words], env=self.environment(**more), cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip


@contextmanager
def new_place(folder: Path, like: Place | None = None) -> Iterator[Place]:
    """A new place, or the copy of one: a file of SQLite, or a database of its own where tests run on PostgreSQL."""
    if like:
        shutil.copytree(like.folder, folder)
    folder.mkdir(parents=True, exist_ok=True)
    server = os.environ.get("LEEWARD_TEST_DATABASE_URL") or os.environ.get(SETTING, "")
    if not server.startswith("postgres"):
        yield Place(folder, f"sqlite:///{folder / 'leeward.sqlite3'}")
        return
    name = f"attack_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        template = f" TEMPLATE {urlsplit(like.database).path[1:]}" if like else ""
        connection.execute(f"CREATE DATABASE {name}{template}".encode())
        try:
            yield Place(folder, urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
