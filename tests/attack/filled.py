"""An agency with words in it: `python -m tests.attack.filled make|read|cast`; `read` prints what can be opened."""

# ruff: noqa: PLR1702 - a scenario is told in one go

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402

from leeward.access.policy import Action  # noqa: E402
from leeward.cases.models import Case, Entry, Paper  # noqa: E402
from leeward.cli.store import make_store  # noqa: E402
from leeward.staff import keys  # noqa: E402
from leeward.staff.models import Person  # noqa: E402
from tests import make  # noqa: E402
from tests.attack.canaries import canary  # noqa: E402
from tests.cast import gather  # noqa: E402
from tests.make import Worker  # noqa: E402


def fill() -> None:
    """Two files, three notes, a paper; the kit lies beside the store, as it never should."""
    make_store()
    founding = make.an_agency()
    (settings.LEEWARD_DATA / "kit.txt").write_text("\n".join(founding.shares), "ascii")
    ben = Worker(founding.person, founding.pair)
    first, second = (make.a_case(by=ben, name=canary("name")) for _ in range(2))
    for case in (first, first, second):
        make.an_entry(case, by=ben, text=f"{canary('note')} " * 20)
    content = canary("paper").encode() * 30_000
    make.a_paper(first, by=ben, content=[content], size=len(content))


def read() -> None:
    """Everything that can be opened with the passphrase."""
    person = Person.objects.get()
    pair = keys.open_keys(person, make.PASSPHRASE)
    assert pair
    for case in Case.objects.order_by("pk"):
        with make.opening(case, Worker(person, pair), Action.SEE_CASE) as file:
            print(
                file.thing.participant.card,
                [entry.text for entry in Entry.objects.filter(case=case).order_by("number")],
            )
            for paper in Paper.objects.filter(case=case):
                pieces = (bytes(sealed) for sealed in paper.pieces.values_list("sealed", flat=True))
                print(paper.about["size"], len(b"".join(paper.key.open(pieces, paper.pk.bytes))))


def cast() -> None:
    """Two teams that know nothing of each other, with a file each; prints who may open which."""
    make_store()
    people = gather()
    other = make.a_case(by=people.cyd, name=canary("garden"), team=people.garden)
    mine = make.a_case(by=people.ama, name=canary("harbor"), team=people.harbor)
    print(
        json.dumps(
            {"ama": [people.ama.person.email, str(mine.pk)], "cyd": [people.cyd.person.email, str(other.pk)]}
        )
    )


if __name__ == "__main__":
    {"make": fill, "read": read, "cast": cast}[sys.argv[1]]()
