"""What other pages ask of safety: what is open now, and what the night brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.safety.models import Crisis, CrisisWishes, Missing, NightNote
from leeward.safety.pages.clocks import Untold, untold
from leeward.safety.pages.looks import CrisisLook, MissingLook, NightLook, WishesLook
from leeward.safety.pages.ways import ways_of
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.models.case import CaseQuerySet


@dataclass(frozen=True, slots=True)
class SafetyNow:
    """What a participant's page shows of safety: what is open, and nights that nobody who walks along has read."""

    crisis: CrisisLook | None
    missing: MissingLook | None
    #: Who is still to be told that they are missing, and until when (practice M4).
    untold: Untold | None
    nights: list[NightLook]
    wishes: WishesLook | None
    may_read_off: bool

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.crisis or self.missing or self.nights)


def now(file: OpenCase) -> SafetyNow | None:
    """What is not safe now; None for whom this part of the file stays shut."""
    if Compartment.SAFETY not in file.compartments:
        return None
    me, case = file.visit.actor.id, file.thing
    crisis = Crisis.objects.open().filter(case=case).first()
    missing = Missing.objects.open().filter(case=case).first()
    away = MissingLook(missing, me) if missing else None
    return SafetyNow(
        CrisisLook(crisis, me) if crisis else None,
        away,
        untold(away, case, ways_of(file.visit)) if away else None,
        nights_in([case.pk], unseen=True),
        WishesLook.of(CrisisWishes.objects.filter(case=case).first()),
        case.is_walked_by(me),
    )


def nights_in(cases: Iterable[UUID], *, unseen: bool = False) -> list[NightLook]:
    """Night notes of files that are open on this page, the newest first."""
    found = NightNote.objects.filter(case__in=list(cases)).select_related("author")
    looks = [NightLook(note) for note in (found.unseen() if unseen else found)]
    return sorted(looks, key=lambda look: look.at, reverse=True)


class Going(NamedTuple):
    """Something that is open in a file: a crisis, or somebody who is away, and who is still to be told of that."""

    case: Case
    what: str
    pk: UUID
    untold: Untold | None = None

    @property
    def url(self) -> str:
        """Where it goes on."""
        return reverse(f"safety:{self.what}_see", args=[self.case.pk, self.pk])


def open_for(visit: Visit) -> list[Going]:
    """What is open for those whom this person walks with. The page lists `going.case` before it reads its card."""
    mine = Case.objects.current().walking_with(visit.actor.id).open_to(visit.actor, Action.CRISIS)
    mine = mine.held_by(visit.holder, Compartment.CARD).filter(rests=False)
    return [*_going(Crisis.objects.open(), mine, "crisis"), *_going(Missing.objects.open(), mine, "missing")]


def _going(rows: QuerySet[Any], mine: CaseQuerySet, what: str) -> list[Going]:
    found = rows.filter(case__in=mine.values("pk"))
    found = found.select_related("case__participant", "case__primary").defer("words")
    return [Going(row.case, what, row.pk) for row in found.order_by("pk")]


def since(visit: Visit, cases: Iterable[Case]) -> list[NightLook]:
    """What others did at night for these people, and nobody who walks with them has read yet.

    The page holds the SAFETY keys of these files: `look_through(…, Action.DAYS, {NOTES, SAFETY})`.
    """
    looks = nights_in([case.pk for case in cases], unseen=True)
    return [look for look in looks if look.note.author_id != visit.actor.id]
