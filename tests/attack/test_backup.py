"""The worst day: the disk is gone. Backup and pepper, or backup and paper kit, bring it back; nothing else does."""

# ruff: noqa: PLR1702 - a scenario is told in one go

import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from leeward import cli
from leeward.vault.cipher import KeyPair
from leeward.vault.paper import print_shares
from tests.attack.canaries import Search
from tests.attack.stores import ROOT, Place, new_place
from tests.attack.web import serving
from tests.postgres import SETTING

pytestmark = pytest.mark.slow

type MakePlace = Callable[[str], Place]
COMMANDS = ("init", "serve", "demo", "check", "trail", "keys", "backup", "restore", "drill", "upgrade")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, Path]]:
    """An agency with files in it, each word of them a canary, and its backup."""
    with new_place(tmp_path_factory.mktemp("original") / "here") as place:
        made = place.python("tests.attack.filled", "make")
        assert made.returncode == 0, made.stderr
        file = place.folder.parent / "saved.leeward"
        done = place.leeward("backup", str(file))
        assert done.returncode == 0, done.stderr
        assert Search().in_bytes(done.stdout.encode()) == set()
        yield place, file


@pytest.fixture
def full(original: tuple[Place, Path], tmp_path: Path) -> Iterator[Place]:
    """A copy of the agency, to be broken."""
    with new_place(tmp_path / "full", like=original[0]) as place:
        yield place


@pytest.fixture
def saved(original: tuple[Place, Path], tmp_path: Path) -> Path:
    """A copy of its backup."""
    (tmp_path / "kept").mkdir()
    return Path(shutil.copy2(original[1], tmp_path / "kept" / "saved.leeward"))


def sheets(place: Place) -> list[str]:
    return (place.folder / "kit.txt").read_text("ascii").splitlines()


@pytest.mark.postgres
def test_a_backup_brings_everything_back(full: Place, saved: Path, make_place: MakePlace) -> None:
    elsewhere = make_place("elsewhere")
    head = full.leeward("trail", "head").stdout.strip()
    done = elsewhere.leeward("restore", str(saved))
    assert done.returncode == 0, done.stderr
    shutil.copy(full.folder / "pepper", elsewhere.folder / "pepper")
    read = elsewhere.python("tests.attack.filled", "read")
    assert (read.returncode, read.stdout) == (0, full.python("tests.attack.filled", "read").stdout), (
        read.stderr
    )
    assert elsewhere.leeward("trail", "verify", "--head", head).returncode == 0


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_beside_it(full: Place, saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0
    assert [path.name for path in saved.parent.iterdir() if path.name.startswith("saved")] == [
        "saved.leeward"
    ]
    again = full.leeward("backup", str(saved))
    assert (again.returncode, "never written over" in again.stderr) == (1, True)


def test_without_the_right_pepper_nobody_comes_in_and_it_says_so(
    full: Place, saved: Path, make_place: MakePlace
) -> None:
    elsewhere = make_place("elsewhere")
    assert elsewhere.leeward("restore", str(saved)).returncode == 0
    without = elsewhere.leeward("check")
    assert (without.returncode, "pepper file is not at" in without.stdout) == (1, True)
    other = make_place("other")
    assert other.python("tests.attack.empty").returncode == 0
    shutil.copy(other.folder / "pepper", elsewhere.folder / "pepper")
    foreign = elsewhere.leeward("serve", "--port", "1")
    assert (foreign.returncode, "not the one that this agency" in foreign.stderr) == (1, True), foreign.stderr


def drill(place: Place, file: Path, *typed: str) -> "subprocess.CompletedProcess[str]":
    return place.leeward("drill", str(file), typed="\n".join(typed) + "\n")


@pytest.mark.postgres
def test_the_paper_kit_alone_opens_files(full: Place, saved: Path, make_place: MakePlace) -> None:
    """On another machine: no pepper, no passphrase, no store."""
    kit = sheets(full)
    elsewhere = make_place("elsewhere")
    done = drill(elsewhere, saved, kit[2], kit[0])
    assert done.returncode == 0, done.stderr
    assert "2 cases, 3 entries" in done.stdout
    assert re.search(r"opened cases: [\d.]+ s", done.stdout)
    assert Search().in_bytes(done.stdout.encode() + done.stderr.encode()) == set()
    assert list(elsewhere.folder.iterdir()) == []


@pytest.mark.parametrize("how", ["one sheet", "a wrong word", "another kit"])
def test_wrong_sheets_open_nothing_and_it_says_why(full: Place, saved: Path, how: str) -> None:
    kit = sheets(full)
    typed = {
        "one sheet": [kit[0], ""],
        "a wrong word": [kit[0], re.sub(r"\w+$", "academic", kit[1])],
        "another kit": print_shares(KeyPair.fresh())[:2],
    }[how]
    done = drill(full, saved, *typed)
    assert done.returncode == 1
    assert re.search("do not fit together|another agency's paper kit", done.stderr), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.postgres
def test_a_restore_never_writes_over_a_store(full: Place, saved: Path) -> None:
    before = full.python("tests.attack.filled", "read").stdout
    done = full.leeward("restore", str(saved))
    assert done.returncode == 1
    assert re.search("already|not empty", done.stderr), done.stderr
    assert full.python("tests.attack.filled", "read").stdout == before


@pytest.mark.postgres
@pytest.mark.parametrize("damage", ["cut", "flipped", "something else"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    saved: Path, make_place: MakePlace, damage: str
) -> None:
    content = saved.read_bytes()
    middle = len(content) // 2
    saved.write_bytes({
        "cut": content[:middle],
        "flipped": content[:4096] + bytes(byte ^ 0xFF for byte in content[4096:65536]) + content[65536:],
        "something else": b"a letter to the county\n" * 500,
    }[damage])  # fmt: skip
    elsewhere = make_place("elsewhere")
    done = elsewhere.leeward("restore", str(saved))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert list(elsewhere.folder.iterdir()) == []
    if elsewhere.is_postgres:
        with psycopg.connect(elsewhere.database) as connection:
            assert connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone() == (0,)


@pytest.mark.postgres
def test_an_interrupted_backup_leaves_no_half_file(full: Place, tmp_path: Path) -> None:
    for pause in (0.6, 1.0):
        file = tmp_path / f"at {pause}.leeward"
        command = [sys.executable, "-m", "leeward", "backup", str(file)]
        writing = subprocess.Popen(command, env=full.environment(), cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(pause)
        writing.kill()
        writing.wait()
        if file.exists() and not full.is_postgres:
            with closing(sqlite3.connect(file)) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_no_room_for_the_backup_says_so_and_leaves_nothing(full: Place, tmp_path: Path) -> None:
    """A file may grow to 64 KiB and no further: a disk that is full."""
    file = tmp_path / "no room.leeward"
    limited = f"ulimit -f 64; trap '' XFSZ; exec {sys.executable} -m leeward backup '{file}'"
    done = subprocess.run(
        ["bash", "-c", limited], env=full.environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "could not" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("no room")] == []


def test_an_empty_or_older_store_is_not_served(place: Place) -> None:
    done = place.leeward("serve", "--port", "1")
    assert (done.returncode, "leeward upgrade" in done.stderr) == (1, True), done.stderr


def execute(place: Place, *statements: str) -> None:
    if place.is_postgres:
        with psycopg.connect(place.database, autocommit=True) as server:
            for statement in statements:
                server.execute(statement.encode())
        return
    with closing(sqlite3.connect(place.sqlite)) as file, file:
        for statement in statements:
            file.execute(statement)


@pytest.mark.postgres
def test_a_newer_store_is_not_served_nor_changed(full: Place) -> None:
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', '2099-01-01')"
    execute(full, newer)
    for command in (["serve", "--port", "1"], ["upgrade", "--no-backup"]):
        done = full.leeward(*command)
        assert (done.returncode, "newer version" in done.stderr) == (1, True), (command, done.stderr)
    assert "newer version" in full.leeward("check").stdout


@pytest.mark.postgres
def test_upgrade_backs_up_first(full: Place, tmp_path: Path) -> None:
    assert full.leeward("upgrade").returncode == 1
    file = tmp_path / "before.leeward"
    done = full.leeward("upgrade", "--backup", str(file))
    assert (done.returncode, file.stat().st_size > 100_000) == (0, True), done.stderr
    assert full.leeward("upgrade", "--backup", str(file)).returncode == 1, "written over"


@pytest.mark.postgres
def test_an_old_store_is_upgraded_and_then_served(full: Place, static_root: Path) -> None:
    """One migration is taken back, as if a newer program met it."""
    shutil.copytree(static_root, full.folder / "static")
    assert full.leeward("django", "migrate", "mfa", "0002").returncode == 0
    refused = full.leeward("serve", "--port", "1")
    assert (refused.returncode, "older version" in refused.stderr) == (1, True), refused.stderr
    assert full.leeward("upgrade", "--no-backup").returncode == 0
    with serving(full):
        assert full.python("tests.attack.filled", "read").returncode == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main([command, "--help"])
    assert (done.value.code, "usage: leeward" in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize("command", [["no-such"], ["trail"], ["backup"], ["serve", "--port", "many"], []])
def test_a_mistyped_command_is_told_apart(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(command)
    assert (done.value.code, "usage" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("command", [["check"], ["trail", "head"], ["backup", "b.leeward"], ["serve"]])
def test_where_nothing_is_every_command_says_so(tmp_path: Path, command: list[str]) -> None:
    nowhere = Place(tmp_path / "no folder", f"sqlite:///{tmp_path / 'no folder' / 'leeward.sqlite3'}")
    done = nowhere.leeward(*command)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout + done.stderr
    assert not (tmp_path / "no folder").exists()


def test_the_setting_that_is_wrong_is_named(place: Place) -> None:
    done = place.leeward("check", **{SETTING: "mysql://x"})
    assert (done.returncode, SETTING in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.postgres
def test_commands_print_nobodys_words(full: Place, tmp_path: Path) -> None:
    exported = tmp_path / "trail.jsonl"
    words = (
        ["check"],
        ["keys", "status"],
        ["trail", "head"],
        ["trail", "verify"],
        ["trail", "export", "--to", str(exported)],
    )
    done = [full.leeward(*each) for each in words]
    assert [each.returncode for each in done] == [0] * len(words), [each.stderr for each in done]
    said = "".join(each.stdout + each.stderr for each in done)
    assert Search().in_bytes(said.encode() + exported.read_bytes()) == set()
