"""Reading the demo's prose from its files, and saying clearly what is wrong with one and where."""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, Final

DATA: Final = files("leeward.demo") / "data"

type Table = dict[str, Any]


class ContentError(ValueError):
    """Something in the demo's files does not fit; the message names the file, the thing and the reason."""


def read(name: str) -> Table:
    """One file of `data/`, such as "agency.toml"."""
    try:
        return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise ContentError(f"{name}: {wrong}") from wrong


def story_files() -> Iterator[tuple[str, Table]]:
    """Every participant's file as key and content, in the order of their keys."""
    folder = DATA / "stories"
    for name in sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml")):
        yield name.removesuffix(".toml"), read(f"stories/{name}")


def check(fits: object, where: str, reason: str) -> None:
    """Insist on something, and name the place where it is not so."""
    if not fits:
        raise ContentError(f"{where}: {reason}")


def check_keys(table: Table, where: str, needed: Iterable[str], optional: Iterable[str] = ()) -> None:
    """Insist that a table has what it needs and nothing that would be overlooked in silence."""
    needed = set(needed)
    missing = needed - table.keys()
    check(not missing, where, f"lacks {', '.join(sorted(missing))}")
    strange = table.keys() - needed - set(optional)
    check(not strange, where, f"has {', '.join(sorted(strange))}, which nobody reads")
