"""Translations, compiled where Leeward is installed: the catalogues in the repository are text that people can read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE = Path(__file__).parent.parent / "locale"


def _stale() -> Iterator[tuple[Path, Path]]:
    for text in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime:
            yield text, compiled


def compile_if_stale() -> None:
    """Compile every catalogue that changed; a folder that cannot be written to was compiled when it was built."""
    with suppress(PermissionError):
        for text, compiled in _stale():
            _compile(text, compiled)


def _compile(text: Path, compiled: Path) -> None:
    with text.open("rb") as source:
        catalogue = read_po(source, locale=text.parent.parent.name)
    half = compiled.with_suffix(f".{os.getpid()}")
    with half.open("wb") as target:
        write_mo(target, catalogue)
    half.replace(compiled)
