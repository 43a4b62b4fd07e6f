"""Ways to look at a list of people: each with the address that opens exactly what its number counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from leeward.continuity.words import ComponentKind, ComponentState
from leeward.desk.pages import asked as ask
from leeward.desk.pages.people import of_part
from leeward.staff.pages.own import notebook_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leeward.access.gate import Visit
    from leeward.desk.pages.asked import Asked
    from leeward.desk.pages.lines import Line


class View(NamedTuple):
    """A way to look that somebody kept under a name of their own."""

    id: str
    name: str
    url: str
    current: bool


class Way(NamedTuple):
    """One way to look: a tab, a chip or an order."""

    label: str
    url: str
    current: bool
    number: int | None = None


def ways_to_look(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What the page offers around a list of people."""
    asked: Asked = shown["asked"]
    return {
        "tabs": _tabs(asked, shown["ties"]),
        "chips": _chips(asked, shown),
        **_by_part(asked, shown),
        "sorts": _sorts(asked) if shown["is_caseload"] else [],
        "before_url": asked.query(number=shown["newer"]),
        "after_url": asked.query(number=shown["older"]),
        "all_url": asked.query(show="", part="", state=""),
    }


def _tabs(asked: Asked, ties: Mapping[str, int]) -> list[Way]:
    """One's own, those one covers for, those one walks along with, everybody: only where there is somebody."""
    said = {
        ask.MINE: _("Yours"),
        ask.COVER: _("You cover"),
        ask.ALONG: _("Along"),
    }
    anew = ask.Asked(sort=asked.sort)
    found = [
        Way(f"{label} {ties[who]}", anew.query(who=who), asked.who == who)
        for who, label in said.items()
        if ties[who]
    ]
    everybody = Way(_("Everybody"), anew.query(who=ask.ALL), asked.who == ask.ALL and not asked.of)
    return [*found, everybody] if found else []


def _chips(asked: Asked, shown: Mapping[str, Any]) -> list[Way]:
    """Which of them. A chip that fits nobody is not offered, unless it is the one that is asked for."""
    counts: dict[str, int] = {**shown["counts"], ask.CLOSED: shown["closed"]}
    if asked.show and asked.show not in shown["counts"]:
        counts = {asked.show: shown["total"]}
    said = {
        ask.QUIET_14: _("Not spoken for 14 days"),
        ask.QUIET_30: _("Not spoken for 30 days"),
        ask.PROMISE: _("Promise open"),
        ask.UNPLANNED: _("Nothing planned"),
        ask.TURNING: _("18 before long"),
        ask.NO_BACKUP: _("No backup"),
        ask.UNCOVERED: _("Worker away, nobody covers"),
        ask.NO_WORKER: _("Worker’s role has ended"),
        ask.FOR_NOW: _("With them for now"),
        ask.LOOK_IN: _("Not looked into for a week"),
        ask.MEETING: _("Conference before long"),
        ask.LONG_AGO: _("Long since a conference"),
        ask.CLOSED: _("Closed"),
    }
    chips = [
        Way(label, asked.query(show=show), asked.show == show, counts[show])
        for show, label in said.items()
        if counts.get(show) or asked.show == show
    ]
    return [Way(_("All"), asked.query(show=""), not asked.show), *chips] if chips else []


def _by_part(asked: Asked, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Which part of the case, and whose it is: counted among those who fit what else was asked for."""
    if not asked.part or not shown["is_caseload"]:
        return {"by_part": asked.query(part=ask.ANY_PART) if shown["is_caseload"] else ""}
    among: list[Line] = shown["among"]

    def way(label: object, **other: str) -> Way:
        wanted = replace(asked, **other)  # type: ignore[arg-type]
        return Way(str(label), wanted.query(), wanted == asked, sum(of_part(line, wanted) for line in among))

    kinds = [way(kind.label, part=kind.value) for kind in ComponentKind]
    states = [
        way(state.label, state=state.value) for state in ComponentState if state != ComponentState.NEVER
    ]
    return {
        "kinds": [
            way(_("Any part"), part=ask.ANY_PART),
            *(one for one in kinds if one.number or one.current),
        ],
        "states": [way(_("still going on"), state=""), *(one for one in states if one.number or one.current)],
        "no_part": asked.query(part="", state=""),
    }


def _sorts(asked: Asked) -> list[Way]:
    said = {ask.NAME: _("name"), ask.LAST: _("last contact"), ask.NEXT: _("what comes next")}
    return [Way(label, asked.query(sort=sort), asked.sort == sort) for sort, label in said.items()]


def kept_views(visit: Visit, asked: Asked) -> list[View]:
    """One's own ways to look, by name."""
    here = asked.query()
    kept = notebook_of(visit).get("views", [])
    views = [View(one["id"], one["name"], one["query"], one["query"] == here) for one in kept]
    return sorted(views, key=lambda view: view.name.casefold())
