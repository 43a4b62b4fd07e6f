"""What touches two files: one note for both, a note that goes to the other, two files that become one and two again."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.actions import amending, joining, misfiled, people, reach, several
from leeward.cases.models import Amendment, Case, Entry, Joining, Misfiled, WordSet
from leeward.cases.models.moving import SealedRow, pages_of_files, rows_of_files, scopes_in, sealed_in
from leeward.cases.words.entry import promise_of
from leeward.cases.words.telling import OwnNote
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.vault import wordset
from leeward.vault.scopes import Locked, Scope, Unreadable
from tests import make
from tests.attack.crashing.basics import in_order
from tests.attack.crashing.dying import Say, acknowledge
from tests.attack.crashing.town import Facts, Town, unless

TWINS, PAIR, WAY = ("twin", "other twin"), ("kept", "joined"), ("wrong", "right")


def one_for_both(town: Town, say: Say) -> None:
    """One note for two people."""
    entry_id = uuid.uuid4()
    now = timezone.now().isoformat()
    with town.both(town.ben, Action.WRITE_ENTRY, *TWINS) as files:
        own = OwnNote(text=f"Both {entry_id}", facts={"kind": "call", "happened_at": now})
        notes = {file.thing.pk: own for file in files}
        acknowledge(
            say, "written", own.text, lambda: several.write_for_several(files, entry_id=entry_id, notes=notes)
        )


def one_for_both_stands_in_both(town: Town, told: Facts) -> Iterator[str]:
    """Either both files hold it, or none does; and search finds it."""
    with town.both(town.ben, Action.SEE_CASE, *TWINS) as files:
        here, there = ({entry.text for entry in town.new(_notes(file.thing))} for file in files)
        yield from unless(here == there, "a note for two stands in one file")
        yield from unless(set(told.get("written", [])) <= here, "a note for two was lost")
        for case in (file.thing for file in files):
            yield from in_order(case)
            words = WordSet.objects.get(case=case).words
            found = all(wordset.holds(words, wordset.needles(text)) for text in here)
            yield from unless(found, "search would miss a note for two")


def to_the_other(town: Town, say: Say) -> None:
    """A note in the wrong file, with what was added and promised, goes where it belongs; a second person moves it."""
    entry_id = uuid.uuid4()
    with make.opening(town.file("wrong"), town.lou, Action.WRITE_ENTRY) as file:
        entry = make.written(file, f"Note {entry_id}", entry_id=entry_id)
        amending.amend(file, entry=entry, amendment_id=uuid.uuid4(), text=f"Added {entry_id}")
    with make.opening(town.file("wrong"), town.lou, Action.DAYS) as file:
        day = timezone.localdate()
        days.promise(file, due_id=promise_of(entry_id), text=f"Promised {entry_id}", day=day)
    with town.both(town.lou, Action.WRITE_ENTRY, *WAY) as (here, there):
        said = misfiled.say_misfiled(here, entry=entry, belongs=there)
    with town.both(town.ben, Action.MOVE, *WAY) as (here, there):
        acknowledge(say, "moved", str(entry_id), lambda: misfiled.move_it(here, there, misfiled=said))


def stands_in_one_file(town: Town, told: Facts) -> Iterator[str]:
    """A note is in one file, with all that hangs on it, its words and its number; in the other nothing is left."""
    with town.both(town.ben, Action.SEE_CASE, *WAY) as files:
        sets = {file.thing.pk: WordSet.objects.get(case=file.thing).words for file in files}
        for said in town.new(Misfiled.objects.filter(case=town.files["right"]).select_related("entry")):
            yield from _one_place(said, sets)
    moved = {str(pk) for pk in Misfiled.objects.filter(moved=True).values_list("entry", flat=True)}
    yield from unless(set(told.get("moved", [])) <= moved, "a note was lost that was moved")
    yield from in_order(town.file("right"))


def _one_place(said: Misfiled, sets: dict[uuid.UUID, str]) -> Iterator[str]:
    entry, where = said.entry, said.entry.case_id
    yield from unless(said.moved == (where == said.case_id), "a note moved, or not, and it is said otherwise")
    hanging = [*Amendment.objects.filter(entry=entry), *Due.objects.filter(pk=promise_of(entry.pk))]
    beside = {row.case_id for row in hanging} == {where}
    yield from unless(beside, "what hangs on a note stands in another file")
    words = [entry.text, *(str(row.words) for row in hanging)] if beside else [entry.text]
    yield from unless(all(str(entry.pk) in each for each in words), "a note that was moved is not itself")
    found = {case for case, held in sets.items() if wordset.holds(held, wordset.needles(str(entry.pk)))}
    yield from unless(found == {where}, "search finds a note where it is not")


def become_one(town: Town, say: Say) -> None:
    """Two files become one, and two again."""
    with town.both(town.ben, Action.JOIN, *PAIR) as (kept, other):
        row = Joining.objects.filter(kept=kept.thing, undone=False).first()
        joining_id = row.pk if row else uuid.uuid4()
        if row is None:
            acknowledge(
                say, "joined", str(joining_id), lambda: joining.join(kept, other, joining_id=joining_id)
            )
    with town.both(town.ben, Action.JOIN, *PAIR) as (kept, other):
        acknowledge(say, "apart", str(joining_id), lambda: joining.undo(kept, other, joining=joining_id))


def fill_pair(town: Town) -> None:
    """Something of everything in both files, so that there is much to bring."""
    for name in PAIR:
        _fill(town, name)


def _fill(town: Town, name: str) -> None:
    with town.opened(Action.WRITE_ENTRY, name) as file:
        make.written(file, f"Note of {name}")
        make.written(file, f"Another of {name}")
        people.change_profile(file, facts={"culture": f"Words of {name}"}, version=0)
        people.keep_bond(file, row_id=uuid.uuid4(), facts={"name": f"Aunt of {name}"}, version=0)
    with town.opened(Action.CHANGE_REACH, name) as file:
        facts = {"kind": "phone", "value": f"555-01 {name}"}
        reach.keep_way(file, row_id=uuid.uuid4(), facts=facts, version=0)
    with town.opened(Action.DAYS, name) as file:
        days.promise(file, due_id=uuid.uuid4(), text=f"Promise of {name}", day=timezone.localdate())


def one_or_two(town: Town, told: Facts) -> Iterator[str]:
    """Joined, everything stands in the kept file; apart, each has its own. Everything opens, in its order."""
    kept, other = (town.file(name) for name in PAIR)
    is_one = other.joined_to_id == kept.pk
    said = Joining.objects.filter(kept=kept, undone=False).exists()
    yield from unless(
        is_one == said == (not other.is_open), "two files are one, or not, and it is said otherwise"
    )
    undone = {str(row.pk): row.undone for row in Joining.objects.filter(kept=kept)}
    stands = set(told.get("joined", [])) <= set(undone) and all(undone[pk] for pk in told.get("apart", []))
    yield from unless(stands, "a joining was lost")
    rows = [sum(table.of(case.pk).count() for table in _carried()) for case in (kept, other)]
    whole = [10, 0] if is_one else [5, 5]
    yield from unless(rows == whole, f"{rows} rows in two files that are {'one' if is_one else 'two'}")
    yield from in_order(kept)
    with town.both(town.ben, Action.JOIN, *PAIR) as files:
        yield from everything_opens(*(file.thing for file in files))


def _carried() -> list[Any]:
    """Tables whose rows come along, and are made by `fill_pair`: notes, a link, a way, a promise."""
    return [table for table in rows_of_files() if table.has_origin or table.model in {Entry, Due}]


def everything_opens(*cases: Case) -> Iterator[str]:
    """Every sealed word of these files opens with the files' keys."""
    tables = (*rows_of_files(), *pages_of_files())
    for row in (row for case in cases for table in tables for row in table.of(case.pk)):
        yield from unless(_opens(row), f"{type(row).__name__} does not open")


def _opens(row: SealedRow) -> bool:
    try:
        for name in (name for name, scope in _scopes(row) if scope.kind == Case.kind):
            getattr(row, name)
    except (Locked, Unreadable):
        return False
    return True


def _scopes(row: SealedRow) -> list[tuple[str, Scope]]:
    return list(scopes_in(row).items()) if sealed_in(type(row)) else []


def _notes(case: Case) -> list[Entry]:
    return list(Entry.objects.filter(case=case))
