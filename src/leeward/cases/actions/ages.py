"""How old somebody is was told, or put right: whoever keeps days hears of it in the same transaction (practice M1).

`cases` knows no days, so the package that keeps them says here at the start that it does, as start-up checks are hung
up. Each verb that writes an age says in its own lines that it tells: nothing happens behind its back.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from leeward.cases.words.people import UNSAID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leeward.cases.models import Case


class Keeper(Protocol):
    """Whoever keeps the day on which to begin talking about what changes at 18."""

    def band_told(self, case: Case, band: str) -> None:
        """The card says about how old somebody is."""

    def birth_told(self, case: Case, born: date | None, before: date | None, band: str) -> None:
        """The birth date was written down, put right, or taken out."""


_keepers: list[Keeper] = []


def keeps_days(keeper: Keeper) -> None:
    """Tell this one from now on."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def tell_band(case: Case, card: Mapping[str, Any]) -> None:
    """About how old somebody is stands on the card; the caller holds the file's row."""
    for keeper in _keepers:
        keeper.band_told(case, card.get("age_band", ""))


def tell_birth(
    case: Case, law: Mapping[str, Any], before: Mapping[str, Any], card: Mapping[str, Any]
) -> None:
    """What the law knows of somebody was written down; the caller holds the file's row."""
    for keeper in _keepers:
        keeper.birth_told(case, born_in(law), born_in(before), card.get("age_band", ""))


def born_in(law: Mapping[str, Any]) -> date | None:
    """The birth date, where it was told."""
    told = law.get("born_on", "")
    return date.fromisoformat(told) if told and told != UNSAID else None
