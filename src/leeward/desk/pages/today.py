"""The desk in the morning: the day, what was promised, who waits, what changed (practices B1, D4, G7, S1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, CaseList, Draft
from leeward.continuity import pages as continuity
from leeward.days import pages as days
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.desk.pages import changes, first
from leeward.desk.pages.there import There, there
from leeward.desk.pages.whom import (
    A_CASELOAD,
    ON_THE_DESK,
    able_to,
    may_meet,
    openable,
    seen,
    to_write_about,
    visible,
)
from leeward.staff.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.access.gate import Entered, Visit
    from leeward.days.looks import DueLook

_SUNDAY, _A_WEEK = 6, timedelta(days=7)


class Agreed(NamedTuple):
    """What is due until the end of the week, what is still open from before, and promises that were kept just now."""

    day: list[DueLook]
    promises: list[DueLook]
    todos: list[DueLook]
    kept: list[DueLook]


def today(entered: Entered, since: datetime | None = None) -> dict[str, Any]:
    """Everything on the desk. All cards are opened with one line; what is empty is not shown."""
    visit, is_there = entered.visit, there(entered.visit)
    mine = _carried(visit)
    rows = mine or _seen(visit)
    drafts = _drafts(visit) if is_there.drafts else []
    dues = [*days.of_worker(visit, end_of_week()), *_ended(visit)]
    news, ahead = changes.found(entered, since, is_there), first.found(visit, is_there)
    walks = continuity.today(visit) if _between_colleagues(is_there) else None
    about = (*(draft.case for draft in drafts if draft.case), *ahead.cases())
    asked = walks.cases if walks else []
    if cases := _once([*rows, *days.cases_of(dues), *news.cases(), *about, *asked]):
        entered.list(CaseList(cases), Action.SEE_CARD)
    return {
        **_agreed(entered, dues, news.since)._asdict(),
        **changes.told(entered, news),
        **first.told(entered, ahead),
        **_people(visit, rows),
        "greeting": greeting(),
        "today": timezone.localdate(),
        "shift": first.my_shift(visit),
        "waiting": walks,
        "carries": bool(mine),
        "may_meet": may_meet(visit),
        "drafts": drafts,
        "asks": days.waiting_for(visit) if able_to(visit, Action.TAKE_REQUESTS) else [],
        "keyless": _keyless(visit),
        "first_draft": Draft.objects.filter(person=visit.actor.id, case=None).first(),
    }


def _between_colleagues(is_there: There) -> bool:
    return is_there.hand_overs or is_there.farewells or is_there.absences


def _people(visit: Visit, rows: list[Case]) -> dict[str, Any]:
    """The people on the desk, and those of them about whom something can be written first."""
    able, named = to_write_about(visit, rows), [(case, case.participant.card["name"]) for case in rows]
    return {
        "openable": openable(visit, rows),
        "cases": [case for case, _ in sorted(named, key=lambda one: one[1].casefold())],
        "writable": able,
        "people": [(str(case.pk), name) for case, name in named if case.pk in able],
    }


def end_of_week() -> date:
    """Sunday."""
    today = timezone.localdate()
    return today + timedelta(days=_SUNDAY - today.weekday())


def _ended(visit: Visit) -> list[Due]:
    """Promises of mine that ended lately, in files that are still open to me."""
    near = (timezone.localdate() - _A_WEEK, timezone.localdate() + _A_WEEK)
    mine = Due.objects.ended().of(visit.actor.id).filter(kind=DueKind.PROMISE, day__range=near)
    ended = list(mine.by_day()[:ON_THE_DESK])
    if not ended:
        return []
    able = set(seen(visit).filter(pk__in=[due.case_id for due in ended]).values_list("pk", flat=True))
    return [due for due in ended if due.case_id in able]


def _agreed(entered: Entered, dues: list[Due], since: datetime) -> Agreed:
    """Appointments of today in their order; promises; and everything else there is to do."""
    every = days.looked(entered, dues)
    looks, now = [look for look in every if look.due.is_open], timezone.localdate()
    dates = [look for look in looks if look.kind == DueKind.APPOINTMENT]
    return Agreed(
        [look for look in dates if look.day == now],
        [look for look in looks if look.kind == DueKind.PROMISE],
        # An appointment of an earlier day waits for a word on how it went.
        [look for look in looks if look.kind in {DueKind.TODO, DueKind.FOLLOW_UP}]
        + [look for look in dates if look.day < now],
        [look for look in every if _is_kept(look, since)],
    )


def _is_kept(look: DueLook, since: datetime) -> bool:
    kept = not look.due.is_open and look.words.get("ended") == "kept"
    return kept and look.ended_at is not None and look.ended_at > since


def _carried(visit: Visit) -> list[Case]:
    """Those whom one carries."""
    rows = visible(visit, everybody=False).with_people().order_by("-last_number", "pk")
    return list(rows[:A_CASELOAD])


def _seen(visit: Visit) -> list[Case]:
    """Where somebody carries nobody: the first of those whom they may see."""
    rows = visible(visit, everybody=True).with_people().order_by("-last_number", "pk")
    return list(rows[:ON_THE_DESK])


def _drafts(visit: Visit) -> list[Draft]:
    """What I was writing in files that are still open to me."""
    mine = Draft.objects.filter(person=visit.actor.id).exclude(case=None)
    return list(mine.filter(case__in=seen(visit)).select_related("case__participant"))


def _keyless(visit: Visit) -> list[Person]:
    """Colleagues who joined a team and wait for somebody to hand them its key."""
    if Role.SUPERVISOR not in visit.actor.roles:
        return []
    found = Person.objects.waiting_for_keys().exclude(pk=visit.actor.id)
    return list(found.filter(memberships__team__in=visit.actor.teams).distinct().order_by("name"))


def _once(cases: list[Case]) -> list[Case]:
    return list({case.pk: case for case in cases}.values())


def greeting() -> str:
    """Good morning, until noon."""
    hour = timezone.localtime().hour
    if hour < 12:  # noqa: PLR2004 - noon
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")  # noqa: PLR2004 - the evening
