"""How something ends: kept, moved, released, done, happened, not this time, continued; and how it is opened again.

A second click changes nothing. What a colleague ended meanwhile stays as they left it, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.gate import Entered, Opened
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.actions.rows import lock
from leeward.days.actions import feeding, finding, telling
from leeward.days.actions.agreeing import filled, in_court, name_of, noticed, put, said_of
from leeward.days.models import Due
from leeward.days.words import ENDINGS, ChainLink, CourtWords, DueKind, DueWords
from leeward.ui import moments

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case
    from leeward.cases.words import EntryFacts

    #: The open file that something is in; or, for what is the worker's own, the page that they are on.
    type Door = OpenCase | Entered

#: What a date in court does not hand on to the next one.
OF_ONE_DAY: Final = frozenset(
    {"told", "told_before", "moved_from", "happened", "next", "result", "ended", "continued_to", "room"}
)


class When(NamedTuple):
    """Another day, with a time of day or without one."""

    day: date
    at: str = ""


@dataclass
class AlreadyEnded(CannotDo):
    """Somebody ended it before; nothing was changed."""

    message: str

    def __str__(self) -> str:
        return self.message


def keep(door: Door, due: Due, told: str = "") -> Due:
    """A promise was kept."""
    return end(door, due, "kept", _said(told=told))


def release(door: Door, due: Due, told: str = "") -> Due:
    """Released by them: they do not need it any more. For one's own to-dos: nobody needs it."""
    return end(door, due, "released" if due.kind == DueKind.PROMISE else "let_go", _said(told=told))


def done(door: Door, due: Due, told: str = "") -> Due:
    """A to-do is done, or somebody has looked in again."""
    return end(door, due, "done", _said(told=told))


def happened(file: OpenCase, due: Due, *, how: str, told: CourtWords, note: EntryFacts | None = None) -> Due:
    """What became of an appointment: it happened, or not this time. Nobody is blamed, and what is next is asked.

    What happened stands on the timeline once, with our part in it as `note` tells, or else as it was arranged. What did
    not take place leaves nothing there: nobody was spoken to.
    """
    with transaction.atomic():
        lock(file.thing)
        ended = end(file, due, "happened" if how == "happened" else "not_now", told)
        if how == "happened":
            telling.tell(file, ended, note)
    return ended


def move(door: Door, due: Due, *, when: When, told: str, version: int) -> Due:
    """Moved to another day, with a word to the participant; the days before are kept."""
    with transaction.atomic():
        current = _held(door, due)
        words, slot = said_of(door, current), (current.slot or {})
        _still_open(current, words)
        if (current.day, slot.get("at", ""), words.get("told", "")) == (when.day, when.at, told):
            return current  # the second click of two
        if current.version != version:
            raise ChangedMeanwhile("", current.version)
        name = put(door, current, _moved(words, current.day, told))
        noticed(door, current)
        current.slot = {**slot, "at": when.at}
        current.day = when.day
        current.version += 1
        current.save(update_fields=list({name, "words", "slot", "day", "version"}))
        feeding.tell(current)
        finding.tell(_file_of(door), current)
    return current


def continued(
    file: OpenCase,
    due: Due,
    *,
    due_id: UUID,
    when: When,
    told: str = "",
    note: EntryFacts | None = None,
) -> Due:
    """The court set another date: one action ends this one and books that one, with everything that was known (M5).

    Where we went for it, `note` tells our part, and the timeline says once that there was an appointment.
    """
    with transaction.atomic():
        lock(file.thing)
        current = _held(file, due)
        _must_be_in_court(file, current)
        words = said_of(file, current)
        if words.get("continued_to", {}).get("due") == str(due_id):
            return Due.objects.get(pk=due_id, case=file.thing)
        _still_open(current, words)
        following = _following(current, words, due_id, when)
        noticed(file, following)
        following.save(force_insert=True)
        link: ChainLink = {"due": str(due_id), "day": when.day.isoformat()}
        _close(file, current, "moved", {**_said(told=told), "ended": "continued", "continued_to": link})
        feeding.tell(following)
        if note:
            telling.tell(file, current, note)
    return following


def _must_be_in_court(file: OpenCase, due: Due) -> None:
    if not in_court(file, due):
        raise CannotDo(
            _("Only a date in court is continued, by those who carry the case. Please move it instead.")
        )


def again(door: Door, due: Due) -> Due:
    """Open again what was ended by mistake. A date that a court continued stays ended: the next one counts.

    Its note leaves the timeline too, where whoever wrote it does so within the day in which notes can be changed; also
    after a colleague opened it, who cannot take another person's note back.
    """
    with transaction.atomic():
        current = _held(door, due)
        if not current.is_open:
            _open(current)
        if isinstance(door, Opened) and current.kind == DueKind.APPOINTMENT:
            telling.unsay(door, current)
    return current


def _open(current: Due) -> None:
    words = current.words or {}
    if words.get("ended") == "moved":
        raise CannotDo(_("There is another date for this now. Please look at that one."))
    gone = {"ended", "ended_at", "ended_by"}
    current.words = cast("DueWords", {name: words[name] for name in words.keys() - gone})
    current.is_open = True
    current.version += 1
    current.save(update_fields=["words", "is_open", "version"])
    feeding.tell(current)


def _held(door: Door, due: Due) -> Due:
    """The row, locked, where this door may reach it; before it the file's, whose set of words is written with it."""
    rows = Due.objects.select_for_update()
    if isinstance(door, Opened):
        lock(door.thing)
        return rows.get(pk=due.pk, case=door.thing)
    return rows.get(pk=due.pk, case=None, owner=door.visit.actor.id)


def _file_of(door: Door) -> Case | None:
    return door.thing if isinstance(door, Opened) else None


def end(door: Door, due: Due, how: str, told: CourtWords) -> Due:
    """End it by one of the words for that, once; what somebody else ended otherwise stays, and is said."""
    with transaction.atomic():
        current = _held(door, due)
        words = said_of(door, current)
        mine = (words.get("ended"), words.get("ended_by")) == (how, str(door.visit.actor.id))
        if mine and all(words.get(name) == value for name, value in told.items()):
            return current  # the second click of two
        if not mine:
            _still_open(current, words)
        return _close(door, current, how, told)


def _close(door: Door, current: Due, how: str, told: CourtWords) -> Due:
    """That it ended, and who said so, is among the notes; what was told about it stands where it belongs."""
    if told.get("told"):
        told = {**told, "told_before": _earlier(said_of(door, current))}
    name = put(door, current, told)
    ended: DueWords = {
        "ended": how,
        "ended_at": timezone.now().isoformat(),
        "ended_by": str(door.visit.actor.id),
    }
    current.words = {**(current.words or {}), **ended}
    current.is_open = False
    current.version += 1
    current.save(update_fields=list({name, "words", "is_open", "version"}))
    feeding.forget([current.pk])
    finding.tell(_file_of(door), current)
    return current


def _still_open(due: Due, words: DueWords) -> None:
    """Say who ended it, and how, where somebody did: a tab that stood open for a while does not know yet."""
    if due.is_open:
        return
    told = {
        "name": name_of(words.get("ended_by", "")),
        "how": ENDINGS[words.get("ended", "done")].label,
        "when": moments.moment(_moment(words.get("ended_at", ""))),
    }
    raise AlreadyEnded(
        _("%(name)s wrote “%(how)s” here, %(when)s. It stays so; nothing was changed now.") % told
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text) if text else timezone.now()


def _moved(words: DueWords, before: date, told: str) -> DueWords:
    days = [*words.get("moved_from", []), before.isoformat()]
    return {**words, "moved_from": days, "told": told, "told_before": _earlier(words)}


def _earlier(words: DueWords) -> list[str]:
    """What was told before: nothing that somebody wrote is lost by a later word."""
    last = words.get("told", "")
    return [*words.get("told_before", []), *([last] if last else [])]


def _following(current: Due, words: DueWords, due_id: UUID, when: When) -> Due:
    """The next date of the same matter: what was known of the last one, and the chain of dates before."""
    link: ChainLink = {"due": str(current.pk), "day": current.day.isoformat()}
    court = current.court or {}
    stays = cast("CourtWords", {name: value for name, value in court.items() if name not in OF_ONE_DAY})
    chain = [*words.get("continued_from", []), link]
    following = Due(id=due_id, case_id=current.case_id, owner_id=current.owner_id, kind=current.kind)
    following.day, following.words = when.day, {}
    # The same date on another day: its changes are counted on.
    following.version = current.version + 1
    following.slot = {**(current.slot or {}), "at": when.at}
    following.court = filled({**stays, "continued_from": chain})
    return following


def _said(**words: str) -> CourtWords:
    """Only what was said."""
    return {name: value for name, value in words.items() if value}  # type: ignore[return-value]
