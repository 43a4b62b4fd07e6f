"""What the pages about two files of one person show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases import doubles, finding
from leeward.cases.models import Case, Entry, Joining, Paper
from leeward.cases.pages.file import card_lines, head
from leeward.cases.pages.timeline import draft_of
from leeward.cases.words.meeting import UNDO_DAYS
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.finding import Perhaps


def joinings(file: OpenCase) -> dict[str, Any]:
    """The file, and which others became part of it, as long as that can be taken back."""
    since = timezone.localdate() - timedelta(days=UNDO_DAYS)
    rows = Joining.objects.filter(kept=file.thing, undone=False, on__gte=since).select_related("by")
    return {**head(file, "cases:more"), "joinings": rows.order_by("-on")}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be of the same person, and whether the two can be joined."""

    perhaps: Perhaps
    name: str
    here: bool


def candidates(entered: Entered, file: OpenCase, name: str) -> list[Candidate]:
    """Files with a name like this one, among those that this person may see."""
    found = finding.perhaps_known(entered, doubles.names_in(name))
    may = Case.objects.open_to(entered.visit.actor, Action.JOIN).filter(team=file.thing.team_id)
    here = set(may.filter(pk__in=[one.case.pk for one in found]).values_list("pk", flat=True))
    return [
        Candidate(one, one.case.participant.card["name"], one.case.pk in here)
        for one in found
        if one.case.pk != file.thing.pk
    ]


def other_file(entered: Entered, asked: str) -> OpenCase | None:
    """The other file, opened by its own rule."""
    try:
        pk = UUID(asked)
    except ValueError:
        return None
    seen = Case.objects.with_people().as_seen_by(entered.visit.actor).select_related("team")
    found = seen.filter(pk=pk).first()
    return entered.open(found, Action.JOIN) if found else None


def both(file: OpenCase, other: OpenCase) -> dict[str, Any]:
    """The two files side by side."""
    return {"sides": [_side(file.thing), _side(other.thing)], "other": other.thing}


def _side(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "card": card_lines(case.participant.card),
        "since": case.participant.card.get("since", ""),
        "notes": Entry.objects.filter(case=case).count(),
        "papers": Paper.objects.filter(case=case).count(),
    }


def joined(file: OpenCase) -> dict[str, Any]:
    """A file that became part of another: where it went, and what stayed here; nothing for whoever may not see that."""
    actor = file.visit.actor
    went_to = file.thing.joined_to_id
    kept = Case.objects.as_seen_by(actor).filter(pk=went_to).first() if went_to else None
    if kept is None or not policy.allows(actor, Action.SEE_CASE, kept.ties_to(actor)):
        return {}
    return {
        **head(file),
        "tabs": [],
        "kept": kept,
        "lines": card_lines(file.thing.participant.card),
        "draft": draft_of(file).get("text", ""),
        "stayed": list(_stayed(file)),
    }


def _stayed(file: OpenCase) -> Iterator[str]:
    """Notes that are still here: one that was being written at that moment; none of a damaged one can be read."""
    if Compartment.NOTES not in file.compartments:
        return
    for note in Entry.objects.filter(case=file.thing).order_by("number"):
        try:
            yield note.text
        except Unreadable:
            yield _("This note cannot be read")
