"""The secret of this start: 32 bytes that live in memory only, so that no disk and no backup opens a sign-in.

Made once in the parent of all web processes (`gunicorn --preload`), or read from a file in memory that several
machines share (LEEWARD_BOOT_FILE). A restart makes a new one, and everybody signs in again.
"""

import os
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from leeward.vault.cipher import KEY_BYTES, Key

_MADE_HERE: Final = os.urandom(KEY_BYTES)


def secret() -> bytes:
    """The secret of this start."""
    place = str(settings.LEEWARD_BOOT_FILE)
    return _shared(place) if place else _MADE_HERE


def mark() -> bytes:
    """What a sign-in remembers of its start, to notice a restart. It tells nothing about the secret."""
    return Key(secret()).derive("boot/mark").reveal()[:8]


@cache
def _shared(place: str) -> bytes:
    try:
        found = Path(place).read_bytes()
    except OSError:
        found = b""
    if len(found) == KEY_BYTES:
        return found
    raise ImproperlyConfigured(
        f"LEEWARD_BOOT_FILE names {place}, which does not hold {KEY_BYTES} bytes that can be read. "
        "Make it anew at every boot, in memory (tmpfs), readable by the web processes only, on every machine the same."
    )
