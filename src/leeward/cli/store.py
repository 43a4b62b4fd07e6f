"""The store: backing it up, bringing it back, practising the worst day, and reading its log book."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import management
from django.db import connection

from leeward.access import trail as log_book
from leeward.access import verifier
from leeward.cli import EXIT_OK, EXIT_PROBLEM, Problem
from leeward.cli.drill import DRILL_MODULE
from leeward.cli.serve import check_store
from leeward.days.actions import forget_old_trips
from leeward.vault import pepper

if TYPE_CHECKING:
    import argparse


def backup(asked: argparse.Namespace) -> int:
    """Write a backup next to nothing else: a half-written one never has its final name."""
    target = Path(asked.file).absolute()
    if target.exists():
        message = f"{target.name} is there already. Choose another name; a backup is never written over."
        raise Problem(message)
    half = target.with_suffix(target.suffix + ".part")
    try:
        _dump(half)
        half.replace(target)
    except (OSError, sqlite3.Error) as why:
        reason = why.strerror if isinstance(why, OSError) else why
        message = f"The backup could not be written ({reason}). Free some space or choose another folder."
        raise Problem(message) from None
    finally:
        half.unlink(missing_ok=True)
        half.with_name(f"{half.name}-journal").unlink(missing_ok=True)  # SQLite's own, when it was cut short
    print(f"Backup written: {target.name}, {target.stat().st_size:,} bytes, trail head {log_book.head()}")
    return EXIT_OK


def _dump(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.close(handle)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--file", str(target), _url()])


def _url(name: str = "") -> str:
    """The database's own address, for PostgreSQL's tools; the password goes by the environment."""
    base = settings.DATABASES["default"]
    return f"host={base['HOST'] or ''} port={base['PORT'] or 5432} user={base['USER']} dbname={name or base['NAME']}"


def _run(words: list[str]) -> None:
    environment = {**os.environ, "PGPASSWORD": settings.DATABASES["default"].get("PASSWORD", "")}
    tool = shutil.which(words[0])
    if tool is None:
        message = f"{words[0]} is not on this machine. Install PostgreSQL's client tools."
        raise Problem(message)
    done = subprocess.run([tool, *words[1:]], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        message = f"{words[0]} could not do it: {done.stderr.strip().splitlines()[-1:]}"
        raise Problem(message)


def restore(asked: argparse.Namespace) -> int:
    """Bring a backup back into an empty store; one that holds an agency is never overwritten."""
    source = Path(asked.file)
    if not source.is_file():
        message = f"There is no backup at {source}."
        raise Problem(message)
    if connection.vendor == "sqlite":
        _restore_sqlite(source, Path(settings.DATABASES["default"]["NAME"]))
    else:
        if connection.introspection.table_names():
            message = "This database is not empty. Restore into a new one, so that nothing is lost."
            raise Problem(message)
        _run(
            [
                "pg_restore",
                "--no-owner",
                "--exit-on-error",
                "--single-transaction",
                "--dbname",
                _url(),
                str(source),
            ]
        )
    check_store()
    print(f"Restored. Trail head {log_book.head()}. Put the pepper file in place before people sign in.")
    return EXIT_OK


def _restore_sqlite(source: Path, target: Path) -> None:
    if target.exists():
        message = (
            f"There is a store at {target} already. Restore into an empty folder, so that nothing is lost."
        )
        raise Problem(message)
    with source.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            message = f"{source.name} is not a backup that Leeward wrote for SQLite."
            raise Problem(message)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    try:
        shutil.copyfile(source, half)
        half.chmod(0o600)
        if not _is_whole(half):
            raise Problem(f"{source.name} is damaged. Try an older backup.")
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _is_whole(file: Path) -> bool:
    """Whether SQLite finds every page of a file as it should be."""
    with closing(sqlite3.connect(file)) as copy:
        try:
            return bool(copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
        except sqlite3.DatabaseError:
            return False


def drill(asked: argparse.Namespace) -> int:
    """Restore into a scratch store and open cases there with the paper kit alone, without pepper or passphrases."""
    began = time.perf_counter()
    print("Type two sheets of the paper kit, one on each line:", file=sys.stderr)
    sheets = "\n".join(sys.stdin.readline() for _ in range(2))
    with tempfile.TemporaryDirectory(prefix="leeward-drill-") as scratch:
        environment = {
            **os.environ,
            "LEEWARD_DATA": scratch,
            "LEEWARD_DATABASE": f"sqlite:///{scratch}/leeward.sqlite3",
            "LEEWARD_PEPPER_FILE": f"{scratch}/no-pepper-here",
        }
        if connection.vendor == "sqlite":
            return _drill_in(environment, asked, sheets, began)
        return _drill_on_postgresql(environment, asked, sheets, began)


def _drill_on_postgresql(
    environment: dict[str, str], asked: argparse.Namespace, sheets: str, began: float
) -> int:
    base, name = settings.DATABASES["default"], f"leeward_drill_{os.getpid()}"
    _run(["createdb", "--maintenance-db", _url(), name])
    try:
        secret = f":{base['PASSWORD']}" if base.get("PASSWORD") else ""
        environment["LEEWARD_DATABASE"] = (
            f"postgresql://{base['USER']}{secret}@{base['HOST']}:{base['PORT'] or 5432}/{name}"
        )
        return _drill_in(environment, asked, sheets, began)
    finally:
        connection.close()
        _run(["dropdb", "--maintenance-db", _url(), "--force", name])


def _drill_in(environment: dict[str, str], asked: argparse.Namespace, sheets: str, began: float) -> int:
    _step(["leeward", "restore", asked.file], environment, "")
    print(_step([DRILL_MODULE, str(asked.cases)], environment, sheets))
    print(f"From the backup file to opened cases: {time.perf_counter() - began:.1f} s.")
    return EXIT_OK


def _step(words: list[str], environment: dict[str, str], typed: str) -> str:
    """One step of the drill, in a process that knows only the scratch store."""
    step = [sys.executable, "-m", *words]
    done = subprocess.run(step, env=environment, input=typed, text=True, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise Problem((done.stderr or done.stdout).strip() or "the drill stopped without a word")
    return done.stdout.strip()


def make_store() -> None:
    """An empty store and its pepper, unless they are there."""
    settings.LEEWARD_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.LEEWARD_PEPPER_FILE.exists():
        pepper.make(settings.LEEWARD_PEPPER_FILE)
    management.call_command("migrate", interactive=False, verbosity=0)
    check_store()


def upgrade(asked: argparse.Namespace) -> int:
    """Back up, then migrate. A store that is not there yet is simply made, with its pepper."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        make_store()
        print(
            "An empty store is made. `leeward serve`, then set it up in the browser, or use `leeward init`."
        )
        return EXIT_OK
    if connection.introspection.table_names() and not asked.no_backup:
        if not asked.backup:
            message = "Say where to write the backup first: leeward upgrade --backup FILE (or --no-backup)."
            raise Problem(message)
        asked.file = asked.backup
        backup(asked)
    management.call_command("migrate", interactive=False, verbosity=0)
    check_store()
    forget_old_trips()
    print("The store is of this version now.")
    return EXIT_OK


def trail(asked: argparse.Namespace) -> int:
    """Print the head, export the log book, or check its chain with the separate verifier."""
    if asked.what == "head":
        print(log_book.head())
        return EXIT_OK
    if asked.what == "export":
        if not asked.to:
            message = "Say where to: leeward trail export --to FILE."
            raise Problem(message)
        with Path(asked.to).open("w", encoding="ascii") as file:
            print(log_book.export(file))
        return EXIT_OK
    return _verify(asked.head)


def _verify(head: str | None) -> int:
    with tempfile.TemporaryDirectory(prefix="leeward-trail-") as scratch:
        exported = Path(scratch) / "trail.jsonl"
        with exported.open("w", encoding="ascii") as file:
            log_book.export(file)
        words = [str(exported), *(["--head", head] if head else [])]
        return EXIT_OK if verifier.main(words) == 0 else EXIT_PROBLEM
