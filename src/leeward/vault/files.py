"""Files, sealed in pieces under a key of their own, so that nothing lies anywhere in plain.

Each piece's nonce holds its number and whether it is the last (STREAM, Hoang et al. 2015): a piece that is missing,
doubled, moved or cut off at the end is detected. Defends against what older tools accept as a shorter file.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Never

from leeward.vault.cipher import KEY_BYTES, Key
from leeward.vault.padding import pad, unpad
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE_BYTES: Final = 256 * 1024
_PREFIX: Final = b"leeward"


class FileKey:
    """The key of one file. A key seals one file only, so counting nonces never repeat."""

    __slots__ = ("_key", "_raw")

    def __init__(self, raw: bytes) -> None:
        """Rebuild the key from its sealed field."""
        self._raw = raw
        self._key = Key(raw)

    @classmethod
    def fresh(cls) -> FileKey:
        """A key for a new file."""
        return cls(os.urandom(KEY_BYTES))

    def reveal(self) -> bytes:
        """The bytes, for its sealed field only."""
        return self._raw

    def __repr__(self) -> str:
        """Never the key."""
        return "<file key>"

    def __reduce__(self) -> Never:
        """A file's key does not travel in pickles either."""
        message = "a file's key is not to be stored"
        raise TypeError(message)

    def seal(self, stream: Iterable[bytes], context: bytes) -> Iterator[bytes]:
        """Seal a stream into numbered pieces; the last one knows that it is the last, and is padded."""
        number, waiting = 0, b""
        for piece in _even(stream):
            if number:
                yield self._key.seal_chunk(_nonce(number - 1, last=False), waiting, context)
            number, waiting = number + 1, piece
        yield self._key.seal_chunk(_nonce(max(number - 1, 0), last=True), pad(waiting), context)

    def open(self, pieces: Iterable[bytes], context: bytes) -> Iterator[bytes]:
        """Open the pieces in order; raise `Unreadable` if one was changed or the end is missing."""
        waiting: bytes | None = None
        number = 0
        for piece in pieces:
            if waiting is not None:
                yield self._key.unseal_chunk(_nonce(number, last=False), waiting, context)
                number += 1
            waiting = piece
        if waiting is None:
            message = "this file has no content left"
            raise Unreadable(message)
        yield unpad(self._key.unseal_chunk(_nonce(number, last=True), waiting, context))


def _nonce(number: int, *, last: bool) -> bytes:
    return _PREFIX + number.to_bytes(4) + bytes((last,))


def _even(stream: Iterable[bytes]) -> Iterator[bytes]:
    """Cut any stream into pieces of one size."""
    held = bytearray()
    for part in stream:
        held += part
        while len(held) >= PIECE_BYTES:
            yield bytes(held[:PIECE_BYTES])
            del held[:PIECE_BYTES]
    if held:
        yield bytes(held)
