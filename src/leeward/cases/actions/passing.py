"""Contacts with people who may never come back: counted, with nothing else needed (practices E5, R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.cases.actions.file import CannotDo
from leeward.cases.models import Passing
from leeward.staff.models import Team

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.cases.words.people import PassingWords


def meet_in_passing(entered: Entered, *, team: Team, passing_id: UUID, words: PassingWords) -> Passing:
    """Count a contact for a team. The same `passing_id` twice (a double click) is one contact."""
    visit = entered.visit
    if not policy.reach(visit.actor.teams.get(team.pk, ()), entered.action):
        raise CannotDo(_("Only somebody of this team can count a contact for it."))
    if team.pk not in visit.holder.teams():
        raise CannotDo(
            _("You do not hold this team’s key yet. Ask a colleague of the team to hand it to you.")
        )
    with transaction.atomic():
        Team.objects.select_for_update().only("pk").get(pk=team.pk)
        if existing := Passing.objects.filter(pk=passing_id).first():
            return existing
        newest = Passing.objects.filter(team=team).values_list("number", flat=True).first() or 0
        passing = Passing(id=passing_id, team=team, number=newest + 1, author_id=visit.actor.id)
        passing.words = cast("PassingWords", {name: value for name, value in words.items() if value})
        passing.save(force_insert=True)
    return passing
