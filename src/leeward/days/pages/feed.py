"""The calendar that other programs fetch: times at which somebody is busy, and not a word more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from leeward.days.actions.feeding import Address, context, read_address
from leeward.days.models import Due, Feed
from leeward.days.pages.due import cases_seen
from leeward.days.words import DueKind
from leeward.ui import moments
from leeward.vault.cipher import same
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from leeward.access.gate import Entered, Visit
    from leeward.days.models import Busy
    from leeward.vault.cipher import KeyPair


def calendar(token: str) -> bytes | None:
    """What an address shows, or nothing where it is none of ours."""
    address = read_address(token)
    feed = Feed.objects.filter(mark=address.mark).select_related("person").first() if address else None
    if address is None or feed is None or not same(bytes(feed.public), address.pair.public):
        return None
    with translation.override(feed.person.language):
        word = _("Busy")
    told = Calendar()
    told.add("prodid", "-//calendar//")
    told.add("version", "2.0")
    pair = address.pair
    for busy in feed.busy.all():
        if times := opened(pair, busy):
            told.add_component(_event(_uid(address, busy), times, word))
    return bytes(told.to_ical())


def opened(pair: KeyPair, busy: Busy) -> tuple[datetime, datetime] | None:
    """From when until when; a row that was swapped or damaged says nothing, and lets the others be."""
    try:
        plain = pair.open(bytes(busy.sealed), context(busy.due_id))
    except Unreadable:
        return None
    start, end = (datetime.fromtimestamp(int.from_bytes(each) * 60, UTC) for each in (plain[:4], plain[4:]))
    return start, end


def _uid(address: Address, busy: Busy) -> str:
    """The same for the same date each time, so that programs do not double it; nothing that a database knows."""
    return address.secret.derive("days/feed/uid").mac(busy.due_id.bytes).hex()[:32]


def _event(uid: str, times: tuple[datetime, datetime], word: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", timezone.now().replace(microsecond=0))
    event.add("dtstart", times[0])
    event.add("dtend", times[1])
    event.add("summary", word)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def has_feed(visit: Visit) -> bool:
    """Whether there is an address that shows when I am busy."""
    return Feed.objects.filter(person=visit.actor.id).exists()


def dues_to_tell(entered: Entered) -> list[Due]:
    """My appointments from today on, for a feed that begins now."""
    mine = Due.objects.open().of(entered.visit.actor.id)
    dated = mine.filter(kind=DueKind.APPOINTMENT, day__gte=moments.today())
    return list(dated.filter(case__in=cases_seen(entered.visit)).by_day())
