"""Static files under names that change with their content, so that browsers keep them for a year."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from django.core.files import File

#: What is said in our own files to whoever works on them; in scripts it has lines of its own.
_TO_US: Final = {
    ".css": re.compile(rb"/\*.*?\*/\s*", re.DOTALL),
    ".js": re.compile(rb"^[ \t]*//.*\n", re.MULTILINE),
}
_OURS: Final = frozenset({"ui", "signin"})


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Also renames what our scripts import, or an old script would be met by a new one."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Give the plain name where files were not gathered: a page without its dress still says what happened."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def _save(self, name: str, content: File[bytes]) -> str:
        """Comments stay at home: nobody waits on a slow phone for what is said to us."""
        place = PurePath(name)
        said = _TO_US.get(place.suffix) if place.parts[0] in _OURS else None
        return str(super()._save(name, ContentFile(said.sub(b"", _read(content))) if said else content))


def _read(content: File[bytes]) -> bytes:
    """All of it, wherever whoever named it by its content stopped reading."""
    return b"".join(content.chunks())
