"""Plain makers: each makes one thing the way the product does, through its own gate and verbs."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID, uuid4

from django.utils import timezone

from leeward.access import gate
from leeward.access.gate import Entered, Visit
from leeward.access.policy import Action, Role
from leeward.cases import actions as cases
from leeward.cases.door import OpenCase
from leeward.cases.models import Case, Entry
from leeward.cases.words import Card
from leeward.staff import actions as staff
from leeward.staff import door, keys
from leeward.staff.models import Membership, Person, Shift, Team
from leeward.vault.cipher import KeyPair, Stretch

#: Argon2id that takes no time. Only tests that are about the cost pay for it.
CHEAP: Final = Stretch(memory_kib=64, passes=1, lanes=1)
PASSPHRASE: Final = "harbor lantern quiet meadow seven tides"

_numbers = count(1)


@dataclass(frozen=True)
class Worker:
    """Somebody on the staff, with the private half that a sign-in would open."""

    person: Person
    pair: KeyPair

    @property
    def visit(self) -> Visit:
        """A fresh visit, as every request has."""
        return door.visit_of(keys.agency().pk, self.person, self.pair, safe=False)


def an_agency() -> staff.Founding:
    """A new agency with one person, who supervises its first team and keeps its accounts."""
    return staff.found_agency(
        staff.Newcomer("Ben", "ben@agency.example", PASSPHRASE, team_name="Harbor"), cost=CHEAP
    )


def a_person(role: Role, team: Team | None, *, by: Worker | None = None, name: str = "") -> Worker:
    """Somebody in a team and role; `by` hands over the keys, without it she still waits for them."""
    number = next(_numbers)
    person = Person.objects.create(
        name=name or f"Colleague {number}", email=f"colleague{number}@agency.example"
    )
    key, credential, pair = keys.new_keys(person, PASSPHRASE, CHEAP)
    key.save()
    credential.save()
    Membership.objects.create(person=person, team=team, role=role)
    if role is Role.ON_CALL:
        now = timezone.now()
        Shift.objects.create(person=person, since=now - timedelta(hours=1), until=now + timedelta(days=400))
    if by:
        with entering(by, Action.GRANT) as entered:
            staff.hand_keys(entered, person=person)
    return Worker(person, pair)


def a_team(name: str, *, by: Worker) -> Team:
    """A team, started by a supervisor, who then supervises it too."""
    with entering(by, Action.CHANGE_MEMBERSHIP) as entered:
        return staff.start_team(entered, name=name)


def a_case(*, by: Worker, name: str = "Dee", team: Team | None = None, **card: str) -> Case:
    """Somebody new, with `by` as the primary worker, in a team of hers."""
    told: Card = {"name": name, **card}  # type: ignore[typeddict-item]
    with entering(by, Action.START_CASE) as entered:
        return cases.start_case(entered, team=team or door.my_teams(entered.visit)[0], card=told)


def an_entry(case: Case, *, by: Worker, text: str = "We talked.", at: datetime | None = None) -> Entry:
    """A note on somebody's timeline."""
    with opening(case, by, Action.WRITE_ENTRY) as file:
        return written(file, text, at=at)


def written(file: OpenCase, text: str, *, entry_id: UUID | None = None, at: datetime | None = None) -> Entry:
    """A note written in a file that is open already."""
    when = at or timezone.now()
    return cases.write_entry(file, entry_id=entry_id or uuid4(), text=text, kind="call", happened_at=when)


def a_paper(
    case: Case, *, by: Worker, content: Iterable[bytes], size: int = 0, paper_id: UUID | None = None
) -> UUID:
    """A paper in somebody's file."""
    told = {"name": "letter.pdf", "kind": "application/pdf", "size": size}
    with opening(case, by, Action.ADD_FILE) as file:
        return cases.add_paper(file, paper_id=paper_id or uuid4(), stream=content, **told).pk  # type: ignore[arg-type]


def opening(case: Case, worker: Worker, action: Action = Action.SEE_CASE) -> AbstractContextManager[OpenCase]:
    """Open a file as its door does: found anew, for one visit."""
    found = Case.objects.with_people().select_related("team").get(pk=case.pk)
    return gate.opening(worker.visit, action, found)


def entering(worker: Worker, action: Action, *, lists: bool = False) -> AbstractContextManager[Entered]:
    """Enter a page that is not about one participant."""
    return gate.entering(worker.visit, action, lists=lists)
