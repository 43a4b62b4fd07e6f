"""Reports that the law asks for and that are still open, for whoever looks after a team (practice M2).

The duty is its writer's own. What stands here is whether somebody should ask if they need help with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.continuity.looking_after import looks_after
from leeward.safety.models import Report
from leeward.safety.pages.clocks import by_clock, files_of, opening

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.safety.pages.reports import ReportLook


def counted(entered: Entered) -> dict[str, int]:
    """How many are open, and for how many of them the agency's hours went by."""
    past, waiting = _reports(entered)
    return {"past_reports": len(past), "open_reports": len(waiting)}


def reports(entered: Entered) -> dict[str, Any]:
    """The very same, each with whom it is about; those whose hours went by first."""
    past, waiting = _reports(entered, named=True)
    return {"past": past, "waiting": waiting}


def _reports(entered: Entered, *, named: bool = False) -> tuple[list[ReportLook], list[ReportLook]]:
    files = opening(entered.visit).filter(team__in=looks_after(entered.visit))
    rows = Report.objects.open().filter(case__in=files).select_related("case__participant", "author")
    found = list(rows)
    if found and named:
        entered.list(CaseList(files_of(found)), Action.SEE_CARD)
    looks = by_clock(entered, found)
    past = [look for look in looks if look.clock and look.clock.passed]
    return past, [look for look in looks if look not in past]
