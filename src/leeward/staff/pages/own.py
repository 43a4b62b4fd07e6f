"""What somebody keeps for themselves, and what they chose to say about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from leeward.staff.models import About, Notebook
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Visit
    from leeward.staff.models.rota import AboutWords, NotebookWords


class Phrase(NamedTuple):
    """Words under a short name."""

    id: str
    name: str
    text: str
    version: int


def notebook_of(visit: Visit) -> NotebookWords:
    """One's own notebook; one that was sealed to keys which are gone is empty."""
    row = Notebook.objects.filter(person=visit.actor.id).first()
    try:
        return row.words if row else {}
    except Unreadable:
        return {}


def phrases(visit: Visit) -> list[Phrase]:
    """One's own phrases, by name."""
    kept = notebook_of(visit).get("phrases", [])
    found = [Phrase(one["id"], one["name"], one["text"], int(one["version"])) for one in kept]
    return sorted(found, key=lambda phrase: phrase.name.casefold())


def about(visit: Visit, people: Iterable[UUID]) -> dict[UUID, AboutWords]:
    """What these colleagues chose to say about themselves; who said nothing is not in it (practice H2)."""
    rows = [row for row in About.objects.filter(person__in=people) if row.everyone_id in visit.holder.teams()]
    return {row.person_id: row.words for row in rows}
