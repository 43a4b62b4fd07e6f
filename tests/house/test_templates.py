"""Templates: every one is used and short, loads what it uses, and nothing runs or paints inline."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType
from django.template.engine import Engine
from django.template.library import import_library

from tests.house.reading import Complaint, Source, code, complaints, example, templates

PAGE, PART = 120, 40
FRAMEWORKS = {"django": "forms/templates", "allauth": "templates"}
BY_NAME = {"400.html", "403.html", "404.html", "500.html"}  # Django asks for these itself
INLINE = {
    r"<style\b": "a style sheet",
    r"\sstyle\s*=": "a style",
    r"<script\b(?![^>]*\ssrc=)(?![^>]*application/json)": "a script",
    r"\son[a-z]+\s*=": "an event handler",
    r"javascript:": "a script in an address",
    r"\shx-on\b|=[\"']js:": "a script for htmx",
}
#: The layout with the cover, and the packages whose pages say nothing about anybody.
LOCKS, ABOUT_NOBODY = "ui/base.html", {"ui", "signin", "demo"}
PARTIAL = re.compile(r"\{% partialdef (\S+).*?%\}(.*?)\{% endpartialdef", re.DOTALL)
NAME = re.compile(r"[\w./-]+\.html")


def template_name(source: Source) -> str:
    """The name by which a template is asked for: its path below `templates/`."""
    return source.path.split("/templates/", 1)[-1]


def is_part(source: Source) -> bool:
    return "parts" in source.name.parts or source.name.name.startswith("_")


def overrides(name: str) -> bool:
    """Whether it stands in for a template of a package that we use, which asks for it."""
    return any((home(package) / folder / name).exists() for package, folder in FRAMEWORKS.items())


@cache
def home(package: str) -> Path:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path()


def pattern(text: ast.JoinedStr) -> str:
    """A name that is put together, as a pattern: f"ui/parts/{kind}.html"."""
    pieces = (piece.value if isinstance(piece, ast.Constant) else None for piece in text.values)
    return "".join(r"[\w-]+" if piece is None else re.escape(str(piece)) for piece in pieces)


def names_in_code(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=str(text)):
                yield from map(re.escape, NAME.findall(text))
            case ast.JoinedStr():
                yield pattern(node).split("#")[0]


def unused(pages: tuple[Source, ...], python: tuple[Source, ...]) -> list[str]:
    in_pages = chain.from_iterable(re.findall(rf"[\"']({NAME.pattern})", page.text) for page in pages)
    asked_for = {*chain.from_iterable(map(names_in_code, python)), *map(re.escape, in_pages)}
    wanted = re.compile("|".join(sorted(asked_for)))
    names = {template_name(page) for page in pages} - BY_NAME
    return sorted(name for name in names if not wanted.fullmatch(name) and not overrides(name))


def tokens(source: Source) -> list[Token]:
    return Lexer(source.text).tokenize()


def words(token: Token) -> set[str]:
    """What a token may ask of a library: its first word as a tag, and every filter."""
    filters = set(re.findall(r"\|\s*(\w+)", token.contents))
    tag = {token.split_contents()[0]} if token.token_type is TokenType.BLOCK else set()
    return tag | filters


def loads(source: Source) -> Iterator[Complaint]:
    engine = Engine.get_default()
    loading = [token for token in tokens(source) if token.contents.startswith("load ")]
    used = set(
        chain.from_iterable(
            words(token) for token in tokens(source) if token.token_type is not TokenType.TEXT
        )
    )
    for line, name in ((token.lineno or 1, name) for token in loading for name in token.split_contents()[1:]):
        library = import_library(engine.libraries[name])
        if not used & {*library.tags, *library.filters}:
            yield line, f"{name} is loaded and not used"


def lengths(source: Source) -> Iterator[Complaint]:
    lines, most = source.text.count("\n"), PART if is_part(source) else PAGE
    if lines > most:
        yield lines, f"{lines} lines, of {most}"
    for partial in PARTIAL.finditer(source.text):
        if partial[2].count("\n") > PART:
            yield 1, f"the part {partial[1]} has more than {PART} lines"


def inline(source: Source) -> Iterator[Complaint]:
    for shape, what in INLINE.items():
        for found in re.finditer(shape, source.text, re.IGNORECASE):
            yield source.text.count("\n", 0, found.start()) + 1, f"{what} inline"


def below(source: Source, pages: tuple[Source, ...]) -> str:
    """The layout that a page stands on in the end."""
    by_name = {template_name(each): each for each in pages}
    while found := re.search(r'{% extends "([^"]+)"', source.text):
        source = by_name[found[1]]
        if template_name(source) == LOCKS:
            break
    return template_name(source)


def left_open(pages: tuple[Source, ...]) -> list[str]:
    """Pages of subjects that do not lock by themselves when nobody is there."""
    found = (each for each in pages if "{% extends" in each.text and not ABOUT_NOBODY & set(each.name.parts))
    return [template_name(each) for each in found if below(each, pages) != LOCKS]


def test_every_page_locks_when_nobody_is_there() -> None:
    assert left_open(templates()) == []


def test_a_page_that_does_not_lock_is_found() -> None:
    pages = (
        page("", "src/leeward/ui/templates/ui/bare.html"),
        page('{% extends "ui/bare.html" %}', "src/leeward/cases/templates/cases/frame.html"),
        page('{% extends "cases/frame.html" %}', "src/leeward/safety/templates/safety/paper.html"),
        page('{% extends "ui/bare.html" %}', "src/leeward/signin/templates/signin/locked.html"),
    )
    assert left_open(pages) == ["cases/frame.html", "safety/paper.html"]


def test_every_template_is_used() -> None:
    assert unused(templates(), code()) == []


def test_libraries_are_loaded_where_used() -> None:
    assert complaints(loads, templates()) == []


def test_templates_are_short() -> None:
    assert complaints(lengths, templates()) == []


def test_nothing_is_inline() -> None:
    assert complaints(inline, templates()) == []


def page(text: str, path: str = "src/leeward/cases/templates/cases/page.html") -> Source:
    return example(text, path)


def test_an_unused_template_is_found() -> None:
    pages = (
        page("{% include 'cases/parts/entry.html' only %}"),
        page("", "x/templates/cases/parts/entry.html"),
    )
    assert unused(pages, ()) == ["cases/page.html"]
    assert unused(pages, (example("page(request, 'cases/page.html#part', {})"),)) == []
    assert unused(pages, (example("page(request, f'cases/{name}.html')"),)) == []


def test_a_template_that_a_package_asks_for_is_used() -> None:
    assert unused((page("", "src/leeward/ui/templates/django/forms/field.html"),), ()) == []


@pytest.mark.parametrize(
    "bad", ["{% load l10n %}", "{% load i18n %}{{ name }}", "{% load tz l10n %}{{ day|localize }}"]
)
def test_a_load_for_nothing_is_found(bad: str) -> None:
    assert complaints(loads, [page(bad)])


def test_a_load_that_is_used_is_left_alone() -> None:
    assert (
        complaints(loads, [page("{% load tz l10n %}{{ day|localize }}{% localtime on %}{% endlocaltime %}")])
        == []
    )


def test_a_long_template_is_found() -> None:
    part = "{% partialdef list %}" + "\n" * 41 + "{% endpartialdef %}"
    assert complaints(lengths, [page("\n" * 121)])
    assert complaints(lengths, [page("\n" * 41, "src/leeward/ui/templates/ui/parts/card.html")])
    assert complaints(lengths, [page(part)])
    assert complaints(lengths, [page("\n" * 120)]) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<style>p {}</style>",
        '<p style="color: red">',
        "<script>go()</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<p hx-on:click="go()">',
        "<p hx-vals='js:{}'>",
    ],
)
def test_something_inline_is_found(bad: str) -> None:
    assert complaints(inline, [page(bad)])


@pytest.mark.parametrize(
    "good", ['<script src="/x.js" defer></script>', '<p class="style-guide" data-on="x">']
)
def test_what_is_not_inline_is_left_alone(good: str) -> None:
    assert complaints(inline, [page(good)]) == []
