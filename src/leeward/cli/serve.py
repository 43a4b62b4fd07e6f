"""Starting, and checking that starting is safe."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import management
from django.core.checks import CRITICAL, ERROR, run_checks
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from leeward.cli import EXIT_OK, EXIT_PROBLEM, Problem
from leeward.config import config
from leeward.staff import keys
from leeward.staff.models import Agency
from leeward.ui import storage
from leeward.vault.pepper import PepperProblem, pepper

if TYPE_CHECKING:
    import argparse

#: Folders that packages bring along for pages and extensions of theirs that we do not use.
NOT_SHOWN: Final = ("account", "ext", "mfa")


def gather_static() -> None:
    """Make fonts, compress and name static files by their content, when anything changed."""
    stamp, now = Path(settings.STATIC_ROOT) / "gathered", _fingerprint()
    if stamp.is_file() and stamp.read_text("ascii") == now:
        return
    management.call_command(
        "collectstatic", interactive=False, verbosity=0, clear=False, ignore_patterns=list(NOT_SHOWN)
    )
    stamp.write_text(now, "ascii")


def _fingerprint() -> str:
    """What static files are made of, and what makes them; a touched or replaced file gives another."""
    listed = (found for finder in get_finders() for found in finder.list(list(NOT_SHOWN)))
    sources = [Path(storage.__file__), *(Path(shelf.path(name)) for name, shelf in listed)]
    told = sorted(f"{path} {(stat := path.stat()).st_size} {stat.st_mtime_ns}" for path in sources)
    return sha256("\n".join(told).encode()).hexdigest()


def check_store() -> None:
    """Refuse a store of another version, and say what to do."""
    try:
        executor = MigrationExecutor(connection)
        known = set(executor.loader.disk_migrations)
        applied = set(executor.loader.applied_migrations)
    except OperationalError:
        message = "The database cannot be opened. Check LEEWARD_DATABASE, the disk, and that the server runs."
        raise Problem(message) from None
    ours = {app for app, _ in known}
    if any(app in ours and (app, name) not in known for app, name in applied):
        raise Problem(
            "This store was made by a newer version of Leeward. "
            "Install that version or a later one; nothing was changed."
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        message = (
            "This store is of an older version, or empty. Run `leeward upgrade` first; it makes a backup."
        )
        raise Problem(message)


def check_pepper() -> None:
    """Refuse to start with a missing or foreign pepper, once there is an agency."""
    try:
        pepper()
        agency = Agency.objects.first()
        if agency:
            keys.check_pepper(agency)
    except PepperProblem as why:
        raise Problem(str(why)) from None


def check_doors() -> None:
    """Refuse to start with a view that nobody has marked, or any other error of Django's own checks."""
    found = [problem for problem in run_checks() if problem.level >= ERROR or problem.level >= CRITICAL]
    if found:
        raise Problem("\n".join(str(problem) for problem in found))


def check(asked: argparse.Namespace) -> int:  # noqa: ARG001
    """Everything that `serve` checks, without serving."""
    problems = []
    for step in (check_doors, check_store, check_pepper):
        try:
            step()
        except Problem as why:
            problems.append(str(why))
    print("\n".join(problems) if problems else "Everything is in order.")
    return EXIT_PROBLEM if problems else EXIT_OK


def serve(asked: argparse.Namespace) -> int:
    """Start the web server."""
    check_doors()
    check_store()
    check_pepper()
    gather_static()
    if sys.platform == "win32":
        return _waitress(asked)
    return _gunicorn(asked)


def _harden() -> None:
    """No core dumps: memory holds opened words while somebody is signed in."""
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _gunicorn(asked: argparse.Namespace) -> int:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - not on Windows

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our settings and no access log: addresses hold random numbers, times tell enough."""

        def load_config(self) -> None:
            chosen: dict[str, Any] = {
                "bind": f"{asked.bind}:{asked.port}", "workers": config().workers, "threads": config().threads,
                "worker_class": "gthread", "preload_app": True, "accesslog": None, "loglevel": "warning",
                "umask": 0o077, "timeout": 60, "graceful_timeout": 10, "proc_name": "leeward",
                "limit_request_line": 4094, "keepalive": 5, "control_socket_disable": True,
            }  # fmt: skip
            for name, value in chosen.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:  # noqa: ANN401 - a WSGI application
            # Made before the workers fork, so that they share the boot secret; connections must not be shared.
            application = get_wsgi_application()
            connection.close()
            if connection.vendor == "postgresql":
                connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone has one
            return application

    _harden()
    Server().run()
    return EXIT_OK


def _waitress(asked: argparse.Namespace) -> int:
    import waitress  # noqa: PLC0415 - only on Windows

    waitress.serve(get_wsgi_application(), host=asked.bind, port=asked.port, threads=config().threads)
    return EXIT_OK


def django(asked: argparse.Namespace) -> int:
    """Pass on to Django's own commands."""
    management.execute_from_command_line(["leeward django", *asked.rest])
    return EXIT_OK


def say_address(asked: argparse.Namespace) -> str:
    """The address to open. `localhost`, because browsers keep the sign-in cookie there without a certificate."""
    host = "localhost" if asked.bind in {"127.0.0.1", "::1"} else settings.ALLOWED_HOSTS[0]
    return f"http://{host}:{asked.port}/"
