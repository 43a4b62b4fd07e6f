"""Hiding how long a text is: "yes" and "no" must not differ on disk."""

from __future__ import annotations

from typing import Final

from leeward.vault.scopes import Unreadable

_SMALLEST: Final = 64
_END: Final = b"\x80"


def padded_size(size: int) -> int:
    """The size on disk: steps of 64 bytes up to 512, then at most an eighth more (Padme, Nikitin et al. 2019)."""
    if size <= 8 * _SMALLEST:
        return -(-size // _SMALLEST) * _SMALLEST
    step = 1 << max(size.bit_length() - 4, 6)
    return -(-size // step) * step


def pad(plain: bytes) -> bytes:
    """Add an end mark and zeros (ISO/IEC 7816-4) up to the next size."""
    marked = plain + _END
    return marked.ljust(padded_size(len(marked)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Take the padding off; padding that we did not make is an error."""
    marked = padded.rstrip(b"\0")
    if not marked.endswith(_END):
        message = "the padding is not ours"
        raise Unreadable(message)
    return marked[:-1]
