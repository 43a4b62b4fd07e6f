"""The `leeward` command. Every part has `--help`, an exit code that means something, and never shows anybody's words."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

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

    def add(name: str, about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.add_argument(
            "--data", metavar="DIR", help="folder of this installation's files (default: LEEWARD_DATA)"
        )
        return command

    init = add("init", "Make a new agency, its first person and its paper kit.")
    init.add_argument("--name", help="name of the first person (asked if left out)")
    init.add_argument("--email", help="e-mail of the first person (asked if left out)")
    init.add_argument("--team", help="name of the first team (asked if left out)")
    serve = add("serve", "Start the web server.")
    demo = add("demo", "Make a synthetic agency (if there is none yet) and start it.")
    demo.add_argument("--no-serve", action="store_true", help="only make it")
    for command in (serve, demo):
        command.add_argument("--port", type=int, default=8000, help="port (8000)")
        command.add_argument("--bind", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    add("check", "Check the installation: settings, doors, store, pepper.")
    _add_trail(add("trail", "The log book."))
    _add_keys(add("keys", "Keys of teams and people."))
    backup = add("backup", "Write a backup. It is sealed as the store is; the pepper is not in it.")
    backup.add_argument("file", help="file to write")
    restore = add("restore", "Bring a backup back into an empty store.")
    restore.add_argument("file", help="backup to read")
    drill = add(
        "drill",
        "Practise the worst day: restore a backup into a scratch store and open cases with the paper kit alone.",
    )
    drill.add_argument("file", help="backup to read")
    drill.add_argument("--cases", type=int, default=10, help="how many cases to open (10)")
    upgrade = add("upgrade", "Back up, then bring the store to this version.")
    upgrade.add_argument("--backup", metavar="FILE", help="where to write the backup first")
    upgrade.add_argument("--no-backup", action="store_true", help="there is nothing to back up yet")
    django = add("django", "Django's own commands, for developers.")
    django.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _add_trail(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "what", choices=["verify", "head", "export"], help="check the chain, print its head, or write it out"
    )
    command.add_argument("--head", metavar="SEQ:HASH", help="a head that was kept elsewhere")
    command.add_argument("--to", metavar="FILE", help="where to export to")


def _add_keys(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=["status"], help="what is thin, waiting or old, in plain words")


def _verb(name: str) -> Callable[[argparse.Namespace], int]:
    """The function behind a command; imported late, so that `--help` answers at once."""
    from leeward.cli import agency, serve, store  # noqa: PLC0415 - Django is set up by now

    verbs: dict[str, Callable[[argparse.Namespace], int]] = {
        "init": agency.init, "demo": agency.demo, "keys": agency.keys,
        "serve": serve.serve, "check": serve.check, "django": serve.django,
        "trail": store.trail, "backup": store.backup, "restore": store.restore, "drill": store.drill, "upgrade": store.upgrade,
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


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; problems become one sentence on the error stream."""
    asked = _parser().parse_args(words)
    try:
        _set_up(asked)
        return _verb(asked.command)(asked)
    except (Problem, ConfigProblem) as why:
        print(f"leeward: {why}", file=sys.stderr)
        return EXIT_PROBLEM
    except KeyboardInterrupt:
        print("\nleeward: stopped.", file=sys.stderr)
        return EXIT_PROBLEM
