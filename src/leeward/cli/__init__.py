"""The `leeward` command. Every part has `--help` and an exit code with a meaning, and never shows anybody's words."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Final

from leeward import __version__
from leeward.config import ConfigProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXIT_OK, EXIT_PROBLEM, EXIT_USAGE = 0, 1, 2


class Problem(Exception):  # noqa: N818
    """Something that the person at the keyboard can mend; the message says how."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leeward", description="Case management for people who walk beside survivors."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (about, questions) in _COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        command.add_argument(
            "--data", metavar="DIR", help="folder of this installation's files (default: LEEWARD_DATA)"
        )
        questions(command)
    return parser


def _ask_nothing(_: argparse.ArgumentParser) -> None:
    """The command needs no more than the folder."""


def _ask_first(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", help="name of the first person (asked if left out)")
    command.add_argument("--email", help="e-mail of the first person (asked if left out)")
    command.add_argument("--team", help="name of the first team (asked if left out)")


def _ask_where(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8000, help="port (8000)")
    command.add_argument("--bind", default="127.0.0.1", help="address to listen on (127.0.0.1)")


def _ask_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-serve", action="store_true", help="only make it")
    _ask_where(command)


def _ask_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="the backup")


def _ask_drill(command: argparse.ArgumentParser) -> None:
    _ask_file(command)
    command.add_argument("--cases", type=int, default=10, help="how many cases to open (10)")


def _ask_upgrade(command: argparse.ArgumentParser) -> None:
    command.add_argument("--backup", metavar="FILE", help="where to write the backup first")
    command.add_argument("--no-backup", action="store_true", help="there is nothing to back up yet")


def _ask_rest(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "rest", nargs=argparse.REMAINDER, help="a command of Django's, and what belongs to it"
    )


def _add_trail(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "what", choices=["verify", "head", "export"], help="check the chain, print its head, or write it out"
    )
    command.add_argument("--head", metavar="SEQ:HASH", help="a head that was kept elsewhere")
    command.add_argument("--to", metavar="FILE", help="where to export to")


def _add_keys(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=["status"], help="what is thin, waiting or old, in plain words")


_COMMANDS: Final[dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "init": ("Make a new agency, its first person and its paper kit.", _ask_first),
    "serve": ("Start the web server.", _ask_where),
    "demo": ("Make a synthetic agency (if there is none yet) and start it.", _ask_demo),
    "check": ("Check the installation: settings, doors, store, pepper.", _ask_nothing),
    "trail": ("The log book.", _add_trail),
    "keys": ("Keys of teams and people.", _add_keys),
    "backup": ("Write a backup. It is sealed as the store is; the pepper is not in it.", _ask_file),
    "restore": ("Bring a backup back into an empty store.", _ask_file),
    "drill": (
        "Practise the worst day: restore a backup into a scratch store, open cases with the paper kit alone.",
        _ask_drill,
    ),
    "upgrade": ("Back up, then bring the store to this version.", _ask_upgrade),
    "django": ("Django's own commands, for developers.", _ask_rest),
}


def _verb(name: str) -> Callable[[argparse.Namespace], int]:
    """The function behind a command; imported late, so that `--help` answers at once."""
    from leeward.cli import agency, serve, store  # noqa: PLC0415 - Django is set up by now

    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "init": agency.init, "demo": agency.demo, "keys": agency.keys,
        "serve": serve.serve, "check": serve.check, "django": serve.django,
        "trail": store.trail, "backup": store.backup, "restore": store.restore,
        "drill": store.drill, "upgrade": store.upgrade,
    }  # fmt: skip
    return verbs[name]


def _set_up(asked: argparse.Namespace) -> None:
    if asked.data:
        os.environ["LEEWARD_DATA"] = asked.data
    elif asked.command == "demo" and "LEEWARD_DATA" not in os.environ:
        os.environ["LEEWARD_DATA"] = "leeward-demo"
    if asked.command == "demo":
        os.environ.setdefault("LEEWARD_TIME_ZONE", "America/Chicago")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    from leeward.ui.catalogues import compile_if_stale  # noqa: PLC0415

    compile_if_stale()
    import django  # noqa: PLC0415 - it reads the environment that was just set

    django.setup()


def _run(asked: argparse.Namespace) -> int:
    """Run a command. What a database says can hold what it was asked, so only a sentence of ours goes out."""
    from django.db import DatabaseError  # noqa: PLC0415 - it reads the environment that was just set

    try:
        return _verb(asked.command)(asked)
    except DatabaseError:
        raise Problem(
            "The database cannot be used. Check LEEWARD_DATABASE, that the disk is there and has room, and that the "
            "server runs. Where there is no store yet, `leeward upgrade` makes one."
        ) from None


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; problems become one sentence on the error stream."""
    asked = _parser().parse_args(words)
    try:
        _set_up(asked)
        return _run(asked)
    except (Problem, ConfigProblem) as why:
        print(f"leeward: {why}", file=sys.stderr)
        return EXIT_PROBLEM
    except BrokenPipeError:
        # Whoever read the answer has read enough; nothing more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PROBLEM
    except KeyboardInterrupt:
        print("\nleeward: stopped.", file=sys.stderr)
        return EXIT_PROBLEM
