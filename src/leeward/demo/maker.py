"""Makes the invented agency in an empty store, by the same actions and through the same gate as everybody else.

Nothing is written around the door, so the demo is also a rehearsal: people are invited, join, are handed keys, start
files and write in them. Dates are counted back from today.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.db import connection
from django.utils import timezone

from leeward.access import gate, policy
from leeward.access.policy import Action, Role
from leeward.cases import actions as case_actions
from leeward.cases.models import Case
from leeward.demo import house, today, walking
from leeward.demo.now import everybody
from leeward.demo.participants import AGE_BANDS, Note, Story, participants
from leeward.demo.people import AGENCY, Persona, personas, teams
from leeward.demo.people import Membership as Member
from leeward.staff import actions
from leeward.staff.actions import Newcomer
from leeward.staff.door import visit_of
from leeward.staff.models import Invite, Membership, Person, Team

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leeward.access.gate import Entered, Visit
    from leeward.cases.words import Card
    from leeward.vault.cipher import KeyPair

#: Everybody in the demo signs in with these words. They are printed, and nothing real is behind them.
PASSPHRASE: Final = "sheltered side out of the wind"  # noqa: S105 - said so above
PAPER_KIT: Final = "paper-kit-of-the-demo.txt"


@dataclass
class Making:
    """The agency while it is being made: who is there already, and with which keys."""

    agency: actions.Founding
    people: dict[str, tuple[Person, KeyPair]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def visit(self, key: str) -> Visit:
        """Somebody of the staff at the door."""
        person, pair = self.people[key]
        return visit_of(self.agency.agency.pk, person, pair, safe=False)

    @contextmanager
    def at_work(self, key: str, action: Action) -> Iterator[Entered]:
        """Somebody of the staff on a page."""
        with gate.entering(self.visit(key), action, lists=True) as entered:
            yield entered


def make_agency() -> None:
    """Make everything; a few seconds."""
    with _in_no_hurry_to_the_disk():
        _make()


@contextmanager
def _in_no_hurry_to_the_disk() -> Iterator[None]:
    """Two thousand times a disk would be waited for; a demo that a power cut spoils is made anew."""
    _wait_for_the_disk("OFF")
    try:
        yield
    finally:
        _wait_for_the_disk("FULL")


def _wait_for_the_disk(how: str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={how}")


def _make() -> None:
    making = _found()
    for team in teams():
        if team.key not in making.teams:
            _start_team(making, team.key, team.name)
    for persona in personas():
        _bring_in(making, persona)
    _tidy_roles(making)
    for persona in personas():
        _hand_keys(making, persona)
    _tell_all(making)


def _tell_all(making: Making) -> None:
    """What happened, how the agency works, and what comes next."""
    cases = {story.key: _tell(making, story) for story in participants()}
    house.set_up(making, next(iter(making.people)))
    known = {key: person for key, (person, _) in making.people.items()}
    for story in participants():
        visit, now = making.visit(story.primary), everybody()[story.key]
        today.bring_up_to_date(visit, cases[story.key], now, known)
        walking.walk_along(visit, cases[story.key], now)
        if now.ending:
            walking.part(visit, cases[story.key], now.ending, known[story.primary])
        for kind, other in now.links:
            of_both = making.visit(_supervisor(story.team).key)
            today.tie(of_both, cases[story.key], kind, cases[other])
    walking.a_night(making, cases["tam"])
    walking.away_and_back(making, cases["nola"])
    walking.works_with_us(making, cases["r"])
    walking.small_fund(making, cases["wilder"], cases["robin"])
    walking.phrases(making)


def _supervisor(team: str) -> Persona:
    return next(persona for persona in personas() if Role.SUPERVISOR in persona.roles_in(team))


def _found() -> Making:
    """The first team's supervisor founds the agency."""
    first = teams()[0]
    founder = _supervisor(first.key)
    newcomer = Newcomer(founder.name, founder.email, PASSPHRASE, first.name, founder.language)
    made = actions.found_agency(newcomer, demo=True)
    (settings.LEEWARD_DATA / PAPER_KIT).write_text("\n".join(made.shares) + "\n", encoding="ascii")
    making = Making(made, {founder.key: (made.person, made.pair)})
    making.teams[first.key] = Team.objects.get(number=1)
    return making


def _start_team(making: Making, key: str, name: str) -> None:
    """A team is started by the one who supervises it; she is brought in as a colleague first."""
    supervisor = _supervisor(key)
    if supervisor.key not in making.people:
        _join(making, supervisor, teams()[0].key, Role.SUPERVISOR)
    with making.at_work(supervisor.key, Action.CHANGE_MEMBERSHIP) as entered:
        making.teams[key] = actions.start_team(entered, name=name)


def _join(making: Making, persona: Persona, team: str | None, role: Role, employer: str = "") -> None:
    founder = next(iter(making.people))
    with making.at_work(founder, Action.INVITE) as entered:
        place = making.teams[team] if team else None
        actions.invite(
            entered, name=persona.name, email=persona.email, team=place, role=role, employer=employer
        )
    invitation = Invite.objects.select_related("person").get(person__email=persona.email)
    making.people[persona.key] = actions.join(invitation, passphrase=PASSPHRASE, language=persona.language)
    with making.at_work(founder, Action.GRANT) as entered:
        actions.hand_keys(entered, person=invitation.person)


def _bring_in(making: Making, persona: Persona) -> None:
    """Invite somebody into the first role, and add the others."""
    roles = list(persona.memberships)
    if persona.key not in making.people:
        first = roles.pop(0)
        _join(making, persona, first.team or None, first.role, first.employer)
    person = making.people[persona.key][0]
    held = {(row.team_id, row.role) for row in Membership.objects.filter(person=person)}
    for member in roles:
        if (making.teams[member.team].pk, member.role.value) not in held:
            _add_role(making, person, member)


def _add_role(making: Making, person: Person, member: Member) -> None:
    with making.at_work(_supervisor(member.team).key, Action.CHANGE_MEMBERSHIP) as entered:
        team = making.teams[member.team]
        actions.add_membership(entered, person=person, team=team, role=member.role, employer=member.employer)


def _tidy_roles(making: Making) -> None:
    """Roles that were needed only on the way end here."""
    wanted = {
        (making.people[p.key][0].pk, making.teams[m.team].pk if m.team else None, m.role.value)
        for p in personas()
        for m in p.memberships
    }
    administrator = next(p.key for p in personas() if Role.ADMINISTRATOR in p.roles)
    rows = Membership.objects.select_related("person")
    needless = [row for row in rows if (row.person_id, row.team_id, row.role) not in wanted]
    for row in needless:
        with making.at_work(administrator, Action.CHANGE_MEMBERSHIP) as entered:
            actions.end_membership(entered, membership=row)


def _hand_keys(making: Making, persona: Persona) -> None:
    for team in persona.teams:
        with making.at_work(_supervisor(team).key, Action.GRANT) as entered:
            actions.hand_keys(entered, person=making.people[persona.key][0])


def _tell(making: Making, story: Story) -> Case:
    """One participant's file: the card, who walks along, and what happened."""
    card: Card = {
        "name": story.call_by,
        "aliases": ", ".join(story.aliases),
        "pronouns": story.pronouns,
        "language": story.language,
        "age_band": AGE_BANDS[story.age_band],
        "since": story.came(timezone.localdate()).isoformat(),
    }
    with making.at_work(story.primary, Action.START_CASE) as entered:
        case_id = uuid5(NAMESPACE_OID, f"{making.agency.agency.pk}/{story.key}")
        case = case_actions.start_case(entered, team=making.teams[story.team], card=card, case_id=case_id)
    with gate.opening(making.visit(_supervisor(story.team).key), Action.ASSIGN, case) as file:
        for key in story.also:
            case_actions.walk_along(file, person=making.people[key][0])
    writers = {key: _writer(making, case, key, story) for key in {note.by for note in story.notes}}
    for writer, notes in groupby(story.notes, key=lambda note: writers[note.by]):
        _write_all(making.visit(writer), case, notes)
    return case


def _write_all(visit: Visit, case: Case, notes: Iterable[Note]) -> None:
    with gate.opening(visit, Action.WRITE_ENTRY, case) as file:
        for note in notes:
            _write(file, note)


def _writer(making: Making, case: Case, saw: str, story: Story) -> str:
    """Who writes it down: whoever saw it, or the primary worker on behalf of somebody whose role does not write."""
    actor = making.visit(saw).actor
    return saw if policy.allows(actor, Action.WRITE_ENTRY, case.ties_to(actor)) else story.primary


def _write(file: gate.Opened[Case], note: Note) -> None:
    zone = timezone.get_current_timezone()
    happened = datetime.combine(
        note.day(timezone.localdate()), time(note.minute // 60, note.minute % 60), zone
    )
    written = min(happened + timedelta(minutes=25), timezone.now())
    entry_id = uuid5(file.thing.pk, happened.isoformat() + note.text)
    case_actions.write_entry(
        file, entry_id=entry_id, text=note.text, kind=note.kind, happened_at=happened, written_at=written
    )


def sign_ins() -> str:
    """What the terminal says about signing in."""
    lines = [
        f"\n{AGENCY.name} and everybody in it are invented. Sign in by one click, or with these words:\n"
    ]
    lines += [f"  {persona.email:<34} {persona.name}" for persona in personas()]
    return "\n".join([*lines, f"\n  passphrase for all of them: {PASSPHRASE}"])
