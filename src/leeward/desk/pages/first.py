"""What stands before everything else on the desk: who is in a crisis or away, and colleagues who should be back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from leeward.access import policy
from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.cases.models.case import walked_by
from leeward.desk.pages.whom import able_to
from leeward.safety.models import Crisis, Missing
from leeward.safety.pages.now import Going
from leeward.staff.models import Shift
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Visit
    from leeward.desk.pages.there import There


def going(visit: Visit, is_there: There) -> list[Going]:
    """Crises that are open, and who is missing: among those I walk with, and wherever I am on call or look after."""
    if not (is_there.crises or is_there.missing) or not able_to(visit, Action.CRISIS):
        return []
    mine = Q(walked_by(visit.actor.id)) | Q(team__in=_watched(visit))
    able = Case.objects.current().open_to(visit.actor, Action.CRISIS).filter(mine, rests=False)
    cases = able.held_by(visit.holder, Compartment.CARD).values("pk")
    people = ("case__participant", "case__primary")
    crises = Crisis.objects.open().filter(case__in=cases).select_related(*people).defer("words")
    away = Missing.objects.open().filter(case__in=cases).select_related(*people).defer("words")
    return [
        *(Going(row.case, "crisis", row.pk) for row in crises.order_by("pk")),
        *(Going(row.case, "missing", row.pk) for row in away.order_by("pk")),
    ]


def my_shift(visit: Visit) -> Shift | None:
    """The hours in which this person is on call, if that is now."""
    if Role.ON_CALL not in visit.actor.roles:
        return None
    return Shift.objects.on().filter(person=visit.actor.id).order_by("-until").first()


def _watched(visit: Visit) -> list[UUID]:
    """The teams in which this person is on call now, or looks after everybody."""
    teams = visit.actor.teams.items()
    return [team for team, roles in teams if Role.ON_CALL in roles or policy.reach(roles, Action.LOOK_AFTER)]
