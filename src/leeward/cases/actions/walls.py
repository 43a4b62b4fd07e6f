"""Verbs that keep a colleague away from a file: by a supervisor, or by themselves without a reason (practice M8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.policy import Role
from leeward.cases.actions.file import CannotDo
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.staff.models import Grant, Membership, Person, Team

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.cases.door import OpenCase

_WALKERS = frozenset(
    {
        Role.CASE_MANAGER,
        Role.SUPERVISOR,
        Role.SECONDED,
        Role.ADVOCATE,
        Role.PEER_SUPPORTER,
        Role.OUTREACH_WORKER,
    }
)


def _locked(file: OpenCase) -> Case:
    return (
        Case.objects.select_for_update().only("primary", "backup", "team", "restricted").get(pk=file.thing.pk)
    )


def put_wall(file: OpenCase, *, person: Person | None = None, team: Team | None = None) -> None:
    """Keep a colleague, or everybody of a team, out of this file. They see nothing there, not even a wall."""
    with transaction.atomic():
        case = _locked(file)
        behind = _behind(case, person, team)
        if file.visit.actor.id in behind:
            raise CannotDo(_("You would stand before this wall yourself. To step aside, use “Step aside”."))
        _must_not_carry(case, behind)
        Wall.objects.get_or_create(case=case, person=person, team=team, defaults={"own": False})
        _off_the_care_team(case, behind)


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


def _off_the_care_team(case: Case, behind: set[UUID]) -> None:
    """Nobody is shown as walking along who stands before a wall."""
    yesterday = timezone.localdate() - timedelta(days=1)
    along = CareTeamMember.objects.current().filter(case=case, person__in=behind)
    along.filter(since__gt=yesterday).delete()
    along.update(until=yesterday)


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
        case = _locked(file)
        after = who_takes_over(case, me) if case.primary_id == me else None
        if case.primary_id == me and after is None:
            raise CannotDo(
                _(
                    "Nobody else of this team can take over yet. Ask an administrator to add a supervisor first."
                )
            )
        # Whoever stands in for the primary worker takes over as primary, so somebody new is asked to stand in.
        backup = None if case.backup_id == me or (after and case.backup_id == after.pk) else case.backup_id
        Case.objects.filter(pk=case.pk).update(primary=after.pk if after else case.primary_id, backup=backup)
        Wall.objects.get_or_create(case=case, person_id=me, team=None, defaults={"own": True})
        _off_the_care_team(case, {me})
    return after


def who_takes_over(case: Case, leaving: UUID) -> Person | None:
    """The backup, or a supervisor of the team: somebody who works here, holds the keys and stands before no wall."""
    able = _able(case).exclude(person=leaving)
    backup = able.filter(person=case.backup_id).first() if case.backup_id else None
    after = backup or able.filter(role=Role.SUPERVISOR).order_by("since", "pk").first()
    return after.person if after else None


def _able(case: Case) -> QuerySet[Membership]:
    """Who could carry this file today."""
    walls = Wall.objects.filter(case=case)
    shut = (
        Membership.objects.current().filter(team__in=walls.exclude(team=None).values("team")).values("person")
    )
    holding = Grant.objects.filter(team_key__team=case.team_id, scope="whole", person_key__retired_at=None)
    found = Membership.objects.current().filter(team=case.team_id, role__in=_WALKERS).select_related("person")
    return (
        found.filter(person__in=holding.values("person_key__person"))
        .exclude(person__in=walls.exclude(person=None).values("person"))
        .exclude(person__in=shut)
    )
