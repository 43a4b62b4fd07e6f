"""What stands on the page of time off and cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from leeward.cases.models.walking import able_in
from leeward.continuity.looking_after import looks_after
from leeward.staff.models import Absence, Membership, Person
from leeward.staff.pages import head

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leeward.access.visit import Visit


def cover(visit: Visit) -> dict[str, Any]:
    """Who is away now or soon: this person, those they cover for, and colleagues of their teams."""
    rows = Absence.objects.filter(until__gte=timezone.localdate(), person__left_at=None)
    beside = Membership.objects.current().filter(team__in=list(visit.actor.teams)).values("person")
    known = rows.filter(Q(person=visit.actor.id) | Q(cover=visit.actor.id) | Q(person__in=beside))
    found = list(known.select_related("person", "cover").order_by("since", "person__name"))
    own = {row.pk for row in found if row.person_id == visit.actor.id}
    mine = set(mine_to_say(visit).values_list("pk", flat=True))
    shown = head(visit, "continuity:cover")
    return {
        **shown,
        "absences": found,
        "own": own,
        "mine": mine,
        "today": timezone.localdate(),
        "me": visit.actor.id,
    }


def mine_to_say(visit: Visit) -> QuerySet[Absence]:
    """The time off that this person may change: their own, and of those they look after."""
    team = Membership.objects.current().filter(team__in=looks_after(visit)).values("person")
    return Absence.objects.filter(Q(person=visit.actor.id) | Q(person__in=team)).select_related(
        "person", "cover"
    )


def choices(visit: Visit) -> dict[str, list[Person]]:
    """For whom this person may say so, oneself first, and who could cover."""
    rows = Membership.objects.current().filter(team__in=looks_after(visit)).exclude(person=visit.actor.id)
    others = Person.objects.here().filter(pk__in=rows.values("person")).order_by("name")
    me = Person.objects.get(pk=visit.actor.id)
    able = able_in(list(visit.actor.teams))
    covers = {person.pk: person for people in able.values() for person in people}
    return {"whose": [me, *others], "covers": list(covers.values())}
