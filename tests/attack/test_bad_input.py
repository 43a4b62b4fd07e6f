"""Bad input: each gets a sentence that says what happened and what to do, and what was typed stays."""

# ruff: noqa: ANN401, PT006, RUF043, S608 - answers and rows are whatever Django makes; names read best as one string; a choice of words; names of our own tables

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from leeward.access import trail
from leeward.access.models import Line
from leeward.cases.models import Entry
from leeward.signin.models import SignIn
from leeward.staff import keys
from leeward.vault import pepper
from leeward.vault.pepper import PepperProblem
from tests import make
from tests.attack.house import Browser
from tests.attack.plan import NAME, WORDS, Scene, a_scene
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return a_scene(cast, full=False)


@pytest.fixture
def ama(scene: Scene) -> Browser:
    return Browser(scene.cast.ama)


def said(answer: Any) -> str:
    """What stands in the middle of a page, as words."""
    main = re.search(r"<main.*?>(.*)</main>|<body.*?>(.*)</body>", answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", (main[1] or main[2]) if main else "").split())


def explains(answer: Any) -> bool:
    """A sentence, and neither a stack nor anybody's words in it."""
    words = said(answer)
    return len(words) > 30 and not re.search(r"Traceback|Error\b|File \"|django|sqlite|Locked\(", words)


# -- the pepper


@pytest.mark.parametrize(
    "content",
    [None, b"", b"garbled", b"leeward pepper 1\nAAAA\n", b"\xff\xfe\x00", b"leeward pepper 2\n" + b"A" * 44],
)
def test_a_pepper_that_is_missing_or_garbled_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "pepper"
    if content is not None:
        path.write_bytes(content)
    with with_pepper(path), pytest.raises(PepperProblem, match="Put the|set LEEWARD_PEPPER_FILE") as why:
        pepper.pepper()
    assert str(path) in str(why.value)


@contextmanager
def with_pepper(path: Path) -> Iterator[None]:
    held, settings.LEEWARD_PEPPER_FILE = settings.LEEWARD_PEPPER_FILE, path
    pepper._read.cache_clear()
    try:
        yield
    finally:
        settings.LEEWARD_PEPPER_FILE = held
        pepper._read.cache_clear()


def test_signing_in_with_another_pepper_is_a_page_and_not_a_wrong_passphrase(
    scene: Scene, tmp_path: Path
) -> None:
    pepper.make(tmp_path / "pepper")
    with with_pepper(tmp_path / "pepper"):
        with pytest.raises(PepperProblem, match="not the one that this agency"):
            keys.open_keys(scene.cast.ama.person, make.PASSPHRASE)
        fields = {"email": scene.cast.ama.person.email, "passphrase": make.PASSPHRASE, "device": "own"}
        answer = Browser().post("/sign-in/", fields)
    assert answer.status_code in {422, 500, 503}
    assert explains(answer)


# -- a corrupt row


def flip(table: str, column: str, row: Any) -> None:
    """One byte, in the middle."""
    key = "case_id" if table == "cases_participant" else "id"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE {key} = %s', [row])
        held = bytearray(bytes(cursor.fetchone()[0]))
        held[len(held) // 2] ^= 1
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE {key} = %s', [bytes(held), row])


def pk(row: Any) -> object:
    return row.pk if connection.vendor == "postgresql" else row.pk.hex


@pytest.mark.parametrize(
    "table, column",
    [
        ("cases_entry", "text"),
        ("cases_entry", "facts"),
        ("cases_participant", "card"),
        ("cases_wrap", "sealed"),
    ],
)
def test_a_flipped_byte_is_a_clear_page_and_no_words(
    scene: Scene, ama: Browser, table: str, column: str
) -> None:
    row = {
        "cases_entry": Entry.objects.get(case=scene.case),
        "cases_participant": scene.case.participant,
        "cases_wrap": scene.case.key.wraps.get(scope="whole"),
    }[table]
    flip(table, column, pk(row))
    answer = ama.get(f"/people/{scene.case.pk}/")
    assert answer.status_code in {200, 404, 500}
    assert explains(answer)
    assert WORDS not in answer.content.decode()


def test_one_corrupt_file_does_not_shut_the_others(scene: Scene, ama: Browser) -> None:
    other = make.a_case(by=scene.cast.ama, name="Other", team=scene.cast.harbor)
    flip("cases_entry", "text", pk(Entry.objects.get(case=scene.case)))
    assert ama.get(f"/people/{other.pk}/").status_code == 200


def test_a_piece_that_was_cut_off_is_noticed(scene: Scene, ama: Browser) -> None:
    content = [b"%PDF-" + bytes(700_000)]
    paper = make.a_paper(scene.case, by=scene.cast.ama, content=content, size=700_005)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_piece WHERE number = 2")
    answer: Any = ama.get(f"/people/{scene.case.pk}/papers/{paper}/")
    with pytest.raises(Exception, match="cut|changed|end|not what"):
        b"".join(answer.streaming_content)


# -- a full disk


@contextmanager
def full_disk() -> Iterator[None]:
    """Not one page more: what SQLite says when the disk is full."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            connection.connection.execute(f"PRAGMA max_page_count = {most}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="SQLite's own pragma"
)
def test_a_full_disk_gives_the_words_back(scene: Scene, ama: Browser) -> None:
    typed = "the words that must not go " * 2000
    with full_disk():
        answer = ama.post(
            f"/people/{scene.case.pk}/write/", {"text": typed, "entry_id": uuid4(), "kind": "call"}
        )
    assert answer.status_code >= 400
    assert explains(answer), said(answer)
    assert "the words that must not go" in answer.content.decode(), "what was typed is not on the page"


# -- the clock


def test_a_clock_that_was_set_back_makes_no_line_older(scene: Scene) -> None:
    newest = Line.objects.order_by("-seq")[0].at
    with time_machine.travel(newest - timedelta(days=400), tick=False):
        trail.write(actor=None, action="case:see", outcome=trail.Outcome.DONE)
    times = list(Line.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)
    assert trail.head().seq == len(times)


def test_a_clock_that_was_set_back_locks_and_says_so(scene: Scene, ama: Browser) -> None:
    assert ama.get("/").status_code == 200
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2), tick=False):
        answer = ama.get("/", follow=True)
    assert answer.status_code == 200
    assert explains(answer)
    assert NAME not in answer.content.decode()
    assert SignIn.objects.filter(person=scene.cast.ama.person).exists()
