"""Agree on something for a day: a promise, a to-do, an appointment, a day to look in again (practices B1, F5, M5)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypedDict, Unpack, cast
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.gate import Opened
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.actions.rows import lock
from leeward.cases.models import Case
from leeward.days.actions import feeding, finding
from leeward.days.models import Due
from leeward.days.words import CourtWords, DueKind, DueWords, SlotWords
from leeward.staff.models import Membership, Person
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.models import Entry

#: Every appointment carries court words of at least this size, so that a thief cannot tell which are in court.
ROOM: Final = 500


class Said(TypedDict, total=False):
    """What may be said beside a promise or a to-do."""

    owner: Person | None
    at: str
    entry: Entry | None
    legal: bool


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """Something agreed for a day, before it is sealed. `owner` sees to it; nobody named means myself."""

    day: date
    kind: DueKind = DueKind.APPOINTMENT
    words: DueWords | None = None
    slot: SlotWords = field(default_factory=SlotWords)
    court: CourtWords | None = None
    owner: Person | None = None


def promise(file: OpenCase, *, due_id: UUID, text: str, day: date, **said: Unpack[Said]) -> Due:
    """Promise something to the participant, until it is kept, moved with a word to them, or released by them (B1)."""
    return _agree(file, due_id, _simple(DueKind.PROMISE, text, day, said))


def todo(file: OpenCase, *, due_id: UUID, text: str, day: date, **said: Unpack[Said]) -> Due:
    """Something to do, or a deadline, which may be a legal one."""
    return _agree(file, due_id, _simple(DueKind.TODO, text, day, said))


def own_todo(entered: Entered, *, due_id: UUID, text: str, day: date, **said: Unpack[Said]) -> Due:
    """Something to do that is in nobody's file: sealed to the worker, and lost with the worker's keys."""
    return _own(entered, due_id, _simple(DueKind.TODO, text, day, said))


def own_follow_up(entered: Entered, *, due_id: UUID, day: date, code: str, words: DueWords) -> Due:
    """A day to look in again that nobody else knows of: of a report, not everybody who keeps dates may know."""
    return _own(entered, due_id, Agreed(kind=DueKind.FOLLOW_UP, day=day, words=words, slot={"code": code}))


def _own(entered: Entered, due_id: UUID, agreed: Agreed) -> Due:
    me = entered.visit.actor.id
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=me)
        return _written(due_id, agreed, me, None)


def appointment(file: OpenCase, *, due_id: UUID, agreed: Agreed) -> Due:
    """Book a date. With court words it is one in court: all of it is sealed with them, away from the notes (M5)."""
    if agreed.court and Compartment.JUSTICE not in file.compartments:
        raise CannotDo(
            _("Dates in court are kept by those who carry the case. Ask the primary worker to book it.")
        )
    if agreed.court:
        agreed = replace(agreed, words={}, court={**(agreed.words or {}), **agreed.court})
    court = filled(agreed.court) if Compartment.JUSTICE in file.compartments else None
    return _agree(file, due_id, agreed, court)


def follow_up(
    of: Case | OpenCase,
    *,
    owner: UUID,
    day: date,
    code: str,
    due_id: UUID | None = None,
    also: SlotWords | None = None,
) -> Due:
    """Set a day to look in again. Its words stay empty, so that any role with the card can set it, at night too."""
    case = of if isinstance(of, Case) else of.thing
    slot: SlotWords = {**(also or {}), "code": code}
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=case.pk)
        agreed = Agreed(kind=DueKind.FOLLOW_UP, day=day, slot=slot)
        return _written(due_id or uuid4(), agreed, owner, case)


def change(file: OpenCase, due: Due, *, version: int, agreed: Agreed) -> Due:
    """Change what was agreed, unless somebody changed it meanwhile. How it ended and was moved stays."""
    with transaction.atomic():
        lock(file.thing)
        current = Due.objects.select_for_update().get(pk=due.pk, case=file.thing)
        if current.version != version:
            raise ChangedMeanwhile("", current.version)
        if agreed.day != current.day:
            noticed(file, current)
        current.day = agreed.day
        if agreed.owner is None or agreed.owner.pk != current.owner_id:
            current.owner_id = _owner(file, agreed.owner)
        said = {**(agreed.words or {}), **(agreed.court or {})}
        name = put(file, current, said)  # type: ignore[arg-type]
        current.slot = {**(current.slot or {}), **agreed.slot}
        current.version += 1
        current.save(update_fields=list({"day", "owner", "slot", "version", "words", name}))
        feeding.tell(current)
        finding.tell(file.thing, current)
    return current


def in_court(door: OpenCase | Entered, due: Due) -> bool:
    """Whether this is a date in court, as far as this door may know."""
    if not isinstance(door, Opened) or Compartment.JUSTICE not in door.compartments:
        return False
    return bool(set(due.court or {}) - {"room"})


def said_of(door: OpenCase | Entered, due: Due) -> DueWords:
    """All that is said about something, as far as this door opens it."""
    court = due.court if in_court(door, due) else None
    return {**(due.words or {}), **(court or {})}  # type: ignore[typeddict-item]


def put(door: OpenCase | Entered, due: Due, said: DueWords) -> str:
    """Write words where they belong: about a date in court never among the notes. Gives the field to be saved."""
    if in_court(door, due):
        due.court = filled(cast("CourtWords", {**(due.court or {}), **said}))
        return "court"
    due.words = {**(due.words or {}), **said}
    return "words"


def noticed(door: OpenCase | Entered, due: Due) -> None:
    """Remember that another day was chosen, and by whom, among the notes: for colleagues who walk along."""
    by: DueWords = {"moved_at": timezone.now().isoformat(), "moved_by": str(door.visit.actor.id)}
    due.words = {**(due.words or {}), **by}


def pass_on(of: Case | OpenCase, *, who: UUID, to: UUID) -> int:
    """Put what is open in a file into a colleague's hands; how much that is. An open file also tells their calendar."""
    case = of if isinstance(of, Case) else of.thing
    with transaction.atomic():
        open_ones = Due.objects.select_for_update().filter(case=case, owner=who, is_open=True)
        found = list(open_ones)
        open_ones.update(owner=to)
        feeding.forget(due.pk for due in found)
        for due in () if isinstance(of, Case) else found:
            due.owner_id = to
            feeding.tell(due)
    return len(found)


def name_of(person: str) -> str:
    """What a colleague is called, by the number that stands among the words."""
    found = Person.objects.filter(pk=person).first() if person else None
    return found.name if found else _("A colleague")


def filled(court: CourtWords | None) -> CourtWords:
    """Court words, brought to a size that does not tell whether there are any."""
    court = {**(court or {}), "room": ""}
    size = len(json.dumps(court, ensure_ascii=False, separators=(",", ":")).encode())
    return {**court, "room": " " * (ROOM - size)}


def _simple(kind: DueKind, text: str, day: date, said: Said) -> Agreed:
    words: DueWords = {"text": text}
    if entry := said.get("entry"):
        words["entry"] = str(entry.pk)
    if said.get("legal"):
        words["legal"] = True
    at = said.get("at")
    return Agreed(kind=kind, day=day, words=words, slot={"at": at} if at else {}, owner=said.get("owner"))


def _agree(file: OpenCase, due_id: UUID, agreed: Agreed, court: CourtWords | None = None) -> Due:
    with transaction.atomic():
        case = Case.objects.select_for_update().only("rests").get(pk=file.thing.pk)
        if case.rests:
            raise CannotDo(_("This file is held, so nothing new can be due in it."))
        return _written(due_id, agreed, _owner(file, agreed.owner), file.thing, court)


def _owner(file: OpenCase, owner: Person | None) -> UUID:
    """Who sees to it: myself, or a colleague who is in the participant's team today."""
    me = file.visit.actor.id
    if owner is None or owner.pk == me:
        return me
    if not Membership.objects.current().filter(team=file.thing.team_id, person=owner).exists():
        raise CannotDo(
            _("Only somebody of this participant’s team can see to it. Please choose another colleague.")
        )
    return owner.pk


def _written(
    due_id: UUID, agreed: Agreed, owner: UUID, case: Case | None, court: CourtWords | None = None
) -> Due:
    """The row of it; the caller holds the row that it hangs on, so the same click twice is one."""
    due_id, existing = _where_to(due_id, agreed, owner, case)
    if existing:
        return existing
    due = Due(id=due_id, case=case, owner_id=owner, kind=agreed.kind, day=agreed.day)
    due.words, due.slot, due.court = agreed.words, agreed.slot, court
    due.save(force_insert=True)
    feeding.tell(due)
    finding.tell(case, due)
    return due


def _where_to(due_id: UUID, agreed: Agreed, owner: UUID, case: Case | None) -> tuple[UUID, Due | None]:
    """The row that says this already, or an id that is free: other words in an old form are a row of their own."""
    while existing := Due.objects.filter(pk=due_id).first():
        mine = (
            existing.case_id == case.pk if case else existing.case_id is None and existing.owner_id == owner
        )
        if mine and existing.kind == agreed.kind and existing.day == agreed.day and _same(existing, agreed):
            return due_id, existing
        due_id = uuid5(due_id, "more")
    return due_id, None


def _same(existing: Due, agreed: Agreed) -> bool:
    """Whether a row says all of this, and perhaps meanwhile how it went."""
    pairs = [(existing.words, agreed.words), (existing.slot, agreed.slot)]
    if agreed.court:
        pairs.append((existing.court, agreed.court))
    return all(_holds(told or {}, said or {}) for told, said in pairs)


def _holds(told: Mapping[str, object], said: Mapping[str, object]) -> bool:
    return all(told.get(name) == value for name, value in said.items())
