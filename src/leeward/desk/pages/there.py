"""What there is at all, asked in one go: on most mornings most of it is not, and then nothing more is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, Q

from leeward.cases.models import Doubt, Draft, Misfiled
from leeward.continuity.models import Farewell, HandOver
from leeward.safety.models import Crisis, Missing, NightNote, Report
from leeward.staff.models import Absence, Person, Shift

if TYPE_CHECKING:
    from leeward.access.gate import Visit


class There(NamedTuple):
    """Whether there may be something of each sort. Whether it is for this person is asked where it is shown."""

    drafts: bool
    misfiled: bool
    doubts: bool
    nights: bool
    crises: bool
    missing: bool
    reports: bool
    swaps: bool
    hand_overs: bool
    farewells: bool
    absences: bool


def there(visit: Visit) -> There:
    """One question, with what stands in the clear."""
    me = visit.actor.id
    sorts = {
        "drafts": Draft.objects.filter(person=me).exclude(case=None),
        "misfiled": Misfiled.objects.waiting().exclude(asked_by=me),
        "doubts": Doubt.objects.waiting(),
        "nights": NightNote.objects.unseen().exclude(author=me),
        "crises": Crisis.objects.open(),
        "missing": Missing.objects.open(),
        "reports": Report.objects.open_by(me),
        "swaps": Shift.objects.coming().filter(offered_to=me),
        "hand_overs": HandOver.objects.filter(state__in=[HandOver.ASKED, HandOver.NOT_NOW]),
        "farewells": Farewell.objects.for_(me),
        "absences": Absence.objects.current().filter(Q(cover=me) | Q(person=me)),
    }
    asked = {f"has_{name}": Exists(rows) for name, rows in sorts.items()}
    found = Person.objects.get_queryset().filter(pk=me).annotate(**asked).values(*asked).get()
    return There(**{name: found[f"has_{name}"] for name in sorts})
