"""Names among words that others read: co-residents are named in no house's log, and not in each other's files (M10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, CaseList
from leeward.cases.words.telling import names_in
from leeward.staff.models import HouseNote, Membership, Team
from leeward.vault.scopes import Compartment
from leeward.vault.wordset import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.models.case import CaseQuerySet
    from leeward.cases.words import Card

#: A part of a longer name counts as a name by itself from this length on.
_SHORTEST: Final = 4


def named(entered: Entered, team: Team, text: str) -> list[str]:
    """The names of this team's participants that stand in a text, as far as the writer may see their cards."""
    return _named(entered, _seen(entered.visit).filter(team=team), text)


def others_named(entered: Entered, files: Sequence[OpenCase], text: str) -> list[str]:
    """The names in a text for these files of others who live in the same house; the files' own names are no others.

    Where the team has no house nobody's card is opened.
    """
    houses = _with_a_house({file.thing.team_id for file in files})
    if not houses:
        return []
    beside = _seen(entered.visit).current().filter(team__in=houses, joined_to=None)
    own = {word for file in files for word in names_in(file.thing.participant.card)}
    return _named(entered, beside.exclude(pk__in=[file.thing.pk for file in files]), text, own)


def _with_a_house(teams: Collection[UUID]) -> set[UUID]:
    """Those of these teams that keep a house: somebody is there for it, or its log is written."""
    staffed = Membership.objects.current().filter(team=OuterRef("pk"), role=Role.HOUSE_STAFF)
    written = HouseNote.objects.filter(team=OuterRef("pk"))
    kept = Team.objects.filter(Exists(staffed) | Exists(written), pk__in=teams)
    return set(kept.values_list("pk", flat=True))


def _seen(visit: Visit) -> CaseQuerySet:
    return Case.objects.open_to(visit.actor, Action.SEE_CARD).held_by(visit.holder, Compartment.CARD)


def _named(entered: Entered, cases: CaseQuerySet, text: str, own: Collection[str] = ()) -> list[str]:
    """The names of these participants that stand in a text, but for those that are somebody's own."""
    if not text:
        return []
    stack = list(cases.select_related("participant"))
    entered.look_through(CaseList(stack), Action.SEE_CARD)
    words = plain(text)
    found = [(case, name) for case in stack for name in _names_in(words, case.participant.card)]
    found = [(case, name) for case, name in found if not set(plain(name).split()) <= set(own)]
    if not found:
        return []
    entered.list(CaseList(_once([case for case, _ in found])), Action.SEE_CARD)
    return list({plain(name): name for _, name in found}.values())


def _names_in(words: str, card: Card) -> Iterator[str]:
    """The names and aliases on a card that stand in folded words, whole or by one of their longer words."""
    for name in re.split(r"[,;/]", f"{card.get('name', '')},{card.get('aliases', '')}"):
        if _stands_in(words, name.strip()):
            yield name.strip()
        else:
            yield from (word for word in name.split() if len(word) >= _SHORTEST and _stands_in(words, word))


def _stands_in(words: str, name: str) -> bool:
    """Whether a name stands among folded words; in scripts without spaces anywhere in them."""
    sought = plain(name)
    if not sought:
        return False
    if sought.isascii():
        return re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", words) is not None
    return sought in words


def _once(cases: list[Case]) -> list[Case]:
    return list({case.pk: case for case in cases}.values())
