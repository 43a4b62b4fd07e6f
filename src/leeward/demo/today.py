"""Brings a participant's file up to today: how they are reached, what was promised, what comes next.

By the same verbs and through the same gate as everybody else, after the story was told.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid5

from django.utils import timezone

from leeward.access import gate
from leeward.access.policy import Action
from leeward.cases.actions import minors, people, reach, walking
from leeward.cases.models import Case
from leeward.days import actions as days
from leeward.days.actions.agreeing import Agreed
from leeward.days.actions.asking import Asked

if TYPE_CHECKING:
    from datetime import date

    from leeward.access.gate import Opened, Visit
    from leeward.days.words import CourtWords, DueWords, SlotWords
    from leeward.demo.now import Now
    from leeward.staff.models import Person

    type File = Opened[Case]

#: What an appointment says in its slot, and what about the court; the rest are its words.
_SLOT, _COURT, _DAY = ("at", "minutes"), "court", "in"


def bring_up_to_date(visit: Visit, case: Case, now: Now, people_of: dict[str, Person]) -> None:
    """Everything that one worker knows about one participant this morning."""
    with gate.opening(visit, Action.CHANGE_REACH, case) as file:
        _reached(file, now)
    with gate.opening(visit, Action.WRITE_ENTRY, case) as file:
        people.change_profile(file, facts={**now.profile, "matters": now.matters}, version=0)
    with gate.opening(visit, Action.DAYS, case) as file:
        _agreed(file, now)
    if now.backup:
        with gate.opening(visit, Action.NAME_BACKUP, case) as file:
            walking.name_backup(file, person=people_of[now.backup])


def _reached(file: File, now: Now) -> None:
    if now.reach:
        reach.change_reach(file, facts=dict(now.reach), version=0)
    for number, way in enumerate(now.ways):
        facts = {"first": True, **way} if number == 0 else way
        reach.keep_way(file, row_id=_id(file, "way", number), facts=facts, version=0)
    for number, say in enumerate(now.says):
        minors.keep_say(file, row_id=_id(file, "say", number), facts=say, version=0)


def _agreed(file: File, now: Now) -> None:
    today = timezone.localdate()
    for number, (ahead, text) in enumerate(now.promises):
        days.promise(file, due_id=_id(file, "promise", number), text=text, day=today + timedelta(days=ahead))
    for number, (ago, text, told) in enumerate(now.kept):
        day = today - timedelta(days=ago)
        due = days.promise(file, due_id=_id(file, "kept", number), text=text, day=day)
        days.keep(file, due, told=told)
    for number, (ahead, text) in enumerate(now.deadlines):
        day = today + timedelta(days=ahead)
        days.todo(file, due_id=_id(file, "deadline", number), text=text, day=day, legal=True)
    for number, booked in enumerate(now.appointments):
        days.appointment(file, due_id=_id(file, "appointment", number), agreed=_booked(booked, today))
    if now.ask:
        _asked(file, now.ask)


def _booked(told: dict[str, Any], today: date) -> Agreed:
    words = {name: value for name, value in told.items() if name not in {*_SLOT, _COURT, _DAY}}
    slot = {name: told[name] for name in _SLOT if name in told}
    slot["at"] = slot.get("at", "").rjust(5, "0") if slot.get("at") else ""
    return Agreed(
        day=today + timedelta(days=told[_DAY]),
        words=cast("DueWords", words),
        slot=cast("SlotWords", slot),
        court=cast("CourtWords | None", told.get(_COURT)),
    )


def _asked(file: File, told: dict[str, Any]) -> None:
    since = timezone.now() - timedelta(hours=told["hours"])
    words = {name: told[name] for name in ("who", "text", "how")}
    days.take_ask(
        file,
        Asked(
            ask_id=_id(file, "ask", 0),
            team=file.thing.team_id,
            case=file.thing,
            words={**words, "since": since.isoformat()},  # type: ignore[typeddict-item]
        ),
    )


def tie(visit: Visit, one: Case, kind: str, other: Case) -> None:
    """Two who belong together: a line in each file."""
    with gate.entering(visit, Action.WRITE_ENTRY, lists=True) as entered:
        files = [entered.open(case, Action.WRITE_ENTRY) for case in (one, other)]
        people.link(files[0], files[1], row_id=uuid5(one.pk, str(other.pk)), kind=kind)


def evening(day: date, hour: int) -> datetime:
    """An hour of a day where the agency is."""
    return datetime.combine(day, time(hour), timezone.get_current_timezone())


def _id(file: File, what: str, number: int) -> UUID:
    return uuid5(file.thing.pk, f"demo {what} {number}")
