"""Names among the words of a house's log: co-residents are never named in what others read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.desk.pages.whom import seen
from leeward.vault.wordset import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leeward.access.gate import Entered
    from leeward.cases.models import Case
    from leeward.cases.words import Card
    from leeward.staff.models import Team

#: A part of a longer name counts as a name by itself from this length on.
_SHORTEST: Final = 4


def named(entered: Entered, team: Team, text: str) -> list[str]:
    """The names of this team's participants that stand in a text, as far as the writer may see their cards."""
    if not text:
        return []
    cases = list(seen(entered.visit).filter(team=team).select_related("participant"))
    entered.look_through(CaseList(cases), Action.SEE_CARD)
    words = plain(text)
    found = [(case, name) for case in cases for name in _names_in(words, case.participant.card)]
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
