"""Verbs that keep a colleague away from a file: by a supervisor, or by themselves without a reason (practice M8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo, locked
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.cases.models.walking import carriers
from leeward.continuity.actions.passing import let_go, pass_on, pass_promises
from leeward.continuity.interim import who_takes_over
from leeward.staff.models import Membership, Person, Team

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase


def put_wall(file: OpenCase, *, person: Person | None = None, team: Team | None = None) -> None:
    """Keep a colleague, or everybody of a team, out of this file. They see nothing there, not even a wall."""
    with transaction.atomic():
        case = locked(file.thing.pk)
        behind = _behind(case, person, team)
        if file.visit.actor.id in behind:
            raise CannotDo(_("You would stand before this wall yourself. To step aside, use “Step aside”."))
        _must_not_carry(case, behind)
        Wall.objects.get_or_create(case=case, person=person, team=team, defaults={"own": False})
        _leave_all(file, case, behind, [team.pk] if team else [])


def _behind(case: Case, person: Person | None, team: Team | None) -> set[UUID]:
    if team is None:
        return {person.pk} if person else set()
    if team.pk == case.team_id or team.everyone:
        raise CannotDo(
            _("This team walks with them. Keep out single colleagues, or hand over to another team.")
        )
    return set(Membership.objects.current().filter(team=team).values_list("person", flat=True))


def _must_not_carry(case: Case, behind: set[UUID]) -> None:
    carrying = Person.objects.here().filter(Q(pk=case.primary_id) | Q(pk=case.backup_id), pk__in=behind)
    for person in carrying:
        raise CannotDo(
            _("%(name)s carries this file now. Hand it over to somebody else first, then put up the wall.")
            % {"name": person.name}
        )


def _leave_all(file: OpenCase, case: Case, behind: set[UUID], teams: list[UUID]) -> None:
    """Whoever stands before a wall walks along no more: what they promised and were asked is the primary worker's."""
    yesterday = timezone.localdate() - timedelta(days=1)
    along = CareTeamMember.objects.current().filter(case=case, person__in=behind)
    along.filter(since__gt=yesterday).delete()
    along.update(until=yesterday)
    let_go(case, Q(giver__in=behind) | Q(taker__in=behind) | Q(team_to__in=teams))
    for each in sorted(behind):
        pass_promises(file, each, case.primary)


def take_wall(file: OpenCase, *, wall: Wall) -> None:
    """Take a wall away, or undo that somebody stepped aside."""
    Wall.objects.filter(pk=wall.pk, case=file.thing).delete()


def works_here(file: OpenCase, *, person: Person) -> None:
    """A participant works or volunteers here now: their file opens to those who walk along only, never to them."""
    with transaction.atomic():
        put_wall(file, person=person)
        Case.objects.filter(pk=file.thing.pk).update(restricted=True)


def open_to_team(file: OpenCase) -> None:
    """The file opens to its whole team again. Walls stay until they are taken away."""
    Case.objects.filter(pk=file.thing.pk).update(restricted=False)


def step_aside(file: OpenCase) -> Person | None:
    """Step aside in one tap; nobody asks why. Whoever carried the file hands it on in the same moment: says to whom."""
    me = file.visit.actor.id
    with transaction.atomic():
        case = locked(file.thing.pk, me, *(each.pk for each in carriers(file.thing)))
        after = who_takes_over(case, me) if case.primary_id == me else None
        if after:
            pass_on(case, after, file=file, for_now=True)
        elif case.primary_id == me:
            raise CannotDo(
                _(
                    "Nobody else of this team can take over yet. Ask an administrator to add a supervisor first."
                )
            )
        Case.objects.filter(pk=case.pk, backup=me).update(backup=None)
        Wall.objects.get_or_create(case=case, person_id=me, team=None, defaults={"own": True})
        _leave_all(file, case, {me}, [])
    return after
