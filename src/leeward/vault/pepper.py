"""The pepper: 32 secret bytes that live beside the database, never in it and never in its backups.

Whoever steals the database alone cannot even start guessing passphrases. It also marks (person, public key) and every
grant, so that whoever can write to the database cannot slip in a key of their own.
"""

from __future__ import annotations

import base64
import binascii
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from leeward.vault.cipher import Key

_FIRST_LINE: Final = "leeward pepper 1"


class PepperProblem(Exception):  # noqa: N818
    """The pepper is missing or is not this agency's. The message says what to do."""


def make(path: Path) -> None:
    """Write a new pepper that only its owner can read. Never writes over one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = base64.b64encode(Key.fresh().reveal()).decode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{_FIRST_LINE}\n{secret}\n")
        file.flush()
        os.fsync(file.fileno())


def pepper() -> Key:
    """The pepper of this installation, read once."""
    return _read(str(settings.LEEWARD_PEPPER_FILE))


@lru_cache(maxsize=4)
def _read(path: str) -> Key:
    try:
        first, secret = Path(path).read_text(encoding="ascii").split("\n")[:2]
        if first != _FIRST_LINE:
            raise ValueError  # noqa: TRY301 - one sentence for every way to be wrong
        return Key(base64.b64decode(secret, validate=True))
    except FileNotFoundError:
        message = (
            f"The pepper file is not at {path}. Nobody can sign in without it. "
            "Put the file back from where you keep it, or set LEEWARD_PEPPER_FILE to where it is."
        )
    except (ValueError, binascii.Error, UnicodeDecodeError, OSError):
        message = (
            f"The file at {path} cannot be read as a pepper. Put the right file back from where you keep it."
        )
    raise PepperProblem(message) from None
