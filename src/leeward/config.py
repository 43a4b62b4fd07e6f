"""What the environment says, read once, typed, with a clear sentence for each wrong value."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATABASE = re.compile(r"^(sqlite:///.+|postgres(ql)?://.+)$")


class ConfigProblem(Exception):  # noqa: N818
    """A setting is wrong. The message names it and says what it takes."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration. Every field can be set in the environment as LEEWARD_<NAME>."""

    #: Folder of this installation's own files: database, pepper, static files.
    data: Path
    #: sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME
    database: str
    #: The pepper file; keep it out of database backups.
    pepper_file: Path
    #: Names under which browsers reach this installation.
    hosts: tuple[str, ...]
    #: Civil dates and times are shown in this time zone.
    time_zone: str
    #: Whether a proxy in front ends TLS and says so with X-Forwarded-Proto.
    behind_proxy: bool
    #: A file of 32 bytes in memory (tmpfs) shared by several web machines; empty: made anew at every start.
    boot_file: str
    #: Threads that serve pages in each process.
    threads: int
    #: Web processes.
    workers: int

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Config:
        """Read and check everything, or raise `ConfigProblem`."""
        data = Path(environ.get("LEEWARD_DATA") or "leeward-data").expanduser().absolute()
        return cls(
            data=data,
            database=_database(environ.get("LEEWARD_DATABASE") or f"sqlite:///{data / 'leeward.sqlite3'}"),
            pepper_file=Path(environ.get("LEEWARD_PEPPER_FILE") or data / "pepper").expanduser().absolute(),
            hosts=_hosts(environ.get("LEEWARD_HOSTS") or "localhost,127.0.0.1,[::1]"),
            time_zone=_time_zone(environ.get("LEEWARD_TIME_ZONE") or "UTC"),
            behind_proxy=_yes("LEEWARD_BEHIND_PROXY", environ.get("LEEWARD_BEHIND_PROXY") or "no"),
            boot_file=environ.get("LEEWARD_BOOT_FILE") or "",
            threads=_number("LEEWARD_THREADS", environ.get("LEEWARD_THREADS") or "8", 1, 64),
            workers=_number("LEEWARD_WORKERS", environ.get("LEEWARD_WORKERS") or "1", 1, 64),
        )


def _database(value: str) -> str:
    if not _DATABASE.match(value):
        message = "LEEWARD_DATABASE takes sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
        raise ConfigProblem(message)
    return value


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    if not hosts or "*" in hosts:
        message = (
            "LEEWARD_HOSTS takes host names separated by commas, such as leeward.example.org; * is not safe."
        )
        raise ConfigProblem(message)
    return hosts


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"LEEWARD_TIME_ZONE takes a name such as America/Chicago; {value!r} is not one."
        raise ConfigProblem(message) from None
    return value


def _yes(name: str, value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        message = f"{name} takes yes or no."
        raise ConfigProblem(message)
    return value.lower() == "yes"


def _number(name: str, value: str, least: int, most: int) -> int:
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        message = f"{name} takes a whole number from {least} to {most}."
        raise ConfigProblem(message)
    return int(value)


@cache
def config() -> Config:
    """The configuration of this process."""
    return Config.read(os.environ)
