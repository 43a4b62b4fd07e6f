"""Verbs that change who works here and who holds which key."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from leeward.access import gate, policy
from leeward.access.policy import Role, Ties, key_scopes
from leeward.staff import keys
from leeward.staff.models import (
    Agency,
    Credential,
    Grant,
    Invite,
    Membership,
    Person,
    PersonKey,
    Team,
    TeamKey,
)
from leeward.vault import paper
from leeward.vault.cipher import KeyPair, same
from leeward.vault.pepper import pepper
from leeward.vault.scopes import HeldKey, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.vault.cipher import Key, Stretch

INVITE_HOURS: Final = 72
#: Letters and digits that nobody mistakes for one another when a code is read out.
_CODE_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class CannotDo(Exception):  # noqa: N818
    """What was asked cannot be done now; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Founding:
    """A new agency: its first person, and the paper kit that is shown once."""

    agency: Agency
    person: Person
    pair: KeyPair
    shares: list[str]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the first person told about herself and the agency."""

    name: str
    email: str
    passphrase: str
    team_name: str
    language: str = "en"


def found_agency(first: Newcomer, *, demo: bool = False, cost: Stretch | None = None) -> Founding:
    """Make the agency, its team of everyone, the first team and its supervisor, and the paper kit (2 of 3)."""
    recovery, agency_id = KeyPair.fresh(), uuid4()
    agency = Agency(
        id=agency_id,
        born_as_demo=demo,
        recovery_public=recovery.public,
        pepper_mark=keys.pepper_mark(agency_id),
    )
    person = Person(name=first.name, email=first.email.lower(), language=first.language)
    person_key, credential, pair = keys.new_keys(person, first.passphrase, cost)
    with gate.founding(agency_id, person.pk) as hold, transaction.atomic():
        for row in (agency, person, person_key, credential):
            row.save(force_insert=True)
        everyone, first_team = (
            _team(agency, number, hold, name) for number, name in enumerate((None, first.team_name))
        )
        for team_key, whole in (everyone, first_team):
            keys.new_grant(team_key, whole, person_key, keys.WHOLE, None).save()
        Membership.objects.create(person=person, team=first_team[0].team, role=Role.SUPERVISOR)
        Membership.objects.create(person=person, team=None, role=Role.ADMINISTRATOR)
    return Founding(agency, person, pair, paper.print_shares(recovery))


def _team(
    agency: Agency, number: int, hold: Callable[[Iterable[HeldKey]], None], name: str | None
) -> tuple[TeamKey, Key]:
    """A team with its first key; the caller hands the key to somebody in the same transaction."""
    team = Team(number=number, everyone=number == 0)
    team_key, whole = keys.new_team_key(team, 1, bytes(agency.recovery_public))
    hold([HeldKey(Scope.team(team.pk), 1, keys.words_key(whole))])
    team.name = name
    team.save(force_insert=True)
    team_key.save(force_insert=True)
    return team_key, whole


def _look_after(entered: Entered, *teams: UUID | None) -> None:
    """Whoever changes who is in a team supervises that very team, or keeps the agency's accounts."""
    actor = entered.visit.actor
    ties = [Ties(roles=actor.teams.get(team, frozenset()) if team else frozenset()) for team in teams]
    if not all(policy.allows(actor, entered.action, tie) for tie in ties):
        raise CannotDo("Only a supervisor of that team, or an administrator, can do this. Please ask one.")


def _teams_of(person: Person) -> list[UUID | None]:
    return list(Membership.objects.current().filter(person=person).values_list("team_id", flat=True))


def start_team(entered: Entered, *, name: str) -> Team:
    """Start a team; whoever starts it supervises it and holds its key first."""
    if Role.SUPERVISOR not in entered.visit.actor.roles:
        raise CannotDo("A team is started by a supervisor, who holds its key first. Please ask one.")
    mine = PersonKey.objects.current().get(person_id=entered.visit.actor.id)
    with transaction.atomic():
        number = (Team.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        team_key, whole = _team(keys.agency(), number, entered.begin, name)
        keys.new_grant(team_key, whole, mine, keys.WHOLE, mine.person_id).save()
        Membership.objects.create(person=mine.person, team=team_key.team, role=Role.SUPERVISOR)
    return team_key.team


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one way and a code for another. Neither can be shown again."""

    person: Person
    link: str
    code: str


def invite(  # noqa: PLR0913 - the questions of the form, by name
    entered: Entered,
    *,
    name: str,
    email: str,
    team: Team | None,
    role: Role,
    employer: str = "",
    until: date | None = None,
) -> Invitation:
    """Invite a colleague into a team and role. The colleague opens nothing until somebody hands over keys."""
    _look_after(entered, team.pk if team else None)
    person = Person(name=name, email=email.lower())
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            Membership.objects.create(person=person, team=team, role=role, employer=employer, until=until)
            return _open_invitation(person, entered.visit.actor.id)
    except IntegrityError:
        raise CannotDo("Somebody with this e-mail address is already here.") from None


def invite_again(entered: Entered, *, person: Person) -> Invitation:
    """A new link and code for somebody who has not joined yet; the old ones stop working."""
    _look_after(entered, *_teams_of(person))
    with transaction.atomic():
        if PersonKey.objects.current().filter(person=person).exists():
            raise CannotDo("This person has joined already.")
        Invite.objects.filter(person=person).delete()
        return _open_invitation(person, entered.visit.actor.id)


def _open_invitation(person: Person, by: UUID) -> Invitation:
    link, code = secrets.token_urlsafe(24), "".join(secrets.choice(_CODE_SIGNS) for _ in range(8))
    Invite.objects.create(
        person=person,
        link_mark=link_mark(link),
        code_mark=_code_mark(person, code),
        expires_at=timezone.now() + timedelta(hours=INVITE_HOURS),
        invited_by=by,
    )
    return Invitation(person, link, f"{code[:4]}-{code[4:]}")


def link_mark(link: str) -> bytes:
    """What is kept of an invitation's link: the link itself is 24 random bytes."""
    return hashlib.sha256(b"leeward/invite" + link.encode()).digest()


def _code_mark(person: Person, code: str) -> bytes:
    return pepper().derive("mark/invite").mac(person.pk.bytes + code.encode())


def check_code(invitation: Invite, typed: str) -> bool:
    """Whether the code fits; each miss is counted, and after five the invitation ends."""
    mine = Invite.objects.filter(pk=invitation.pk)
    # Counted before it is looked at, so that many tries at once do not slip through.
    if not mine.filter(tries_left__gt=0, expires_at__gt=timezone.now()).update(tries_left=F("tries_left") - 1):
        return False
    code = "".join(sign for sign in typed.upper() if sign in _CODE_SIGNS)
    fits = same(bytes(invitation.code_mark), _code_mark(invitation.person, code))
    if fits:
        mine.update(tries_left=F("tries_left") + 1)
    return fits


def join(
    invitation: Invite, *, passphrase: str, language: str, cost: Stretch | None = None
) -> tuple[Person, KeyPair]:
    """Take up an invitation: the newcomer's own keys are made, and nothing is opened with them yet."""
    person = invitation.person
    key, credential, pair = keys.new_keys(person, passphrase, cost)
    with transaction.atomic():
        if not Invite.objects.select_for_update().filter(pk=invitation.pk).delete()[0]:
            raise CannotDo("This invitation was used already.")
        key.save(force_insert=True)
        credential.save(force_insert=True)
        person.language = language
        person.save(update_fields=["language"])
    return person, pair


def hand_keys(entered: Entered, *, person: Person) -> int:
    """Hand a colleague the keys of the teams we share, no more than each role needs. Counts what was handed over.

    Source: the colleague was met or the five words compared, because an e-mail alone proves nobody.
    """
    to = PersonKey.objects.current().select_related("person").filter(person=person).first()
    if to is None:
        raise CannotDo("This person has not joined yet, so there is nobody to hand keys to.")
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
        found.setdefault(cast("UUID", team), set()).add(Role(role))
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
    entered: Entered, *, person: Person, team: Team, role: Role, employer: str = "", until: date | None = None
) -> Membership:
    """Put a colleague into one more team or role, and hand over what the role needs where we hold it."""
    _look_after(entered, team.pk if team else None)
    membership = Membership.objects.create(
        person=person, team=team, role=role, employer=employer, until=until
    )
    # Somebody whom no colleague has vouched for yet still waits for the first keys.
    if Grant.objects.filter(person_key__person=person, person_key__retired_at=None).exists():
        hand_keys(entered, person=person)
    return membership


def end_membership(entered: Entered, *, membership: Membership) -> None:
    """End a role today. Keys that no other role needs are taken back at once."""
    _look_after(entered, membership.team_id)
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
        raise CannotDo("Ask a colleague to do this: nobody ends their own access.")
    _look_after(entered, *_teams_of(person))
    with transaction.atomic():
        person.left_at = timezone.now()
        person.save(update_fields=["left_at"])
        Grant.objects.filter(person_key__person=person).delete()
        Invite.objects.filter(person=person).delete()


def speak(entered: Entered, *, language: str) -> None:
    """Choose one's own language."""
    Person.objects.filter(pk=entered.visit.actor.id).update(language=language)


def new_passphrase(entered: Entered, *, now: str, new: str) -> None:
    """Change one's own passphrase: the same keys under a new one; the old one opens nothing from now on."""
    person = Person.objects.get(pk=entered.visit.actor.id)
    pair = keys.open_keys(person, now)
    if pair is None:
        raise CannotDo("The passphrase you have now does not match. Please type it again.")
    old = Credential.objects.select_related("key").get(key__person=person, key__retired_at=None)
    keys.rewrapped(old, pair, new).save(force_update=True)
