"""What stands on the way of a hand-over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from leeward.access.policy import Role
from leeward.cases.models import Wall
from leeward.cases.pages.file import head
from leeward.cases.pages.wishes import comes_to_mind
from leeward.continuity.forms.path import PathForm
from leeward.continuity.forms.people import AskForm, OfferForm
from leeward.continuity.models import HandOver
from leeward.continuity.pages.letters import language_of, letter
from leeward.continuity.pages.walkers import front_phone
from leeward.continuity.pages.walking import next_workers
from leeward.days.looks import DueLook
from leeward.days.models import Due
from leeward.staff.models import Membership, Team
from leeward.staff.pages import team_name

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.continuity.words import HandOverWords


def current(file: OpenCase) -> HandOver | None:
    """The hand-over that is on its way."""
    rows = HandOver.objects.on_the_way().filter(case=file.thing)
    return rows.select_related("giver", "taker", "team_to").first()


def path(file: OpenCase, **forms: Any) -> dict[str, Any]:  # noqa: ANN401 - forms that were filled in already
    """The page as it is now: choosing whom to ask, waiting for an answer, or preparing it together."""
    row = current(file)
    shown: dict[str, Any] = {**head(file, "continuity:walking"), "hand_over": row, "me": file.visit.actor.id}
    if row is None:
        return {**shown, **_choosing(file, forms)}
    if row.team_to:
        shown["team"] = team_name(row.team_to, file.visit)
        shown["leads"] = _leads([row.team_to]).get(row.team_to.pk, [])
    words = cast("HandOverWords", row.words or {})
    return {
        **shown,
        "why": words.get("why", ""),
        **(_preparing(file, row, words, forms) if row.is_agreed else {}),
    }


def _choosing(file: OpenCase, forms: dict[str, Any]) -> dict[str, Any]:
    people = next_workers(file)
    not_now = HandOver.objects.filter(case=file.thing, state=HandOver.NOT_NOW)
    return {
        "ask": forms.get("ask") or AskForm(people=people, auto_id="ask_%s"),
        "mind": comes_to_mind(file, people),
        "offer": forms.get("offer") or OfferForm(teams=other_teams(file), auto_id="offer_%s"),
        "not_now": not_now.select_related("taker", "team_to").order_by("-number").first(),
    }


def other_teams(file: OpenCase) -> list[tuple[str, str]]:
    """Teams that could be asked, with who leads each: a team's own name is known to its people only."""
    shut = Wall.objects.filter(case=file.thing, team__isnull=False).values("team")
    teams = list(Team.objects.filter(everyone=False).exclude(pk=file.thing.team_id).exclude(pk__in=shut))
    leads = _leads(teams)
    return [
        (str(team.pk), " · ".join([team_name(team, file.visit), *leads.get(team.pk, [])])) for team in teams
    ]


def _leads(teams: list[Team]) -> dict[Any, list[str]]:
    rows = Membership.objects.current().filter(team__in=teams, role=Role.SUPERVISOR)
    found: dict[Any, list[str]] = {}
    for team, name in rows.order_by("person__name").values_list("team", "person__name"):
        found.setdefault(team, []).append(name)
    return found


def _preparing(file: OpenCase, row: HandOver, words: HandOverWords, forms: dict[str, Any]) -> dict[str, Any]:
    promised = Due.objects.open().filter(case=file.thing, owner=row.giver_id).by_day()
    return {
        "form": forms.get("form") or path_form(file, row, words),
        "steps": steps(words),
        "dues": [DueLook(due, file.compartments) for due in promised],
    }


def path_form(file: OpenCase, row: HandOver, words: HandOverWords) -> PathForm:
    """What was prepared until now; a letter nobody has written yet begins with a draft."""
    language = words.get("language") or language_of(file.thing.participant.card.get("language", ""))
    text = words.get("letter") or draft(file, row, language, words.get("meeting_on", ""))
    initial = {**words, "language": language, "letter": text, "version": row.version}
    return PathForm(initial=initial)


def draft(file: OpenCase, row: HandOver, language: str, meeting_on: str) -> str:
    """The letter as it begins, in one of our languages."""
    on = date.fromisoformat(meeting_on) if meeting_on else None
    return letter(row, file.thing.participant.card["name"], language, on, front_phone())


def steps(words: HandOverWords) -> list[tuple[str, bool]]:
    """What there is to do on the way, and what is done. None of it has to be."""
    return [
        (_("You meet, all three"), bool(words.get("met"))),
        (_("What they want the next person to know"), bool(words.get("wish"))),
        (_("A letter in their language"), bool(words.get("given"))),
        (_("For a while both of you walk along"), bool(words.get("overlap_until"))),
    ]
