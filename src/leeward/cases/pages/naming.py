"""Whether a note may name somebody who lives in the same house: asked once, then whoever writes has decided (M10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from leeward.cases import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


class Note(Protocol):
    """A form with words for somebody's file."""

    def every_word(self) -> str:
        """All that somebody who opens the file will read."""


def to_ask_about(request: HttpRequest, entered: Entered, files: Sequence[OpenCase], note: Note) -> list[str]:
    """The names to ask about before this is saved. They stand on the page that asks, and nowhere else."""
    return [] if "go_on" in request.POST else finding.others_named(entered, files, note.every_word())
