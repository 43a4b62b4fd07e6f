"""Whom a crisis is about: my people first, then everybody whom I may see (practice A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Exists, OuterRef

from leeward.access.policy import Action
from leeward.cases import finding
from leeward.cases.models import Case, CaseList
from leeward.cases.words import facts_on
from leeward.safety.models import Crisis
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models.case import CaseQuerySet

#: People on the page: more are found by a name.
MINE: Final = 40
OTHERS: Final = 20


class Whom(NamedTuple):
    """Somebody to open a crisis for, or to go on with the one that is open."""

    case: Case
    name: str
    facts: list[str]
    is_open: bool


def whom(entered: Entered) -> dict[str, Any]:
    """My people by name, then others; those with an open crisis on top."""
    visit = entered.visit
    everybody = _open_to(visit)
    my_own = {pk for (pk,) in everybody.walking_with(visit.actor.id).values_list("pk")}
    mine = list(_crises_first(everybody.filter(pk__in=my_own))[:MINE])
    others = list(_crises_first(everybody.exclude(pk__in=my_own))[: OTHERS + 1])
    entered.list(CaseList([*mine, *others[:OTHERS]]), Action.SEE_CARD)
    return {"mine": _lines(mine), "others": _lines(others[:OTHERS]), "more": len(others) > OTHERS}


def found(entered: Entered, query: str) -> dict[str, Any]:
    """Those whom a name fits, or almost, and for whom this person may open a crisis."""
    look = finding.find(entered, query)
    hits = look.hits
    able = _open_to(entered.visit).filter(pk__in=[hit.case.pk for hit in hits])
    still = set(able.values_list("pk", flat=True))
    open_ones = _with_crisis(still)
    lines = [_line(hit.case, hit.case.pk in open_ones) for hit in hits if hit.case.pk in still]
    if not look.perhaps:  # where the most alike stands first
        lines.sort(key=lambda line: line.name.casefold())
    return {"found": lines, "perhaps": look.perhaps and bool(lines), "query": query}


def _open_to(visit: Visit) -> CaseQuerySet:
    cases = Case.objects.current().filter(rests=False).open_to(visit.actor, Action.CRISIS)
    return cases.held_by(visit.holder, Compartment.CARD).held_by(visit.holder, Compartment.SAFETY)


def _crises_first(cases: CaseQuerySet) -> CaseQuerySet:
    going = Exists(Crisis.objects.open().filter(case=OuterRef("pk")))
    return cases.annotate(in_crisis=going).with_people().order_by("-in_crisis", "-last_number", "pk")


def _with_crisis(cases: Iterable[UUID]) -> set[UUID]:
    return set(Crisis.objects.open().filter(case__in=list(cases)).values_list("case", flat=True))


def _lines(cases: list[Case]) -> list[Whom]:
    lines = [_line(case, case.in_crisis) for case in cases]  # type: ignore[attr-defined]  # annotated by `_crises_first`
    return sorted(lines, key=lambda line: (not line.is_open, line.name.casefold()))


def _line(case: Case, is_open: bool) -> Whom:  # noqa: FBT001 - one fact of a line
    card = case.participant.card
    return Whom(case, card["name"], facts_on(card), is_open)
