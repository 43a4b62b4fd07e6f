"""What the verbs of this subject share: one writer at a time in a file, and lines that are written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.utils import timezone

from leeward.cases.actions import ChangedMeanwhile
from leeward.cases.models import Case
from leeward.safety.words import LineFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


def wait_for(file: OpenCase) -> None:
    """Hold the case row until the transaction ends, so that two writers cannot lose each other's words."""
    Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)


def now() -> str:
    """The time of day as sealed words keep it."""
    return timezone.now().isoformat()


def line_of(
    visit: OpenCase | Entered, line_id: UUID, *, text: str = "", who: str = "", at: datetime | None = None
) -> LineFacts:
    """A line by this person. Its number holds whom it is about, so that two taps on one page are two lines."""
    key = uuid5(line_id, who) if who else line_id
    when = at.isoformat() if at else now()
    line: LineFacts = {"id": str(key), "at": when, "by": str(visit.visit.actor.id)}
    if text:
        line["text"] = text
    if who:
        line["who"] = who
    return line


def with_line(lines: Sequence[LineFacts], line: LineFacts) -> list[LineFacts]:
    """The lines with one more; the same line twice (a double click) is one."""
    return [*lines, line] if all(known["id"] != line["id"] for known in lines) else list(lines)


def without(lines: Sequence[LineFacts], line_id: UUID, writer: UUID) -> list[LineFacts]:
    """The lines without one that its own writer takes back."""
    return [line for line in lines if (line["id"], line["by"]) != (str(line_id), str(writer))]


def is_new(held: Mapping[str, Any], words: Mapping[str, Any], version: int) -> bool:
    """Whether these words are still to be kept: not by a second click, and never over what somebody else saved."""
    current = int(held.get("version", 0))
    if version == current:
        return True
    if all(held.get(name, "") == value for name, value in words.items()):
        return False
    raise ChangedMeanwhile("", current)
