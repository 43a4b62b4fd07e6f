"""Foreign keys name the class: a string would be an arrow that the import contracts cannot see."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import Complaint, Source, called, code, complaints, example

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
NAMING = ("to", "through")


def targets(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args[:1]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in NAMING)


def is_text(target: ast.expr) -> bool:
    match target:
        case ast.Constant(value=str(name)):
            return name != "self"
        case ast.JoinedStr() | ast.BinOp() | ast.Attribute(attr="AUTH_USER_MODEL"):
            return True
    return False


def look(source: Source) -> Iterator[Complaint]:
    for call in (node for node in ast.walk(source.tree) if isinstance(node, ast.Call)):
        if called(call) in RELATIONS and any(map(is_text, targets(call))):
            yield call.lineno, "name the class, not a string"


def test_relations_name_classes() -> None:
    assert complaints(look, code()) == []


@pytest.mark.parametrize(
    "bad",
    [
        'case = models.ForeignKey("cases.Case", on_delete=models.CASCADE)',
        'case = ForeignKey(to="Case", on_delete=PROTECT)',
        "by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)",
        'people = models.ManyToManyField(Person, through="Membership")',
    ],
)
def test_a_string_is_found(bad: str) -> None:
    assert complaints(look, [example(bad)])


@pytest.mark.parametrize(
    "good",
    [
        "case = models.ForeignKey(Case, on_delete=models.CASCADE)",
        'before = models.ForeignKey("self", on_delete=models.CASCADE)',
        'by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")',
    ],
)
def test_a_class_is_left_alone(good: str) -> None:
    assert complaints(look, [example(good)]) == []
