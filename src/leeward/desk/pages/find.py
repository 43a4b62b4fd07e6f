"""What a search shows: who was found, by what, and how to reach the one who was meant (practices B1, G5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases import finding
from leeward.cases.models import Case, CaseList
from leeward.cases.pages.reach import safely
from leeward.days.looks import DueLook
from leeward.desk.pages.whom import may_meet, openable
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.cases.finding import Hit

_REACHED: Final = frozenset({Compartment.CARD, Compartment.CONTACT})
#: What is begun from here with the one who was meant.
_BEGUN: Final = (Action.WRITE_ENTRY, Action.CHANGE_REACH, Action.DAYS, Action.CRISIS)


class Line:
    """Somebody who was found, with the note or whatever is due that holds the words, ready to show."""

    def __init__(self, hit: Hit) -> None:
        """Open it once."""
        self.case, self.entry, self.near = hit.case, hit.entry, hit.near()
        self.look = DueLook(hit.other) if hit.other else None


def find(entered: Entered, query: str) -> dict[str, Any]:
    """Everybody who fits; of the one who was meant also how to reach them."""
    shown: dict[str, Any] = {"query": query, "found": None, "may_meet": may_meet(entered.visit)}
    if not query:
        return shown
    found = finding.find(entered, query)
    meant = finding.meant(found, query)
    shown |= {"found": found, "openable": openable(entered.visit, [hit.case for hit in found.hits])}
    others = [Line(hit) for hit in found.hits if hit is not meant]
    first = Line(meant) if meant else None
    # Whoever types goes on from there: with Enter to their page, with Tab to what stands beside them.
    shown |= {"meant": first, "others": others, "start": first or next(iter(others), None)}
    return {**shown, **_reached(entered, meant.case)} if meant else shown


def _reached(entered: Entered, found: Case) -> dict[str, Any]:
    """How to reach them safely, with a line of its own in the trail; nothing where that stays shut."""
    actor, holder = entered.visit.actor, entered.visit.holder
    able = Case.objects.open_to(actor, Action.REACH, _REACHED).as_seen_by(actor)
    for part in sorted(_REACHED):
        able = able.held_by(holder, part)
    case = able.with_people().filter(pk=found.pk).first()
    if case is None:
        return {}
    entered.list(CaseList([case]), Action.REACH, _REACHED)
    ties = case.ties_to(actor)
    may = {action.name.lower(): policy.allows(actor, action, ties) for action in _BEGUN}
    return {"case": case, "reach": safely(case, _REACHED), "may": may}
