"""What the agency learnt about communities: all of it to read, and what fits somebody's own words (practice C6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from leeward.access.policy import Action
from leeward.staff.models import CommunityNote
from leeward.staff.pages.top import head
from leeward.vault.wordset import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Visit
    from leeward.staff.models.rota import CommunityWords

_BETWEEN: Final = re.compile(r"[,;/\n]+")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What we were taught about a community, opened once."""

    pk: UUID
    about: str
    text: str
    source: str
    learnt_on: date
    checked_on: date | None

    @classmethod
    def of(cls, row: CommunityNote) -> Learnt:
        """Open it."""
        words: CommunityWords = row.words
        said = (words.get("about", ""), words.get("text", ""), words.get("source", ""))
        checked = words.get("checked_on")
        learnt = date.fromisoformat(words["learnt_on"])
        return cls(row.pk, *said, learnt, date.fromisoformat(checked) if checked else None)

    def fits(self, told: str) -> bool:
        """Whether one of its names stands in folded words as a whole."""
        names = (plain(name.strip()) for name in _BETWEEN.split(self.about))
        return any(name and _stands_in(name, told) for name in names)


def _stands_in(name: str, told: str) -> bool:
    """Whole words only, where words stand apart: "Mam" is not in "Maman"."""
    sought = re.escape(name)
    return (
        re.search(rf"(?<!\w){sought}(?!\w)" if name[0].isalnum() and name.isascii() else sought, told)
        is not None
    )


def learnt(visit: Visit) -> list[Learnt]:
    """All of it by name, for whoever holds the key of the team of everyone."""
    rows = CommunityNote.objects.filter(everyone__in=visit.holder.teams())
    return sorted((Learnt.of(row) for row in rows), key=lambda one: plain(one.about))


def fitting(visit: Visit, told: Iterable[str]) -> list[Learnt]:
    """What we learnt about communities that somebody named in their own words; these are compared and kept nowhere."""
    words = plain("\n".join(told))
    return [one for one in learnt(visit) if one.fits(words)] if words.strip() else []


def shown(visit: Visit) -> dict[str, Any]:
    """The page with all of it."""
    top = head(visit, "staff:ways")
    return {
        **top,
        "learnt": learnt(visit),
        "holds_key": bool(visit.holder.teams()),
        "may_change": top["may"][Action.KEEP_WAYS.name.lower()],
    }
