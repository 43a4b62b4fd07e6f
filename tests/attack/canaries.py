"""Words that stand nowhere else, and the search for them in whatever a thief may carry away."""

import base64
import gzip
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

#: Every canary begins with it, so one search finds them all.
PREFIX: Final = "vzqkanary7"
_BASE64: Final = {b"": 0, b"x": 2, b"xx": 3}  # what stands before, and how many signs it spoils
_DEFLATED: Final = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_ENOUGH: Final = 4 * 1024 * 1024


def canary(what: str) -> str:
    """A word that search finds again, so it is letters and digits only."""
    return f"{PREFIX}{what}{secrets.token_hex(6)}"


def forms(text: str) -> set[bytes]:
    """The ways in which a text may lie around."""
    plain = text.encode()
    found = {plain, plain.upper(), plain[::-1], plain.hex().encode(), plain.hex().upper().encode()}
    found |= {text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("utf-32-le")}
    for before, spoilt in _BASE64.items():
        whole = base64.b64encode(before + plain)
        inner = whole[spoilt : len(whole) - (4 if len(before + plain) % 3 else 0)]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


class Search:
    """Looks for all canaries, and for secrets that a scenario learnt on its way."""

    def __init__(self, *secrets_learnt: str) -> None:
        """Know what to look for; short secrets would be found by chance."""
        assert all(len(secret) >= 8 for secret in secrets_learnt)
        self._forms = {form: text for text in (PREFIX, *secrets_learnt) for form in forms(text)}

    def in_bytes(self, content: bytes) -> set[str]:
        """Which of them stand in these bytes, also where they are compressed."""
        found = self._plain(content)
        for unpacked in inflated(content):
            found |= {f"{text} (compressed)" for text in self._plain(unpacked)}
        return found

    def _plain(self, content: bytes) -> set[str]:
        return {text for form, text in self._forms.items() if form in content}

    def in_files(self, *tops: Path) -> list[str]:
        """Every file below, and what was found in it; names of files count too."""
        found = []
        for path in files(tops):
            content = path.read_bytes() + str(path.name).encode()
            found += [f"{path.name}: {text}" for text in sorted(self.in_bytes(content))]
        return found


def files(tops: Iterable[Path]) -> Iterator[Path]:
    """Every file in these folders."""
    for top in tops:
        yield from [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())


def inflated(content: bytes) -> Iterator[bytes]:
    """Whatever in these bytes can be inflated."""
    for start in _DEFLATED.finditer(content):
        with_header = 31 if start[0].startswith(b"\x1f") else 15
        try:
            unpacked = zlib.decompressobj(with_header).decompress(
                content[start.start() :][: _ENOUGH * 4], _ENOUGH
            )
        except zlib.error:
            continue
        if len(unpacked) > len(PREFIX):
            yield unpacked


def hidden(text: str) -> dict[str, bytes]:
    """A text in every dress, to show that the search sees through it."""
    plain = f"before {text} after".encode()
    return {
        "utf-8": plain,
        "utf-16-le": plain.decode().encode("utf-16-le"),
        "utf-16-be": plain.decode().encode("utf-16-be"),
        "base64 at 0": base64.b64encode(text.encode()),
        "base64 at 1": base64.b64encode(b"." + text.encode()),
        "base64 at 2": base64.b64encode(b".." + text.encode()),
        "url-safe base64": base64.urlsafe_b64encode(b"\xff\xff\xfe" + text.encode()),
        "hexadecimal": text.encode().hex().encode(),
        "reversed": text[::-1].encode(),
        "capitals": text.upper().encode(),
        "gzip": b"junk" + gzip.compress(plain) + b"junk",
        "zlib": b"junk" + zlib.compress(plain) + b"junk",
    }
