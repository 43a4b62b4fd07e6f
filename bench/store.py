"""Filling a store for the benchmark: an agency, its teams, and thousands of files, sealed by the real cipher.

Everything goes through Leeward's own models and keys; only the rows are written many at a time. The same chance makes
the same words and the same random numbers in every process, so what two stores find can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from django.conf import settings

from bench.known import Knowing, start_a_shift
from bench.words import Frequencies, name, note
from leeward.access import gate
from leeward.access.gate import Visit
from leeward.access.policy import Action, Role
from leeward.cases.actions.counting import tally_of
from leeward.cases.models import Case, CaseKey, Entry, Participant, WordSet, Wrap
from leeward.cases.models.key import WHOLE, compartment_key, team_wraps
from leeward.cases.words import EntryFacts, EntryKind
from leeward.cases.words.entry import MINUTES
from leeward.days.models import Due
from leeward.staff import actions, keys
from leeward.staff.door import visit_of
from leeward.staff.models import Membership, Person, Team, TeamKey
from leeward.vault import keyring, wordset
from leeward.vault.cipher import Key, KeyPair, Stretch
from leeward.vault.scopes import Compartment, HeldKey, Scope

PASSPHRASE: Final = "seven quiet herons wade upstream"  # noqa: S105 - invented
A_TEAM: Final = 300
A_CASELOAD: Final = 30
#: The one file whose page is measured: more entries than the page shows.
LONG_FILE: Final = 60
_BEGAN: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_KINDS: Final = [kind.value for kind in EntryKind]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is in a store."""

    cases: int
    entries: int


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who signs in: one with a caseload, or one who is in every team."""

    person: Person
    pair: KeyPair


@dataclass(frozen=True, slots=True)
class Store:
    """What the measures need to know of a filled store."""

    agency: UUID
    own: Worker
    everywhere: Worker
    long_file: UUID
    queries: dict[str, str]

    def visit(self, who: Worker) -> Visit:
        """Somebody at the door."""
        return visit_of(self.agency, who.person, who.pair, safe=False)


class Filler:
    """Makes one store."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.chance = Random(2026)  # noqa: S311 - repeatable on purpose
        self.seen = Frequencies()
        self.sizes = _sizes(size, self.chance)
        self.long_file = UUID(int=0)
        self.knowing = Knowing(self.chance, self._id)

    def fill(self) -> Store:
        """The whole store."""
        first = actions.Newcomer("Everywhere Everly", "everywhere@leeward.example", PASSPHRASE, "Team 1")
        founded = actions.found_agency(first, demo=True)
        everywhere = Worker(founded.person, founded.pair)
        visit = visit_of(founded.agency.pk, founded.person, founded.pair, safe=False)
        self._start_teams(visit)
        visit = visit_of(founded.agency.pk, founded.person, founded.pair, safe=False)
        own: Worker | None = None
        for team_key in (
            TeamKey.objects.filter(team__everyone=False).select_related("team").order_by("team__number")
        ):
            whole = visit.holder.team_key(team_key.pk, WHOLE)
            if whole is None:
                raise LookupError("the founder holds every team's key")
            own = own or self._own(team_key, whole, founded.person)
            self._fill_team(
                founded.agency.pk, team_key, whole, own.person if team_key.team.number == 1 else None
            )
        if own is None:
            raise LookupError("there is no team")
        start_a_shift(founded.person)
        return Store(founded.agency.pk, own, everywhere, self.long_file, self.seen.queries())

    def _start_teams(self, visit: Visit) -> None:
        with gate.entering(visit, Action.CHANGE_MEMBERSHIP) as entered:
            for number in range(2, -(-self.size.cases // A_TEAM) + 1):
                actions.start_team(entered, name=f"Team {number}")

    def _own(self, team_key: TeamKey, whole: Key, by: Person) -> Worker:
        """A case manager of the first team, with keys of her own."""
        person = Person.objects.create(name="Own Caseload", email="own@leeward.example")
        person_key, credential, pair = keys.new_keys(person, PASSPHRASE, Stretch())
        person_key.save(force_insert=True)
        credential.save(force_insert=True)
        Membership.objects.create(
            person=person, team=team_key.team, role=Role.CASE_MANAGER, since=_BEGAN.date()
        )
        keys.new_grant(team_key, whole, person_key, WHOLE, by.pk).save(force_insert=True)
        return Worker(person, pair)

    def _carriers(self, team: Team, own: Person | None, cases: int) -> list[Person]:
        """Ten case managers for each team of three hundred, fewer for a smaller one: thirty people each."""
        howmany = -(-cases // A_CASELOAD) - (1 if own else 0)
        made = [
            Person(name=f"Worker {team.number}-{n}", email=f"w{team.number}-{n}@leeward.example")
            for n in range(howmany)
        ]
        Person.objects.bulk_create(made)
        Membership.objects.bulk_create(
            Membership(person=person, team=team, role=Role.CASE_MANAGER, since=_BEGAN.date())
            for person in made
        )
        return [*([own] if own else []), *made]

    def _fill_team(self, agency: UUID, team_key: TeamKey, whole: Key, own: Person | None) -> None:
        sizes = [self.sizes.pop() for _ in range(min(A_TEAM, len(self.sizes)))]
        carriers = self._carriers(team_key.team, own, len(sizes))
        case_keys, wraps, cases, held = [], [], [], []
        for at, size in enumerate(sizes):
            key, secret, case_id = CaseKey(id=self._id()), Key.fresh(), self._id()
            mine = list(team_wraps(case_id, key, secret, team_key, whole))
            held += [
                HeldKey(Scope.case(case_id, part), 1, compartment_key(secret, case_id, part))
                for part in _PARTS
            ]
            case_keys.append(key)
            wraps += mine
            cases.append(_case(case_id, team_key.team, carriers[at % len(carriers)], key, mine[0], size))
        if own:
            self.long_file, cases[0].last_number = cases[0].pk, LONG_FILE
        CaseKey.objects.bulk_create(case_keys)
        Wrap.objects.bulk_create(wraps)
        Case.objects.bulk_create(cases)
        with keyring.carrying(agency) as ring:
            ring.hold(held)
            found = self._fill_cases(cases)
            self.knowing.fill(cases)
            self._make_findable(cases, found)

    def _fill_cases(self, cases: list[Case]) -> dict[UUID, set[str]]:
        """Names and notes, and the words of both for each file."""
        people, entries, sets = [], [], {}
        for case in cases:
            called = name(self.chance)
            people.append(Participant(case=case, card=_card(called)))
            found = wordset.called(called)
            for number in range(1, case.last_number + 1):
                text = note(self.chance)
                words = wordset.words(text)
                self.seen.add(words)
                found |= words
                entries.append(self._entry(case, number, text))
            sets[case.pk] = found
        Participant.objects.bulk_create(people)
        Entry.objects.bulk_create(entries)
        return sets

    def _make_findable(self, cases: list[Case], found: dict[UUID, set[str]]) -> None:
        if "bench.twin" in settings.INSTALLED_APPS:
            return
        for due in Due.objects.filter(case__in=cases):
            if due.case_id:
                found[due.case_id] |= wordset.words(Due.searched.said(due))
        WordSet.objects.bulk_create(
            WordSet(case=case, words=wordset.pack({*found[case.pk], wordset.WHOLE})) for case in cases
        )

    def _entry(self, case: Case, number: int, text: str) -> Entry:
        at = (_BEGAN + timedelta(hours=7 * number)).isoformat()
        entry = Entry(id=self._id(), case=case, number=number, author_id=case.primary_id, text=text)
        facts: EntryFacts = {"kind": self.chance.choice(_KINDS), "happened_at": at, "written_at": at}
        facts["minutes"] = self.chance.choice(MINUTES)
        entry.facts, entry.tally = facts, tally_of(facts)
        return entry

    def _id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


#: What is filled: the card, the notes and what reports count of them, how to reach somebody, dates in court.
_PARTS: Final = (
    Compartment.CARD,
    Compartment.NOTES,
    Compartment.FACTS,
    Compartment.CONTACT,
    Compartment.JUSTICE,
)


def _sizes(size: Size, chance: Random) -> list[int]:
    """Entries for each file: many short files and a few long ones, as many in all as were asked for."""
    drawn = [chance.lognormvariate(0, 0.6) for _ in range(size.cases)]
    scale = size.entries / sum(drawn)
    return [max(1, round(one * scale)) for one in drawn]


def _case(case_id: UUID, team: Team, primary: Person, key: CaseKey, anchor: Wrap, entries: int) -> Case:  # noqa: PLR0917 - columns
    return Case(id=case_id, team=team, primary=primary, key=key, anchor=anchor, last_number=entries)


def _card(called: str) -> dict[str, str]:
    return {
        "since": "2026-01-05",
        "name": called,
        "pronouns": "she/her",
        "language": "English",
        "age_band": "18-24",
    }
