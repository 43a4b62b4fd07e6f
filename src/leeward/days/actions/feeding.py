"""A calendar for other programs that shows only "busy". What could open it is in its address, and nowhere here.

Defends against a stolen database: of each time there is a seal to the feed's public half, always of one length. The
private half follows from a secret that only the address holds; the row is found by a hash of the address's other half.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction

from leeward.days.models import Busy, Due, Feed
from leeward.days.words import DueKind, span
from leeward.staff.models import Person
from leeward.vault.cipher import KEY_BYTES, Key, KeyPair, seal_to

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered
    from leeward.days.words import SlotWords

_NUMBER_BYTES: Final = 16


class Address(NamedTuple):
    """The two halves of a feed's address: one finds the row, the other opens it."""

    number: bytes
    secret: Key

    @property
    def mark(self) -> bytes:
        """By what the row is found."""
        return hashlib.sha256(self.number).digest()

    @property
    def pair(self) -> KeyPair:
        """What the times are sealed to."""
        return KeyPair(self.secret.derive("days/feed").reveal())

    @property
    def token(self) -> str:
        """As it stands in the address."""
        return base64.urlsafe_b64encode(self.number + self.secret.reveal()).decode().rstrip("=")


def read_address(token: str) -> Address | None:
    """Take a token apart, if it is one."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != _NUMBER_BYTES + KEY_BYTES:
        return None
    return Address(raw[:_NUMBER_BYTES], Key(raw[_NUMBER_BYTES:]))


def start_feed(entered: Entered, *, dues: Iterable[Due]) -> str:
    """Make a new address, and let an older one end. The token is shown once: nobody can work it out again."""
    person = entered.visit.actor.id
    address = Address(os.urandom(_NUMBER_BYTES), Key.fresh())
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=person)
        Feed.objects.filter(person=person).delete()
        feed = Feed.objects.create(person_id=person, mark=address.mark, public=address.pair.public)
        Busy.objects.bulk_create(busy for due in dues if (busy := _busy(feed, due, due.slot)))
    return address.token


def stop_feed(entered: Entered) -> None:
    """End the feed: its address shows nothing any more."""
    end_feed(entered.visit.actor.id)


def end_feed(person: UUID) -> None:
    """The same for somebody who leaves; call it inside the verb's transaction."""
    Feed.objects.filter(person=person).delete()


def tell(due: Due) -> None:
    """Bring the feed of whoever goes up to date with one appointment; call it inside the verb's transaction."""
    Busy.objects.filter(due=due).delete()
    feed = Feed.objects.filter(person=due.owner_id).first()
    if feed and due.is_open and (busy := _busy(feed, due, due.slot)):
        busy.save(force_insert=True)


def forget(dues: Iterable[UUID]) -> None:
    """Let the feed say nothing of these any more."""
    Busy.objects.filter(due__in=list(dues)).delete()


def _busy(feed: Feed, due: Due, slot: SlotWords | None) -> Busy | None:
    if due.kind != DueKind.APPOINTMENT or not slot or not slot.get("at"):
        return None
    start, end = span(due.day, slot)
    # Two moments of four bytes each: every seal is as long as every other.
    plain = b"".join(int(moment.timestamp() // 60).to_bytes(4) for moment in (start, end))
    return Busy(feed=feed, due=due, sealed=seal_to(bytes(feed.public), plain, context(due.pk)))


def context(due: UUID) -> bytes:
    """What a seal is for: moved to another date it does not open."""
    return b"busy" + due.bytes
