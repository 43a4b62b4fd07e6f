"""A view asks and shows; what writes is a verb in `actions`, with its transaction and its trail line."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import Complaint, Source, called, code, complaints, example

ALWAYS = {
    "save",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "create",
    "execute",
}
WRITES = ALWAYS | {f"a{name}" for name in ALWAYS} | {"update", "aupdate", "raw", "atomic"}


def is_view(source: Source) -> bool:
    return source.name.stem == "views" or "views" in source.name.parts


def is_verb(call: ast.Call) -> bool:
    """`actions.create(…)` is our own verb, whatever its name."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).split(".")[-1] == "actions"


def is_write(call: ast.Call) -> bool:
    # A QuerySet's update() takes only named values; a dictionary's takes another dictionary.
    of_dictionary = called(call) in {"update", "aupdate"} and bool(call.args)
    return isinstance(call.func, ast.Attribute) and called(call) in WRITES and not of_dictionary


def look(source: Source) -> Iterator[Complaint]:
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    for call in calls if is_view(source) else ():
        if is_write(call) and not is_verb(call):
            yield call.lineno, f"{ast.unparse(call.func)}() writes: that belongs to actions"


def test_views_write_nothing() -> None:
    assert complaints(look, code()) == []


@pytest.mark.parametrize(
    "bad",
    [
        "form.save()",
        "Entry.objects.create(text=text)",
        "case.entries.filter(old=True).delete()",
        "Case.objects.filter(pk=pk).update(open=False)",
        "Case.objects.get_or_create(pk=pk)",
        "await case.asave()",
        "cursor.execute(sql)",
        "transaction.atomic()",
    ],
)
def test_a_write_is_found(bad: str) -> None:
    assert complaints(look, [example(bad)])
    assert complaints(look, [example(bad, "src/leeward/cases/views/entries.py")])


@pytest.mark.parametrize(
    "good",
    [
        "actions.create(file)",
        "context.update({'a': 1})",
        "create(file)",
        "hash.update(b'')",
        "form.is_valid()",
    ],
)
def test_reading_is_left_alone(good: str) -> None:
    assert complaints(look, [example(good)]) == []


def test_actions_may_write() -> None:
    assert complaints(look, [example("entry.save()", "src/leeward/cases/actions.py")]) == []
