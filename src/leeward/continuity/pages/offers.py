"""What stands on the page of hand-overs: questions for a yes, one's own, other teams', files without a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from leeward.access.policy import Action
from leeward.cases.models import CaseList
from leeward.cases.models.walking import able_in
from leeward.continuity.forms.people import PersonForm
from leeward.continuity.looking_after import looks_after, offers_to
from leeward.continuity.pages.waiting import (
    answered_for,
    asked_of,
    on_the_way_of,
    unanswered_in,
    visible,
    without_worker,
)
from leeward.staff.pages import team_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.cases.models import Case
    from leeward.continuity.models import HandOver


class Offered(NamedTuple):
    """An offer to a team, without a word about the participant."""

    row: HandOver
    team: str
    form: PersonForm


class Named(NamedTuple):
    """A hand-over as its reader may see it: whose file, by name or as "somebody", and to whom."""

    row: HandOver
    name: str
    to: str
    #: Whether its reader may follow it into the file.
    opens: bool


def offers(entered: Entered, asked_for: UUID | None = None, form: PersonForm | None = None) -> dict[str, Any]:
    """All that waits. The names it shows are opened together, with one line in the trail."""
    visit = entered.visit
    groups = {
        "asked": asked_of(visit),
        "answered": answered_for(visit),
        "mine": on_the_way_of(visit),
        "unanswered": unanswered_in(visit),
    }
    alone = list(without_worker(visit).select_related("participant", "primary").order_by("pk")[:50])
    names = _named(entered, [row.case for rows in groups.values() for row in rows], alone)
    shown = {group: [_line(entered, row, names) for row in rows] for group, rows in groups.items()}
    return {
        **shown,
        "alone": [(case, names[case.pk]) for case in alone],
        "offered": _offered(entered, asked_for, form),
    }


def _named(entered: Entered, cases: list[Case], alone: list[Case]) -> dict[UUID, str]:
    """Names by file, as far as this reader may see them."""
    seen = visible(entered.visit, [case.pk for case in cases]) | {case.pk for case in alone}
    once = {case.pk: case for case in (*cases, *alone) if case.pk in seen}
    if once:
        entered.list(CaseList(list(once.values())), Action.SEE_CARD)
    return {pk: case.participant.card["name"] for pk, case in once.items()}


def _line(entered: Entered, row: HandOver, names: dict[UUID, str]) -> Named:
    to = row.taker.name if row.taker else team_name(row.team_to, entered.visit) if row.team_to else ""
    return Named(row, names.get(row.case_id, ""), to, row.case_id in names)


def _offered(entered: Entered, asked_for: UUID | None, form: PersonForm | None) -> list[Offered]:
    rows = offers_to(entered.visit)
    able = able_in(looks_after(entered.visit)) if rows else {}
    return [
        Offered(row, team_name(row.team_to, entered.visit), _form(row, able, asked_for, form))
        for row in rows
        if row.team_to
    ]


def _form(
    row: HandOver, able: dict[UUID, Any], asked_for: UUID | None, form: PersonForm | None
) -> PersonForm:
    if form is not None and row.pk == asked_for:
        return form
    people: Iterable[Any] = able.get(row.team_to_id, []) if row.team_to_id else []
    return PersonForm(people=people, auto_id=f"offer_{row.pk}_%s")
