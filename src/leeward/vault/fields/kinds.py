"""The kinds of sealed fields: words, small records, days, moments, and the key of a file."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import cast

from leeward.vault.fields.sealed import SealedField
from leeward.vault.files import FileKey


class SealedText(SealedField[str]):
    """Words."""

    def encode(self, value: str) -> bytes:
        """UTF-8."""
        return value.encode()

    def decode(self, plain: bytes) -> str:
        """UTF-8."""
        return plain.decode()


class SealedJSON[T](SealedField[T]):
    """A small record of JSON values."""

    def encode(self, value: T) -> bytes:
        """Compact UTF-8 JSON."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def decode(self, plain: bytes) -> T:
        """JSON."""
        return cast("T", json.loads(plain))


class SealedDate(SealedField[date]):
    """A day."""

    def encode(self, value: date) -> bytes:
        """ISO 8601."""
        return value.isoformat().encode()

    def decode(self, plain: bytes) -> date:
        """ISO 8601."""
        return date.fromisoformat(plain.decode())


class SealedDateTime(SealedField[datetime]):
    """A moment, with its time zone."""

    def encode(self, value: datetime) -> bytes:
        """ISO 8601; a moment without a time zone is a mistake."""
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.isoformat().encode()

    def decode(self, plain: bytes) -> datetime:
        """ISO 8601."""
        return datetime.fromisoformat(plain.decode())


class SealedFile(SealedField[FileKey]):
    """The random key of one file; the file's pieces are sealed under it (`vault.files`)."""

    def encode(self, value: FileKey) -> bytes:
        """The key itself, sealed like words."""
        return value.reveal()

    def decode(self, plain: bytes) -> FileKey:
        """The key, ready to open pieces."""
        return FileKey(plain)
