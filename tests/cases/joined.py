"""Two files of one person, joined and taken apart, for the tests about that."""

# ruff: noqa: ANN401 - answers and rows are whatever Django makes

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import time_machine
from django.db import connection
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.actions import joining, move_it, say_misfiled
from leeward.cases.models import (
    Case,
    Entry,
    Glance,
    Identity,
    Joining,
    Misfiled,
    Paper,
    Participant,
    Piece,
    Profile,
    Way,
    WordSet,
)  # fmt: skip
from leeward.vault import wordset
from tests import make
from tests.cast import Cast
from tests.make import Worker


def two(cast: Cast, name: str = "Fay", *, by: Worker | None = None) -> tuple[Case, Case]:
    return cast.dee, make.a_case(by=by or cast.ama, name=name)


def with_both(
    by: Worker, kept: Case, other: Case, verb: Any, action: Action = Action.JOIN, **more: Any
) -> Any:
    """Do something with both files open."""
    with make.entering(by, action, lists=True) as entered:
        files = [entered.open(Case.objects.with_people().get(pk=case.pk), action) for case in (kept, other)]
        return verb(*files, **more)


def join(cast: Cast, kept: Case, other: Case, number: UUID | None = None) -> Joining:
    found = with_both(cast.ben, kept, other, joining.join, joining_id=number or uuid4())
    assert isinstance(found, Joining)
    return found


def undo(cast: Cast, kept: Case, other: Case, row: Joining) -> None:
    with_both(cast.ben, kept, other, joining.undo, joining=row.pk)


def move(cast: Cast, note: Entry, here: Case, there: Case, **more: Any) -> None:
    """Ama says that a note is in the wrong file, and Ben moves it."""
    Misfiled.objects.all().delete()
    said = with_both(
        cast.ama,
        here,
        there,
        lambda file, other: say_misfiled(file, entry=note, belongs=other),
        Action.WRITE_ENTRY,
    )
    with_both(cast.ben, here, there, move_it, Action.MOVE, misfiled=said, **more)


def at(day: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=day), tick=False)


def timeline(case: Case, by: Worker) -> list[tuple[int, str]]:
    with make.opening(case, by):
        return [(entry.number, entry.text) for entry in Entry.objects.filter(case=case).order_by("number")]


def page(case: Case, by: Worker, model: Any) -> dict[str, Any]:
    with make.opening(case, by):
        row = model.objects.filter(case=case).first()
        return dict(row.words) if row else {}


def write_page(case: Case, by: Worker, model: Any, **words: Any) -> None:
    with make.opening(case, by):
        model.objects.create(case=case, words=words)


def everything() -> dict[str, list[Any]]:
    """Every row about a participant, as the database has it."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(("cases_", "days_"))]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            found[table] = sorted(
                repr([bytes(c) if isinstance(c, memoryview) else c for c in row]) for row in cursor
            )
    return found


def told(case: Case, by: Worker) -> dict[str, Any]:
    """Everything that a file tells, opened."""
    with make.opening(case, by, Action.JOIN):
        row = Case.objects.get(pk=case.pk)
        papers = Paper.objects.filter(case=case).order_by("pk")
        notes = Entry.objects.filter(case=case).order_by("number")
        pages = [model.objects.filter(case=case) for model in (Profile, Identity, Glance)]
        return {
            "state": (row.is_open, row.restricted, row.rests, row.primary_id, row.backup_id, row.joined_to_id),
            "notes": [(note.number, note.text, note.facts, note.came_from) for note in notes],
            "last": row.last_number,
            "card": dict(Participant.objects.get(case=case).card),
            "names": {word for word in wordset.unpack(WordSet.objects.get(case=case).words) if word[0] == "\t"},
            "pages": [[dict(one.words) for one in rows] for rows in pages],
            "ways": sorted(str(way.about) for way in Way.objects.filter(case=case)),
            "papers": [(paper.about["name"], content_of(paper)) for paper in papers],
            "walls": sorted(row.walls.values_list("person", "team")),
            "along": sorted(row.care_team.values_list("person", flat=True)),
        }  # fmt: skip


def content_of(paper: Paper) -> bytes:
    pieces = [bytes(one) for one in Piece.objects.filter(paper=paper).values_list("sealed", flat=True)]
    return b"".join(paper.key.open(pieces, paper.pk.bytes))
