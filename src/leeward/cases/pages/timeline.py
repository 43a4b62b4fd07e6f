"""What happened, as a page shows it; and what is being written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.hours import after_hours
from leeward.cases.models import Amendment, Draft, Entry
from leeward.cases.models.timeline import EntryLook
from leeward.cases.words import entry as words
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest

    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts

#: Entries on a page: what somebody reads before a call, and no more than a phone can carry.
A_PAGE: Final = 25


def timeline(file: OpenCase, before: str) -> dict[str, Any]:
    """One page of what happened, newest first; older pages are found by the number of an entry."""
    entries = Entry.objects.newest_first().filter(case=file.thing)
    if before.isascii() and before.isdigit():
        entries = entries.filter(number__lt=int(before[:9]))
    found = list(entries[: A_PAGE + 1])
    older = found[A_PAGE - 1].number if len(found) > A_PAGE else None
    return {"entries": lines(file, found[:A_PAGE]), "older": older, "is_first_page": not before}


def lines(file: OpenCase, entries: list[Entry]) -> list[EntryLine]:
    """Notes with what was added to them."""
    added: dict[UUID, list[AddedLine]] = defaultdict(list)
    for row in Amendment.objects.filter(entry__in=[entry.pk for entry in entries]).select_related("author"):
        added[row.entry_id].append(AddedLine.of(row))
    mine = file.visit.actor.id
    return [EntryLine.of(entry, mine, sorted(added.get(entry.pk, ()), key=_in_order)) for entry in entries]


@dataclass(frozen=True, slots=True)
class AddedLine:
    """What was added to a note later, opened once. One that was damaged says so."""

    who: str
    text: str
    at: datetime | None = None
    answer: str = ""

    @classmethod
    def of(cls, row: Amendment) -> AddedLine:
        """Open it."""
        try:
            told = row.words
        except Unreadable:
            return cls(
                row.author.name, _("This cannot be read: what is stored of it was changed or damaged.")
            )
        return cls(
            row.author.name, told["text"], datetime.fromisoformat(told["written_at"]), told.get("answer", "")
        )


def _in_order(line: AddedLine) -> float:
    return line.at.timestamp() if line.at else 0


@dataclass(slots=True)
class EntryLine:
    """One moment as the page shows it, opened once. One whose bytes were damaged says so and lets the others be."""

    entry: Entry
    text: str | None = None
    look: EntryLook | None = None
    #: What the line above the words says beside kind and time.
    told: Iterable[str] = ()
    spoken_up: Iterable[tuple[str, str]] = ()
    hard: str | None = None
    added: Iterable[AddedLine] = ()
    mine: bool = False
    may_change: bool = False
    may_undo: bool = False
    #: What was promised with this note, where the page knows it.
    promise: str = ""

    @classmethod
    def of(cls, entry: Entry, person: UUID, added: list[AddedLine]) -> EntryLine:
        """Open an entry."""
        mine = entry.author_id == person
        try:
            text, facts, hard = entry.text, entry.facts, entry.hard
        except Unreadable:
            return cls(entry, mine=mine)
        line = cls(entry, text, EntryLook(facts), words.told(facts), (), hard, added, mine)
        if "of_whom" in facts or "what_for" in facts or "asked" in facts:
            line.spoken_up = words.spoken_up(facts)
        if mine:
            line.may_change = words.is_fresh(facts, words.A_DAY)
            line.may_undo = words.is_fresh(facts, words.A_MOMENT) and not added
        return line


def as_typed(file: OpenCase, facts: EntryFacts) -> dict[str, str]:
    """The facts of a note as the form asks them."""
    by_clock = after_hours(file.visit, datetime.fromisoformat(facts["happened_at"]))
    return words.as_typed(facts, by_clock=by_clock)


def last_time(file: OpenCase) -> dict[str, str]:
    """How my last note in this file was, for "same as last time": the kind and how it went, nothing that happened."""
    mine = Entry.objects.filter(case=file.thing, author=file.visit.actor.id).order_by("-number").first()
    if mine is None:
        return {}
    typed = as_typed(file, mine.facts)
    return {name: typed[name] for name in words.SAME_AGAIN}


def draft_of(file: OpenCase) -> dict[str, Any]:
    """What this person was writing here, if anything."""
    draft = Draft.objects.filter(person=file.visit.actor.id, case=file.thing).first()
    return {**draft.words, "draft_version": draft.version} if draft else {}


def draft_words(request: HttpRequest) -> tuple[dict[str, str], int]:
    """The words of a draft as the page sends them, and the version that the page knows."""
    version = request.POST.get("draft_version", "")
    kept = {name: request.POST[name] for name in words.TYPED if request.POST.get(name)}
    return kept, int(version[:9]) if version.isascii() and version.isdigit() else 0


def may_change(entry: Entry) -> bool:
    """Whether a note of one's own is still so new that it can be changed."""
    return words.is_fresh(entry.facts, words.A_DAY)


def to_change(file: OpenCase, entry: Entry) -> dict[str, Any]:
    """A note of one's own as the form asks it."""
    told = {"entry_id": entry.pk, "text": entry.text, "hard": entry.hard or "", "version": entry.version}
    return {**as_typed(file, entry.facts), **told}


def one(file: OpenCase, entry: Entry) -> dict[str, Any]:
    """One note alone on its page, and what this person may do with it."""
    line = lines(file, [entry])[0]
    ties = file.thing.ties_to(file.visit.actor)
    may_move = line.mine or policy.allows(file.visit.actor, Action.MOVE, ties)
    return {"line": line, "entry": entry, "may_move": may_move and line.look is not None}
