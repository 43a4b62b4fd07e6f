"""The log of a house: one line for each look around, never changed afterwards, never with a name in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.staff.actions.authority import CannotDo
from leeward.staff.models import HouseNote, Team

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.staff.models.rota import HouseWords


def write_house_note(entered: Entered, *, team: Team, note_id: UUID, words: HouseWords) -> HouseNote:
    """Write a line for the next shift. The same `note_id` twice (a double click) is one line."""
    if not keeps_a_log(entered, team):
        raise CannotDo(_("The log of a house is kept by those who work in it. Please ask one of them."))
    with transaction.atomic():
        Team.objects.select_for_update().only("pk").get(pk=team.pk)
        note_id, existing = _where_to(team, note_id, words)
        if existing:
            return existing
        last = HouseNote.objects.filter(team=team).aggregate(last=Max("number"))["last"] or 0
        note = HouseNote(id=note_id, team=team, number=last + 1, author_id=entered.visit.actor.id)
        note.words = words
        note.save(force_insert=True)
    return note


def _where_to(team: Team, note_id: UUID, words: HouseWords) -> tuple[UUID, HouseNote | None]:
    """The line that says this already, or an id that is free: what was typed on becomes a line of its own."""
    while existing := HouseNote.objects.filter(pk=note_id).first():
        if existing.team_id == team.pk and _told(existing.words) == _told(words):
            return note_id, existing
        note_id = uuid5(note_id, "more")
    return note_id, None


def _told(words: HouseWords) -> tuple[object, ...]:
    return words.get("text"), words.get("adults"), words.get("children")


def keeps_a_log(entered: Entered, team: Team) -> bool:
    """Whether this person writes in this team's log, and holds the key to it."""
    visit = entered.visit
    able = policy.reach(visit.actor.teams.get(team.pk, ()), Action.HOUSE_LOG)
    return bool(able) and team.pk in visit.holder.teams()
