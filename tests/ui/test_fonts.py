"""The typeface is made when static files are gathered, once."""

import re
import time
from pathlib import Path

import pytest

from leeward.ui import finders
from leeward.ui.storage import Storage

CSS = (Path(finders.__file__).parent / "static/ui/leeward.css").read_text()


def ranges(text: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text):
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_fonts_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    finders.built.cache_clear()
    start = time.process_time()
    names = [name for name, _ in finders.FontFinder().list(None)]
    assert time.process_time() - start < 4
    assert len(names) == 6
    assert set(re.findall(r"fonts/[\w-]+\.woff2", CSS)) == {name.removeprefix("ui/") for name in names}
    made = Path(str(finders.FontFinder().find(names[0])))
    assert made.read_bytes()[:4] == b"wOF2"
    before = made.stat().st_mtime_ns
    finders.built.cache_clear()
    finders.built()
    assert made.stat().st_mtime_ns == before
    finders.built.cache_clear()


@pytest.mark.parametrize("face", finders.FACES)
@pytest.mark.parametrize("subset", finders.SETS)
def test_the_stylesheet_knows_which_letters_are_in_which_file(face: str, subset: str) -> None:
    rule = next(line for line in CSS.splitlines() if f"{face}-{subset}.woff2" in line)
    assert ranges(rule.split("unicode-range")[1]) == ranges(finders._letters(face, subset))


def test_without_gathered_files_pages_still_have_addresses(tmp_path: Path) -> None:
    assert Storage(location=tmp_path, base_url="/static/").stored_name("ui/leeward.css") == "ui/leeward.css"


def test_other_files_are_not_ours() -> None:
    assert finders.FontFinder().find("ui/leeward.css") == []
    assert finders.FontFinder().find("ui/fonts/../../settings.py") == []
