"""The rota: who is on call when. A swap changes nothing until the other one has said yes (practice D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action, Role, Ties
from leeward.staff.actions.authority import CannotDo
from leeward.staff.models import Membership, Person, Shift
from leeward.ui import moments

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from leeward.access.gate import Entered


class Hours(NamedTuple):
    """From when until when."""

    since: datetime
    until: datetime


def add_shifts(entered: Entered, *, person: Person, hours: Iterable[Hours], form_id: UUID) -> list[Shift]:
    """Put somebody on the rota, all the hours or none. The same form twice (a double click) is one rota."""
    _keeps_the_rota(entered)
    wanted = [_shift(person, each, form_id) for each in hours]
    with transaction.atomic():
        Person.objects.get_queryset().select_for_update().only("pk").get(pk=person.pk)
        there = set(Shift.objects.filter(pk__in=[shift.pk for shift in wanted]).values_list("pk", flat=True))
        new = [shift for shift in wanted if shift.pk not in there]
        for shift in new:
            _may_take(person, shift)
        Shift.objects.bulk_create(new)
    return wanted


def _keeps_the_rota(entered: Entered) -> None:
    """There is one rota for the agency, and any supervisor keeps it."""
    actor = entered.visit.actor
    if not policy.allows(actor, Action.KEEP_ROTA, Ties(roles=actor.roles)):
        raise CannotDo(_("A supervisor keeps the rota. Please ask one."))


def _shift(person: Person, hours: Hours, form_id: UUID) -> Shift:
    shift_id = uuid5(form_id, f"{person.pk} {hours.since.isoformat()} {hours.until.isoformat()}")
    return Shift(id=shift_id, person=person, since=hours.since, until=hours.until)


def _may_take(person: Person, shift: Shift) -> None:
    """Whether somebody can be on call in these hours; the caller holds the person's row."""
    if shift.until <= timezone.now():
        raise CannotDo(_("These hours are over. Please choose hours that are still to come."))
    if not holds_the_role(person, shift):
        raise CannotDo(
            _(
                "%(name)s does not have the on-call role on that day. Add the role first, or choose a colleague."
            )
            % {"name": person.name}
        )
    # What lies behind already stands in nobody's way.
    same = Shift.objects.filter(
        person=person, since__lt=shift.until, until__gt=max(shift.since, timezone.now())
    )
    if same.exclude(pk=shift.pk).exists():
        raise CannotDo(
            _("%(name)s is on call then already (%(day)s). Choose other hours, or another colleague.")
            % {"name": person.name, "day": moments.day(shift.since)}
        )


def holds_the_role(person: Person, shift: Shift) -> bool:
    """Whether the on-call role is this person's on the day of the shift, or today where it runs already."""
    day = max(timezone.localdate(shift.since), timezone.localdate())
    return Membership.objects.current(day).filter(person=person, role=Role.ON_CALL).exists()


def take_away(entered: Entered, *, shift: UUID) -> None:
    """Take hours off the rota. Hours that were worked stay: they are somebody's work."""
    _keeps_the_rota(entered)
    with transaction.atomic():
        found = _still_there(shift)
        if found.since < timezone.now():
            found.until, found.offered_to = timezone.now(), None
            found.save(update_fields=["until", "offered_to"])
        else:
            found.delete()


def offer_shift(entered: Entered, *, shift: UUID, to: Person) -> None:
    """Ask a colleague to take over hours of one's own. They stay one's own until the colleague says yes."""
    with transaction.atomic():
        found = _still_there(shift)
        _is_mine(entered, found)
        if to.pk == found.person_id:
            raise CannotDo(_("These hours are yours already. Choose a colleague."))
        _may_take(to, found)
        found.offered_to = to
        found.save(update_fields=["offered_to"])


def keep_shift(entered: Entered, *, shift: UUID) -> None:
    """Keep hours that were offered."""
    with transaction.atomic():
        found = _still_there(shift)
        _is_mine(entered, found)
        found.offered_to = None
        found.save(update_fields=["offered_to"])


def answer_shift(entered: Entered, *, shift: UUID, asked_by: UUID | None, yes: bool) -> Shift:
    """Say yes to hours that a colleague offers, or not this time. What was worked of them stays the colleague's."""
    me = entered.visit.actor.id
    with transaction.atomic():
        mine = Person.objects.get_queryset().select_for_update().get(pk=me)
        found = _still_there(shift)
        if found.offered_to_id != me or found.person_id != asked_by:
            raise CannotDo(_("This offer is no longer open. The rota below shows how it is now."))
        if not yes:
            found.offered_to = None
            found.save(update_fields=["offered_to"])
            return found
        _may_take(mine, found)
        return _passed_on(found, mine)


def _passed_on(shift: Shift, to: Person) -> Shift:
    """The rest of the hours goes over; a shift that has not begun goes over whole."""
    now = timezone.now()
    if shift.since >= now:
        shift.person, shift.offered_to = to, None
        shift.save(update_fields=["person", "offered_to"])
        return shift
    rest = Shift.objects.create(person=to, since=now, until=shift.until)
    shift.until, shift.offered_to = now, None
    shift.save(update_fields=["until", "offered_to"])
    return rest


def _still_there(shift: UUID) -> Shift:
    """The shift as it is now. Whoever looks at an old page learns that it changed."""
    found = Shift.objects.coming().select_for_update().filter(pk=shift).first()
    if found is None:
        raise CannotDo(_("These hours are no longer on the rota. The rota below shows how it is now."))
    return found


def _is_mine(entered: Entered, shift: Shift) -> None:
    if shift.person_id != entered.visit.actor.id:
        raise CannotDo(_("These hours belong to a colleague now. The rota below shows how it is."))
