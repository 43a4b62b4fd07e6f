"""Whom the front desk expects today: a name and a time, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.days.looks import CARD, DueLook
from leeward.days.models import Due
from leeward.days.pages.due import cases_of, cases_seen
from leeward.days.words import DueKind
from leeward.ui import moments

if TYPE_CHECKING:
    from leeward.access.gate import Entered


class Expected(NamedTuple):
    """Somebody who comes today."""

    at: str
    name: str


def expected(entered: Entered) -> list[Expected]:
    """Those whom the door was told to expect, by time. All else that day is looked through and not shown."""
    cases = cases_seen(entered.visit, Action.EXPECTED)
    today = Due.objects.open().filter(kind=DueKind.APPOINTMENT, day=moments.today(), case__in=cases)
    dues = list(today.by_day())
    if not dues:
        return []
    entered.look_through(CaseList(cases_of(dues)), Action.EXPECTED)
    looks = [look for look in (DueLook(due, CARD) for due in dues) if look.slot.get("at_the_door")]
    if looks:
        entered.list(CaseList(cases_of(look.due for look in looks)), Action.EXPECTED)
    return sorted(Expected(look.at, look.name) for look in looks)
