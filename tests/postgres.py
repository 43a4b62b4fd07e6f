"""A throwaway PostgreSQL server for tests: in a temporary folder, on loopback, gone afterwards.

`python -m tests.postgres COMMAND` runs a command with LEEWARD_DATABASE pointing to such a server;
the fixture `postgres_url` gives one to a single test that starts its own processes.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "no PostgreSQL server on this machine: install the package `postgresql` (15 or newer) to run these"
SETTING = "LEEWARD_DATABASE"


class NoServer(Exception):  # noqa: N818 - it is no fault
    """There is no PostgreSQL server program on this machine."""


def programs() -> Path:
    """The folder with initdb and pg_ctl; Debian keeps one per version and puts none on the path."""
    on_path = shutil.which("pg_ctl")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: -int(path.parts[-3]))
    found = [*versions, *([Path(on_path)] if on_path else [])]
    if not found:
        raise NoServer(MISSING)
    return found[0].parent


def run(*command: str | Path) -> None:
    """Run a server program; PostgreSQL declines to run as root, so then it runs as its own user."""
    as_postgres = ("runuser", "-u", "postgres", "--") if os.name != "nt" and os.geteuid() == 0 else ()
    done = subprocess.run(
        [*as_postgres, *command], capture_output=True, text=True, cwd=tempfile.gettempdir(), check=False
    )
    if done.returncode:
        message = f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}"
        raise RuntimeError(message)


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a server and give its address; `durable` switches fsync on, for tests that pull the plug."""
    binaries = programs()
    with tempfile.TemporaryDirectory(prefix="leeward-postgres-", ignore_cleanup_errors=True) as folder:
        if os.name != "nt" and os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data, port = Path(folder) / "data", free_port()
        run(binaries / "initdb", "-N", "-D", data, "-U", "leeward", "-A", "trust", "-E", "UTF8", "--locale=C")
        careless = "" if durable else "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {careless}"
        run(binaries / "pg_ctl", "start", "-w", "-D", data, "-l", Path(folder) / "log", "-o", options)
        try:
            yield f"postgresql://leeward@127.0.0.1:{port}/postgres"
        finally:
            run(binaries / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a throwaway server, one per test process."""
    try:
        programs()
    except NoServer as reason:
        if os.environ.get("LEEWARD_NO_SKIP"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))
    with cluster() as url:
        yield url


def main(command: list[str]) -> int:
    """Run a command against a throwaway server; without one, say so, and only CI takes that for an error."""
    try:
        with cluster() as url:
            return subprocess.call(command, env=os.environ | {SETTING: url})
    except NoServer as reason:
        print(f"leeward: left out: {reason}")
        return 1 if os.environ.get("LEEWARD_NO_SKIP") else 0


if __name__ == "__main__":
    sys.exit(main([sys.executable, *sys.argv[1:]]))
