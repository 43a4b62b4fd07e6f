"""Beginning: the agency, and each of its teams."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leeward.access import gate
from leeward.access.gate import Entered
from leeward.access.policy import Role
from leeward.staff import keys
from leeward.staff.actions.authority import CannotDo
from leeward.staff.models import (
    Agency,
    Membership,
    Person,
    PersonKey,
    Team,
    TeamKey,
)
from leeward.vault import paper
from leeward.vault.cipher import Key, KeyPair, Stretch
from leeward.vault.scopes import HeldKey, Scope


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
    if name is not None:
        team.name = name
    team.save(force_insert=True)
    team_key.save(force_insert=True)
    return team_key, whole


def start_team(entered: Entered, *, name: str) -> Team:
    """Start a team; whoever starts it supervises it and holds its key first."""
    if Role.SUPERVISOR not in entered.visit.actor.roles:
        raise CannotDo(_("A team is started by a supervisor, who holds its key first. Please ask one."))
    mine = PersonKey.objects.current().get(person_id=entered.visit.actor.id)
    with transaction.atomic():
        number = (Team.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        team_key, whole = _team(keys.agency(), number, entered.begin, name)
        keys.new_grant(team_key, whole, mine, keys.WHOLE, mine.person_id).save()
        Membership.objects.create(person=mine.person, team=team_key.team, role=Role.SUPERVISOR)
    return team_key.team
