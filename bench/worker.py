"""One process, one store: `python -m bench.worker make|serve …`. The parent speaks to it by lines of JSON.

Which house it is, the sealed one or the twin, is said by DJANGO_SETTINGS_MODULE alone.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import django
from django.conf import settings
from django.core.management import call_command


def main(words: list[str]) -> int:
    """Make a store, or answer questions about one."""
    what, *rest = words
    django.setup()
    if what == "static":
        from leeward.cli.serve import gather_static  # noqa: PLC0415 - after Django is ready

        gather_static()
    elif what == "make":
        _make(int(rest[0]), int(rest[1]), Path(rest[2]))
    else:
        _serve(Path(rest[0]))
    return 0


def _make(cases: int, entries: int, facts: Path) -> None:
    """Fill a store, and write down what the measures need to know of it."""
    from bench.store import Filler, Size  # noqa: PLC0415
    from bench.twin import finding  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    store = Filler(Size(cases, entries)).fill()
    if "bench.twin" in settings.INSTALLED_APPS:
        finding.index()
    told = {"agency": str(store.agency), "long_file": str(store.long_file), "queries": store.queries}
    told |= {"own": str(store.own.person.pk), "everywhere": str(store.everywhere.person.pk)}
    facts.write_text(json.dumps(told), encoding="utf-8")


def _serve(facts: Path) -> None:
    """Answer one question a line."""
    from bench.operations import Operations  # noqa: PLC0415

    operations = Operations(_opened(json.loads(facts.read_text(encoding="utf-8"))))
    # What was read to begin with is not looked through again by the collector, as in a server that forks.
    gc.collect()
    gc.freeze()
    _say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        gc.collect()
        _say(
            operations.timed(asked["do"], asked["times"])
            if "times" in asked
            else _told(operations, asked["do"])
        )


def _opened(told: dict[str, Any]) -> Any:  # noqa: ANN401 - bench.store is read late
    from bench.store import PASSPHRASE, Store, Worker  # noqa: PLC0415
    from leeward.staff import keys  # noqa: PLC0415
    from leeward.staff.models import Person  # noqa: PLC0415

    def worker(pk: str) -> Worker:
        person = Person.objects.get(pk=pk)
        pair = keys.open_keys(person, PASSPHRASE)
        if pair is None:
            raise LookupError("the passphrase of the benchmark opens its own keys")
        return Worker(person, pair)

    own, everywhere = worker(told["own"]), worker(told["everywhere"])
    return Store(UUID(told["agency"]), own, everywhere, UUID(told["long_file"]), told["queries"])


def _told(operations: Any, name: str) -> Any:  # noqa: ANN401
    """What is not a time: the sizes of pages, and what a search finds."""
    from bench import sizes  # noqa: PLC0415

    if name == "sizes":
        return sizes.measured(operations)
    return sizes.hits(operations, name)


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
