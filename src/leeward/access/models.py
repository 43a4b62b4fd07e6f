"""The one table of this package: the lines of the trail."""

from enum import StrEnum
from typing import Any, Never, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Length
from django.db.models.lookups import Exact


class Outcome(StrEnum):
    """How it ended: a thing was opened, it stayed shut, or something was done that opens nothing."""

    OPENED = "opened"
    REFUSED = "refused"
    DONE = "done"


class HeldBy(StrEnum):
    """What kept it shut: the rules, or the key that was not there."""

    NOTHING = ""
    POLICY = "policy"
    KEY = "key"


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove a line of the trail."""


class Lines(models.QuerySet["Line"]):
    """What can be asked of the trail. Nothing in it can be changed from here."""

    def opened(self, thing: object) -> Self:
        """Only the lines by which one thing was opened or shown.

        This reads the whole trail: an index would take a row for every name on every list.
        """
        return self.alias(ids=Cast("things", models.TextField())).filter(
            outcome=Outcome.OPENED,
            ids__contains=str(thing),
        )

    def update(self, **_: Any) -> Never:  # noqa: ANN401 - Django's signature
        """Defends against a slip. Whoever has the database itself is found out by `verifier.py`."""
        raise AppendOnlyError

    def delete(self) -> Never:
        """The same."""
        raise AppendOnlyError


class Line(models.Model):
    """Who wanted to do what to which thing, when, and how it ended. Never what was in it.

    No foreign keys: the line outlives the people and the files that it names.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    things = models.JSONField(default=list)
    outcome = models.CharField(max_length=10)
    held_by = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=40, blank=True)
    previous = models.BinaryField()
    hash = models.BinaryField()

    objects = Lines.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="access_line_counts_from_one", condition=Q(seq__gte=1)),
            models.CheckConstraint(
                name="access_line_outcome", condition=Q(outcome__in=[one.value for one in Outcome])
            ),
            models.CheckConstraint(
                name="access_line_held_by", condition=Q(held_by__in=[one.value for one in HeldBy])
            ),
            models.CheckConstraint(
                name="access_line_only_a_refusal_is_held",
                condition=Q(held_by="") | Q(outcome=Outcome.REFUSED.value),
            ),
            models.CheckConstraint(name="access_line_previous", condition=Exact(Length("previous"), 32)),
            models.CheckConstraint(name="access_line_hash", condition=Exact(Length("hash"), 32)),
        ]

    def save(self, **options: Any) -> None:  # noqa: ANN401
        """Add a line; never change one."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**{**options, "force_insert": True})

    def delete(self, **_: Any) -> Never:  # type: ignore[override]  # noqa: ANN401
        """Lines stay."""
        raise AppendOnlyError
