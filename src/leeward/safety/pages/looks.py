"""Sealed words, opened once and ready to show: lines, wishes, crises, nights, being away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from leeward.safety.words import (
    ANSWERS,
    AWAY_WISHES,
    CALLED,
    CHECKS,
    HALF_A_YEAR,
    NIGHT_ICONS,
    TOLD,
    WISHES,
    NightKind,
    PhotoWish,
    WishesAfter,
)
from leeward.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leeward.safety.models import Crisis, CrisisWishes, Missing, NightNote
    from leeward.safety.words import CheckFacts, LineFacts, WishesWords

    type Names = Mapping[str, str]

_PHOTO = dict(PhotoWish.choices)
_AFTER = dict(WishesAfter.choices)
_KINDS = dict(NightKind.choices)
#: Whom somebody wants called, and never called.
_PEOPLE = {name: WISHES[name] for name in ("call_first", "call_never")}
#: What is said after a crisis.
_SAID = ("how", "account", "wishes", "next_time")


def moment(told: str) -> datetime | None:
    """A time as sealed words keep it."""
    return datetime.fromisoformat(told) if told else None


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """What colleagues are called, by their numbers."""
    wanted = {UUID(one) for one in ids if one}
    found = Person.objects.filter(pk__in=wanted).values_list("pk", "name") if wanted else ()
    return {str(pk): name for pk, name in found}


class Said(NamedTuple):
    """One line under a label."""

    label: str
    text: str


class LineLook(NamedTuple):
    """Something said, done or heard, with when and by whom."""

    id: str
    at: datetime
    by: str
    label: str
    text: str
    mine: bool

    @classmethod
    def of(cls, line: LineFacts, names: Names, labels: Mapping[str, Any], me: UUID) -> LineLook:
        """Make it ready."""
        by = line.get("by", "")
        label, text = str(labels.get(line.get("who", ""), "")), line.get("text", "")
        return cls(
            line["id"], datetime.fromisoformat(line["at"]), names.get(by, ""), label, text, by == str(me)
        )


def lines_of(
    lines: Iterable[LineFacts], names: Names, me: UUID, labels: Mapping[str, Any] | None = None
) -> list[LineLook]:
    """Lines, the newest first."""
    found = [LineLook.of(line, names, labels or {}, me) for line in lines]
    return sorted(found, key=attrgetter("at"), reverse=True)


@dataclass(frozen=True, slots=True)
class WishesLook:
    """Somebody's own wishes, by their questions; only what was told."""

    calm: list[Said]
    away: list[Said]
    people: list[Said]
    #: The answers that say whom to call.
    to_call: list[str]
    on: date | None
    by: str

    @classmethod
    def of(cls, row: CrisisWishes | None) -> WishesLook | None:
        """Open them once; None where nothing was told."""
        words: WishesWords = row.words if row else {}
        answers: dict[str, Any] = {**words, "away_photo": _PHOTO.get(words.get("away_photo", ""), "")}
        calm, away, people = (_said(asked, answers) for asked in (WISHES, AWAY_WISHES, _PEOPLE))
        if not calm and not away:
            return None
        to_call = [words.get("call_first", ""), words.get("away_call", "")]
        on, by = words.get("on", ""), words.get("by", "")
        return cls(
            calm, away, people, to_call, date.fromisoformat(on) if on else None, names_of([by]).get(by, "")
        )

    @property
    def old(self) -> bool:
        """Whether half a year has gone by since: then they are read together again."""
        return self.on is not None and self.on < timezone.localdate() - HALF_A_YEAR

    @property
    def all(self) -> list[Said]:
        """Everything, a bad moment first."""
        return [*self.calm, *self.away]

    @property
    def while_away(self) -> list[Said]:
        """What they wish if they are away, and whom to call."""
        return [*self.away, *self.people]

    def __str__(self) -> str:
        """All of it as lines, to stand beside another version."""
        return "\n".join(f"{said.label}: {said.text}" for said in self.all)


def _said(labels: Mapping[str, Any], answers: Mapping[str, Any]) -> list[Said]:
    return [Said(str(label), str(answers[name])) for name, label in labels.items() if answers.get(name)]


class CheckLook(NamedTuple):
    """One line of the list: what was answered, when and by whom, and what can be answered."""

    code: str
    label: str
    icon: str
    answer: str
    at: datetime | None
    by: str
    choices: list[tuple[str, str, bool]]


class CrisisLook:
    """A crisis, opened once."""

    def __init__(self, crisis: Crisis, me: UUID) -> None:
        """Read the words once for all that a page shows of them."""
        self.crisis, self.pk, self.is_open = crisis, crisis.pk, crisis.is_open
        self._words, self._me = crisis.words, me
        self.began, self.ended = moment(self._words["began"]), moment(self._words.get("ended", ""))

    @cached_property
    def _names(self) -> dict[str, str]:
        words = self._words
        said = [line["by"] for line in (*words.get("calls", []), *words.get("lines", []))]
        ticked = [check["by"] for check in words.get("checks", {}).values()]
        return names_of([*said, *ticked, words.get("ended_by", ""), str(self.crisis.author_id)])

    @property
    def begun_by(self) -> str:
        """Who opened it."""
        return self._names.get(str(self.crisis.author_id), "")

    @property
    def may_undo(self) -> bool:
        """Whether it may have been a tap on the wrong name."""
        return self.crisis.is_a_slip_of(self._me)

    @property
    def ended_by(self) -> str:
        """Who closed it."""
        return self._names.get(self._words.get("ended_by", ""), "")

    def checks(self) -> list[CheckLook]:
        """The list of immediate safety."""
        ticked = self._words.get("checks", {})
        return [self._check(check, ticked.get(check.code)) for check in CHECKS]

    def _check(self, check: Any, told: CheckFacts | None) -> CheckLook:  # noqa: ANN401 - a Check; its module is words
        answer = told["answer"] if told else ""
        choices = [(code, str(ANSWERS[code]), code == answer) for code in check.answers]
        at, by = (moment(told["at"]), self._names.get(told["by"], "")) if told else (None, "")
        label = str(ANSWERS[answer]) if answer else ""
        return CheckLook(check.code, str(check.label), check.icon, label, at, by, choices)

    def calls(self) -> list[LineLook]:
        """Who was called, the newest first."""
        return lines_of(self._words.get("calls", []), self._names, self._me, CALLED)

    def lines(self) -> list[LineLook]:
        """What was written, the newest first."""
        return lines_of(self._words.get("lines", []), self._names, self._me)

    def after(self) -> list[tuple[str, str]]:
        """What was said afterwards, by its code."""
        words: dict[str, Any] = {**self._words}
        words["wishes"] = _AFTER.get(words.get("wishes", ""), "")
        return [(name, str(words[name])) for name in _SAID if words.get(name)]

    def answers(self) -> dict[str, Any]:
        """What was said afterwards, for the form."""
        words: dict[str, Any] = {**self._words}
        return {name: words.get(name, "") for name in _SAID} | {"version": words.get("version", 0)}


class NightLook:
    """A night note, opened once."""

    __slots__ = ("at", "author", "done", "icon", "label", "minutes", "morning", "note", "pk", "unseen")

    def __init__(self, note: NightNote) -> None:
        """Read the words once for all that a page shows of them."""
        words = note.words
        kind = words.get("kind", "other")
        self.note, self.pk, self.unseen, self.author = note, note.pk, note.is_open, note.author.name
        self.at, self.minutes = datetime.fromisoformat(words["at"]), words.get("minutes", 0)
        self.done, self.morning = words.get("done", ""), words.get("morning", "")
        self.label, self.icon = _KINDS.get(kind, ""), NIGHT_ICONS.get(kind, "moon")


class MissingLook:
    """Somebody is away, opened once."""

    def __init__(self, missing: Missing, me: UUID) -> None:
        """Read the words once for all that a page shows of them."""
        self.missing, self.pk, self.is_open = missing, missing.pk, missing.is_open
        self.words, self._me = missing.words, me
        self.back: dict[str, Any] = {**self.words.get("back", {})}
        self.since, self.seen_at = moment(self.words["since"]), moment(self.words.get("seen_at", ""))
        self.back_at = moment(self.back.get("at", ""))

    @cached_property
    def _names(self) -> dict[str, str]:
        lines = (*self.words.get("told", []), *self.words.get("heard", []))
        return names_of([*(line["by"] for line in lines), str(self.missing.author_id)])

    @property
    def begun_by(self) -> str:
        """Who wrote it down first."""
        return self._names.get(str(self.missing.author_id), "")

    def told(self) -> list[LineLook]:
        """Who was told, the newest first."""
        return lines_of(self.words.get("told", []), self._names, self._me, TOLD)

    def told_codes(self) -> set[str]:
        """Who was told, by code."""
        return {line.get("who", "") for line in self.words.get("told", [])}

    def heard(self) -> list[LineLook]:
        """Signs of life, the newest first."""
        return lines_of(self.words.get("heard", []), self._names, self._me)
