"""Bringing files up to date: a part with a key of its own that is newer than the file gets its wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from leeward.cases.models import Wrap
from leeward.cases.models.key import APART, WHOLE, team_wraps, wrap_context
from leeward.staff.models import TeamKey
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from leeward.access.gate import Entered, Visit
    from leeward.vault.cipher import Key

#: Files brought up to date in one go: a second or two, and what is done is done.
A_BATCH: Final = 100


def complete_wraps(entered: Entered, *, at_most: int = A_BATCH) -> int:
    """Make the missing wraps of some files whose whole key this person holds; counts the files.

    It opens no word of them. Twice at once makes each wrap once, and it can be stopped and gone on with at any time.
    """
    holder, count = entered.visit.holder, 0
    for row in list(incomplete(entered.visit).select_related("key", "team_key")[:at_most]):
        team_secret = holder.team_key(row.team_key_id, WHOLE) if row.team_key_id else None
        new = list(_missing(row, team_secret)) if team_secret else []
        Wrap.objects.bulk_create(new, ignore_conflicts=True)
        count += bool(new)
    return count


def incomplete(visit: Visit) -> QuerySet[Wrap]:
    """The whole wraps, of teams whose key this person holds, of files that lack a part's own wrap."""
    mine = [
        key
        for key in TeamKey.objects.filter(team__in=visit.holder.teams(WHOLE)).values_list("pk", flat=True)
        if visit.holder.team_key(key, WHOLE)
    ]
    beside = Wrap.objects.filter(key=OuterRef("key"), team_key=OuterRef("team_key"))
    lacks = Q()
    for part in sorted(APART):
        lacks |= Q(~Exists(beside.filter(scope=part.value)))
    whole = Wrap.objects.filter(scope=WHOLE, team_key__in=mine, key__cases__isnull=False)
    return whole.filter(lacks).order_by("pk")


def _missing(row: Wrap, team_secret: Key) -> Iterator[Wrap]:
    """The wraps that a file lacks; one whose whole wrap was damaged is left as it is."""
    case = row.key.cases.get().pk
    place = wrap_context(case.bytes, row.key_id.bytes, row.epoch, WHOLE)
    try:
        secret = team_secret.unwrap(bytes(row.sealed), place)
    except Unreadable:
        return
    assert row.team_key  # noqa: S101 - for the type checker
    there = set(Wrap.objects.filter(key=row.key, team_key=row.team_key).values_list("scope", flat=True))
    for wrap in team_wraps(case, row.key, secret, row.team_key, team_secret):
        if wrap.scope not in there:
            yield wrap
