"""The agency, its people and teams, and the keys that pass between them. Clear columns hold accounts only."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.access.policy import Role
from leeward.access.words import ROLE_NAMES
from leeward.vault.fields import SealedModel, SealedText
from leeward.vault.scopes import Compartment, Scope

if TYPE_CHECKING:
    from datetime import date

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
DEVICE_KINDS = [("own", _("My own device")), ("shared", _("A shared device"))]


class Agency(models.Model):
    """The one agency of this installation. Its id is part of every seal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    born_as_demo = models.BooleanField(default=False, editable=False)
    recovery_public = models.BinaryField(max_length=32)
    pepper_mark = models.BinaryField(max_length=32)
    one = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(one=True), name="one_agency_per_store")]

    def __str__(self) -> str:
        return str(self.id)


class PersonQuerySet(models.QuerySet["Person"]):
    """Words about people."""

    def here(self) -> Self:
        """People who have not left."""
        return self.filter(left_at=None)

    def waiting_for_keys(self) -> Self:
        """People who joined and hold no key yet, because no colleague has handed them any."""
        held = Grant.objects.filter(person_key__person=models.OuterRef("pk"), person_key__retired_at=None)
        joined = PersonKey.objects.current().filter(person=models.OuterRef("pk"))
        in_a_team = Membership.objects.current().filter(person=models.OuterRef("pk"), team__isnull=False)
        waiting = self.here().filter(models.Exists(joined), models.Exists(in_a_team))
        return waiting.exclude(models.Exists(held))


class PersonManager(BaseUserManager["Person"]):
    """How Django and allauth look somebody up."""

    def get_queryset(self) -> PersonQuerySet:
        """Everybody."""
        return PersonQuerySet(self.model, using=self._db)

    def here(self) -> PersonQuerySet:
        """People who have not left."""
        return self.get_queryset().here()

    def waiting_for_keys(self) -> PersonQuerySet:
        """People who joined and hold no key yet."""
        return self.get_queryset().waiting_for_keys()


class Person(AbstractBaseUser):
    """Somebody who works or volunteers at the agency."""

    password = None  # type: ignore[assignment]  # there is no password hash: the passphrase opens the person's own key
    last_login = None
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    left_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person still works here."""
        return self.left_at is None

    def has_usable_password(self) -> bool:
        """Everybody signs in with a passphrase."""
        return True

    def get_session_auth_hash(self) -> str:
        """Sessions end by their own rows, not by a password hash."""
        return str(self.pk)

    def _get_session_auth_hash(self, secret: object = None) -> str:  # noqa: ARG002 - Django's hook for old secrets
        return str(self.pk)


class PersonKeyQuerySet(models.QuerySet["PersonKey"]):
    """Words about people's keys."""

    def current(self) -> Self:
        """Keys in use."""
        return self.filter(retired_at=None)


class PersonKey(models.Model):
    """A person's key pair. Disposable: a forgotten passphrase means a new pair and a new grant by a colleague."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    public = models.BinaryField(max_length=32)
    mark = models.BinaryField(max_length=32)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PersonKeyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(retired_at=None), name="one_current_key_per_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Credential(models.Model):
    """What a passphrase opens: the private half, sealed by the passphrase and then by the pepper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(PersonKey, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=12, default=PASSPHRASE, editable=False)
    salt = models.BinaryField(max_length=16)
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    blob = models.BinaryField(max_length=256)

    def __str__(self) -> str:
        return str(self.id)


class Team(SealedModel):
    """People who share the key to the same files. Its name is sealed: a name can tell what happens there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    everyone = models.BooleanField(default=False, editable=False)
    name = SealedText(label="staff.team.name", null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["everyone"], condition=Q(everyone=True), name="one_team_of_everyone"
            )
        ]

    def __str__(self) -> str:
        return f"Team {self.number}"

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - a team has one part
        """The team's own words."""
        return Scope.team(self.pk)


class TeamKey(models.Model):
    """One epoch of a team's key. The recovery copy opens with the paper kit alone, without the pepper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="keys")
    epoch = models.PositiveIntegerField(default=1)
    recovery = models.BinaryField(max_length=128)
    dropbox_public = models.BinaryField(max_length=32)
    dropbox_private = models.BinaryField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "epoch"], name="one_key_per_team_and_epoch")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.epoch}"


class Grant(models.Model):
    """A team's key, or the part of it that a role needs, sealed to one person by a colleague."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team_key = models.ForeignKey(TeamKey, on_delete=models.CASCADE, related_name="grants")
    person_key = models.ForeignKey(PersonKey, on_delete=models.CASCADE, related_name="grants")
    scope = models.CharField(max_length=12)
    sealed = models.BinaryField(max_length=128)
    mark = models.BinaryField(max_length=32)
    granted_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team_key", "person_key", "scope"], name="one_grant_per_key_person_scope"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Words about memberships."""

    def current(self, day: date | None = None) -> Self:
        """Memberships in force on a day (today)."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day, person__left_at=None)


class Membership(models.Model):
    """A person in a team, in one role, from one day until another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", null=True)
    role = models.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in Role])
    employer = models.CharField(max_length=80, blank=True)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(team=None, role=Role.ADMINISTRATOR.value)
                | ~Q(role=Role.ADMINISTRATOR.value) & Q(team__isnull=False),
                name="only_administrators_have_no_team",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="until_after_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Invite(models.Model):
    """An invitation: the link goes one way, the code another. Only marks of both are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="invite")
    link_mark = models.BinaryField(max_length=32, unique=True)
    code_mark = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    invited_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)

    def is_open(self) -> bool:
        """Whether the invitation can still be used."""
        return self.tries_left > 0 and self.expires_at > timezone.now()
