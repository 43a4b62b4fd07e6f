"""The log of a house: what the next shift should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from leeward.access import policy
from leeward.access.policy import Action
from leeward.staff.models import HouseNote, Team
from leeward.staff.pages.top import Tab, head

if TYPE_CHECKING:
    from leeward.access.gate import Visit

A_PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One line of the log, opened once."""

    number: int
    author: str
    at: datetime
    adults: int | None
    children: int | None
    text: str

    @classmethod
    def of(cls, note: HouseNote) -> HouseLine:
        """Open a line."""
        words = note.words
        at = datetime.fromisoformat(words["at"])
        counts = words.get("adults"), words.get("children")
        return cls(note.number, note.author.name, at, *counts, words.get("text", ""))


def houses(visit: Visit) -> list[Team]:
    """The teams in whose log this person writes, as far as their keys are handed over."""
    able = [team for team, roles in visit.actor.teams.items() if policy.reach(roles, Action.HOUSE_LOG)]
    held = set(able) & set(visit.holder.teams())
    return list(Team.objects.filter(pk__in=held, everyone=False))


def log(visit: Visit, team: Team | None, before: str = "") -> dict[str, Any]:
    """One page of a house's log, newest first."""
    every = houses(visit)
    shown: dict[str, Any] = {**head(visit, "staff:house_log"), "house": team, "lines": [], "older": None}
    if len(every) > 1:
        shown["houses"] = [Tab(one.name, reverse("staff:house", args=[one.pk]), one == team) for one in every]
    if team is None:
        return shown
    notes = HouseNote.objects.filter(team=team).select_related("author")
    if before.isascii() and before.isdigit():
        notes = notes.filter(number__lt=int(before[:9]))
    found = list(notes[: A_PAGE + 1])
    older = found[A_PAGE - 1].number if len(found) > A_PAGE else None
    # Told by when it was, which may be another order than that of writing.
    lines = sorted((HouseLine.of(note) for note in found[:A_PAGE]), key=lambda line: line.at, reverse=True)
    return {**shown, "lines": lines, "older": older, "later": before}
