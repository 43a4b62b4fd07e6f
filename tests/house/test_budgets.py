"""Short code is what a newcomer reads in an afternoon: files, functions and nesting have budgets."""

import ast
from collections.abc import Iterator
from itertools import chain
from statistics import quantiles

import pytest

from tests.house.reading import Complaint, Source, all_python, complaints, example

FILE, FUNCTION, NESTING = 300, 30, 2
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
type Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: Source) -> Iterator[Function]:
    yield from (node for node in ast.walk(source.tree) if isinstance(node, FUNCTIONS))


def length(function: Function) -> int:
    """From the signature to the last line, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_elif(block: ast.AST, child: ast.AST) -> bool:
    return isinstance(block, ast.If) and isinstance(child, ast.If) and block.orelse == [child]


def nesting(node: ast.AST) -> int:
    """How deep blocks lie in blocks; an elif is no deeper than its if, an inner function begins anew."""
    depths = [0]
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            own = isinstance(child, BLOCKS) and not is_elif(node, child)
            depths.append(nesting(child) + own)
    return max(depths)


def look(source: Source) -> Iterator[Complaint]:
    lines = source.text.count("\n")
    if lines > FILE:
        yield lines, f"{lines} lines, of {FILE}: make it a folder of the same name"
    if source.name.parts[0] == "tests":
        return  # a journey is told in one go
    for function in functions(source):
        if length(function) > FUNCTION:
            yield function.lineno, f"{function.name} has {length(function)} lines, of {FUNCTION}"
        if nesting(function) > NESTING:
            yield function.lineno, f"{function.name} is nested {nesting(function)} deep, of {NESTING}"


def test_budgets_are_kept() -> None:
    assert complaints(look, all_python()) == []


def test_the_tail_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    product = [source for source in all_python() if source.name.parts[0] == "src"]
    lengths = [length(function) for function in chain.from_iterable(map(functions, product))]
    tail = quantiles(lengths, n=10)[-1]
    with capsys.disabled():
        print(f"\n{len(lengths)} functions, nine of ten have {tail:.0f} lines or fewer (aim: 18)")
    assert tail <= FUNCTION


def test_a_long_file_is_found() -> None:
    assert complaints(look, [example("x = 1\n" * 301)])


def test_a_long_function_is_found() -> None:
    assert complaints(look, [example("def f():\n" + "    x = 1\n" * 30)])
    assert complaints(look, [example("def f():\n" + "    x = 1\n" * 29)]) == []


DEEP = """
def f():
    for a in b:
        with c:
            {word}
                pass
"""


@pytest.mark.parametrize("word", ["if d:", "while d:", "for d in e:", "with d:"])
def test_deep_nesting_is_found(word: str) -> None:
    assert complaints(look, [example(DEEP.format(word=word))])


def test_elif_and_inner_functions_are_no_deeper() -> None:
    assert nesting(ast.parse("if a:\n    x\nelif b:\n    x\nelif c:\n    x\nelse:\n    x")) == 1
    assert nesting(ast.parse("if a:\n    if b:\n        def f():\n            if c:\n                x")) == 2
