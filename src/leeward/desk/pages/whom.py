"""Whom somebody may see, open and write about: asked of the set rule, never of one's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leeward.access import policy
from leeward.access.policy import Action, Reach
from leeward.cases.models import Case
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Visit
    from leeward.cases.models.case import CaseQuerySet

NOTES = frozenset({Compartment.NOTES})
#: People offered on the desk: of everybody a few, of one's own as many as somebody can carry. Search finds others.
ON_THE_DESK, A_CASELOAD = 12, 60


def visible(visit: Visit, *, everybody: bool) -> CaseQuerySet:
    """The open files whose card this person sees: all of them, or those this person carries."""
    cases = seen(visit).current()
    return cases if everybody else cases.carried_by(visit.actor.id)


def seen(visit: Visit) -> CaseQuerySet:
    """Every file whose card this person sees, closed ones too."""
    return Case.objects.open_to(visit.actor, Action.SEE_CARD).held_by(visit.holder, Compartment.CARD)


def with_notes(visit: Visit, action: Action = Action.DAYS) -> CaseQuerySet:
    """Files in which this person may do this and read the notes, closed ones too."""
    return Case.objects.open_to(visit.actor, action, NOTES).held_by(visit.holder, Compartment.NOTES)


def writable(visit: Visit) -> CaseQuerySet:
    """The files in which this person may write."""
    return with_notes(visit, Action.WRITE_ENTRY).current()


def carries(visit: Visit) -> bool:
    """Whether this person is the primary worker of anybody."""
    return Case.objects.current().carried_by(visit.actor.id).exists()


def openable(visit: Visit, cases: list[Case]) -> set[UUID]:
    """Those of these files that this person may open: for some roles a name is all there is to see."""
    return _among(visit, cases, Action.SEE_CASE, frozenset())


def noted(visit: Visit, cases: list[Case]) -> set[UUID]:
    """Those of these files whose notes this person reads."""
    held = visit.holder.teams(Compartment.NOTES.value)
    return _among(visit, [case for case in cases if case.team_id in held], Action.DAYS, NOTES)


def _among(visit: Visit, cases: list[Case], action: Action, needing: frozenset[Compartment]) -> set[UUID]:
    """Those of these files with which this person may do this; asked of the database only where roles differ.

    Whoever sees the cards of a whole team passed its walls and restrictions already.
    """
    teams = {case.team_id for case in cases}
    reaches = (policy.reach(visit.actor.teams.get(team, ()), action, needing) for team in teams)
    if all(reach is Reach.TEAM for reach in reaches):
        return {case.pk for case in cases}
    able = Case.objects.open_to(visit.actor, action, needing)
    return set(able.filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))


def able_to(visit: Visit, action: Action) -> bool:
    """Whether this person may do this in any team; each page decides again about each thing."""
    return any(policy.reach(roles, action) for roles in visit.actor.teams.values())


def is_at_the_door(visit: Visit) -> bool:
    """Whether this person welcomes people and opens no file: an alias and a time is all there is to see (M10)."""
    door = able_to(visit, Action.EXPECTED) and able_to(visit, Action.TAKE_REQUESTS)
    return door and not able_to(visit, Action.SEE_CASE)


def may_meet(visit: Visit) -> bool:
    """Whether this person may start a file in any team."""
    return able_to(visit, Action.START_CASE)


def to_write_about(visit: Visit, cases: list[Case]) -> set[UUID]:
    """Those of these files in which this person may write."""
    held = visit.holder.teams(Compartment.NOTES.value)
    here = [case for case in cases if case.team_id in held and case.is_open]
    return _among(visit, here, Action.WRITE_ENTRY, NOTES)
