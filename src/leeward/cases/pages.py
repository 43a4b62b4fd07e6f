"""What the pages about one participant show, gathered while the file is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.http import content_disposition_header

from leeward.access import policy
from leeward.access.policy import Action
from leeward.access.words import ACTION_NAMES
from leeward.cases.forms import EntryForm
from leeward.cases.models import Draft, Entry, Paper
from leeward.staff.models import Person, Team
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from leeward.access.gate import Visit
    from leeward.access.models import Line
    from leeward.cases.door import OpenCase
    from leeward.cases.models import Participant
    from leeward.cases.words import PaperFacts

#: Entries on a page: what somebody reads before a call, and no more than a phone can carry.
A_PAGE = 50


def head(file: OpenCase) -> dict[str, Any]:
    """What stands on top of every page of a file."""
    ties = file.thing.ties_to(file.visit.actor)
    return {
        "case": file.thing,
        "person": file.thing.participant,
        "card": file.thing.participant.card,
        "may": {action.name.lower(): policy.allows(file.visit.actor, action, ties) for action in policy.CASE_ACTIONS},
    }


def whole(file: OpenCase, before: str) -> dict[str, Any]:
    """The participant's page."""
    shown = {**head(file), **care_team(file), "mine": file.visit.actor.id}
    if Compartment.NOTES in file.compartments:
        shown |= timeline(file, before)
        shown["form"] = EntryForm(initial=draft_of(file))
    if Compartment.FILES in file.compartments:
        shown["papers"] = [(paper.pk, paper.about) for paper in Paper.objects.filter(case=file.thing)]
    return shown


def timeline(file: OpenCase, before: str) -> dict[str, Any]:
    """One page of what happened, newest first; older pages are found by the number of an entry."""
    entries = Entry.objects.newest_first().filter(case=file.thing)
    if before.isascii() and before.isdigit():
        entries = entries.filter(number__lt=int(before[:9]))
    found = list(entries[: A_PAGE + 1])
    older = found[A_PAGE - 1].number if len(found) > A_PAGE else None
    return {"entries": found[:A_PAGE], "older": older, "is_first_page": not before}


def care_team(file: OpenCase) -> dict[str, Any]:
    """Who walks along."""
    return {"care_team": list(file.thing.care_team.current().select_related("person").order_by("since"))}


def draft_of(file: OpenCase) -> dict[str, Any]:
    """What this person was writing here, if anything."""
    draft = Draft.objects.filter(person=file.visit.actor.id, case=file.thing).first()
    return {**draft.words, "draft_version": draft.version} if draft else {}


def draft_words(request: HttpRequest) -> tuple[dict[str, str], int]:
    """The words of a draft as the page sends them, and the version that the page knows."""
    version = request.POST.get("draft_version", "")
    words = {name: request.POST[name] for name in ("entry_id", "text", "kind", "happened_at", "case") if request.POST.get(name)}
    return words, int(version[:9]) if version.isascii() and version.isdigit() else 0


def card_lines(person: Participant) -> str:
    """The card as lines of text, to stand beside another version of it."""
    return "\n".join(str(value) for value in person.card.values() if value)


def download_name(about: PaperFacts) -> str:
    """The header that hands a file out under its own name, as a download."""
    name = "".join(sign for sign in about["name"] if sign.isprintable() and sign not in '/\\"') or "paper"
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def openings(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines of the trail in words."""
    lines = list(lines)
    names: dict[UUID, str] = dict(Person.objects.filter(pk__in={line.actor for line in lines}).values_list("pk", "name"))
    said = {action.value: name for action, name in ACTION_NAMES.items()}
    return [
        {"at": line.at, "who": names.get(line.actor) if line.actor else None, "what": said.get(line.action, line.action), "outcome": line.outcome}
        for line in lines
    ]


def teams_to_start_in(visit: Visit) -> list[Team]:
    """The teams in which this person may start a file."""
    able = [team for team, roles in visit.actor.teams.items() if policy.reach(roles, Action.START_CASE)]
    return list(Team.objects.filter(pk__in=able, everyone=False))
