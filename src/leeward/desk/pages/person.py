"""A participant's page: how to reach them, what matters, what is promised, in twenty seconds (B1, C8, D1, G5).

Each role sees its part. What a role does not open is not asked for here, so it takes no room and no query.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from leeward.cases.models import Glance, Introduction
from leeward.cases.pages import minors, timeline
from leeward.cases.pages.file import head, papers
from leeward.cases.pages.people import keep_away
from leeward.cases.pages.reach import safely
from leeward.continuity.pages import parts_left, team_of
from leeward.days import pages as days
from leeward.desk.pages import writing
from leeward.safety import pages as safety
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase

#: Dates and to-dos shown here; the others are one step away, on the page of dates.
A_FEW = 4


def whole(file: OpenCase, before: str) -> dict[str, Any]:
    """Everything on the page that this role opens."""
    shown = {**head(file, "desk:person"), "walkers": team_of(file), "mine": file.visit.actor.id}
    opens, may = file.compartments, shown["may"]
    if Compartment.CONTACT in opens:
        shown |= _contact(file)
    if may["crisis"]:
        shown["safety"] = safety.now(file)
    if Compartment.NOTES in opens:
        shown |= _notes(file, before, may_write=may["write_entry"])
    if may["write_entry"] and file.thing.is_open:
        shown |= parts_left(file)
    if Compartment.FILES in opens:
        shown["papers"] = papers(file)
    return shown


def _contact(file: OpenCase) -> dict[str, Any]:
    """How to reach them, and who decides with whoever is not of age."""
    young = minors.is_minor(file.thing)
    return {
        "reach": safely(file),
        "deciding": minors.who_decides(file.thing) if young else None,
        "turning": minors.turning(file.thing, file.compartments) if young else None,
    }


def _notes(file: OpenCase, before: str, *, may_write: bool) -> dict[str, Any]:
    """What matters, what comes, what happened, and where to write."""
    dates = days.of_case(file)
    shown = timeline.timeline(file, before)
    writing.with_promises(shown["entries"], [look.due for look in dates.promises])
    return {
        **shown,
        **(writing.shown(file, writing.form_for(file)) if may_write else {}),
        **_matters(file),
        "apart": keep_away(file.thing),
        "dates": dates,
        "coming": dates.coming[:A_FEW],
        "to_do": dates.todos[:A_FEW],
        "more": sum(max(len(some) - A_FEW, 0) for some in (dates.coming, dates.todos)),
        "is_new_to_them": may_write and not _introduced(file),
    }


def _matters(file: OpenCase) -> dict[str, Any]:
    """What matters most to them now, in their own words."""
    row = Glance.objects.filter(case=file.thing).first()
    words = row.words if row else {}
    told = words.get("matters_on", "")
    return {"matters": words.get("matters", ""), "matters_on": date.fromisoformat(told) if told else None}


def _introduced(file: OpenCase) -> bool:
    """Whether I told them who I am, what I can do and what not (practice C2)."""
    return Introduction.objects.filter(case=file.thing, person=file.visit.actor.id).exists()
