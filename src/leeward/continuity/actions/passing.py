"""What goes along when a participant passes from one worker to the next: every verb of this kind is made of these."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo, pass_to
from leeward.cases.models import CareTeamMember, Case
from leeward.cases.models.walking import carriers
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.models import Ask, Due
from leeward.days.words import DueKind

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.staff.models import Person


def pass_on(case: Case, to: Person, *, file: OpenCase | None = None, for_now: bool = False) -> HandOver:
    """Make somebody the primary worker of a file that is locked, with all that is promised, and remember since when.

    Whoever has the file open hands it in too, so that calendars learn of it.
    """
    if case.primary_id == to.pk:
        raise CannotDo(_("%(name)s walks with them already.") % {"name": to.name})
    before = case.primary
    pass_to(case, to)
    let_go(case)
    pass_promises(file or case, before.pk, to)
    return HandOver.objects.create(
        case=case,
        giver=before,
        taker=to,
        state=HandOver.DONE,
        done_on=timezone.localdate(),
        number=next_number(case),
        for_now=for_now,
    )


def pass_promises(of: Case | OpenCase, before: UUID, to: Person) -> None:
    """What one worker promised or was asked, and is still open, is now for the next one to keep."""
    days.pass_on(of, who=before, to=to.pk)
    case = of if isinstance(of, Case) else of.thing
    Ask.objects.filter(case=case, owner=before, is_open=True, team=case.team_id).update(owner=to)


def let_go(case: Case, *which: Q) -> int:
    """End the hand-over that is on its way, and take a key that waits in a drop box back. Counts them."""
    on_the_way = HandOver.objects.on_the_way().filter(*which, case=case)
    return on_the_way.update(state=HandOver.WITHDRAWN, parcel=None)


def next_number(case: Case) -> int:
    """The how-manieth hand-over this is; the caller holds the file's row."""
    last = HandOver.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def walk_beside(case: Case, person: Person, *, until: date | None = None) -> None:
    """Put somebody on the care team of a file that is locked, until a day or for as long as it is good."""
    if person.pk == case.primary_id or (until is None and person.pk == case.backup_id):
        return
    member, _made = CareTeamMember.objects.get_or_create(case=case, person=person, until=None)
    if until:
        member.until = until
        member.save(update_fields=["until"])


def stand_behind(case: Case, person: Person) -> None:
    """Make whoever walked with them until now the backup; a backup there was before stays on the care team."""
    if person.pk == case.primary_id or person not in carriers(case):
        return
    before, case.backup = case.backup, person
    case.save(update_fields=["backup"])
    if before:
        walk_beside(case, before)


def look_in(case: Case, owner: Person, code: str, *, after: int, sealed: bool = True) -> Due:
    """Set a day to look in again. Whoever does not hold the card's key sets it without saying what for."""
    day = timezone.localdate() + timedelta(days=after)
    if sealed:
        return days.follow_up(case, owner=owner.pk, day=day, code=code)
    return Due.objects.create(case=case, owner=owner, kind=DueKind.FOLLOW_UP, day=day)
