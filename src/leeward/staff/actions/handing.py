"""Handing keys over, and taking them back."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.gate import Entered, Visit
from leeward.access.policy import Role, key_scopes
from leeward.staff import keys
from leeward.staff.actions.authority import CannotDo, look_after, teams_of
from leeward.staff.models import (
    Grant,
    Invite,
    Membership,
    Person,
    PersonKey,
    Team,
    TeamKey,
)


def hand_keys(entered: Entered, *, person: Person) -> int:
    """Hand a colleague the keys of the teams we share, no more than each role needs. Counts what was handed over.

    Source: the colleague was met or the five words compared, because an e-mail alone proves nobody.
    """
    to = PersonKey.objects.current().select_related("person").filter(person=person).first()
    if to is None:
        raise CannotDo(_("This person has not joined yet, so there is nobody to hand keys to."))
    with transaction.atomic():
        handed = [grant for grant in _grants_for(entered.visit, to) if _save_new(grant)]
    return len(handed)


def _grants_for(visit: Visit, to: PersonKey) -> list[Grant]:
    grants = []
    roles = _roles_by_team(to.person)
    for team_key in TeamKey.objects.filter(team__in=roles).select_related("team"):
        whole = visit.holder.team_key(team_key.pk, keys.WHOLE)
        scopes = {scope for role in roles[team_key.team_id] for scope in key_scopes(role)}
        wanted = {keys.WHOLE} if keys.WHOLE in scopes else scopes
        if whole:
            grants += [keys.new_grant(team_key, whole, to, scope, visit.actor.id) for scope in sorted(wanted)]
    return grants


def _roles_by_team(person: Person) -> dict[UUID, set[Role]]:
    """Roles by team; everybody but administrators and those who only count is also in the team of everyone."""
    found: dict[UUID, set[Role]] = {}
    for team, role in (
        Membership.objects.current().filter(person=person, team__isnull=False).values_list("team_id", "role")
    ):
        found.setdefault(team, set()).add(Role(role))
    if any(roles - {Role.REPORT_ONLY} for roles in found.values()):
        found[Team.objects.get(everyone=True).pk] = {Role.CASE_MANAGER}
    return found


def _save_new(grant: Grant) -> bool:
    held = Grant.objects.filter(
        team_key=grant.team_key_id, person_key=grant.person_key_id, scope__in=[grant.scope, keys.WHOLE]
    )
    if held.exists():
        return False
    grant.save(force_insert=True)
    return True


def add_membership(
    entered: Entered,
    *,
    person: Person,
    team: Team | None,
    role: Role,
    employer: str = "",
    until: date | None = None,
) -> Membership:
    """Put a colleague into one more team or role, and hand over what the role needs where we hold it."""
    look_after(entered, team.pk if team else None)
    membership = Membership.objects.create(
        person=person, team=team, role=role, employer=employer, until=until
    )
    # Somebody whom no colleague has vouched for yet still waits for the first keys.
    if Grant.objects.filter(person_key__person=person, person_key__retired_at=None).exists():
        hand_keys(entered, person=person)
    return membership


def end_membership(entered: Entered, *, membership: Membership) -> None:
    """End a role today. Keys that no other role needs are taken back at once."""
    look_after(entered, membership.team_id)
    with transaction.atomic():
        membership.until = max(timezone.localdate() - timedelta(days=1), membership.since)
        if membership.until >= timezone.localdate():
            membership.delete()
        else:
            membership.save(update_fields=["until"])
        if _take_back(membership.person):
            # Whoever held the whole for the role that ended may still need a part of it for another.
            hand_keys(entered, person=membership.person)


def _take_back(person: Person) -> bool:
    """Delete grants that no current role accounts for, and say whether there were any."""
    roles, taken = _roles_by_team(person), False
    for grant in Grant.objects.filter(person_key__person=person).select_related("team_key"):
        needed = {scope for role in roles.get(grant.team_key.team_id, ()) for scope in key_scopes(role)}
        if grant.scope not in needed:
            grant.delete()
            taken = True
    return taken


def say_goodbye(entered: Entered, *, person: Person) -> None:
    """Somebody leaves: access ends with this moment, and every grant goes."""
    if person.pk == entered.visit.actor.id:
        raise CannotDo(_("Ask a colleague to do this: nobody ends their own access."))
    look_after(entered, *teams_of(person))
    for alone in _held_alone(person):
        raise CannotDo(
            _(
                "Only %(name)s holds the key of team %(number)d. Hand it to a second person first, or it is lost."
            )
            % {"name": person.name, "number": alone}
        )
    with transaction.atomic():
        person.left_at = timezone.now()
        person.save(update_fields=["left_at"])
        Grant.objects.filter(person_key__person=person).delete()
        Invite.objects.filter(person=person).delete()


def _held_alone(person: Person) -> list[int]:
    """The numbers of the teams whose whole key nobody else holds who works here."""
    whole = Grant.objects.filter(
        scope=keys.WHOLE, person_key__retired_at=None, person_key__person__left_at=None
    )
    mine = whole.filter(person_key__person=person)
    others = whole.exclude(person_key__person=person)
    alone = mine.exclude(team_key__in=others.values("team_key"))
    return list(alone.values_list("team_key__team__number", flat=True))
