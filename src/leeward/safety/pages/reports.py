"""What the pages about reports show: the way, what was written down, and the clock (M2, M3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leeward.access import policy
from leeward.access.gate import Refused
from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.safety.models import Report
from leeward.safety.pages.looks import Said, lines_of, moment, names_of
from leeward.safety.pages.ways import clock_of
from leeward.safety.words import ReportKind, ToldFirst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.safety.models import ReportQuerySet
    from leeward.safety.pages.ways import Clock
    from leeward.staff.models.rota import WaysWords

_FIRST: Final = dict(ToldFirst.choices)
_KINDS: Final = dict(ReportKind.choices)
#: What a report says, in the order of a page.
LABELS: Final = {
    "agency": _("Told to"),
    "taken_by": _("Taken by"),
    "reference": _("Reference"),
    "said": _("What exactly was said"),
    "why": _("Why it could not wait"),
    "told_first": _("Did they know before?"),
    "own_words": _("What they say about it"),
    "safety_after": _("For their safety now"),
    "answer": _("The answer, or how it ended"),
}
_TIMES: Final = {"made_at": _("When the report was made")}


class ReportLook:
    """A report, opened once."""

    def __init__(self, report: Report, me: UUID, ways: WaysWords) -> None:
        """Read the words once for all that a page shows of them."""
        words = report.words
        self.report, self.pk, self.words, self.is_open = report, report.pk, words, report.is_open
        self.kind = words.get("kind", ReportKind.MANDATED.value)
        self.label, self.author, self.mine = _KINDS[self.kind], report.author.name, report.author_id == me
        self.learned_at, self.made_at = moment(words.get("learned_at", "")), moment(words.get("made_at", ""))
        self.at = self.made_at or self.learned_at or datetime.fromisoformat(words["written_at"])
        self._ways, self._me = ways, me

    @property
    def is_emergency(self) -> bool:
        """Whether a life was at stake."""
        return self.kind == ReportKind.EMERGENCY

    @property
    def is_made(self) -> bool:
        """Whether it only waits for an answer. What was shared in an emergency was shared before it was written."""
        return self.is_emergency or self.made_at is not None

    @property
    def url(self) -> str:
        """Where it can be read."""
        if self.report.case_id is None:
            return reverse("safety:report_own", args=[self.pk])
        return reverse("safety:report_see", args=[self.report.case_id, self.pk])

    @property
    def clock(self) -> Clock | None:
        """Until when the report is to be made, while it is not."""
        if self.is_made:
            return None
        return clock_of(self.learned_at, self._ways)

    def facts(self) -> list[Said]:
        """What was written, by its questions."""
        answers: dict[str, Any] = {
            **self.words,
            "told_first": _FIRST.get(self.words.get("told_first", ""), ""),
        }
        return [Said(str(label), str(answers[name])) for name, label in LABELS.items() if answers.get(name)]

    def later(self) -> list[Any]:
        """What came later, the newest first."""
        lines = self.words.get("later", [])
        return lines_of(lines, names_of(line["by"] for line in lines), self._me, {**LABELS, **_TIMES})


def looks(reports: Iterable[Report], visit: Visit, ways: WaysWords) -> list[ReportLook]:
    """Reports, open ones first and the newest of them on top."""
    found = [ReportLook(report, visit.actor.id, ways) for report in reports]
    found.sort(key=lambda look: look.words["written_at"], reverse=True)
    return sorted(found, key=lambda look: not look.is_open)


def visible(file: OpenCase) -> ReportQuerySet:
    """Casework sees every report of a file; anybody else those that they wrote themselves (M2)."""
    found = Report.objects.in_file(file.thing.pk)
    # A report holds names as the law knows them: whoever may see those sees all of them.
    ties = file.thing.ties_to(file.visit.actor)
    if policy.allows(file.visit.actor, Action.IDENTITY, ties):
        return found
    return found.filter(author=file.visit.actor.id)


def own(visit: Visit) -> ReportQuerySet:
    """What this person wrote down, alone or in a file."""
    return Report.objects.filter(author=visit.actor.id).select_related("author")


def alone(visit: Visit) -> ReportQuerySet:
    """What this person wrote down without a file."""
    return Report.objects.alone_by(visit.actor.id).select_related("author")


def file_for(entered: Entered, case: UUID | str | None) -> OpenCase | None:
    """The file to write a report into, where this person may and holds the key. Without it one writes all the same.

    What stays shut and what is not there look the same: both are no file.
    """
    found = Case.objects.with_people().filter(pk=case).first() if case else None
    actor = entered.visit.actor
    if found is None or not policy.allows(actor, Action.DUTY, found.ties_to(actor)):
        return None
    try:
        return entered.open(found, Action.DUTY)
    except Refused:  # a file from before this part had a key of its own: nobody is stopped at its door
        return None
