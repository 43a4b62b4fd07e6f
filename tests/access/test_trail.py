import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.checks import run_checks
from django.db import connection, connections, transaction

from leeward.access import trail
from leeward.access.models import Line
from leeward.access.trail import Head, HeldBy, Outcome
from leeward.access.verifier import Check, lines_of
from tests.access.conftest import sqlite, start_writer

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def write(things: tuple[UUID, ...] = (), outcome: Outcome = Outcome.OPENED, note: str = "") -> Line:
    return trail.write(
        actor=uuid4(), action="case:see", kind="case", things=things, outcome=outcome, note=note
    )


def test_format_1_is_frozen() -> None:
    line = Line(
        seq=7,
        at=datetime(2026, 1, 31, 9, 5, tzinfo=UTC),
        actor=UUID("0123456789abcdef0123456789abcdef"),
        action="people:see",
        kind="case",
        things=["00000000-0000-0000-0000-00000000000b", "00000000-0000-0000-0000-00000000000a"],
        outcome="refused",
        held_by="policy",
        note="looked-through",
        previous=bytes(range(32)),
    )
    assert trail._json(trail._members(line)) == (
        '{"action":"people:see","actor":"01234567-89ab-cdef-0123-456789abcdef","at":"2026-01-31T09:05:00.000000Z",'
        '"held_by":"policy","kind":"case","note":"looked-through","outcome":"refused",'
        '"previous":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","seq":7,'
        '"things":["00000000-0000-0000-0000-00000000000b","00000000-0000-0000-0000-00000000000a"],"v":1}'
    )
    assert trail.digest(line).hex() == "1d79461383aa25e8e9c65d0df89482aaaab13d774bca97f2069605a9c828fffc"


@pytest.mark.django_db
@pytest.mark.postgres
class TestWriting:
    def test_lines_are_counted_and_chained(self) -> None:
        first, second = write(), write()
        assert (first.seq, second.seq) == (1, 2)
        assert first.previous == bytes(32)
        assert second.previous == first.hash == trail.digest(first)

    def test_a_line_reads_back_as_it_was_hashed(self) -> None:
        write((uuid4(), uuid4()))
        line = Line.objects.get()
        assert trail.digest(line) == bytes(line.hash)

    def test_nobody_can_be_the_one_who_did(self) -> None:
        trail.write(actor=None, action="signin:tried", outcome=Outcome.REFUSED, held_by=HeldBy.POLICY)
        assert Line.objects.get().actor is None

    @pytest.mark.parametrize("field", ["action", "kind", "note"])
    @pytest.mark.parametrize("words", ["She said no", "María", "x" * 41, "a\nb"])
    def test_nobodys_words_get_in(self, field: str, words: str) -> None:
        line = {"actor": None, "action": "a:b", "outcome": Outcome.DONE, field: words}
        with pytest.raises(ValueError, match="codes only") as error:
            trail.write(**line)  # type: ignore[arg-type]
        assert words not in str(error.value)

    def test_a_clock_that_is_set_back_does_not_set_the_trail_back(self) -> None:
        with time_machine.travel(NOON, tick=False):
            write()
        with time_machine.travel(NOON - timedelta(days=3), tick=False):
            write()
        with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
            write()
        at = list(Line.objects.order_by("seq").values_list("at", flat=True))
        assert at == [NOON, NOON, NOON + timedelta(seconds=1)]

    def test_inside_a_transaction_it_refuses(self) -> None:
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
            write()
        assert Line.objects.count() == 0

    def test_the_head_is_the_newest_line(self) -> None:
        assert trail.head() == Head(0, bytes(32))
        write()
        line = write()
        assert trail.head() == (2, line.hash)
        assert str(trail.head()) == f"2:{line.hash.hex()}"


@pytest.mark.django_db
@pytest.mark.postgres
class TestReading:
    def test_who_saw_this(self) -> None:
        she, somebody_else = uuid4(), uuid4()
        alone, in_a_list = write((she,)), write((somebody_else, she))
        write((somebody_else,))
        write((she,), outcome=Outcome.REFUSED)
        assert [line.seq for line in trail.openings_of(she)] == [in_a_list.seq, alone.seq]

    def test_an_export_can_be_verified_and_ends_with_the_head(self) -> None:
        write((uuid4(),))
        write(note="looked-through")
        file = io.StringIO()
        head = trail.export(file)
        assert head == trail.head()
        lines = [json.loads(line) for line in file.getvalue().splitlines()]
        assert Check([(head.seq, head.hash.hex())]).all(lines) == []

    def test_an_empty_trail_exports_nothing(self) -> None:
        file = io.StringIO()
        assert trail.export(file) == trail.head()
        assert file.getvalue() == ""


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_leave_no_gap(empty_book: Path, tmp_path: Path) -> None:
    """On PostgreSQL into the database of this run; on SQLite into a file, as that of the run is in memory."""
    book = Path(shutil.copy(empty_book, tmp_path / "book.sqlite"))
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    here = {name: connection.settings_dict[name] for name in names}
    store = here if connection.vendor == "postgresql" else sqlite(book)
    writers = [start_writer(store, 40) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    if connection.vendor == "postgresql":
        file = io.StringIO()
        trail.export(file)
        lines = [json.loads(line) for line in file.getvalue().splitlines()]
    else:
        lines = list(lines_of(book))
    assert Check().all(lines) == []
    assert [line["seq"] for line in lines] == list(range(1, 121))


class TestStore:
    @pytest.mark.parametrize(
        ("store", "wrong"),
        [
            ({"ENGINE": "django.db.backends.postgresql"}, []),
            ({"ENGINE": "django.db.backends.postgresql", "ATOMIC_REQUESTS": True}, ["access.E003"]),
            ({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"transaction_mode": "IMMEDIATE"}}, []),
            (
                {"ENGINE": "django.db.backends.sqlite3", "ATOMIC_REQUESTS": True},
                ["access.E003", "access.E004"],
            ),
        ],
    )
    def test_a_store_that_cannot_keep_a_trail_is_found(
        self, store: dict[str, object], wrong: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(connections.settings, "default", store)
        assert [error.id for error in trail.store_can_keep_a_trail()] == wrong

    def test_it_is_asked_at_every_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(connections.settings, "default", {"ENGINE": "x", "ATOMIC_REQUESTS": True})
        assert "access.E003" in {error.id for error in run_checks(tags=["security"])}
