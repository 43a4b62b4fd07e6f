"""Whether somebody who seems new is known already, among those whom this person may open, and nobody else.

People of other teams and those behind a wall are not looked at, so they change neither what is said nor how long it
takes. Closed files count: people come back.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from leeward.access.policy import Action
from leeward.cases import doubles
from leeward.cases.finding.shelf import bare, in_bytes, raw
from leeward.cases.models import Case, CaseList, Participant, Way
from leeward.cases.models.key import wrap_context
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import QuerySet

    from leeward.access.gate import Entered, Holder, Visit

#: More than these on a page would not be read.
MOST_ALIKE: Final = 6
_WRAP: Final = "case__key__wraps__"


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Somebody whom a new person may be, and by what."""

    case: Case
    by_name: bool
    by_number: bool


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is compared in each file, and what somebody must be allowed for that."""

    model: type[Participant | Way]
    field: str
    part: Compartment
    action: Action

    def open_to(self, visit: Visit) -> QuerySet[Any]:
        """Its rows in the files in which this person may look at them."""
        able = Case.objects.open_to(visit.actor, self.action, frozenset({self.part})).filter(joined_to=None)
        return self.model._base_manager.filter(case__in=able.held_by(visit.holder, self.part))  # noqa: SLF001


_CARDS: Final = _Compared(Participant, "card", Compartment.CARD, Action.SEE_CARD)
_WAYS: Final = _Compared(Way, "about", Compartment.CONTACT, Action.REACH)


class Stack:
    """One kind of row of many files, each opened for a moment to be compared; keys are turned here and kept nowhere."""

    def __init__(self, visit: Visit, compared: _Compared, alike: Callable[[Any], float]) -> None:
        """Take what is compared, and how well one fits."""
        wrapped = compared.open_to(visit).filter(
            **{f"{_WRAP}scope": compared.part.value, f"{_WRAP}team_key__isnull": False}
        )
        wrap = (f"{_WRAP}epoch", bare(f"{_WRAP}team_key"), raw(f"{_WRAP}sealed"))
        row = (bare("pk"), raw(compared.field))
        self._rows = wrapped.values_list(bare("case"), bare("case__key"), *wrap, *row)
        self._field: Any = compared.model._meta.get_field(compared.field)  # noqa: SLF001 - Django's documented way
        self._part, self._alike = compared.part, alike

    def fitting(self, agency: UUID, holder: Holder) -> Iterator[tuple[UUID, UUID | None]]:
        """The files that fit best, the best first."""
        scores: dict[str, float] = {}
        for case, value in self._opened(agency, holder):
            scores[case] = max(self._alike(value), scores.get(case, 0.0))
        best = nlargest(
            MOST_ALIKE, ((score, case) for case, score in scores.items() if score >= doubles.ALIKE)
        )
        yield from ((UUID(case), None) for _, case in best)

    def _opened(self, agency: UUID, holder: Holder) -> Iterator[tuple[str, Any]]:
        read = self._field.reader(agency, Case.kind)
        turn = cache(lambda team_key: holder.team_key(UUID(team_key), self._part.value))
        for case, key, epoch, team_key, wrapped, row, sealed in self._rows:
            secret = turn(team_key)
            if secret is None:
                continue
            owner = in_bytes(case)
            place = wrap_context(owner, in_bytes(key), epoch, self._part.value)
            with suppress(Unreadable):  # a damaged row keeps nobody from being met
                yield case, read(secret, wrapped, place, (owner, in_bytes(row)), bytes(sealed))


def perhaps_known(entered: Entered, names: Iterable[str], number: str = "") -> list[Perhaps]:
    """Those whom a new person may be; the trail's line holds who was shown, never what was typed."""
    by_name = _by_name(entered, names)
    by_number = _by_number(entered, number)
    wanted = list(dict.fromkeys([*by_number, *by_name]))[:MOST_ALIKE]
    found = {case.pk: case for case in Case.objects.with_people().filter(pk__in=wanted)} if wanted else {}
    cases = [found[pk] for pk in wanted if pk in found]
    if cases:
        entered.list(CaseList(cases), Action.SEE_CARD)
    return [Perhaps(case, case.pk in by_name, case.pk in by_number) for case in cases]


def called_like(entered: Entered, query: str) -> list[UUID]:
    """Those who are called almost what was typed, the most alike first; nobody if that is no name."""
    return _by_name(entered, [query], all_of_ours=True) if doubles.may_be_a_name(query) else []


def _by_name(entered: Entered, names: Iterable[str], *, all_of_ours: bool = False) -> list[UUID]:
    ours = [doubles.called(name) for name in names]

    def alike(card: Any) -> float:  # noqa: ANN401 - a card
        theirs = doubles.names_in(card["name"], card.get("aliases", ""))
        return doubles.likeness(ours, map(doubles.called, theirs), all_of_ours=all_of_ours)

    return _best(entered, _CARDS, alike) if any(one.letters for one in ours) else []


def _by_number(entered: Entered, number: str) -> list[UUID]:
    ours = doubles.digits(number)

    def alike(way: Any) -> float:  # noqa: ANN401 - what a way to reach somebody says
        return float(doubles.same_number(doubles.digits(way.get("value", "")), ours))

    return _best(entered, _WAYS, alike) if ours else []


def _best(entered: Entered, compared: _Compared, alike: Callable[[Any], float]) -> list[UUID]:
    stack = Stack(entered.visit, compared, alike)
    return [case for case, _ in entered.sift(stack, compared.action, compared.part)]
