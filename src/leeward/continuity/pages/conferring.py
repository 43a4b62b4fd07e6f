"""Which conferences come soon, and where the last was long ago; told by days that stand in the clear (practice E8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.continuity.actions.conferring import date_of
from leeward.continuity.models import Conference
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.visit import Visit

#: So near a conference is prepared, and so long after one, those who walk along may want to meet again.
SOON, LONG_SINCE = timedelta(days=14), timedelta(days=92)


class Conferring(NamedTuple):
    """Files with a conference before long, and files whose last one is long ago, with none planned."""

    soon: set[UUID]
    long_since: set[UUID]


def conferring(visit: Visit) -> Conferring:
    """In the files that this person looks after. Whoever never had one is on neither side: a conference is a choice."""
    files = Case.objects.current().open_to(visit.actor, Action.LOOK_AFTER)
    files = files.held_by(visit.holder, Compartment.CARD)
    rows = Conference.objects.filter(case__in=files)
    dates = {date_of(pk): case for pk, case in rows.values_list("pk", "case")}
    dues = Due.objects.filter(case__in=rows.values("case"), kind=DueKind.APPOINTMENT)
    told = dues.values_list("pk", "day", "is_open")
    return _sorted_out([(dates[pk], day, is_open) for pk, day, is_open in told if pk in dates])


def _sorted_out(days: list[tuple[UUID, date, bool]]) -> Conferring:
    today = timezone.localdate()
    planned = {case for case, day, is_open in days if is_open and day >= today}
    soon = {case for case, day, is_open in days if is_open and today <= day <= today + SOON}
    lately = {case for case, day, _ in days if day > today - LONG_SINCE}
    return Conferring(soon, {case for case, *_ in days} - lately - planned)
