"""Which clocks run: who is still to be told while somebody is missing, and one's own reports that are open (M2, M4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Wrap
from leeward.cases.models.key import WHOLE
from leeward.cases.pages.minors import is_minor
from leeward.safety.models import Missing, Report
from leeward.safety.pages.looks import MissingLook
from leeward.safety.pages.reports import ReportLook
from leeward.safety.pages.ways import Clock, clock_of, ways_of
from leeward.safety.words import GROWN, TO_TELL
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models.case import CaseQuerySet
    from leeward.safety.words import ToTell
    from leeward.staff.models.rota import WaysWords

_DUTY: Final = frozenset({Compartment.DUTY})
_SAFETY: Final = frozenset({Compartment.SAFETY})


def whom_to_tell(*, young: bool) -> list[ToTell]:
    """Who is told that somebody is missing; of a grown person, those for whom they wish it."""
    return [who for who in TO_TELL if who.code != "other" and (young or who.code in GROWN)]


class Untold(NamedTuple):
    """Who is still to be told that somebody is missing, and until when."""

    clock: Clock
    who: list[str]


def untold(look: MissingLook, case: Case, ways: WaysWords) -> Untold | None:
    """The clock that runs for somebody who is not of age; None where none does, or everybody knows."""
    clock = clock_of(look.since, ways) if is_minor(case) else None
    done = look.told_codes()
    who = [str(one.label) for one in whom_to_tell(young=True) if one.clock and one.code not in done]
    return Untold(clock, who) if clock and who and look.is_open else None


def untold_in(entered: Entered, rows: list[Missing]) -> dict[UUID, Untold]:
    """The clocks of several, by the number of each. Their cards are open on the page, and this part may be."""
    held = entered.visit.holder.teams(Compartment.SAFETY.value)
    rows = [row for row in rows if row.case.team_id in held]
    if not rows:
        return {}
    entered.look_through(CaseList([row.case for row in rows]), Action.CRISIS, _SAFETY)
    ways, me = ways_of(entered.visit), entered.visit.actor.id
    found = {row.pk: untold(MissingLook(row, me), row.case, ways) for row in rows}
    return {pk: clock for pk, clock in found.items() if clock}


def my_open_reports(visit: Visit) -> list[Report]:
    """What this person wrote down and is not done: alone, or in files that open to them for it."""
    mine = Report.objects.open_by(visit.actor.id).filter(Q(case=None) | Q(case__in=opening(visit)))
    return list(mine.select_related("case__participant", "case__primary", "author"))


def opening(visit: Visit) -> CaseQuerySet:
    """The files that open to this person for what the law asks."""
    able = Case.objects.filter(rests=False).open_to(visit.actor, Action.DUTY, _DUTY)
    for part in (Compartment.CARD, Compartment.DUTY):
        able = able.held_by(visit.holder, part)
    # A file from before this part had a key of its own opens to those who hold the whole key.
    own_key = Wrap.objects.filter(key=OuterRef("key"), scope=Compartment.DUTY.value)
    return able.filter(Q(team__in=visit.holder.teams(WHOLE)) | Exists(own_key))


def in_files(entered: Entered) -> list[ReportLook]:
    """Those of one's own that stand open in files, each with whom it is about; they are written down here."""
    reports = [report for report in my_open_reports(entered.visit) if report.case]
    if reports:
        entered.list(CaseList(files_of(reports)), Action.DUTY, _DUTY | {Compartment.CARD})
    return _by_clock(entered.visit, reports)


def files_of(reports: list[Report]) -> list[Case]:
    """The files that these stand in, each once."""
    return list({report.case.pk: report.case for report in reports if report.case}.values())


def by_clock(entered: Entered, reports: list[Report]) -> list[ReportLook]:
    """One's own, opened: those whose clock runs first, then those not made yet, then those that wait for an answer."""
    if cases := files_of(reports):
        entered.look_through(CaseList(cases), Action.DUTY, _DUTY)
    return _by_clock(entered.visit, reports)


def _by_clock(visit: Visit, reports: list[Report]) -> list[ReportLook]:
    ways = ways_of(visit) if reports else {}
    return sorted((ReportLook(report, visit.actor.id, ways) for report in reports), key=_what_waits)


def _what_waits(look: ReportLook) -> tuple[bool, bool, datetime]:
    clock = look.clock
    return not clock, look.is_made, clock.until if clock else look.at
