"""What waits for somebody: cover, questions for a yes, offers to a team, files without a worker, a gentle word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.cases.models.walking import CARRYING
from leeward.continuity.looking_after import looks_after, offers_to
from leeward.continuity.models import Farewell, HandOver
from leeward.staff.models import Absence, Membership
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.visit import Visit


class Covering(NamedTuple):
    """Somebody who is away today, for whom I am there, and for how many people."""

    absence: Absence
    people: int


class Covers(NamedTuple):
    """Cover today, both ways: for whom I am there, and who is there for mine while I am away."""

    for_others: list[Covering]
    mine: Absence | None


def cover_for(visit: Visit) -> Covers:
    """Who is away today, and who covers, by the dates alone (practice S1)."""
    me = visit.actor.id
    rows = list(
        Absence.objects.current()
        .filter(Q(cover=me, person__left_at=None) | Q(person=me))
        .select_related("person", "cover")
        .order_by("until", "person__name")
    )
    away = [row for row in rows if row.cover_id == me]
    counted = (
        dict(
            Case.objects.current()
            .open_to(visit.actor, Action.SEE_CARD)
            .filter(primary__in=[row.person_id for row in away])
            .order_by()
            .values_list("primary")
            .annotate(n=Count("pk"))
        )
        if away
        else {}
    )
    return Covers(
        [Covering(row, counted.get(row.person_id, 0)) for row in away],
        next((row for row in rows if row.person_id == me), None),
    )


def resting(visit: Visit) -> list[Farewell]:
    """Of whom this person has still to hear gently that they died, or that it was a mistake (practice M9)."""
    rows = Farewell.objects.for_(visit.actor.id).select_related("ending__case__participant", "ending__by")
    seen = visible(visit, [row.ending.case_id for row in rows])
    return [row for row in rows if row.ending.case_id in seen]


def asked_of(visit: Visit) -> list[HandOver]:
    """Colleagues who ask this person to walk with somebody, the oldest question first."""
    return list(_shown(HandOver.objects.asked_of(visit.actor.id)))


def answered_for(visit: Visit) -> list[HandOver]:
    """What this person asked and cannot be now, until it is read."""
    able = Case.objects.open_to(visit.actor, Action.HAND_OVER)
    rows = HandOver.objects.filter(giver=visit.actor.id, state=HandOver.NOT_NOW, case__in=able)
    return list(_shown(rows))


def on_the_way_of(visit: Visit) -> list[HandOver]:
    """What this person gives or takes, and is not done."""
    mine = Q(giver=visit.actor.id) | Q(taker=visit.actor.id, state=HandOver.AGREED)
    return list(_shown(HandOver.objects.on_the_way().filter(mine)))


def unanswered_in(visit: Visit) -> list[HandOver]:
    """Questions from the teams that this person looks after, that wait for two days or longer."""
    return list(_shown(HandOver.objects.unanswered().filter(case__team__in=looks_after(visit))))


def _shown(rows: QuerySet[HandOver]) -> QuerySet[HandOver]:
    people = rows.select_related("giver", "taker", "team_to", "case__participant", "case__primary")
    return people.defer("words", "parcel").order_by("offered_on", "pk")


def for_now(visit: Visit) -> QuerySet[Case]:
    """Open files of those teams whose primary worker stepped in at once, and nothing was agreed since (D2)."""
    stepped_in = HandOver.objects.done().filter(case=OuterRef("pk"), taker=OuterRef("primary"))
    files = Case.objects.current().open_to(visit.actor, Action.LOOK_AFTER)
    last = files.annotate(stepped_in=Subquery(stepped_in.values("for_now")[:1]))
    return last.held_by(visit.holder, Compartment.CARD).filter(stepped_in=True)


def without_worker(visit: Visit) -> QuerySet[Case]:
    """Open files of the teams that somebody looks after, whose primary worker's role there has run out (D1, D2)."""
    carries = Membership.objects.current().filter(
        team=OuterRef("team"), person=OuterRef("primary"), role__in=CARRYING
    )
    files = Case.objects.current().open_to(visit.actor, Action.LOOK_AFTER)
    return files.held_by(visit.holder, Compartment.CARD).exclude(Exists(carries))


def visible(visit: Visit, cases: Iterable[UUID]) -> set[UUID]:
    """Those of these files whose names this person may see: the others are "somebody"."""
    wanted = set(cases)
    if not wanted:
        return set()
    seen = Case.objects.open_to(visit.actor, Action.SEE_CARD).held_by(visit.holder, Compartment.CARD)
    return set(seen.filter(pk__in=wanted).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Waiting:
    """All of it for the desk. `cases` are the files whose names it shows: the page puts them on its list."""

    covers: Covers
    farewells: list[Farewell]
    asked: list[HandOver]
    answered: list[HandOver]
    offers: int
    seen: set[UUID]
    cases: list[Case] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(
            self.covers.for_others
            or self.covers.mine
            or self.farewells
            or self.asked
            or self.answered
            or self.offers
        )


def today(visit: Visit) -> Waiting:
    """What the desk says in the morning. A fixed number of queries."""
    asked, answered, farewells = asked_of(visit), answered_for(visit), resting(visit)
    seen = visible(visit, [row.case_id for row in (*asked, *answered)])
    cases = [row.case for row in (*asked, *answered) if row.case_id in seen]
    told = [row.ending.case for row in farewells]
    return Waiting(cover_for(visit), farewells, asked, answered, len(offers_to(visit)), seen, [*cases, *told])
