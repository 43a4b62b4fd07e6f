"""Days to look in again that other pages set, and that end by themselves once there is nothing left to look into."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction

from leeward.cases.models import Case
from leeward.days.actions.agreeing import follow_up
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.days.words import SlotWords


def look_in_once(file: OpenCase, *, owner: UUID, day: date, code: str) -> None:
    """Set such a day, unless one of its kind waits already; one that waits for later is brought nearer."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        waiting = _waiting(file.thing, code)
        if not waiting:
            follow_up(file, owner=owner, day=day, code=code)
        for due in waiting if all(due.day > day for due in waiting) else ():
            due.day, due.owner_id = day, owner
            due.version += 1
            due.save(update_fields=["day", "owner", "version"])


def looked_into(of: Case | OpenCase, *codes: str) -> None:
    """There is nothing left to look into. The card's key is enough, so that any role says so, at night too."""
    case = of if isinstance(of, Case) else of.thing
    with transaction.atomic():
        for due in _waiting(case, *codes):
            due.is_open = False
            due.version += 1
            due.save(update_fields=["is_open", "version"])


def own_looked_into(number: UUID) -> None:
    """The same for a day that is in nobody's file: a colleague may have found out what its owner would ask."""
    Due.objects.filter(pk=number, case=None, kind=DueKind.FOLLOW_UP).update(is_open=False)


def _waiting(case: Case, *codes: str) -> list[Due]:
    found = Due.objects.filter(case=case, is_open=True, kind=DueKind.FOLLOW_UP)
    return [due for due in found if code_of(due) in codes]


def code_of(due: Due) -> str:
    """What is to be looked into; only its sealed words say."""
    try:
        return cast("SlotWords", due.slot or {}).get("code", "")
    except Unreadable:  # a damaged row keeps nobody from going on
        return ""
