"""The people one walks with, and everybody whom one may see (practice B1).

Names are sealed, so the database can neither sort by them nor look into what was said and promised. A caseload is
small: it is opened whole, then sorted and chosen from. Everybody is shown page by page, the fullest files first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.continuity.pages import conferring, for_now, without_worker
from leeward.continuity.words import ANSWERED, ComponentState
from leeward.days.pages import not_looked_into
from leeward.desk.pages import asked as ask
from leeward.desk.pages.lines import Line, looked_through, opened
from leeward.desk.pages.whom import may_meet, openable, seen, to_write_about
from leeward.staff.models import Absence, Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models.case import CaseQuerySet
    from leeward.desk.pages.asked import Asked

#: People on one page of a list.
A_PAGE = 30
#: So long after its day, what was to be looked into again is looked at by a second pair of eyes.
A_WEEK: Final = timedelta(days=7)
#: Parts of a case that have no answer yet.
GOING_ON: Final = frozenset(ComponentState) - ANSWERED
#: Before everything that is said of a day without one.
_NEVER: Final = date.max

#: What can be asked of a caseload: the words are in the template.
FITS: Final[dict[str, Callable[[Line, date], bool]]] = {
    ask.QUIET_14: lambda line, today: _quiet(line, today, 14),
    ask.QUIET_30: lambda line, today: _quiet(line, today, 30),
    ask.PROMISE: lambda line, _: bool(line.promises),
    ask.UNPLANNED: lambda line, _: line.noted and not line.dues,
    ask.TURNING: lambda line, _: line.turns_18,
}
_ORDERS: Final[dict[str, Callable[[Line], tuple[Any, ...]]]] = {
    ask.NAME: lambda line: (line.name.casefold(),),
    ask.LAST: lambda line: (line.quiet_since or _NEVER, line.name.casefold()),
    ask.NEXT: lambda line: (line.dues[0].day if line.dues else _NEVER, line.name.casefold()),
}


def _quiet(line: Line, today: date, days: int) -> bool:
    return line.noted and line.quiet_since is not None and (today - line.quiet_since).days >= days


def people(entered: Entered, asked: Asked) -> dict[str, Any]:
    """The people that were asked for; one page of them is opened and written down."""
    visit = entered.visit
    ties = walks(visit)
    asked = _settled(asked, ties)
    cases = _chosen(visit, _whose(visit, asked), asked)
    is_caseload = asked.who != ask.ALL or asked.of is not None
    shown = _caseload(entered, cases, asked) if is_caseload else _page_of(entered, cases, asked)
    return {
        **shown,
        "asked": asked,
        "ties": ties,
        "closed": 0 if asked.part else _whose(visit, asked).filter(is_open=False, joined_to=None).count(),
        "is_caseload": is_caseload,
        "colleague": Person.objects.filter(pk=asked.of).first() if asked.of else None,
        "mine": visit.actor.id,
        "may_meet": may_meet(visit),
    }


def walks(visit: Visit) -> dict[str, int]:
    """With how many open files this person walks as primary worker, covering for somebody, and along."""
    mine, covered = Q(primary=visit.actor.id), Q(primary__in=covered_by(visit))
    found = seen(visit).current().walking_with(visit.actor.id)
    return found.aggregate(
        mine=Count("pk", filter=mine),
        cover=Count("pk", filter=covered),
        along=Count("pk", filter=~mine & ~covered),
    )


def covered_by(visit: Visit) -> Any:  # noqa: ANN401 - a query inside another one
    """Those for whom this person covers today."""
    return Absence.objects.current().filter(cover=visit.actor.id).values("person")


def _settled(asked: Asked, ties: dict[str, int]) -> Asked:
    """Where nothing was asked: one's own people, or whom one covers for or walks along with, or everybody."""
    if asked.of:
        return replace(asked, who=ask.ALL)
    if asked.who:
        return asked
    return replace(asked, who=next((who for who, count in ties.items() if count), ask.ALL))


def _whose(visit: Visit, asked: Asked) -> CaseQuerySet:
    """Of all files that this person sees, those of the people asked for: open and closed."""
    cases = seen(visit)
    if asked.team:
        cases = cases.filter(team=asked.team)
    if asked.of:
        return cases.filter(primary=asked.of)
    if asked.who == ask.MINE:
        return cases.carried_by(visit.actor.id)
    covered = Q(primary__in=covered_by(visit))
    if asked.who == ask.COVER:
        return cases.filter(covered)
    if asked.who == ask.ALONG:
        return cases.walking_with(visit.actor.id).exclude(primary=visit.actor.id).exclude(covered)
    return cases


def _chosen(visit: Visit, cases: CaseQuerySet, asked: Asked) -> CaseQuerySet:
    """What the database can choose by: what stands in the clear."""
    if asked.show == ask.CLOSED:
        return cases.filter(is_open=False, joined_to=None)
    cases = cases.current()
    rule = {**GAPS, **AGAIN, **CONFERRING}.get(asked.show)
    return cases.filter(rule(visit)) if rule else cases


#: Where somebody is missing: what a supervisor's page counts, and the list behind its numbers shows.
GAPS: Final[dict[str, Callable[[Visit], Q]]] = {
    ask.NO_BACKUP: lambda _: Q(backup=None),
    ask.UNCOVERED: lambda _: Q(backup=None, primary__in=_nobody_covers()),
    ask.NO_WORKER: lambda visit: Q(pk__in=without_worker(visit).values("pk")),
}
#: What a supervisor looks at again, in the same way: a worker who stepped in, and what nobody looked into for a week.
AGAIN: Final[dict[str, Callable[[Visit], Q]]] = {
    ask.FOR_NOW: lambda visit: Q(pk__in=for_now(visit).values("pk")),
    ask.LOOK_IN: lambda _: Q(pk__in=not_looked_into(A_WEEK)),
}
#: Conferences: planned before long, or long since the last.
CONFERRING: Final[dict[str, Callable[[Visit], Q]]] = {
    ask.MEETING: lambda visit: Q(pk__in=conferring(visit).soon),
    ask.LONG_AGO: lambda visit: Q(pk__in=conferring(visit).long_since),
}


def _nobody_covers() -> Any:  # noqa: ANN401 - a query inside another one
    return Absence.objects.current().filter(cover=None).values("person")


def _rows(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("participant", "primary", "glance").order_by("-last_number", "pk")


def _caseload(entered: Entered, cases: CaseQuerySet, asked: Asked) -> dict[str, Any]:
    """All of somebody's people are opened; what is asked for is counted, chosen, sorted, shown page by page."""
    rows = list(_rows(cases))
    all_at_once = len(rows) <= A_PAGE and asked.show not in FITS and not asked.part
    every = opened(entered, rows) if all_at_once else looked_through(entered, rows, parts=bool(asked.part))
    shown, parted = (
        [line for line in every if _fits(line, asked.show)],
        [line for line in every if of_part(line, asked)],
    )
    counts = {show: sum(_fits(line, show) for line in parted) for show in FITS}
    lines = [line for line in shown if of_part(line, asked)]
    lines.sort(key=_ORDERS[asked.sort])
    span = _span(len(lines), asked.number)
    lines = lines[span["first"] - 1 : span["final"]] if lines else []
    if lines and not all_at_once:
        entered.list(CaseList([line.case for line in lines]), Action.SEE_CARD)
    counts = counts if asked.show in {"", *FITS} else {}
    return {**span, "lines": lines, "counts": counts, "among": shown, **_ways_in(entered.visit, lines)}


def _fits(line: Line, show: str) -> bool:
    fits = FITS.get(show)
    return fits is None or fits(line, timezone.localdate())


def of_part(line: Line, asked: Asked) -> bool:
    """Whether a part of the case is as it was asked for: in this state, or, where none was said, still going on."""
    return not asked.part or any(
        asked.part in {kind, ask.ANY_PART} and (state == asked.state if asked.state else state in GOING_ON)
        for kind, state in line.parts
    )


def _page_of(entered: Entered, cases: CaseQuerySet, asked: Asked) -> dict[str, Any]:
    """One page of everybody, the fullest files first, by name."""
    span = _span(cases.count(), asked.number)
    lines = opened(entered, list(_rows(cases)[span["first"] - 1 : span["final"]]))
    lines.sort(key=_ORDERS[ask.NAME])
    return {**span, "lines": lines, "counts": {}, "among": [], **_ways_in(entered.visit, lines)}


def _ways_in(visit: Visit, lines: list[Line]) -> dict[str, Any]:
    cases = [line.case for line in lines]
    return {"openable": openable(visit, cases), "writable": to_write_about(visit, cases)}


def _span(total: int, number: int) -> dict[str, int]:
    """Which of them are on this page; one that does not exist is the nearest."""
    last = max(1, -(-total // A_PAGE))
    number = min(max(number, 1), last)
    first = (number - 1) * A_PAGE
    return {
        "total": total,
        "last": last,
        "first": first + 1,
        "final": min(first + A_PAGE, total),
        "newer": number - 1,
        "older": number + 1 if number < last else 0,
    }
