"""What stands before everything else on the desk: who is in a crisis or away, and which clocks run (A4, M2, M4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q

from leeward.access import policy
from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.cases.models.case import walked_by
from leeward.desk.pages.whom import able_to
from leeward.safety.models import Crisis, Missing
from leeward.safety.pages.clocks import by_clock, my_open_reports, untold_in
from leeward.safety.pages.now import Going
from leeward.staff.models import Shift
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.desk.pages.there import There
    from leeward.safety.models import Report

#: Reports of one's own on the desk; all of them stand where the way to a report is.
_A_FEW: Final = 3


class First(NamedTuple):
    """What was found, before anything of it is opened."""

    crises: list[Crisis]
    away: list[Missing]
    reports: list[Report]

    def cases(self) -> Iterator[Case]:
        """The files that it is about."""
        yield from (one.case for one in (*self.crises, *self.away))
        yield from (one.case for one in self.reports if one.case)


def found(visit: Visit, is_there: There) -> First:
    """What goes on among those I walk with, and wherever I am on call or look after; and my own open reports."""
    crises, away = _going(visit) if is_there.crises or is_there.missing else ([], [])
    return First(crises, away, my_open_reports(visit) if is_there.reports else [])


def _going(visit: Visit) -> tuple[list[Crisis], list[Missing]]:
    if not able_to(visit, Action.CRISIS):
        return [], []
    mine = Q(walked_by(visit.actor.id)) | Q(team__in=_watched(visit))
    able = Case.objects.current().open_to(visit.actor, Action.CRISIS).filter(mine, rests=False)
    here = {"case__in": able.held_by(visit.holder, Compartment.CARD).values("pk")}
    people = ("case__participant", "case__primary")
    crises = Crisis.objects.open().filter(**here).select_related(*people).defer("words").order_by("pk")
    away = Missing.objects.open().filter(**here).select_related(*people).order_by("pk")
    return list(crises), list(away)


def told(entered: Entered, first: First) -> dict[str, Any]:
    """The same, with the clocks; the cards are written down already."""
    clocks = untold_in(entered, first.away)
    looks = by_clock(entered, first.reports)
    return {
        "going": [
            *(Going(row.case, "crisis", row.pk) for row in first.crises),
            *(Going(row.case, "missing", row.pk, clocks.get(row.pk)) for row in first.away),
        ],
        "reports": looks[:_A_FEW],
        "more_reports": len(looks) > _A_FEW,
    }


def my_shift(visit: Visit) -> Shift | None:
    """The hours in which this person is on call, if that is now."""
    if Role.ON_CALL not in visit.actor.roles:
        return None
    return Shift.objects.on().filter(person=visit.actor.id).order_by("-until").first()


def _watched(visit: Visit) -> list[UUID]:
    """The teams in which this person is on call now, or looks after everybody."""
    teams = visit.actor.teams.items()
    return [team for team, roles in teams if Role.ON_CALL in roles or policy.reach(roles, Action.LOOK_AFTER)]
