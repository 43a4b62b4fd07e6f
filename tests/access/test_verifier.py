import json
import runpy
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from leeward.access import verifier
from leeward.access.verifier import Check, Line, digest, lines_of, main

NEXT_HASH = "00" * 32


def problems(lines: Iterable[Line], *heads: tuple[int, str]) -> list[str]:
    return Check(heads).all(lines)


def rechained(lines: list[Line]) -> list[Line]:
    """What somebody with the whole database would do: number and hash everything anew."""
    previous, chain = verifier.NOTHING_BEFORE, []
    for seq, line in enumerate(lines, 1):
        again = line | {"seq": seq, "previous": previous}
        again["hash"] = previous = digest(again)
        chain.append(again)
    return chain


def alter(book: Path, *statements: str) -> None:
    with closing(sqlite3.connect(book)) as database:
        for statement in ("PRAGMA ignore_check_constraints = ON", *statements):
            database.execute(statement)
        database.commit()


@pytest.fixture
def lines(book: Path) -> list[Line]:
    return list(lines_of(book))


@pytest.fixture
def head(lines: list[Line]) -> tuple[int, str]:
    return 5, lines[-1]["hash"]


def test_a_whole_trail_is_whole(lines: list[Line], head: tuple[int, str]) -> None:
    assert len(lines) == 5
    assert problems(lines, head, (2, lines[1]["hash"])) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "'case:write'"),
        ("actor", "NULL"),
        ("at", "'2020-01-01 00:00:00.000000'"),
        ("kind", "'team'"),
        ("things", "'[]'"),
        ("outcome", "'done'"),
        ("note", "'x'"),
        ("previous", "zeroblob(32)"),
        ("hash", "zeroblob(32)"),
    ],
)
def test_an_edit_of_any_column_is_found(book: Path, column: str, value: str) -> None:
    alter(book, f"UPDATE access_line SET {column} = {value} WHERE seq = 3")  # noqa: S608
    assert any("Line 3" in problem for problem in problems(lines_of(book)))


def test_an_edit_of_who_held_it_is_found(book: Path) -> None:
    alter(book, "UPDATE access_line SET outcome = 'refused', held_by = 'key' WHERE seq = 5")
    assert problems(lines_of(book)) == ["Line 5 was changed after it was written."]


def test_an_edit_that_hashes_its_line_anew_is_found_in_the_next(lines: list[Line]) -> None:
    lines[2]["actor"] = None
    lines[2]["hash"] = digest(lines[2])
    assert problems(lines) == ["Line 4 does not continue the line before it."]


def test_a_deleted_line_is_found(book: Path) -> None:
    alter(book, "DELETE FROM access_line WHERE seq = 3")
    assert problems(lines_of(book)) == [
        "Line 3 should come next, but line 4 does.",
        "Line 4 does not continue the line before it.",
    ]


def test_a_deleted_beginning_is_found(lines: list[Line]) -> None:
    assert problems(lines[1:])


def test_lines_in_another_order_are_found(book: Path) -> None:
    alter(
        book,
        "UPDATE access_line SET seq = 9 WHERE seq = 2",
        "UPDATE access_line SET seq = 2 WHERE seq = 3",
        "UPDATE access_line SET seq = 3 WHERE seq = 9",
    )
    assert problems(lines_of(book))


def test_two_lines_that_change_places_are_found(lines: list[Line]) -> None:
    lines[1], lines[2] = lines[2], lines[1]
    assert problems(lines)


def test_an_added_line_is_found(lines: list[Line], head: tuple[int, str]) -> None:
    added = rechained([*lines[:2], lines[1], *lines[2:]])
    assert problems(added, head) == ["Line 5 is not the one that a head was kept of."]


def test_a_cut_tail_is_found_against_a_kept_head_and_only_so(
    lines: list[Line], head: tuple[int, str]
) -> None:
    assert problems(lines[:3]) == []
    assert problems(lines[:3], head) == [
        "Line 5 is not there, but a head was kept of it: the end of the trail was cut off.",
    ]
    assert problems([], head)


def test_a_cut_tail_that_grew_again_is_found(lines: list[Line], head: tuple[int, str]) -> None:
    grown = rechained([*lines[:3], lines[0] | {"at": lines[4]["at"]}, lines[4]])
    assert problems(grown) == []
    assert problems(grown, head) == ["Line 5 is not the one that a head was kept of."]


def test_a_trail_written_anew_is_found_against_a_kept_head_and_only_so(
    lines: list[Line], head: tuple[int, str]
) -> None:
    anew = rechained([line | {"actor": None} for line in lines])
    assert problems(anew) == []
    assert problems(anew, head) == ["Line 5 is not the one that a head was kept of."]


def test_a_date_that_goes_backwards_is_found(lines: list[Line]) -> None:
    anew = rechained([*lines[:4], lines[4] | {"at": "2020-01-01T00:00:00.000000Z"}])
    assert problems(anew) == ["Line 5 is dated before the line before it."]


def test_an_unknown_format_is_found(lines: list[Line]) -> None:
    anew = rechained([*lines[:4], lines[4] | {"v": 2}])
    assert problems(anew) == ["Line 5 is of a format that this check does not know."]


def test_a_line_without_a_number_is_found(lines: list[Line]) -> None:
    lines[1]["seq"] = "two"
    assert "Line 2 should come next, but line two does." in problems(lines)


def test_a_date_on_the_full_second_reads_as_it_was_hashed() -> None:
    row: Line = dict.fromkeys(("action", "kind", "outcome", "held_by", "note"), "x")
    row |= {
        "at": "2026-01-31 09:05:00",
        "actor": None,
        "things": "[]",
        "previous": b"",
        "hash": b"",
        "seq": 1,
    }
    assert verifier._as_exported(row)["at"] == "2026-01-31T09:05:00.000000Z"


class TestCommand:
    def run(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    def test_a_whole_book(
        self, book: Path, head: tuple[int, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, said = self.run(capsys, book, "--head", f"{head[0]}:{head[1].upper()}")
        assert (code, said) == (0, f"5 lines, all as they were written. Head: 5:{head[1]}\n")

    def test_it_says_what_it_cannot_see_without_a_head(
        self, book: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, said = self.run(capsys, book)
        assert code == 0
        assert "No kept head" in said

    def test_a_book_that_was_tampered_with(self, book: Path, capsys: pytest.CaptureFixture[str]) -> None:
        alter(book, "UPDATE access_line SET actor = NULL WHERE seq = 2")
        code, said = self.run(capsys, book, "--head", f"9:{NEXT_HASH}")
        assert code == 1
        assert said.splitlines() == [
            "Line 2 was changed after it was written.",
            "Line 9 is not there, but a head was kept of it: the end of the trail was cut off.",
        ]

    def test_an_export(
        self, lines: list[Line], head: tuple[int, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        export = tmp_path / "trail.jsonl"
        export.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        assert self.run(capsys, export, "--head", f"5:{head[1]}")[0] == 0

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda path: path.write_text("this is no trail\n"),
            lambda path: path.write_text("[1]\n"),
            lambda path: path.write_bytes(b"\xff\xfe\x00"),
            lambda path: path.unlink(),
            lambda path: alter(path, "DROP TABLE access_line"),
            lambda path: alter(path, "UPDATE access_line SET things = 'x'"),
            lambda path: alter(path, "UPDATE access_line SET actor = 'x'"),
        ],
        ids=["words", "other JSON", "bytes", "nothing", "other database", "broken list", "broken id"],
    )
    def test_a_file_that_is_no_trail(
        self, spoil: Callable[[Path], object], book: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spoil(book)
        code, said = self.run(capsys, book)
        assert code == 2
        assert "could not be read as a trail" in said

    def test_as_a_script(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "argv", ["verifier.py", str(book)])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(verifier.__file__, run_name="__main__")
        assert ended.value.code == 0

    def test_it_runs_alone_anywhere(self, book: Path, tmp_path: Path) -> None:
        alone = shutil.copy(verifier.__file__, tmp_path / "v.py")
        command = [sys.executable, "-I", str(alone), str(book)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")


def test_it_is_short() -> None:
    assert len(Path(verifier.__file__).read_text().splitlines()) <= 150
