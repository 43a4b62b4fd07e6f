import os
import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from leeward.vault.pepper import PepperProblem, make, pepper


@pytest.fixture
def path(tmp_path: Path, settings: Settings) -> Path:
    settings.LEEWARD_PEPPER_FILE = tmp_path / "own" / "pepper"
    return tmp_path / "own" / "pepper"


def test_a_new_pepper_is_read_back_the_same(path: Path) -> None:
    make(path)
    assert pepper().reveal() == pepper().reveal()
    assert path.read_text().startswith("leeward pepper 1\n")


def test_only_its_owner_can_read_the_file(path: Path) -> None:
    before = os.umask(0)
    try:
        make(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_peppers_differ(path: Path) -> None:
    make(path)
    make(path.with_name("other"))
    assert path.read_text() != path.with_name("other").read_text()


def test_a_pepper_is_never_written_over(path: Path) -> None:
    make(path)
    kept = path.read_text()
    with pytest.raises(FileExistsError):
        make(path)
    assert path.read_text() == kept


def test_a_missing_pepper_says_where_it_belongs(path: Path) -> None:
    with pytest.raises(PepperProblem, match=r"The pepper file is not at .*Put the file back"):
        pepper()


@pytest.mark.parametrize(
    "content",
    [b"", b"leeward pepper 1", b"leeward pepper 1\nc2hvcnQ=\n", b"leeward pepper 1\nno base64!\n",
     b"leeward pepper 2\n" + b"A" * 43 + b"=\n", b"\xff\xfe\x00", b"something else\nentirely\n"],
)  # fmt: skip
def test_a_garbled_pepper_says_to_put_the_right_file_back(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(PepperProblem, match=r"cannot be read as a pepper\. Put the right file back"):
        pepper()


def test_a_folder_in_its_place_is_no_pepper(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(PepperProblem, match="cannot be read"):
        pepper()


def test_a_pepper_that_was_put_back_is_found_without_a_restart(path: Path) -> None:
    with pytest.raises(PepperProblem):
        pepper()
    make(path)
    assert pepper() is not None
