"""How the house tests read the tree: each looks for one thing, and shows on examples that it finds it."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "leeward"


@dataclass(frozen=True)
class Source:
    """One file of text, named by its path from the root."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def name(self) -> PurePosixPath:
        return PurePosixPath(self.path)


type Complaint = tuple[int, str]
type Look = Callable[[Source], Iterator[Complaint]]


def read(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def example(text: str, path: str = "src/leeward/cases/views.py") -> Source:
    """A small file that is not there, to show what a test finds and what it leaves alone."""
    return Source(path, dedent(text))


@cache
def files(pattern: str, *tops: str) -> tuple[Source, ...]:
    """Every file of these folders that fits; what makemigrations wrote is left out."""
    found = (path for top in tops for path in sorted((ROOT / top).rglob(pattern)))
    return tuple(read(path) for path in found if not {"migrations", "__pycache__"} & set(path.parts))


def code() -> tuple[Source, ...]:
    """The product's own Python."""
    return files("*.py", "src/leeward")


def all_python() -> tuple[Source, ...]:
    """Every Python file that people read."""
    return (*files("*.py", "src/leeward", "tests", "bench", "scripts"), read(ROOT / "run.py"))


def templates() -> tuple[Source, ...]:
    return files("*.html", "src/leeward")


def complaints(look: Look, sources: Iterable[Source]) -> list[str]:
    """What a look has to say about these files, as an editor can jump to it."""
    return [f"{source.path}:{line}: {words}" for source in sources for line, words in look(source)]


def called(node: ast.Call) -> str:
    """The last name of what is called: `save` in `form.save()`."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Every dotted name that is imported, with its line."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, each.name) for each in names)
            case ast.ImportFrom(module=module, names=names):
                yield from ((node.lineno, f"{module or ''}.{each.name}") for each in names)
