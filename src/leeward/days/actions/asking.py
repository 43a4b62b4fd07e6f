"""Somebody waits for our answer: taken down once, with a clock that the team sees (practices G7, D3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo
from leeward.cases.models import Case
from leeward.days.actions.agreeing import name_of
from leeward.days.models import Ask
from leeward.days.words import AskWords
from leeward.staff.models import Membership, Team

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.staff.models import Person

    type Door = OpenCase | Entered


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it came in. About somebody we walk with, it goes to their primary worker (practice D3)."""

    ask_id: UUID
    team: UUID
    words: AskWords
    case: Case | None = None


def take_ask(door: Door, asked: Asked) -> Ask:
    """Take a request down. The same click twice is one request."""
    if asked.team not in door.visit.holder.teams():
        raise CannotDo(
            _("You do not hold this team’s key yet. Ask a colleague of the team to hand it to you.")
        )
    with transaction.atomic():
        case = _as_it_is(asked)
        number = _next_number(asked.team)
        ask_id, existing = _where_to(asked)
        if existing:
            return existing
        ask = Ask(id=ask_id, team_id=asked.team, case=case, number=number)
        ask.owner_id = case.primary_id if case else None
        ask.words, ask.along = asked.words, asked.words if case else None
        ask.save(force_insert=True)
    return ask


def hand_ask(entered: Entered, ask: Ask, *, to: UUID | None = None) -> Ask:
    """Who sees to it: myself, or a colleague of the team."""
    owner = to or entered.visit.actor.id
    with transaction.atomic():
        current = Ask.objects.open_to(entered.visit.actor).select_for_update().get(pk=ask.pk)
        _still_waiting(current)
        if not Membership.objects.current().filter(team=current.team_id, person=owner).exists():
            raise CannotDo(_("Only somebody of the team can see to it. Please choose another colleague."))
        current.owner_id = owner
        current.save(update_fields=["owner"])
    return current


def answer(entered: Entered, ask: Ask, *, text: str) -> Ask:
    """They have their answer. The clock stops, and the request leaves the list."""
    me = str(entered.visit.actor.id)
    with transaction.atomic():
        current = Ask.objects.open_to(entered.visit.actor).select_for_update().get(pk=ask.pk)
        words = current.words
        if not current.is_open and (words.get("answered_by"), words.get("answer")) == (me, text):
            return current
        _still_waiting(current)
        answered: AskWords = {"answer": text, "answered_at": timezone.now().isoformat(), "answered_by": me}
        current.words, current.along = {**words, **answered}, None
        current.is_open = False
        current.save(update_fields=["words", "along", "is_open"])
    return current


def bring_along(case: Case, *, to: Person) -> None:
    """Whoever waits about somebody who is with another team now waits for that team (decision 16).

    The file is locked and its card open. What was asked before requests could come along stays, and nobody's there.
    """
    with transaction.atomic():
        elsewhere = Ask.objects.filter(case=case, is_open=True).exclude(team=case.team_id)
        for number, ask in enumerate(elsewhere.order_by("team", "number"), _next_number(case.team_id)):
            _bring(ask, case.team_id, number, to)


def _bring(ask: Ask, team: UUID, number: int, to: Person) -> None:
    ask.owner = None
    if ask.along is not None:
        ask.team_id, ask.number, ask.words, ask.owner = team, number, ask.along, to
    ask.save(update_fields=["team", "number", "words", "owner"])


def _as_it_is(asked: Asked) -> Case | None:
    """The file as it stands now, held so that it does not pass to another team meanwhile."""
    if asked.case is None:
        return None
    case = Case.objects.select_for_update().only("team", "primary").get(pk=asked.case.pk)
    if case.team_id != asked.team:
        raise CannotDo(_("They are with another team now. Please tell that team by voice."))
    return case


def _next_number(team: UUID) -> int:
    """The next number of a team's requests; whoever takes one down at the same moment waits."""
    Team.objects.select_for_update().only("pk").get(pk=team)
    return (Ask.objects.filter(team=team).aggregate(last=Max("number"))["last"] or 0) + 1


def _where_to(asked: Asked) -> tuple[UUID, Ask | None]:
    """The request that was taken down by the first of two clicks, or an id that is free."""
    ask_id = asked.ask_id
    while existing := Ask.objects.filter(pk=ask_id).first():
        if existing.team_id == asked.team and existing.words.get("text") == asked.words.get("text"):
            return ask_id, existing
        ask_id = uuid5(ask_id, "more")
    return ask_id, None


def _still_waiting(ask: Ask) -> None:
    if ask.is_open:
        return
    name = name_of(ask.words.get("answered_by", ""))
    raise CannotDo(_("%(name)s has answered this already. Nothing was changed now.") % {"name": name})
