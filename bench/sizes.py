"""How much a page weighs on the wire: compressed as it is served, with everything that a browser needs to draw it."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

    from bench.operations import Operations

_NEEDED = re.compile(rb'<(?:link|script|img)[^>]+?(?:href|src)="/static/([^"]+)"')
_FACES = re.compile(rb"@font-face\s*{[^}]*}")
_LATIN = re.compile(rb'url\("?([^")]*(?:regular|bold)-latin[^")]*\.woff2)')
_IMPORTS = re.compile(rb"""(?:from|import)\s*["']\./([^"']+)["']""")


def measured(operations: Operations) -> dict[str, int]:
    """Bytes of a first visit to Today and to the sign-in page, and of pages after that."""
    long_file = f"/people/{operations.store.long_file}/"
    desk, door = operations.get("/").body, operations.get("/sign-in/", signed_in=False).body
    return {
        "first page, Today": _sent(desk) + _static(desk),
        "first page, signing in": _sent(door) + _static(door),
        "later page, Today": _sent(desk),
        "later page, my people, 30 of them": _sent(operations.get("/people/").body),
        "later page, a participant with 25 notes": _sent(operations.get(long_file).body),
    }


def _sent(page: bytes) -> int:
    # Pages are compressed by the server in front, which speaks gzip to every browser.
    return len(gzip.compress(page, 6))


def _static(page: bytes) -> int:
    """Style, scripts, icon, and the two faces in which every page is set; other letters are fetched when met."""
    root: Path = settings.STATIC_ROOT
    names = {name.decode() for name in _NEEDED.findall(page)}
    for name in list(names):
        content, folder = (root / name).read_bytes(), name.rpartition("/")[0]
        names |= {f"{folder}/{found.decode()}" for found in _wanted(content, name)}
    return sum(_as_served(root / name) for name in names)


def _wanted(content: bytes, name: str) -> list[bytes]:
    if name.endswith(".css"):
        return [url for face in _FACES.findall(content) for url in _LATIN.findall(face)]
    return _IMPORTS.findall(content) if name.endswith(".js") else []


def _as_served(place: Path) -> int:
    for ending in (".br", ".gz", ""):
        served = place.with_name(place.name + ending)
        if served.exists():
            return served.stat().st_size
    raise FileNotFoundError(place)


def hits(operations: Operations, name: str) -> list[list[str | None]]:
    """What a search finds: the file, and the note's number."""
    _, scope, kind = name.split(" ", 2)
    found = operations.search(scope, operations.store.queries[kind])
    shown = [[str(hit.case.pk), str(hit.entry.number) if hit.entry else None] for hit in found.hits]
    return sorted(shown, key=str) + ([["more", None]] if found.more else [])
