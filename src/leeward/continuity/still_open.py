"""What stands between a file and its end: parts without an answer, promises, a crisis, somebody missing (D1, T1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from leeward.continuity.models import Component, HandOver
from leeward.continuity.words import ANSWERED, COMPONENT_ICONS, STATE_TONES, ComponentKind, ComponentState
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.safety.models import Crisis, Missing

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.continuity.words import ComponentWords


class Part(NamedTuple):
    """One part of a case as a page shows it; without `pk` nobody said anything about it yet."""

    pk: UUID | None
    version: int
    kind: ComponentKind
    words: ComponentWords

    @property
    def state(self) -> str:
        """Whose it is now, or nothing."""
        return self.words.get("state", "")

    @property
    def label(self) -> str:
        """Its name; "something else" has one of its own."""
        return self.words.get("title", "") or str(self.kind.label)

    @property
    def said(self) -> str:
        """Whose it is, in words."""
        return str(ComponentState(self.state).label) if self.state else ""

    @property
    def icon(self) -> str:
        """What it is drawn with."""
        return COMPONENT_ICONS[self.kind]

    @property
    def tone(self) -> str:
        """How much it still asks for."""
        return STATE_TONES[ComponentState(self.state)] if self.state else ""

    @property
    def is_answered(self) -> bool:
        """Whether nothing of it is left with us."""
        return self.state in ANSWERED


def parts(file: OpenCase) -> list[Part]:
    """Every part of a case, in one order, whether or not anything was said about it."""
    found: dict[ComponentKind, list[Part]] = {kind: [] for kind in ComponentKind}
    for row in Component.objects.filter(case=file.thing):
        words = row.about
        kind = ComponentKind(words.get("kind", ComponentKind.OTHER))
        found[kind].append(Part(row.pk, words.get("version", 1), kind, words))
    empty = [kind for kind in ComponentKind if kind != ComponentKind.OTHER and not found[kind]]
    for kind in empty:
        found[kind].append(Part(None, 0, kind, {}))
    for of_kind in found.values():
        of_kind.sort(key=lambda part: part.label.casefold())
    return [part for kind in ComponentKind for part in found[kind]]


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What is not finished when a file is about to be closed."""

    unanswered: list[Part]
    promises: list[Due]
    dates: list[Due]
    crisis: bool
    missing: bool
    hand_over: HandOver | None

    @property
    def needs_their_word(self) -> bool:
        """Whether closing now is a choice that somebody should be able to read later."""
        return bool(self.promises) or self.crisis or self.missing

    @property
    def nothing(self) -> bool:
        """Whether all is done."""
        return not (self.unanswered or self.dates or self.needs_their_word)


def still_open(file: OpenCase) -> StillOpen:
    """Look once through all that may be left."""
    dues = list(
        Due.objects.filter(case=file.thing, is_open=True).select_related("owner").order_by("day", "pk")
    )
    return StillOpen(
        unanswered=[part for part in parts(file) if not part.is_answered],
        promises=[due for due in dues if due.kind == DueKind.PROMISE],
        dates=[due for due in dues if due.kind in {DueKind.APPOINTMENT, DueKind.TODO}],
        crisis=Crisis.objects.open().filter(case=file.thing).exists(),
        missing=Missing.objects.open().filter(case=file.thing).exists(),
        hand_over=HandOver.objects.on_the_way().filter(case=file.thing).first(),
    )
