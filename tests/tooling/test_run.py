"""run.py works from an old Python on, says one clear sentence when it cannot, and passes exit codes on."""

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.house.reading import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no environment and no Python that anybody can find."""
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", str(tmp_path / ".venv/bin/python"))
    monkeypatch.setattr(run, "places", lambda: iter(()))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def stand_in(folder: Path, name: str, version: str, *, complete: bool = True) -> str:
    """A program that answers like a Python of a version."""
    program = folder / name
    importing = "exit 0" if complete else "exit 1"
    program.write_text(f'#!/bin/sh\ncase "$2" in *version_info*) echo {version};; *) {importing};; esac\n')
    program.chmod(0o755)
    return str(program)


def test_an_old_python_can_read_it() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_no_python_is_one_sentence(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stand_in(nowhere, "python3", "3 11")
    with pytest.raises(SystemExit) as stopped:
        run.prepare("base.txt")
    said = capsys.readouterr().err
    assert stopped.value.code == 1
    assert said.count("\n") == 1
    assert "3.12 or newer" in said


def test_the_named_python_is_preferred_and_any_newer_will_do(nowhere: Path) -> None:
    stand_in(nowhere, "python3", "3 11")
    newest = stand_in(nowhere, "python3.14", "3 14")
    stand_in(nowhere, "python3.12", "3 12")
    assert run.best_python() == [newest]
    named = stand_in(nowhere, "python3.13", "3 13")
    assert run.best_python() == [named]


def test_a_shim_that_leads_nowhere_is_passed_over(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / "shims").mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join([str(nowhere / "shims"), str(nowhere)]))
    stand_in(nowhere / "shims", "python3.13", "nothing")
    named = stand_in(nowhere, "python3.13", "3 13")
    assert run.best_python() == [named]


def test_a_python_without_environments_names_the_package(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(nowhere, "python3", "3 13", complete=False)
    with pytest.raises(SystemExit):
        run.prepare("base.txt")
    assert "apt install python3.13-venv" in capsys.readouterr().err


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An environment that is there, and a note of every time something is installed into it."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv").mkdir()
    for name in (
        "requirements/base.txt",
        "requirements/dev.txt",
        "requirements/build.txt",
        ".venv/pyvenv.cfg",
    ):
        (tmp_path / name).touch()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    times: list[str] = []

    def install(pins: str) -> bool:
        times.append(pins)
        return True

    monkeypatch.setattr(run, "install", install)
    return times


def test_a_second_run_installs_nothing(installed: list[str]) -> None:
    run.prepare("base.txt")
    run.prepare("base.txt")
    assert installed == ["base.txt"]


def test_development_includes_what_the_demo_needs(installed: list[str]) -> None:
    run.prepare("dev.txt")
    run.prepare("base.txt")
    assert installed == ["dev.txt"]


@pytest.mark.parametrize("changed", ["requirements/base.txt", "pyproject.toml", ".venv/pyvenv.cfg"])
def test_a_change_installs_anew(installed: list[str], changed: str) -> None:
    run.prepare("base.txt")
    (run.ROOT / changed).write_text("something else")
    run.prepare("base.txt")
    assert installed == ["base.txt", "base.txt"]


def test_exit_codes_are_passed_on() -> None:
    assert run.call("-c", "raise SystemExit(7)") == 7


def test_an_unknown_word_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["sail"]) == 2
    assert "screenshots" in capsys.readouterr().out
    assert run.main(["--help"]) == 0


def test_stopping_it_is_calm() -> None:
    program = "import run; run.PYTHON = run.sys.executable; raise SystemExit(run.call('-c', 'input()'))"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(10) == run.INTERRUPTED


@pytest.mark.parametrize("words", [["-n", "0"], ["tests/x.py::test_y"], ["--pdb"]])
def test_a_single_test_is_not_spread_over_workers(words: list[str]) -> None:
    assert run.workers(words) == []


def test_the_whole_suite_is() -> None:
    assert run.workers(["-x"])[0] == "-n"
