"""The case and the person it is about."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone

from leeward.access import policy
from leeward.access.policy import Reach, Ties
from leeward.cases.models.key import WHOLE, CaseKey, Wrap, keys_in, scopes_of
from leeward.cases.words import Card, facts_on, names_on
from leeward.staff.models import Absence, Person, Team
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, HeldKey, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from leeward.access.gate import Holder
    from leeward.access.policy import Action, Actor


def walked_by(person: UUID) -> Q:
    """Whom somebody walks with: as primary worker, backup or on the care team, or covering for the primary worker."""
    along = CareTeamMember.objects.current().filter(person=person).values("case")
    away = Absence.objects.current().filter(cover=person).values("person")
    return Q(primary=person) | Q(backup=person) | Q(pk__in=along) | Q(primary__in=away)


class CaseQuerySet(models.QuerySet["Case"]):
    """Words about cases."""

    def current(self) -> Self:
        """Cases that have not been closed."""
        return self.filter(is_open=True)

    def carried_by(self, person: UUID) -> Self:
        """Cases of one primary worker."""
        return self.filter(primary=person)

    def open_to(self, actor: Actor, action: Action, needing: frozenset[Compartment] = frozenset()) -> Self:
        """The cases with which this person may do this: the policy as a query, equal to it row by row."""
        reach = {team: policy.reach(roles, action, needing) for team, roles in actor.teams.items()}
        whole = [team for team, far in reach.items() if far is Reach.TEAM]
        able = [team for team, far in reach.items() if far >= Reach.ASSIGNED]
        carried = [team for team, far in reach.items() if far is Reach.CARRIED]
        over = [
            team
            for team, roles in actor.teams.items()
            if policy.reach(policy.over_restricted(roles), action, needing) is Reach.TEAM
        ]
        known = Q(team__in=whole, restricted=False) | Q(team__in=over)
        theirs = Q(Q(team__in=able) & walked_by(actor.id)) | Q(team__in=carried, primary=actor.id)
        shut = self.walls_before(actor)
        return self.filter(known | theirs).exclude(shut)

    def walls_before(self, actor: Actor) -> Q:
        """What a wall keeps from this person, by name or by one of their teams (practice M8)."""
        walls = Wall.objects.before(actor)
        return Q(pk__in=walls.values("case"))

    def as_seen_by(self, actor: Actor) -> Self:
        """With what binds this person to each case, so that the door asks once."""
        return self.annotate(
            is_walled=Exists(Wall.objects.before(actor).filter(case=OuterRef("pk"))),
            is_walked=Exists(Case.objects.filter(walked_by(actor.id), pk=OuterRef("pk"))),
            seen_by=Value(actor.id, output_field=models.UUIDField()),
        )

    def held_by(self, holder: Holder, part: Compartment) -> Self:
        """The cases whose key this person holds: a list shows no card that its reader was not handed the key of."""
        return self.filter(team__in=holder.teams(part.value))

    def walking_with(self, person: UUID) -> Self:
        """Everybody whom this person walks with, cover included."""
        return self.filter(walked_by(person))

    def with_people(self) -> Self:
        """With the participant's card and the primary worker, in one query."""
        return self.select_related("participant", "primary")


class Case(models.Model):
    """One participant's file: its team, its one primary worker, its key."""

    kind = "case"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    primary = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carries")
    #: Who stands in when the primary worker is not there.
    backup = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="stands_in_for")
    is_open = models.BooleanField(default=True)
    #: Opens only to those who walk along and to their supervisors (a former participant who now works here).
    restricted = models.BooleanField(default=False)
    #: The record is held: nothing is sent, asked or due any more (practice M9).
    rests = models.BooleanField(default=False)
    #: Two files of one person became one; this is the one that was kept.
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined_from")
    last_number = models.PositiveIntegerField(default=0)
    key = models.ForeignKey(CaseKey, on_delete=models.PROTECT, related_name="cases")
    #: A wrap that lives as long as the case: neither database lets it go, so no case is ever without its key.
    anchor = models.ForeignKey(Wrap, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "is_open"]),
            models.Index(fields=["primary", "is_open"]),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def ties_to(self, actor: Actor) -> Ties:
        """What binds this person to this case."""
        roles = actor.teams.get(self.team_id, frozenset())
        if getattr(self, "seen_by", None) == actor.id:
            walked, walled = self.is_walked, self.is_walled  # type: ignore[attr-defined]  # annotated by `as_seen_by`
        else:
            walked = self.is_walked_by(actor.id)
            walled = Wall.objects.before(actor).filter(case=self).exists()
        return Ties(
            roles,
            assigned=bool(roles) and walked,
            walled_off=walled,
            restricted=self.restricted,
            carries=bool(roles) and self.primary_id == actor.id,
        )

    def is_walked_by(self, person: UUID) -> bool:
        """Whether this person is the primary worker, the backup, on the care team, or covers for the primary."""
        if person in {self.primary_id, self.backup_id}:
            return True
        return Case.objects.filter(pk=self.pk).filter(walked_by(person)).exists()

    def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]:
        """The keys that this holder can open; the gate compares them with those the policy allows."""
        return CaseList([self]).keys_for(holder, compartments)


class CaseList:
    """Several cases for the gate: the stack on the desk."""

    kind = "case"

    def __init__(self, cases: Sequence[Case]) -> None:
        """Cases that `open_to` let through, at most as many as the page shows."""
        self.cases = cases

    def ids(self) -> list[UUID]:
        """Their random numbers, for the trail."""
        return [case.pk for case in self.cases]

    def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterator[HeldKey]:
        """The compartment keys that this holder can open, with one query for all of them."""
        by_key = {case.key_id: case.pk for case in self.cases}
        wraps = Wrap.objects.filter(key__in=by_key, scope__in=scopes_of(compartments), team_key__isnull=False)
        found = wraps.values_list("key_id", "epoch", "scope", "team_key_id", "sealed")
        rows = [
            (by_key[key], key.bytes, epoch, scope, team_key, bytes(sealed))
            for key, epoch, scope, team_key, sealed in found
        ]
        rows.sort(key=lambda row: row[3] != WHOLE)
        return keys_in(rows, holder, compartments)


class WallQuerySet(models.QuerySet["Wall"]):
    """Words about walls."""

    def before(self, actor: Actor) -> Self:
        """Walls in front of this person, by name or by a team of theirs."""
        return self.filter(Q(person=actor.id) | Q(team__in=list(actor.teams)))


class Wall(models.Model):
    """Keeps a colleague or a team out of a file. Whoever stands before it sees nothing there, not even a wall (M8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="walls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    #: Stepped aside by themselves, without a reason.
    own = models.BooleanField(default=False)

    objects = WallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_wall_is_before_one",
                condition=Q(person__isnull=False, team=None) | Q(person=None, team__isnull=False),
            ),
            models.UniqueConstraint(fields=["case", "person", "team"], name="one_wall_each"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CareTeamMemberQuerySet(models.QuerySet["CareTeamMember"]):
    """Words about who else walks along."""

    def current(self) -> Self:
        """Those who walk along today."""
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)


class CareTeamMember(models.Model):
    """A colleague who walks along beside the primary worker (practice E1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="care_team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="walks_along")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = CareTeamMemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(until=None), name="once_on_a_care_team"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class Participant(SealedModel):
    """The person we walk beside, as the card says: a name to call them by, and what else they told us."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="participant")
    card: SealedJSON[Card] = SealedJSON(label="cases.participant.card", compartment=Compartment.CARD)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.case_id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key."""
        return Scope.case(self.case_id, part or Compartment.CARD)

    def names(self) -> str:
        """Every name that somebody is called by."""
        return names_on(self.card)

    def facts(self) -> list[str]:
        """What the line under the name says: only what was told."""
        return facts_on(self.card)
