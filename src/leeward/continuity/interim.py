"""Who could step in at once: the backup first, then whoever leads the team, then anybody who holds its key (D2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from leeward.access.policy import Role
from leeward.cases.models.walking import carriers_of
from leeward.staff.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from leeward.cases.models import Case
    from leeward.staff.models import Person


class StandIns(NamedTuple):
    """Those who could walk with somebody for now, and who comes first among them."""

    able: list[Person]
    first: Person | None


def stand_ins(cases: Collection[Case], *, leaving: UUID, asking: UUID) -> dict[UUID, StandIns]:
    """For each file, who could carry it when one worker is gone. `asking` is who sees to it now."""
    leads = leaders({case.team_id for case in cases})
    found = {}
    for case_id, people in carriers_of(cases).items():
        able = {person.pk: person for person in people if person.pk != leaving}
        backup = next(case.backup_id for case in cases if case.pk == case_id)
        order = [backup, asking, *(pk for pk in able if pk in leads), *able]
        first = next((able[each] for each in order if each in able), None)
        found[case_id] = StandIns(list(able.values()), first)
    return found


def who_takes_over(case: Case, leaving: UUID) -> Person | None:
    """Who carries one file from the moment in which its primary worker does not any more, or nobody yet."""
    return stand_ins([case], leaving=leaving, asking=leaving)[case.pk].first


def leaders(teams: Collection[UUID]) -> set[UUID]:
    """Who supervises any of these teams today."""
    rows = Membership.objects.current().filter(team__in=teams, role=Role.SUPERVISOR)
    return set(rows.values_list("person", flat=True))
