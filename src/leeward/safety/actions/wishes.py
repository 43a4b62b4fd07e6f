"""Writing down, in calm times, what somebody wishes for a bad moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from leeward.cases.actions import ChangedMeanwhile
from leeward.days import actions as days
from leeward.safety.actions.lines import wait_for
from leeward.safety.models import CrisisWishes
from leeward.safety.words import HALF_A_YEAR, WISHES_REVIEW

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.safety.words import WishesWords


def change_wishes(file: OpenCase, *, words: WishesWords, version: int) -> CrisisWishes:
    """Keep the wishes as they are now, unless another version was saved meanwhile. `version` 0: there were none."""
    with transaction.atomic():
        wait_for(file)
        row = CrisisWishes.objects.filter(case=file.thing).first()
        if version != (row.version if row else 0):
            raise ChangedMeanwhile("", row.version if row else 0)
        row = row or CrisisWishes(case=file.thing, version=0)
        row.words = {**words, "on": timezone.localdate().isoformat(), "by": str(file.visit.actor.id)}
        row.version += 1
        row.save(force_insert=version == 0)
        days.looked_into(file, WISHES_REVIEW)
        if any(words.values()):
            read_in_half_a_year(file)
    return row


def read_in_half_a_year(file: OpenCase) -> None:
    """What was told or read together today is read again after half a year, whether anything happens or not."""
    days.looked_into(file, WISHES_REVIEW)
    if file.thing.is_open:
        day = timezone.localdate() + HALF_A_YEAR
        days.look_in_once(file, owner=file.thing.primary_id, day=day, code=WISHES_REVIEW)
