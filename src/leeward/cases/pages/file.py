"""What the pages about one participant show, gathered while the file is open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.forms.writing import EntryForm
from leeward.cases.models import Paper
from leeward.cases.models.key import WHOLE
from leeward.cases.pages.timeline import draft_of, timeline
from leeward.cases.words import AgeBand
from leeward.staff.models import Person, Team
from leeward.ui import moments
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.access.gate import Visit
    from leeward.access.models import Line
    from leeward.cases.door import OpenCase
    from leeward.cases.words import Card, PaperFacts

#: After so many days a file's beginning is told by its month, and after so many more by month and year.
A_MONTH, A_YEAR = 31, 330


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of a file that this person may open."""

    label: str
    url: str
    current: bool


def head(file: OpenCase, here: str = "") -> dict[str, Any]:
    """What stands on top of every page of a file; `here` names the tab that is open."""
    ties = file.thing.ties_to(file.visit.actor)
    person = file.thing.participant
    may = {
        action.name.lower(): policy.allows(file.visit.actor, action, ties) for action in policy.CASE_ACTIONS
    }
    return {
        "case": file.thing,
        "person": person,
        "card": person.card,
        "facts": [*person.facts(), *_since(person.card)],
        "may": may,
        "tabs": _tabs(file.thing.pk, may, here),
    }


def _tabs(case: UUID, may: dict[str, bool], here: str) -> list[Tab]:
    places = (
        ("desk:person", _("Now"), may["see_case"]),
        ("cases:profile", _("In their words"), may["write_entry"]),
        ("cases:reach", _("Reaching them"), may["reach"]),
        ("days:of_case", _("Dates"), may["days"]),
        ("safety:of_case", _("Safety"), may["crisis"]),
        ("continuity:walking", pgettext("who walks with a participant", "People"), may["write_entry"]),
        ("cases:more", _("More"), may["see_case"]),
    )
    return [Tab(label, reverse(name, args=[case]), name == here) for name, label, shown in places if shown]


def _since(card: Card) -> list[str]:
    """Since when we walk together, as one says it."""
    if not card.get("since"):
        return []
    day = date.fromisoformat(card["since"])
    past = (timezone.localdate() - day).days
    when = moments.day(day) if past < A_MONTH else moments.month(day, year=past > A_YEAR)
    return [_("with us since %(when)s") % {"when": when}]


def whole(file: OpenCase, before: str) -> dict[str, Any]:
    """The participant's page."""
    shown = {**head(file, "desk:person"), **care_team(file), "mine": file.visit.actor.id}
    if Compartment.NOTES in file.compartments:
        shown |= timeline(file, before)
        shown["form"] = EntryForm(initial=draft_of(file))
    if Compartment.FILES in file.compartments:
        shown["papers"] = papers(file)
    return shown


def papers(file: OpenCase) -> list[dict[str, Any]]:
    """The papers of a file, the newest first."""
    found = [(paper.pk, paper.about) for paper in Paper.objects.filter(case=file.thing)]
    found.sort(key=lambda one: one[1]["added_at"], reverse=True)
    return [
        {"pk": pk, "name": about["name"], "size": about["size"], "at": datetime.fromisoformat(about["added_at"]),
         "icon": "image" if about["type"].startswith("image/") else "file-text"}
        for pk, about in found
    ]  # fmt: skip


def care_team(file: OpenCase) -> dict[str, Any]:
    """Who walks along."""
    return {"care_team": list(file.thing.care_team.current().select_related("person").order_by("since"))}


def card_lines(card: Card) -> str:
    """The card as lines of text, to stand beside another version of it."""
    ages = dict(AgeBand.choices)
    told = (
        card.get("name"),
        card.get("aliases"),
        card.get("pronouns"),
        card.get("language"),
        ages.get(card.get("age_band", "")),
    )
    return "\n".join(str(value) for value in told if value)


def download_name(about: PaperFacts) -> str:
    """The header that hands a file out under its own name, as a download."""
    name = "".join(sign for sign in about["name"] if sign.isprintable() and sign not in '/\\"') or "paper"
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


#: Why a file was opened, as a sentence goes on: to open the page for writing is not yet to have written.
PURPOSES = {
    # Translators: each of these follows somebody's name: "Ama read the page 2×, opened it to write."
    Action.SEE_CASE: _lazy("read the page"),
    Action.WRITE_ENTRY: _lazy("opened it to write"),
    Action.CHANGE_CARD: _lazy("opened it to change the card"),
    Action.ADD_FILE: _lazy("opened it to add a paper"),
    Action.ASSIGN: _lazy("looked at who walks along"),
    Action.NAME_BACKUP: _lazy("opened it to choose who stands in"),
    Action.SEE_OPENINGS: _lazy("looked at who opened it"),
    Action.REACH: _lazy("looked how to reach them"),
    Action.CHANGE_REACH: _lazy("opened it to write down how to reach them"),
    Action.DAYS: _lazy("looked at promises and dates"),
    Action.CRISIS: _lazy("opened it in a crisis"),
    Action.NIGHT: _lazy("had it on the night sheet"),
    Action.DUTY: _lazy("opened it for a report or an emergency"),
    Action.IDENTITY: _lazy("read names and papers in law"),
    Action.HISTORY: _lazy("read the history of harm"),
    Action.HAND_OVER: _lazy("opened it to hand over"),
    Action.CLOSE: _lazy("opened it to close, or to take it up again"),
    Action.START_CASE: _lazy("began it, or took it up again"),
    Action.MOVE: _lazy("opened it to move a note"),
    Action.JOIN: _lazy("opened it to make one file out of two"),
    Action.WALL: _lazy("looked at who is kept away"),
    Action.STEP_ASIDE: _lazy("opened it to step aside"),
    Action.LOOK_AFTER: _lazy("looked after the team"),
    Action.EXPECTED: _lazy("saw the name among those expected"),
    Action.SEE_CARD: _lazy("saw the name on a list"),
}
_ORDER = [action.value for action in PURPOSES]


def openings(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines of the trail in words, newest first: for each day and person from when to when, and for what."""
    lines = list(lines)
    names = dict(Person.objects.filter(pk__in={line.actor for line in lines}).values_list("pk", "name"))
    told: dict[tuple[date, UUID | None], dict[str, Any]] = {}
    for line in lines:
        here = moments.local(line.at)
        clock = moments.clock(here)
        place = (here.date(), line.actor)
        row = told.setdefault(
            place,
            {
                "day": place[0],
                "who": names.get(line.actor, "") if line.actor else "",
                "until": clock,
                "for": Counter(),
            },
        )
        row["for"][line.action] += 1
        row["since"] = clock
    return [{**row, "for": _purposes(row["for"])} for row in told.values()]


def _purposes(actions: Counter[str]) -> list[tuple[str, int]]:
    known = [action for action in _ORDER if action in actions]
    return [(str(PURPOSES[Action(action)]), actions[action]) for action in known]


def teams_to_start_in(visit: Visit) -> list[Team]:
    """The teams in which this person may start a file."""
    held = visit.holder.teams(WHOLE)
    able = [team for team in held if policy.reach(visit.actor.teams.get(team, ()), Action.START_CASE)]
    return list(Team.objects.filter(pk__in=able, everyone=False))
