"""Function views only, and no Django admin: a page reads from top to bottom, and every one has its mark."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import Complaint, Source, called, code, complaints, example, imports

ELSEWHERE = ("django.views.generic", "django.contrib.admin", "django.views.View", "django.views.base")


def names_of(bases: list[ast.expr]) -> Iterator[str]:
    yield from (base.attr for base in bases if isinstance(base, ast.Attribute))
    yield from (base.id for base in bases if isinstance(base, ast.Name))


def look(source: Source) -> Iterator[Complaint]:
    elsewhere = ((line, name) for line, name in imports(source) if name.startswith(ELSEWHERE))
    yield from ((line, f"{name} is not used in this house") for line, name in elsewhere)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) == "as_view":
            yield node.lineno, "as_view() is a class-based view"
        if isinstance(node, ast.ClassDef) and any(name.endswith("View") for name in names_of(node.bases)):
            yield node.lineno, f"{node.name} is a class-based view"


def test_views_are_functions() -> None:
    assert complaints(look, code()) == []


@pytest.mark.parametrize(
    "bad",
    [
        "from django.views.generic import ListView",
        "from django.views import View",
        "from django.contrib import admin",
        "path('', Page.as_view())",
        "class Page(ListView): ...",
        "class Page(views.LoginView): ...",
    ],
)
def test_a_class_based_view_is_found(bad: str) -> None:
    assert complaints(look, [example(bad)])


@pytest.mark.parametrize(
    "good", ["from django.views import static", "class Page(Form): ...", "path('', views.page)"]
)
def test_a_function_view_is_left_alone(good: str) -> None:
    assert complaints(look, [example(good)]) == []
