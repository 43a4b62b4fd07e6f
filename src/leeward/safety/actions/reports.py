"""A report that the law asks for, and an emergency: act first, then write it down. Nothing here waits (M2, M3)."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from leeward.days import actions as days
from leeward.safety.actions.lines import line_of, now, with_line
from leeward.safety.models import Report
from leeward.safety.words import ReportKind

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.safety.words import ReportWords

A_WEEK: Final = timedelta(days=7)


def write_report(
    entered: Entered, *, report_id: UUID, words: ReportWords, file: OpenCase | None = None
) -> Report:
    """Write down what was reported: in the open file, or without one, where only its writer can open it."""
    author, case = entered.visit.actor.id, file.thing if file else None
    with transaction.atomic():
        if same := Report.objects.filter(pk=report_id, author=author).first():
            return same
        taken = Report.objects.filter(pk=report_id).exists()
        report = Report(id=uuid4() if taken else report_id, case=case, author_id=author)
        report.words = {**words, "written_at": now()}
        report.is_open = _waits(report.words)
        report.save(force_insert=True)
        _ask_later(entered, report, words)
    return report


def _ask_later(entered: Entered, report: Report, words: ReportWords) -> None:
    """In a week its writer asks what became of it. Not in the file: not everybody who keeps dates there may know."""
    if words.get("kind") == ReportKind.MANDATED and not words.get("answer"):
        days.own_follow_up(
            entered,
            due_id=_look_of(report),
            day=timezone.localdate() + A_WEEK,
            code="report_follow",
            words={"report": str(report.pk)},
        )


def _look_of(report: Report) -> UUID:
    return uuid5(report.pk, "follow")


def add_to_report(
    visit: OpenCase | Entered, *, report: Report, words: ReportWords, line_id: UUID, text: str = ""
) -> Report:
    """Add what came later. What was written before stays as it was: another answer becomes a line of its own."""
    with transaction.atomic():
        fresh = Report.objects.select_for_update().get(pk=report.pk)
        held: dict[str, Any] = {**fresh.words}
        added = {name: str(value) for name, value in words.items() if value and value != held.get(name)}
        known = [line_of(visit, line_id, who=name, text=added[name]) for name in added if held.get(name)]
        said = [line_of(visit, line_id, text=text)] if text else []
        later = reduce(with_line, [*known, *said], held.get("later", []))
        filled = {name: value for name, value in added.items() if not held.get(name)}
        fresh.words = cast("ReportWords", {**held, **filled, "later": later})
        fresh.is_open = _waits(fresh.words)
        fresh.save(update_fields=["words", "is_open"])
        if filled.get("answer"):
            days.own_looked_into(_look_of(fresh))
    return fresh


def put_in_file(file: OpenCase, *, report: Report) -> Report:
    """Put a report that its writer kept alone into the file that it belongs to."""
    with transaction.atomic():
        fresh = Report.objects.select_for_update().get(pk=report.pk, author=file.visit.actor.id)
        if fresh.case_id is not None:
            return fresh
        words = fresh.words
        words.pop("about", None)
        fresh.case = file.thing
        fresh.words = words
        fresh.save(update_fields=["case", "words"])
    return fresh


def _waits(words: ReportWords) -> bool:
    """A report is open until its reference number or an answer is written down."""
    return not (words.get("reference") or words.get("answer"))
