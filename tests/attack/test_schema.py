"""What stands in the clear is on a list with its reason; whatever is new on disk fails until it is too."""

# ruff: noqa: PLR1702, S608 - a scenario is told in one go; names of our own tables

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from leeward.access.policy import Role
from leeward.cases.models import Case
from leeward.vault.fields import SealedField
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

LIST = Path(__file__).with_name("schema.txt")
ABOUT_NOBODY = {
    "vault",
    "ui",
    "access",
    "staff",
    "signin",
    "contenttypes",
    "auth",
    "account",
    "mfa",
    "migrations",
}
ABOUT_PARTICIPANTS = {"id", "number", "yes-no", "date", "code", "sealed", "capsule", "bytes"}
#: Bytes in a table about participants are only these, and codes only those: anything more is to be a sealed field.
SEALED_BY_HAND = {
    "cases_wrap.sealed",
    "cases_piece.sealed",
    "days_feed.mark",
    "days_feed.public",
    "days_busy.sealed",
    "continuity_handover.parcel",
}
CODES_ABOUT_PARTICIPANTS = {
    "cases_wrap.scope",
    "days_due.kind",
    "days_trip.state",
    "continuity_handover.state",
    "gifts_gift.state",
}
#: When a colleague should be back, so that somebody looks for them: about the staff, in a table beside participants.
MOMENTS_OF_STAFF = {"days_trip.back_by"}
KINDS: "dict[str, tuple[type[models.Field[Any, Any]], ...]]" = {
    "id": (models.UUIDField, models.AutoField, models.BigAutoField, models.ForeignKey),
    "number": (models.IntegerField,),
    "yes-no": (models.BooleanField,),
    "date": (models.DateField,),
    "moment": (models.DateTimeField,),
    "code": (models.CharField,),
    "words": (models.CharField, models.TextField),
    "json": (models.JSONField,),
    "ids": (models.JSONField,),
    "bytes": (models.BinaryField,),
    "capsule": (models.BinaryField,),
    "sealed": (SealedField,),
}
ENVELOPE = b"L\x01"


@dataclass(frozen=True)
class Column:
    """One line of the list."""

    kind: str
    words: str


@cache
def listed() -> dict[str, Column]:
    rows = (
        line.split(maxsplit=2)
        for line in LIST.read_text("utf-8").splitlines()
        if re.match(r"\w+\.\w+ ", line)
    )
    return {name: Column(kind, rest[0] if rest else "") for name, kind, *rest in rows}


def on_disk() -> set[str]:
    """Every column that the database has, whoever made it."""
    with connection.cursor() as cursor:
        return {
            f"{table}.{column.name}"
            for table in connection.introspection.table_names(cursor)
            for column in connection.introspection.get_table_description(cursor, table)
        }


def declared() -> "dict[str, models.Field[Any, Any]]":
    found = apps.get_models(include_auto_created=True)
    return {
        f"{model._meta.db_table}.{field.column}": field
        for model in found
        for field in model._meta.local_fields
    }


def leads_to_case(model: type[models.Model], *, seen: frozenset[object] = frozenset()) -> bool:
    if model is Case:
        return True
    targets = {field.related_model for field in model._meta.local_fields if field.is_relation} - seen
    return any(leads_to_case(each, seen=seen | {model}) for each in targets if isinstance(each, type))


def about_participants() -> set[str]:
    """Tables of packages that know participants, and any other table that points to a case."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in ABOUT_NOBODY or leads_to_case(model)
    }


def complaints(found: set[str], allowed: dict[str, Column]) -> Iterator[str]:
    """What a reviewer would say."""
    yield from (
        f"{name} is new on disk: say in {LIST.name} why it may be read" for name in found - allowed.keys()
    )
    yield from (f"{name} is on the list but not on disk" for name in allowed.keys() - found)
    known, tables = declared(), about_participants()
    for name, column in allowed.items():
        if column.kind not in KINDS:
            yield f"{name}: nobody knows what {column.kind!r} is"
        elif name in known and not fits(known[name], column.kind):
            yield f"{name} is {type(known[name]).__name__}, which is no {column.kind}"
        if column.kind not in {"id", "sealed"} and not column.words:
            yield f"{name} stands in the clear without a reason"
        if name.partition(".")[0] in tables and not may_stand_beside_participants(name, column):
            yield f"{name} is {column.kind}, beside participants"


def fits(field: "models.Field[Any, Any]", kind: str) -> bool:
    if kind == "date" and isinstance(field, models.DateTimeField):
        return False
    if isinstance(field, SealedField):
        return kind == "sealed"
    return isinstance(field, KINDS[kind]) or (kind == "id" and field.is_relation)


def may_stand_beside_participants(name: str, column: Column) -> bool:
    if column.kind == "code":
        return name in CODES_ABOUT_PARTICIPANTS
    if column.kind in {"bytes", "capsule"}:
        return name in SEALED_BY_HAND
    if column.kind == "moment":
        return name in MOMENTS_OF_STAFF
    return column.kind in ABOUT_PARTICIPANTS


def test_every_column_on_disk_is_on_the_list() -> None:
    assert list(complaints(on_disk(), listed())) == []


def test_a_new_column_fails() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_entry ADD COLUMN phone varchar(20)")
    assert [each for each in complaints(on_disk(), listed()) if "cases_entry.phone is new" in each]


def test_a_new_table_of_somebody_else_fails() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE third_party_log (message varchar(20))")
    assert [each for each in complaints(on_disk(), listed()) if "third_party_log.message is new" in each]


@pytest.mark.parametrize("kind", ["words", "moment", "json", "code", "bytes"])
def test_a_reason_does_not_make_it_right_beside_participants(kind: str) -> None:
    name = "cases_participant.version"
    allowed = {**listed(), name: Column(kind, "because")}
    assert [each for each in complaints(on_disk(), allowed) if each.startswith(f"{name} is {kind}, beside")]


def test_a_sealed_field_that_becomes_plain_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = {**listed(), "cases_entry.number": Column("sealed", "")}
    assert [each for each in complaints(on_disk(), allowed) if "which is no sealed" in each]


def everything(kind: str) -> Iterator[tuple[str, Any]]:
    """Every value in the columns of one kind."""
    with connection.cursor() as cursor:
        for name, column in listed().items():
            if column.kind == kind:
                table, _, called = name.partition(".")
                cursor.execute(f'SELECT DISTINCT "{called}" FROM "{table}" WHERE "{called}" IS NOT NULL')
                yield from ((name, value) for (value,) in cursor.fetchall())


@pytest.fixture
def lived_in(cast: Cast, pages: None) -> Cast:
    """The cast, with something in every table."""
    for role in Role:
        cast.somebody(role)
    make.an_entry(cast.dee, by=cast.ama, text="We walked to the harbor.")
    make.a_paper(cast.dee, by=cast.ama, content=[b"%PDF-1.7 words"], size=14)
    browser = Browser(cast.ama)
    assert browser.get("/").status_code == 200
    browser.post("/find/", {"q": "harbor"})
    return cast


def test_what_is_called_sealed_is_sealed(lived_in: Cast) -> None:
    values = [*everything("sealed"), *everything("capsule")]
    assert {name for name, _ in values} >= {
        "cases_entry.text",
        "cases_participant.card",
        "cases_wordset.words",
    }
    assert [name for name, value in values if not bytes(value).startswith(ENVELOPE)] == []


def test_what_is_called_a_code_says_nothing_else(lived_in: Cast) -> None:
    values = list(everything("code"))
    assert {"cases_wrap.scope", "access_line.action"} <= {name for name, _ in values}
    wrong = [(name, value) for name, value in values if not re.fullmatch(listed()[name].words, value)]
    assert wrong == []
