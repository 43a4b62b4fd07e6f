"""The keys of a file: one random key for each case, wrapped for those who may hold it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from leeward.staff import keys as staff_keys
from leeward.staff.models import PersonKey, TeamKey
from leeward.vault.scopes import Compartment, HeldKey, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from leeward.access.gate import Holder
    from leeward.vault.cipher import Key

    #: A wrap as the database gives it: case, its key's number as bytes, that key's epoch, scope, team key, sealed.
    type WrapRow = tuple[UUID, bytes, int, str, UUID, bytes]

WHOLE = staff_keys.WHOLE
#: Parts with a wrap of their own beside the whole: those that some roles hold alone, and notes, of which search opens
#: thousands at a time.
APART = frozenset(
    {
        Compartment.CARD,
        Compartment.CONTACT,
        Compartment.NOTES,
        Compartment.SAFETY,
        Compartment.FACTS,
        Compartment.DUTY,
    }
)


class CaseKey(models.Model):
    """One epoch of a case's random key. The key itself is only in its wraps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    epoch = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.id)


class Wrap(models.Model):
    """A case's key, or one compartment of it, sealed for one holder: a team, a person, or the paper kit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(CaseKey, on_delete=models.PROTECT, related_name="wraps")
    #: The key's epoch, again, so that lists need not look it up.
    epoch = models.PositiveIntegerField(default=1)
    scope = models.CharField(max_length=12)
    team_key = models.ForeignKey(TeamKey, on_delete=models.PROTECT, null=True, related_name="wraps")
    person_key = models.ForeignKey(PersonKey, on_delete=models.PROTECT, null=True, related_name="wraps")
    recovery = models.BooleanField(default=False)
    sealed = models.BinaryField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="one_holder_per_wrap",
                condition=Q(team_key__isnull=False, person_key=None, recovery=False)
                | Q(team_key=None, person_key__isnull=False, recovery=False)
                | Q(team_key=None, person_key=None, recovery=True),
            ),
            models.UniqueConstraint(fields=["key", "scope", "team_key"], name="one_wrap_per_team_and_scope"),
        ]
        indexes: ClassVar = [models.Index(fields=["team_key", "scope"])]

    def __str__(self) -> str:
        return str(self.id)


def compartment_key(case_key: Key, case: UUID, part: Compartment) -> Key:
    """The key of one compartment of one file."""
    return case_key.derive(f"case/{case}/{part.value}")


def wrap_context(case: bytes, key: bytes, epoch: int, scope: str) -> bytes:
    """What a wrap is for: a wrap moved to another case, key, epoch or scope does not open."""
    return b"wrap" + case + key + epoch.to_bytes(4) + scope.encode()


def team_wraps(case: UUID, key: CaseKey, secret: Key, team_key: TeamKey, team_secret: Key) -> Iterator[Wrap]:
    """The wraps that let a team work: the whole for those who carry cases, parts for those who see least."""
    for scope in (WHOLE, *sorted(part.value for part in APART)):
        inside = secret if scope == WHOLE else compartment_key(secret, case, Compartment(scope))
        context = wrap_context(case.bytes, key.pk.bytes, key.epoch, scope)
        sealed = staff_keys.scope_key(team_secret, scope).wrap(inside, context, epoch=team_key.epoch)
        yield Wrap(key=key, epoch=key.epoch, scope=scope, team_key=team_key, sealed=sealed)


def whole_key(case: UUID, key: CaseKey, holder: Holder) -> Key | None:
    """The key of a whole file, if this holder can open it: to hand the file to another team."""
    wraps = Wrap.objects.filter(key=key, epoch=key.epoch, scope=WHOLE, team_key__isnull=False)
    for team_key, sealed in wraps.values_list("team_key", "sealed"):
        secret = holder.team_key(team_key, WHOLE)
        if secret:
            return secret.unwrap(bytes(sealed), wrap_context(case.bytes, key.pk.bytes, key.epoch, WHOLE))
    return None


def keys_in(wraps: Iterable[WrapRow], holder: Holder, wanted: frozenset[Compartment]) -> Iterator[HeldKey]:
    """The keys of these compartments that this holder can open. What follows from the whole is not opened twice."""
    secrets: dict[tuple[UUID, str], Key | None] = {}
    whole: set[UUID] = set()
    for case, key, epoch, scope, team_key, sealed in wraps:
        place = (team_key, scope)
        if place not in secrets:
            secrets[place] = holder.team_key(team_key, scope)
        secret = secrets[place]
        if secret is None or (whole and case in whole):
            continue
        inside = secret.unwrap(bytes(sealed), wrap_context(case.bytes, key, epoch, scope))
        if scope != WHOLE:
            yield HeldKey(Scope("case", case, scope), epoch, inside)
            continue
        whole.add(case)
        for part in wanted:
            yield HeldKey(Scope.case(case, part), epoch, compartment_key(inside, case, part))


def scopes_of(wanted: frozenset[Compartment]) -> list[str]:
    """The wraps to look for: a part with a wrap of its own opens faster by that; all else follows from the whole."""
    return list(wanted) if wanted <= APART else [WHOLE, *wanted]
