"""Sign-ins, words that came too late, and limits. In the clear stand accounts and times, never what was typed."""

import uuid
from datetime import timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from leeward.staff.models import DEVICE_KINDS, Person

OWN: Final = "own"
SHARED: Final = "shared"
#: How long nobody has to be there before the lock closes.
IDLE: Final = {OWN: timedelta(minutes=15), SHARED: timedelta(minutes=2)}
#: The row hears of somebody's presence at most this often, so a lock may come that much later, never earlier.
TOUCH: Final = timedelta(seconds=20)
#: After this long without anybody, the sealed session is deleted, and only the passphrase makes it anew.
FORGET: Final = timedelta(minutes=60)
#: After this long the whole sign-in has to be done again.
LONGEST: Final = timedelta(hours=10)
#: Steps before signing in (a code to type, an invitation taken up) are kept this long.
NOBODYS: Final = timedelta(hours=1)
#: A sign-in that is over still takes in, sealed, what was typed on a page left open, and keeps it this long.
KEPT: Final = timedelta(days=7)
#: A clock may be a little off; one that went back further is not believed.
SLACK: Final = timedelta(minutes=1)


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Words about sign-ins."""

    def in_force(self) -> Self:
        """Sign-ins that are open, or locked and can be unlocked."""
        return self.filter(person__left_at=None, started_at__gt=timezone.now() - LONGEST)

    def forgotten(self) -> Self:
        """Sealed sessions that nobody has used for so long that they go."""
        gone, over = timezone.now() - FORGET - TOUCH, timezone.now() - LONGEST
        return self.filter(
            Q(last_seen__lt=gone) | Q(started_at__lt=over), person__isnull=False, sealed__isnull=False
        )

    def worn_out(self) -> Self:
        """Rows that serve nobody any more."""
        nobodys = Q(person=None, last_seen__lt=timezone.now() - NOBODYS)
        return self.filter(nobodys | Q(last_seen__lt=timezone.now() - KEPT))


class SignIn(models.Model):
    """One browser that somebody signed in with. Without the browser's cookie it opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    id_hash = models.BinaryField(max_length=32, unique=True)
    #: Shows that a cookie's secret is right, also when the sealed session is gone.
    proof = models.BinaryField(max_length=32)
    boot = models.BinaryField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins", null=True)
    sealed = models.BinaryField(null=True)
    #: The address of the one page that a turned screen shows, sealed like the session (practice M10).
    turned = models.BinaryField(null=True)
    device = models.CharField(max_length=6, choices=DEVICE_KINDS, default=OWN)
    browser = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField(null=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen"]

    def __str__(self) -> str:
        return str(self.id)

    def is_over(self) -> bool:
        """Whether ten hours have passed; a clock that was set back to before the beginning ends it too."""
        age = timezone.now() - self.started_at
        return not -SLACK <= age < LONGEST

    def is_locked(self) -> bool:
        """Whether it was locked, or nobody has been there; a clock that was set back locks it too."""
        unseen = timezone.now() - self.last_seen
        return self.locked_at is not None or not -SLACK <= unseen < IDLE[self.device] + TOUCH


class LatePost(models.Model):
    """A form that arrived while its sign-in was locked or over, sealed to the person who sent it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign_in = models.ForeignKey(SignIn, on_delete=models.CASCADE, related_name="late_posts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="late_posts")
    sealed = models.BinaryField()
    #: A form that could not be taken in stays, but is not tried for ever.
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return str(self.id)


class Limit(models.Model):
    """How often something was tried lately. What it was cannot be told from the mark without the pepper."""

    mark = models.BinaryField(max_length=32, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.count)
