"""Meeting somebody, and writing down what happened: drafts, notes, papers, one for several, one in the wrong file."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.attack.canaries import canary
from tests.attack.day import LONG_AGO, NUMBER, Day, number_of, words
from tests.attack.web import Visitor
from tests.attack.writer import Writer

THREE_MEGABYTES = 3 * 1024 * 1024


def meet(day: Day, her: Writer) -> None:
    """Somebody new, and a card with everything on it."""
    her.fill("/people/new/", name=words("name"), age_band="16-17", born_on=LONG_AGO[:10])
    day.case, day.name = her.path, canary("name")
    assert re.fullmatch(r"/people/[0-9a-f-]{36}/", day.case), her.last.text
    her.fill(f"{day.case}card/", name=day.name, age_band="12-13")
    assert her.path == day.case
    her.get(f"{day.case}card/")


def write(day: Day, her: Writer) -> None:
    """Drafts, notes, a changed note, a note from the desk, forms that did not fit."""
    for path in (f"{day.case}draft/", "/write/draft/"):
        her.get(f"{day.case}write/")
        assert her.post(path, text=words("draft"), draft_version="0").status == 204
    her.get(f"{day.case}write/")
    her.post(text=words("note"), kind="call", happened_at=LONG_AGO)
    assert her.path == day.case, her.last.text
    her.get(day.case + her.last.find(r'href="(notes/[0-9a-f-]+/)"'))
    her.post(text=words("changed"), kind="visit", happened_at=LONG_AGO)
    assert her.path == day.case, her.last.text
    her.get("/")
    her.post("/write/", text=words("desk"), case=number_of(day.case), kind="call", happened_at=LONG_AGO)
    her.get(f"{day.case}write/")
    assert her.post(text=words("wrong"), kind="no such kind", happened_at=words("when")).status == 422
    her.get("/people/new/")
    assert her.post(name=words("long") * 5, age_band=words("age")).status == 422


def upload(day: Day, her: Writer, temporary: Path) -> list[bytes]:
    """A paper of 3 MB, slowly, while somebody looks into the folder for temporary files."""
    content = b"%PDF-1.7\n" + (f"{canary('paper')} ".encode() * (THREE_MEGABYTES // 40))[:THREE_MEGABYTES]
    her.get(f"{day.case}papers/new/")
    seen: list[bytes] = []
    stop = threading.Event()

    def peek() -> None:
        while not stop.is_set():
            seen.extend(_files_below(temporary))
            time.sleep(0.002)

    watching = threading.Thread(target=peek)
    watching.start()
    her.pace = 0.03
    answer = her.upload(f"{day.case}papers/new/", f"{canary('file')}.pdf", content)
    her.pace = 0
    stop.set()
    watching.join()
    assert (answer.status, her.path) == (200, day.case), answer.text
    paper = answer.find(rf'href="({day.case}papers/[0-9a-f-]{{36}}/)"')
    assert her.get(paper).body == content
    return seen


def _files_below(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        with suppress(OSError):
            yield str(path).encode() + path.read_bytes()[:100_000]


def look_for(day: Day, her: Writer) -> None:
    """Search for what is there and for what is not."""
    her.fill("/", "/find/")
    for query in (words("query"), "kettle", "vzqkanary7name"):
        assert her.post("/find/", q=query).status == 200
    assert day.case in her.last.text


def crash(day: Day, her: Writer) -> None:
    """Two pages that fall over, one with the file open."""
    her.get(f"{day.case}write/")
    assert her.post("/crash/", text=words("crash")).status == 500
    assert her.get(f"/crash/{number_of(day.case)}/").status == 500


def come_too_late(day: Day, her: Writer) -> None:
    """A note that is sent after the lock, in a form and by a script; one is left lying there."""
    left = Visitor(her.port, dict(her.cookies))
    for visitor in (her, left):
        visitor.get(f"{day.case}write/")
        form = visitor.last
        visitor.post("/lock/")
        visitor.last = form
        answer = visitor.post(f"{day.case}write/", text=words("late"), kind="call", happened_at=LONG_AGO)
        assert "/locked/" in visitor.path, answer.text
        if visitor is her:
            her.post("/unlock/", passphrase=her.passphrase)
            assert her.get(day.case).text.count("vzqkanary7late") >= 2, her.last.text


# -- the new ways to write


def many_sides(day: Day, her: Writer) -> None:
    """A note with every side of it, changed; one that was undone; one that was added to."""
    her.fill(f"{day.case}write/", again=None)
    her.fill(her.link(f"/notes/{NUMBER}/$"))
    her.fill(f"{day.case}write/", again=None)
    her.press("/undo/")
    her.fill(f"{day.case}write/", "/draft/drop/")
    her.fill("/", "/write/", case=number_of(day.case))
    her.get(day.case)
    her.fill(her.link(r"/note/\d+/"))


def one_for_several(day: Day, her: Writer) -> None:
    """One note for two people, taken back from both files, and kept after all."""
    people = [number_of(met.file) for met in day.group[:2]]
    her.fill("/people/same-note/", people=people, look=None)
    her.get(day.group[0].file)
    her.get(her.link(f"/notes/{NUMBER}/$"))
    her.fill("/people/same-note/", "/same-note/undo/")
    her.press("/same-note/", people=people, look=None)


def wrong_file(day: Day, her: Writer, him: Writer) -> None:
    """He wrote in the wrong file, says where it belongs, and she moves it; another one stays."""
    here, belongs = day.group[0].file, day.group[1]
    for moves, stays in (("1", None), (None, "1")):
        him.fill(f"{here}write/", again=None)
        him.fill(him.link(f"/notes/{NUMBER}/$") + "wrong-file/", q=belongs.name)
        him.press("/wrong-file/", nth=1, belongs=number_of(belongs.file))
        her.get("/")
        her.fill(her.link(f"/misfiled/{NUMBER}/"), moves=moves, stays=stays)
