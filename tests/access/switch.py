"""The policy switched off, to see whether the keys alone still hold. Leeward itself has no such switch."""

from typing import TYPE_CHECKING

import pytest

from leeward.access import policy
from leeward.access.policy import Action, Actor, Ties

if TYPE_CHECKING:
    from leeward.vault.scopes import Compartment


def policy_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody do everything, and have every view want all that it could ever show."""

    def allows(actor: Actor, action: Action, ties: Ties) -> bool:
        return True

    def compartments(action: Action, ties: Ties) -> "frozenset[Compartment]":
        return policy.shows(action)

    monkeypatch.setattr(policy, "allows", allows)
    monkeypatch.setattr(policy, "compartments", compartments)
