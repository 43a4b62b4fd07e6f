"""What the killed writers were doing, and two faults that can be planted to show that the suite finds them."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest import mock

from django.db import transaction
from django.utils import timezone

from leeward.access import trail
from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.models import Draft
from tests import make
from tests.attack.house import House

type Say = Callable[[str, Any], None]

EARLY = False
REAL = transaction.atomic
THREE_MEGABYTES = 3 * 1024 * 1024


@contextmanager
def planted(plant: str) -> Iterator[None]:
    """ "torn": statements that belong together are committed one by one. ("early" is told by the verbs.)"""
    if plant != "torn":
        yield
        return
    with mock.patch.object(transaction, "atomic", lambda **told: REAL(**told) if told else nullcontext()):
        yield


def _acknowledge(say: Say, what: str, fact: Any, work: Callable[[], object]) -> None:  # noqa: ANN401
    if EARLY:
        say(what, fact)
    work()
    if not EARLY:
        say(what, fact)


def start_case(house: House, say: Say) -> None:
    """Meet somebody."""
    case_id = uuid.uuid4()
    with house.at_work(Action.START_CASE) as entered:
        _acknowledge(
            say, "case", str(case_id),
            lambda: actions.start_case(
                entered, team=house.team, card={"name": f"Name {case_id}"}, case_id=case_id
            ),
        )  # fmt: skip


def write_entry(house: House, say: Say) -> None:
    """Write down what happened."""
    entry_id = uuid.uuid4()
    with house.opened(Action.WRITE_ENTRY) as file:
        _acknowledge(
            say, "entry", str(entry_id),
            lambda: actions.write_entry(
                file, entry_id=entry_id, text=f"Words {entry_id} " * 20, kind="call", happened_at=timezone.now()
            ),
        )  # fmt: skip


def add_paper(house: House, say: Say) -> None:
    """A paper of 3 MB, in pieces."""
    paper_id = uuid.uuid4()
    block = paper_id.bytes * 4096
    stream = (block for _ in range(THREE_MEGABYTES // len(block)))
    with house.opened(Action.ADD_FILE) as file:
        _acknowledge(
            say, "paper", str(paper_id),
            lambda: actions.add_paper(
                file, paper_id=paper_id, name="letter.pdf", kind="application/pdf", stream=stream, size=THREE_MEGABYTES
            ),
        )  # fmt: skip


def keep_draft(house: House, say: Say) -> None:
    """Words that are still being written."""
    with house.opened(Action.WRITE_ENTRY) as file:
        held = Draft.objects.filter(case=file.thing).first()
        version = held.version if held else 0
        _acknowledge(
            say, "draft", version + 1,
            lambda: actions.keep_draft(file, case=file.thing, words={"text": f"Draft {version + 1}"}, version=version),
        )  # fmt: skip


def write_line(house: House, say: Say) -> None:
    """A line of the trail."""
    actor = house.worker.person.pk
    line = trail.write(actor=actor, action="case:see", kind="case", outcome=trail.Outcome.OPENED)
    say("line", [line.seq, line.hash.hex()])


WORK: dict[str, Callable[[House, Say], None]] = {
    each.__name__: each for each in (start_case, write_entry, add_paper, keep_draft, write_line)
}


def found_one(say: Say) -> None:
    """Set up an agency; once it stands, there is nothing more to do."""
    if EARLY:
        say("agency", [])
    say("agency", make.an_agency().shares)
    raise SystemExit
