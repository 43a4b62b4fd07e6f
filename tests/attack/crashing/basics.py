"""What is done most often: meeting somebody, a note, a paper, a draft; and the trail, which is written beside it."""

import uuid
from collections.abc import Iterator
from contextlib import suppress

from django.db.models import Max
from django.utils import timezone

from leeward.access import trail
from leeward.access.gate import Refused
from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.models import Case, CaseKey, Draft, Entry, Paper, WordSet
from leeward.vault import wordset
from leeward.vault.scopes import Locked, Unreadable
from tests import make
from tests.attack.crashing.dying import Say, acknowledge
from tests.attack.crashing.town import Facts, Town, unless

THREE_MEGABYTES = 3 * 1024 * 1024


def start_case(town: Town, say: Say) -> None:
    """Meet somebody."""
    case_id = uuid.uuid4()
    with town.at_work(Action.START_CASE) as entered:
        acknowledge(
            say, "case", str(case_id),
            lambda: actions.start_case(
                entered, team=town.harbor, card={"name": f"Name {case_id}"}, case_id=case_id
            ),
        )  # fmt: skip


def case_is_whole(town: Town, told: Facts) -> Iterator[str]:
    """Key, card and words of somebody new are there, or nothing is."""
    yield from lost(Case, told.get("case", []))
    for case in town.new(Case.objects.select_related("participant")):
        yield from unless(_opens(town, case), "a case does not open, or its words are not in its set")
    yield from unless(not CaseKey.objects.filter(cases=None).exists(), "a key without its case")


def _opens(town: Town, case: Case) -> bool:
    none = (WordSet.DoesNotExist, Case.participant.RelatedObjectDoesNotExist)
    with suppress(Refused, Unreadable, Locked, *none), make.opening(case, town.ben, Action.SEE_CASE) as file:
        words = wordset.unpack(WordSet.objects.get(case=case).words)
        return file.thing.participant.card["name"].lower().split()[0] in words
    return False


def write_entry(town: Town, say: Say) -> None:
    """Write down what happened."""
    entry_id = uuid.uuid4()
    with town.opened(Action.WRITE_ENTRY) as file:
        acknowledge(
            say, "entry", str(entry_id),
            lambda: actions.write_entry(
                file, entry_id=entry_id, text=f"Words {entry_id} " * 20, kind="call", happened_at=timezone.now()
            ),
        )  # fmt: skip


def entry_is_whole(town: Town, told: Facts) -> Iterator[str]:
    """Numbers have no gaps, and what was written is itself and can be found."""
    yield from lost(Entry, told.get("entry", []))
    case = town.file("anchor")
    yield from in_order(case)
    with town.opened(Action.SEE_CASE):
        words = WordSet.objects.get(case=case).words
        for entry in town.new(Entry.objects.filter(case=case)):
            itself = str(entry.pk) in entry.text and entry.facts["kind"] == "call"
            yield from unless(itself, "a note is not itself")
            found = wordset.holds(words, wordset.needles(str(entry.pk)))
            yield from unless(found, "search would miss a note")


def in_order(case: Case) -> Iterator[str]:
    """The notes of a file are numbered from one on, and the file knows the last."""
    numbers = list(Entry.objects.filter(case=case).order_by("number").values_list("number", flat=True))
    last = Case.objects.get(pk=case.pk).last_number
    yield from unless(numbers == list(range(1, last + 1)), f"numbers of notes have gaps: {numbers}, {last}")


def add_paper(town: Town, say: Say) -> None:
    """A paper of 3 MB, in pieces."""
    paper_id = uuid.uuid4()
    block = paper_id.bytes * 4096
    stream = (block for _ in range(THREE_MEGABYTES // len(block)))
    with town.opened(Action.ADD_FILE) as file:
        acknowledge(
            say, "paper", str(paper_id),
            lambda: actions.add_paper(
                file, paper_id=paper_id, name="letter.pdf", kind="application/pdf", stream=stream, size=THREE_MEGABYTES
            ),
        )  # fmt: skip


def paper_is_whole(town: Town, told: Facts) -> Iterator[str]:
    """A paper with all of its pieces."""
    yield from lost(Paper, told.get("paper", []))
    with town.opened(Action.SEE_CASE):
        for each in town.new(Paper.objects.filter(case=town.files["anchor"])):
            whole = _content(each) == each.pk.bytes * (THREE_MEGABYTES // 16)
            yield from unless(whole, "a paper without all of its pieces")
            yield from unless(each.about["size"] == THREE_MEGABYTES, "a paper of another size")


def _content(paper: Paper) -> bytes:
    pieces = (bytes(sealed) for sealed in paper.pieces.order_by("number").values_list("sealed", flat=True))
    try:
        return b"".join(paper.key.open(pieces, paper.pk.bytes))
    except Unreadable:
        return b""


def keep_draft(town: Town, say: Say) -> None:
    """Words that are still being written."""
    with town.opened(Action.WRITE_ENTRY) as file:
        held = Draft.objects.filter(case=file.thing).first()
        version = held.version if held else 0
        acknowledge(
            say, "draft", version + 1,
            lambda: actions.keep_draft(file, case=file.thing, words={"text": f"Draft {version + 1}"}, version=version),
        )  # fmt: skip


def draft_is_there(_town: Town, told: Facts) -> Iterator[str]:
    """No draft is older than what was told."""
    last = Draft.objects.aggregate(last=Max("version"))["last"] or 0
    yield from unless(last >= max(told.get("draft", [0])), "a draft was lost")


def write_line(town: Town, say: Say) -> None:
    """A line of the trail."""

    def written() -> None:
        line = trail.write(
            actor=town.ben.person.pk, action="case:see", kind="case", outcome=trail.Outcome.OPENED
        )
        say("line", [line.seq, line.hash.hex()])

    acknowledge(lambda *_: None, "", None, written)


def nothing_more(_town: Town, _told: Facts) -> Iterator[str]:
    """The trail is looked through as a whole, now and then."""
    yield from ()


def lost(model: type[Case | Entry | Paper], told: list[str]) -> Iterator[str]:
    """What was acknowledged and is not there."""
    there = {str(pk) for pk in model._default_manager.filter(pk__in=told).values_list("pk", flat=True)}
    yield from unless(set(told) == there, f"{len(set(told) - there)} acknowledged of {model.__name__} lost")
