"""What is served of our scripts and styles is what we wrote, without what we say to each other in it."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from leeward.ui import storage
from leeward.ui.storage import Storage

PACKAGES = Path(storage.__file__).parents[1]
WRITTEN = sorted(path for path in PACKAGES.glob("*/static/*/*") if path.suffix in {".css", ".js"})


def served(folder: Path, name: str, content: bytes) -> bytes:
    place = folder / str(Storage(location=folder, base_url="/static/").save(name, ContentFile(content)))
    return place.read_bytes()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_only_comments_are_left_out(tmp_path: Path, path: Path) -> None:
    name, text = f"{path.parent.name}/{path.name}", path.read_bytes()
    told = storage._TO_US[path.suffix].findall(text)
    assert all(one.lstrip().startswith((b"//", b"/*")) for one in told)
    found = served(tmp_path, name, text)
    assert len(text) == len(found) + sum(map(len, told))
    assert not re.search(rb"/\*|^\s*//", found, re.MULTILINE)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_nothing_that_looks_like_a_comment_stands_in_a_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for one in storage._TO_US[path.suffix].finditer(text.encode()):
        before = text.encode()[: one.start()].decode()
        assert before.count("`") % 2 == 0
        assert not re.search(r"""["'][^"'\n]*$""", before.rpartition("\n")[2])


def test_what_others_wrote_stays_as_it_is(tmp_path: Path) -> None:
    text = b"// a licence\nlet it = 1;\n"
    assert served(tmp_path, "django_htmx/more.js", text) == text
    assert served(tmp_path, "ui/more.js", text) == b"let it = 1;\n"
    assert served(tmp_path, "ui/more.svg", text) == text


def test_a_file_that_was_read_for_its_name_is_served_whole(tmp_path: Path) -> None:
    content = ContentFile(b"/* to us */\na { color: red }\n")
    content.read()
    shelf = Storage(location=tmp_path, base_url="/static/")
    assert (tmp_path / shelf.save("ui/more.css", content)).read_bytes() == b"a { color: red }\n"
