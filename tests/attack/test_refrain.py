"""The refrain of every address: looking writes nothing, one line each, what is not there looks like what is shut."""

# ruff: noqa: ANN401, C416, PLR1702, S608 - answers and rows are whatever Django makes; C416; a scenario is told in one go; names of our own tables

import hashlib
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from leeward.access import trail
from leeward.access.marks import Door
from leeward.access.models import Line
from leeward.access.policy import Role
from leeward.staff.models import Agency, Membership, Person
from tests import make
from tests.attack.house import COOKIE, Browser, cookie_of
from tests.attack.plan import TWO_FILES, Scene, a_scene, doors, marked
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

NEVER_A_FAULT = set(range(200, 500))
GARBAGE = (
    "-1",
    "0",
    "½",
    "9" * 40,
    "%00",
    "%ff%fe",
    "' OR 1=1 --",
    "<script>",
    "../../etc/passwd",
    "٣",
    "𝟙",
    "",
)
ASKED = ("page", "before", "who", "next", "q", "language", "kind", "version")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return a_scene(cast)


@pytest.fixture
def allrounder(scene: Scene) -> Browser:
    """Somebody who may do everything: a supervisor who also keeps the accounts."""
    person = scene.cast.ben.person
    Membership.objects.create(person=person, team=None, role=Role.ADMINISTRATOR)
    return Browser(scene.cast.ben)


def what_is_there(but: set[str]) -> dict[str, str]:
    """A hash of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - but):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(
                repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
                for row in cursor
            )
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed(before: dict[str, str], but: set[str]) -> list[str]:
    return [table for table, mark in what_is_there(but).items() if before[table] != mark]


MAY_BE_WRITTEN = {trail.TABLE, *settings.LEEWARD_READS_MAY_WRITE}


@pytest.mark.parametrize("method", [pytest.param("get", marks=pytest.mark.postgres), "head", "options"])
@pytest.mark.parametrize("urlconf", settings.LEEWARD_URLCONFS)
def test_looking_writes_nothing_and_leaves_one_line(
    scene: Scene, allrounder: Browser, method: str, urlconf: str
) -> None:
    Agency.objects.update(born_as_demo=urlconf.endswith("demo_site"))
    wrong = []
    with override_settings(ROOT_URLCONF=urlconf):
        before = what_is_there(MAY_BE_WRITTEN)
        for door in doors(urlconf):
            assert door.mark
            lines = Line.objects.count()
            answer = getattr(allrounder, method)(scene.path(door))
            written = Line.objects.count() - lines
            expected = {0} if door.mark.kind == "public" else {1}
            if (
                written not in (TWO_FILES.get(door.path) or expected)
                or answer.status_code not in NEVER_A_FAULT
            ):
                wrong.append(f"{door.path}: {answer.status_code}, {written} lines")
        assert changed(before, MAY_BE_WRITTEN) == []
    assert not wrong, "\n".join(wrong)


def test_a_planted_write_is_found(scene: Scene, allrounder: Browser) -> None:
    before = what_is_there(MAY_BE_WRITTEN)
    Person.objects.filter(pk=scene.cast.ama.person.pk).update(name="Somebody")
    assert changed(before, MAY_BE_WRITTEN) == ["staff_person"]


def without_what_differs(answer: Any) -> bytes:
    """A page without the hidden tokens, which are masked anew for every page."""
    return re.sub(rb'value="[A-Za-z0-9]{64}"|content="[A-Za-z0-9]{64}"', b"", answer.content)


def test_what_is_not_there_looks_like_what_is_shut(scene: Scene) -> None:
    browser = Browser(scene.cast.cyd)
    wrong = []
    for door in marked("case_page"):
        shut, nowhere = browser.get(scene.path(door)), browser.get(scene.path(door, case=uuid4()))
        same = without_what_differs(shut) == without_what_differs(nowhere)
        headers = {name: value for name, value in shut.headers.items()} == dict(nowhere.headers.items())
        if not same or not headers or {shut.status_code, nowhere.status_code} != {404}:
            wrong.append(door.path)
    assert wrong == []


def test_what_is_inside_a_file_is_only_found_there(scene: Scene, allrounder: Browser) -> None:
    """The number of a note, a paper, a colleague on the care team opens nothing in somebody else's file."""
    other = make.a_case(by=scene.cast.ama, name="Other", team=scene.cast.harbor)
    inner = [door for door in marked("case_page") if door.path.count("<") > 1]
    assert len(inner) >= 3
    browser = Browser(scene.cast.ama)
    for door in inner:
        for here in (browser, allrounder):
            path = scene.path(door, case=other.pk)
            assert {here.get(path).status_code, here.post(path).status_code} <= {404, 405}, path
    assert scene.case.care_team.count() == 1


@pytest.mark.parametrize("who", ["nobody", "somebody"])
def test_a_form_without_its_token_is_refused(scene: Scene, who: str) -> None:
    browser = Browser(enforce_csrf_checks=True)
    if who == "somebody":
        browser.cookies[COOKIE] = cookie_of(scene.cast.ben)
    before, lines = what_is_there({"signin_signin"}), Line.objects.count()
    for door in doors():
        assert browser.post(scene.path(door), {"q": "x", "text": "x"}).status_code == 403, door.path
    assert changed(before, {"signin_signin"}) == []
    assert Line.objects.count() == lines


def test_strangers_reach_only_what_is_public(scene: Scene) -> None:
    browser = Browser()
    for door in doors():
        assert door.mark
        answer = browser.get(scene.path(door))
        if door.mark.kind != "public":
            assert answer.status_code in {302, 303}, door.path
            assert answer["Location"].startswith("/sign-in/"), door.path
        else:
            assert answer.status_code in {200, 303, 404, 405}, door.path
    assert not Line.objects.filter(actor=None).exists()


def in_turn(values: tuple[str, ...], turn: int, howmany: int) -> list[str]:
    """Some of the values: other ones at each door, so that together the doors meet them all, and nobody waits long."""
    return [values[(turn + each * len(values) // howmany) % len(values)] for each in range(howmany)]


def with_garbage(scene: Scene, door: Door, turn: int) -> Iterator[str]:
    path, values = scene.path(door), in_turn(GARBAGE, turn, 3)
    yield from (f"{path}?{'&'.join(f'{name}={value}' for name in ASKED)}" for value in values)
    for name in re.findall(r"<(?:\w+:)?(\w+)>", door.path):
        values = [str(UUID(int=0)), *in_turn(("x", "-1", "%00", "%ff"), turn, 2)]
        yield from (scene.path(door, **{name: value}) for value in values)


@pytest.mark.slow
def test_garbage_never_makes_a_fault(scene: Scene, allrounder: Browser) -> None:
    wrong = []
    for turn, door in enumerate(doors()):
        for path in with_garbage(scene, door, turn):
            answer = allrounder.get(path)
            if answer.status_code not in NEVER_A_FAULT:
                wrong.append(f"{path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


FIELDS = (
    "text",
    "q",
    "name",
    "case",
    "case_id",
    "entry_id",
    "paper_id",
    "person",
    "team",
    "role",
    "version",
    "draft_version",
)
ODD = ("\x00", "½", "9" * 5000, "\ud800", "x" * 300, "-1", "<b>", "00000000-0000-0000-0000-000000000000")


@pytest.mark.slow
def test_garbage_in_forms_never_makes_a_fault(scene: Scene, allrounder: Browser) -> None:
    wrong = []
    for turn, door in enumerate(doors()):
        if door.path in {"/sign-out/", "/lock/", "/you/sign-out-everywhere/", "/turn/"}:
            continue
        names = asked_on(allrounder.get(scene.path(door)))
        for odd in in_turn(ODD, turn, 3):
            sent = "&".join(f"{name}={quoted(odd)}" for name in names)
            answer = allrounder.post(scene.path(door), sent, content_type="application/x-www-form-urlencoded")
            if answer.status_code not in NEVER_A_FAULT:
                wrong.append(f"{door.path} with {odd[:8]!r}: {answer.status_code}")
    assert allrounder.get("/").status_code == 200
    assert not wrong, "\n".join(wrong)


def asked_on(page: Any) -> list[str]:
    """The names of a page's fields, beside those that many pages have."""
    content = b"".join(page.streaming_content) if page.streaming else page.content
    found = {name.decode() for name in re.findall(rb'name="([\w-]+)"', content)} - {"csrfmiddlewaretoken"}
    return sorted({*FIELDS, *found})


def quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))
