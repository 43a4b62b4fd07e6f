"""A conference, and the one date that stands for it in the calendar: both are moved, and end, together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.cases.actions.rows import put_row
from leeward.cases.words import EntryKind
from leeward.continuity.models import Conference
from leeward.continuity.words import Invited
from leeward.days import actions as days
from leeward.days.actions import Agreed
from leeward.ui import moments

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts
    from leeward.continuity.words import ConferenceWords
    from leeward.days.models import Due

#: What is written once it took place.
_AFTERWARDS: Final = ("decisions", "next", "summary")
_CODE: Final = "conference"


def date_of(conference: UUID) -> UUID:
    """The number of the date that stands for a conference."""
    return uuid5(conference, _CODE)


def keep_conference(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Conference:
    """A conference as it is planned, and later as it was (practice E8).

    With a day it stands in the calendar. What came of it ends that date: it stands on the timeline, once.
    """
    with transaction.atomic():
        row = put_row(file, Conference, row_id=row_id, facts=facts, version=version)
        if not file.thing.rests:
            _keep_date(file, row)
    return row


def _keep_date(file: OpenCase, row: Conference) -> None:
    about = row.about
    if not about.get("day"):
        days.drop_date(file, due_id=date_of(row.pk))
        return
    due = days.set_date(file, due_id=date_of(row.pk), agreed=_agreed(file, row, about))
    if due.is_open and due.day <= moments.today() and any(about.get(name) for name in _AFTERWARDS):
        _it_was(file, due, about)


def _agreed(file: OpenCase, row: Conference, about: ConferenceWords) -> Agreed:
    """As the calendar knows it. Who plans it sees to it, if they walk along; otherwise the primary worker."""
    me = file.visit.actor.id
    return Agreed(
        day=date.fromisoformat(about["day"]),
        words={"text": _("Conference"), "place": about.get("place", ""), "conference": str(row.pk)},
        slot={"at": about.get("at", ""), "minutes": about.get("minutes", 0), "code": _CODE},
        owner=None if file.thing.is_walked_by(me) else file.thing.primary,
    )


def _it_was(file: OpenCase, due: Due, about: ConferenceWords) -> None:
    """It is our last contact where they were there themselves; otherwise it was with those who walk along."""
    there = about.get("invited") == Invited.THERE
    note: EntryFacts = {"kind": (EntryKind.MEETING if there else EntryKind.PARTNER).value}
    if about.get("minutes"):
        note["minutes"] = about["minutes"]
    following = about.get("next", "")
    days.happened(file, due, how="happened", told={"next": following} if following else {}, note=note)
