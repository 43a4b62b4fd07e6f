"""Who walks with somebody, as pages say it: since when, until when, who does what, and who covers today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from leeward.access.policy import Role
from leeward.access.words import ROLE_NAMES
from leeward.continuity.models import Doing, HandOver, Outside
from leeward.staff.models import Absence, Membership, OurWays
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import CareTeamMember, Case
    from leeward.continuity.words import OutsideWords
    from leeward.staff.models import Person


class Beside(NamedTuple):
    """A colleague who walks with somebody: in which roles, what they do, from when and until when."""

    person: Person
    roles: str
    does: str
    member: CareTeamMember | None = None


class Outsider(NamedTuple):
    """Somebody of another agency."""

    pk: UUID
    about: OutsideWords

    @property
    def until(self) -> date | None:
        """The last day on which they walk along, if one was said."""
        told = self.about.get("until", "")
        return date.fromisoformat(told) if told else None

    @property
    def is_over(self) -> bool:
        """Whether that day has passed."""
        return bool(self.until and self.until < timezone.localdate())

    @property
    def name(self) -> str:
        """What they are called."""
        return self.about.get("name", "")

    @property
    def place(self) -> str:
        """What they are, and at which agency."""
        return ", ".join(told for told in (self.about.get("role"), self.about.get("agency")) if told)


@dataclass(frozen=True, slots=True)
class Walkers:
    """Everybody who walks with one participant."""

    primary: Beside
    #: Since when the primary worker walks with them, where somebody else did before.
    since: date | None
    #: Stepped in at once, because somebody left.
    for_now: bool
    away: Absence | None
    backup: Beside | None
    beside: list[Beside]
    outside: list[Outsider]
    before: list[Outsider]
    on_the_way: HandOver | None

    @property
    def central(self) -> Outsider | None:
        """The central case manager across agencies, where it is not our primary worker (practice D1)."""
        return next((one for one in self.outside if one.about.get("central")), None)


def team_of(file: OpenCase) -> Walkers:
    """Who walks with the participant of an open file, with as much as this reader's role opens."""
    case = file.thing
    members = list(case.care_team.current().select_related("person").order_by("since", "person__name"))
    along = {member.person_id: member for member in members}
    said = _Said(file, {case.primary_id, case.backup_id, *(member.person_id for member in members)})
    last, on_the_way = _hand_overs(case)
    outside = _outside(file)
    return Walkers(
        primary=said.beside(case.primary),
        since=last.done_on if last else None,
        for_now=bool(last and last.for_now),
        away=Absence.objects.current().filter(person=case.primary_id).select_related("cover").first(),
        backup=said.beside(case.backup, along.get(case.backup.pk)) if case.backup else None,
        beside=[
            said.beside(member.person, member)
            for member in members
            if member.person_id not in {case.primary_id, case.backup_id}
        ],
        outside=[one for one in outside if not one.is_over],
        before=[one for one in outside if one.is_over],
        on_the_way=on_the_way,
    )


def _hand_overs(case: Case) -> tuple[HandOver | None, HandOver | None]:
    """The last one, by which the primary worker came, and the one that is on its way."""
    every = HandOver.objects.filter(case=case, state__in=[*HandOver.ON_THE_WAY, HandOver.DONE])
    rows = every.select_related("giver", "taker", "team_to").defer("words", "parcel")
    newest = list(rows.order_by("-done_on", "-number"))
    came = (row for row in newest if row.state == HandOver.DONE and row.taker_id == case.primary_id)
    return next(came, None), next((row for row in newest if row.state != HandOver.DONE), None)


class _Said:
    """What is said of the colleagues of one file, read in two queries."""

    def __init__(self, file: OpenCase, people: set[UUID | None]) -> None:
        known = [person for person in people if person]
        rows = Membership.objects.current().filter(team=file.thing.team_id, person__in=known)
        self._roles: dict[UUID, list[str]] = {}
        for person, role in rows.order_by("since").values_list("person", "role"):
            self._roles.setdefault(person, []).append(str(ROLE_NAMES[Role(role)]))
        self._does: dict[UUID, str] = {}
        if Compartment.NOTES in file.compartments:
            doings = Doing.objects.filter(case=file.thing)
            self._does = {doing.person_id: doing.words.get("does", "") for doing in doings}

    def beside(self, person: Person, member: CareTeamMember | None = None) -> Beside:
        """One colleague."""
        return Beside(
            person, ", ".join(self._roles.get(person.pk, [])), self._does.get(person.pk, ""), member
        )


def _outside(file: OpenCase) -> list[Outsider]:
    if Compartment.NOTES not in file.compartments:
        return []
    found = [Outsider(row.pk, row.about) for row in Outside.objects.filter(case=file.thing)]
    return sorted(found, key=lambda one: (one.about.get("agency", "").casefold(), one.name.casefold()))


def front_phone() -> str:
    """The number by which partners reach whoever walks with somebody (practice D3)."""
    ways = OurWays.objects.first()
    return ways.words.get("front_phone", "") if ways else ""
