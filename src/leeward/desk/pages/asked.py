"""What a list of people is asked for. An address holds codes and staff numbers only, never anybody's name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from uuid import UUID

from leeward.continuity.words import ComponentKind, ComponentState

if TYPE_CHECKING:
    from collections.abc import Mapping

MINE, COVER, ALONG, ALL = "mine", "cover", "along", "all"
TURNING = "turning"
QUIET_14, QUIET_30, PROMISE, UNPLANNED, CLOSED = "quiet14", "quiet30", "promise", "unplanned", "closed"
NO_BACKUP, UNCOVERED, NO_WORKER = "nobackup", "uncovered", "noworker"
FOR_NOW, LOOK_IN = "fornow", "lookin"
MEETING, LONG_AGO = "meeting", "longago"
NAME, LAST, NEXT = "name", "last", "next"
#: Parts of the case, whichever: opened and counted only once somebody asks by them.
ANY_PART = "any"
_WHO: Final = {MINE, COVER, ALONG, ALL}
_SHOWS: Final = {
    QUIET_14, QUIET_30, PROMISE, UNPLANNED, TURNING, CLOSED, NO_BACKUP, UNCOVERED, NO_WORKER, FOR_NOW, LOOK_IN,
    MEETING, LONG_AGO,
}  # fmt: skip
_SORTS: Final = {NAME, LAST, NEXT}
_PARTS: Final = {ANY_PART, *ComponentKind.values}
_STATES: Final = {*ComponentState.values}
_A_PAGE_NUMBER: Final = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose people, which of them, in which order, from which page on."""

    who: str = ""
    show: str = ""
    sort: str = NAME
    #: A part of the case, and whose it is now.
    part: str = ""
    state: str = ""
    #: A colleague whose people these are, and the team they are in: numbers of staff.
    of: UUID | None = None
    team: UUID | None = None
    number: int = 1

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Asked:
        """Out of an address; what is not a known code asks for nothing."""
        return cls(
            who=_known(told.get("who", ""), _WHO),
            show=_known(told.get("show", ""), _SHOWS),
            sort=_known(told.get("sort", ""), _SORTS) or NAME,
            part=_known(told.get("part", ""), _PARTS),
            state=_known(told.get("state", ""), _STATES),
            of=_uuid(told.get("with", "")),
            team=_uuid(told.get("team", "")),
            number=number_of(told.get("page", "")),
        )

    def query(self, **other: object) -> str:
        """As the end of an address, with something else asked for; a new question begins on its first page."""
        wanted = replace(self, **{"number": 1, **other})  # type: ignore[arg-type]
        parts = {
            "who": wanted.who,
            "show": wanted.show,
            "sort": "" if wanted.sort == NAME else wanted.sort,
            "part": wanted.part,
            "state": wanted.state if wanted.part else "",
            "with": wanted.of or "",
            "team": wanted.team or "",
            "page": wanted.number if wanted.number > 1 else "",
        }
        return "?" + urlencode({name: str(value) for name, value in parts.items() if value})


def _known(value: str, codes: set[str]) -> str:
    return value if value in codes else ""


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def number_of(value: str) -> int:
    """The number of a page out of an address; what is no number is the first."""
    return int(value[:_A_PAGE_NUMBER]) if value.isascii() and value.isdigit() else 1
