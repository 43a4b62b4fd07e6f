"""Writing down what happened: at once, for a day still changed by whoever wrote it, and for ten minutes taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import counting, drafting, remembering
from leeward.cases.actions.file import CannotDo, ChangedMeanwhile
from leeward.cases.hours import after_hours
from leeward.cases.models import Case, Draft, Entry
from leeward.cases.words import entry as words
from leeward.cases.words.telling import OwnNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts

#: Facts that are not asked in the form, so that changing a note leaves them.
_KEPT: Final = ("kind", "happened_at", "written_at", "group", "counted_elsewhere", "without_us")


def write_entry(  # noqa: PLR0913 - a note has this many sides, and only the first four are ever needed
    file: OpenCase,
    *,
    entry_id: UUID,
    text: str,
    kind: str,
    happened_at: datetime,
    written_at: datetime | None = None,
    more: EntryFacts | None = None,
    hard: str = "",
) -> Entry:
    """Write down what happened. The same `entry_id` twice (a double click, a resent form) is one entry."""
    told: EntryFacts = {
        "kind": kind,
        "happened_at": happened_at.isoformat(),
        "written_at": (written_at or timezone.now()).isoformat(),
        **(more or {}),
    }
    with transaction.atomic():
        entry = add_entry(file, entry_id=entry_id, text=text, told=told, hard=hard)
        Draft.objects.filter(person=file.visit.actor.id, case=file.thing).delete()
    return entry


def add_entry(file: OpenCase, *, entry_id: UUID, text: str, told: EntryFacts, hard: str = "") -> Entry:
    """Put a note on the timeline, with what lists and reports know of it, all or nothing."""
    with transaction.atomic():
        case = Case.objects.select_for_update().only("last_number").get(pk=file.thing.pk)
        entry_id, existing = _where_to(file, entry_id, text)
        if existing:
            return existing
        case.last_number += 1
        case.save(update_fields=["last_number"])
        facts = _with_hours(file, told)
        entry = Entry(
            id=entry_id, case=file.thing, number=case.last_number, author_id=file.visit.actor.id, text=text
        )
        entry.facts, entry.hard = facts, hard or None  # type: ignore[assignment]  # it may stay empty
        counting.count(file, entry, facts)
        entry.save(force_insert=True)
        counting.notice_contact(file.thing, facts)
        remembering.remember_text(file.thing, text)
    return entry


def _where_to(file: OpenCase, entry_id: UUID, text: str) -> tuple[UUID, Entry | None]:
    """The entry that holds these words already, or an id that is free.

    Words that were typed on after a first save (another window, an answer that got lost) become a note of their own.
    """
    while existing := Entry.objects.filter(pk=entry_id).first():
        if existing.case_id == file.thing.pk and existing.text == text:
            return entry_id, existing
        entry_id = uuid5(entry_id, "more")
    return entry_id, None


def _with_hours(file: OpenCase, told: EntryFacts) -> EntryFacts:
    """Facts that say whether this was after hours; who wrote it knows better than the clock."""
    if "after_hours" in told:
        return told
    return {**told, "after_hours": after_hours(file.visit, datetime.fromisoformat(told["happened_at"]))}


def change_entry(  # noqa: PLR0913 - as many sides as a note has, and the version that was on the screen
    file: OpenCase,
    *,
    entry: Entry,
    text: str,
    kind: str,
    happened_at: datetime,
    version: int,
    more: EntryFacts | None = None,
    hard: str | None = None,
) -> Entry:
    """Change one's own note for a day, unless another version was saved meanwhile."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        current = Entry.objects.get(pk=entry.pk, case=file.thing)
        facts = current.facts
        _must_change(file, current, facts)
        if current.version != version:
            raise ChangedMeanwhile(current.text, current.version)
        told = _retold(facts, more, kind, happened_at)
        current.text, current.facts = text, _with_hours(file, told)
        if hard is not None:
            current.hard = hard or None  # type: ignore[assignment]  # it may stay empty
        counting.count(file, current, current.facts)
        current.version += 1
        current.save(update_fields=["text", "facts", "hard", "tally", "version"])
        counting.recount_contact(file.thing)
        remembering.remember_text(file.thing, text)
    return current


def _must_change(file: OpenCase, current: Entry, facts: EntryFacts) -> None:
    if current.author_id != file.visit.actor.id:
        raise CannotDo(_("Only the person who wrote a note can change it."))
    if not words.is_fresh(facts, words.A_DAY):
        raise CannotDo(
            _(
                "A note can be changed for one day. From then on it stays as it was, and you can add to it below."
            )
        )


def _retold(facts: EntryFacts, more: EntryFacts | None, kind: str, happened_at: datetime) -> EntryFacts:
    """The facts as the form tells them now; what it does not ask stays, and so does all of it if nothing was asked."""
    kept = facts if more is None else {name: said for name, said in facts.items() if name in _KEPT}
    if more is None and facts["happened_at"] != happened_at.isoformat():
        kept = {name: said for name, said in facts.items() if name != "after_hours"}
    if facts["kind"] != kind:  # with another kind it says anew whether we were there
        kept = {name: said for name, said in kept.items() if name != "without_us"}
    said = {**kept, **(more or {}), "kind": kind, "happened_at": happened_at.isoformat()}
    return cast("EntryFacts", said)


def let_go(file: OpenCase, *, entry: UUID) -> None:
    """Take off the timeline what another page put there by mistake.

    Like changing it: for a day, by whoever wrote it. What was added to, or is older, stays and can be added to.
    """
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        current = Entry.objects.filter(pk=entry, case=file.thing).first()
        if current and may_let_go(file, current):
            _remove(file, current, current.text)


def may_let_go(file: OpenCase, entry: Entry) -> bool:
    """Whether this person may still take it off the timeline so."""
    mine = entry.author_id == file.visit.actor.id
    return mine and words.is_fresh(entry.facts, words.A_DAY) and not entry.amendments.exists()


def _remove(file: OpenCase, current: Entry, text: str) -> None:
    current.delete()
    counting.recount_contact(file.thing)
    remembering.forget_text(file.thing, text)


def take_back(file: OpenCase, *, entry: UUID, also: Mapping[str, str] | None = None) -> None:
    """Undo one's last note: its words are a draft again, and its number is not used for another.

    `also` is what else was typed with it, so that it stands in the draft again.
    """
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        current = Entry.objects.filter(pk=entry, case=file.thing).first()
        if current is None:  # the second of two clicks
            return
        text, facts = current.text, current.facts
        _must_take_back(file, current, facts)
        by_clock = after_hours(file.visit, datetime.fromisoformat(facts["happened_at"]))
        typed = words.as_typed(facts, by_clock=by_clock)
        typed |= {"text": text, "hard": current.hard or "", "entry_id": str(uuid4()), **(also or {})}
        drafting.put_back(file, {name: said for name, said in typed.items() if said})
        _remove(file, current, text)


def take_copy(file: OpenCase, *, entry: UUID) -> OwnNote | None:
    """Take one's own note off the timeline, if it is still as it was written a moment ago; what was in it."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        untouched = Entry.objects.filter(pk=entry, case=file.thing, author=file.visit.actor.id, version=1)
        current = untouched.filter(amendments=None).first()
        if current is None or not words.is_fresh(current.facts, words.A_MOMENT):
            return None
        note = OwnNote(text=current.text, facts=current.facts, hard=current.hard or "")
        _remove(file, current, note.text)
    return note


def _must_take_back(file: OpenCase, current: Entry, facts: EntryFacts) -> None:
    mine = current.author_id == file.visit.actor.id
    if not (mine and words.is_fresh(facts, words.A_MOMENT)) or current.amendments.exists():
        raise CannotDo(
            _(
                "A note can be undone for ten minutes, by whoever wrote it. What you know now can be added to it."
            )
        )
