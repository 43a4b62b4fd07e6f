"""Nights: a worker's own hours, and the sheet for whoever is on call (practice D4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Reach, Way
from leeward.cases.pages.minors import nevers_in
from leeward.cases.pages.reach import ReachLook, WayLook
from leeward.cases.words import AgeBand
from leeward.cases.words.people import UNSAID
from leeward.safety.models import Crisis, CrisisWishes, Missing, NightNote
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.models.case import CaseQuerySet
    from leeward.cases.words import Card

#: People on one sheet: what fits on two sides of paper, and no more than a phone can carry.
A_SHEET: Final = 50
#: Letters of a name on paper.
A_NAME: Final = 3
PARTS: Final = frozenset({Compartment.CARD, Compartment.CONTACT, Compartment.SAFETY})
_AGES: Final = dict(AgeBand.choices)


class NightHours(NamedTuple):
    """What one night cost its worker."""

    day: date
    minutes: int
    kind: str


def nights_of(person: UUID, since: date | None = None, until: date | None = None) -> list[NightHours]:
    """A worker's own nights, for the worker alone: their own key opens them, whatever files are open."""
    notes = NightNote.objects.filter(author=person).only("author", "case", "hours")
    hours = [note.hours for note in notes]
    found = [NightHours(date.fromisoformat(one["day"]), one["minutes"], one["kind"]) for one in hours]
    first, last = since or date.min, until or date.max
    return sorted(night for night in found if first <= night.day <= last)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person on the sheet: what is needed at night, and not one word more."""

    case: Case
    name: str
    age: str
    language: str
    reach: ReachLook
    helps: str
    crisis: UUID | None
    missing: UUID | None
    recent: bool

    @property
    def short(self) -> str:
        """The name as short as somebody who knows it needs it, for paper that others may find."""
        words = self.name.split()
        return "".join(word[0] for word in words).upper() if len(words) > 1 else self.name[:A_NAME]

    @property
    def first(self) -> bool:
        """Whether this person is likely to call tonight."""
        return bool(self.crisis or self.missing or self.recent)


def night_sheet(entered: Entered, number: int) -> dict[str, Any]:
    """Everybody for whom this person may be called: those most likely to call tonight stand first."""
    everybody = on_the_sheet(entered.visit)
    total = everybody.count()
    last = max(1, -(-total // A_SHEET))
    number = min(max(number, 1), last)
    start = (number - 1) * A_SHEET
    cases = list(_likely_first(everybody)[start : start + A_SHEET])
    entered.list(CaseList(cases), Action.NIGHT, PARTS)
    lines = _lines(cases)
    likely, others = ([line for line in lines if line.first is first] for first in (True, False))
    return {
        "likely": likely, "others": others, "both": (likely, others),
        "total": total, "first": start + 1, "final": start + len(cases), "last": last,
        "newer": number - 1 if number > 1 else 0, "older": number + 1 if number < last else 0, "number": number,
    }  # fmt: skip


def on_the_sheet(visit: Visit) -> CaseQuerySet:
    """Whom the sheet may name: nobody behind a wall, nobody restricted, nobody whose record rests."""
    cases = Case.objects.current().filter(restricted=False, rests=False)
    cases = cases.open_to(visit.actor, Action.NIGHT, PARTS)
    for part in sorted(PARTS):
        cases = cases.held_by(visit.holder, part)
    return cases


def _likely_first(cases: CaseQuerySet) -> CaseQuerySet:
    here = {"case": OuterRef("pk")}
    found = cases.annotate(
        in_crisis=Exists(Crisis.objects.open().filter(**here)),
        is_away=Exists(Missing.objects.open().filter(**here)),
        was_up=Exists(NightNote.objects.unseen().filter(**here)),
    )
    return found.with_people().order_by("-in_crisis", "-is_away", "-was_up", "-last_number", "pk")


def _lines(cases: list[Case]) -> list[SheetLine]:
    """The lines of one sheet, with one query for each thing on it."""
    reached = {row.case_id: row.words for row in Reach.objects.filter(case__in=cases)}
    rows = Way.objects.filter(case__in=cases).order_by("case", "pk")
    ways = {case: _ways(some) for case, some in groupby(rows, attrgetter("case_id"))}
    nevers = nevers_in(cases)
    wishes = {row.case_id: row.words for row in CrisisWishes.objects.filter(case__in=cases)}
    crises = dict(Crisis.objects.open().filter(case__in=cases).values_list("case", "pk"))
    away = dict(Missing.objects.open().filter(case__in=cases).values_list("case", "pk"))
    lines = []
    for case in cases:
        card = case.participant.card
        about = _told(reached.get(case.pk, {}))
        reach = ReachLook(case, card["name"], about, 0, ways.get(case.pk, []), nevers=nevers.get(case.pk, []))
        helps = first_line(wishes.get(case.pk, {}).get("helps", ""))
        lines.append(_line(case, card, reach, helps, (crises.get(case.pk), away.get(case.pk))))
    return lines


def _line(
    case: Case, card: Card, reach: ReachLook, helps: str, going: tuple[UUID | None, UUID | None]
) -> SheetLine:
    return SheetLine(
        case=case,
        name=reach.name,
        age=str(_AGES.get(card.get("age_band", ""), "")),
        language=card.get("language", ""),
        reach=reach,
        helps=helps,
        crisis=going[0],
        missing=going[1],
        recent=case.was_up,  # type: ignore[attr-defined]  # annotated by `_likely_first`
    )


def _ways(rows: Iterable[Way]) -> list[WayLook]:
    """The ways that still work, the first one first."""
    looks = [WayLook(row.pk, {**_told(row.about)}) for row in rows]
    return sorted((look for look in looks if not look.gone), key=lambda look: not look.about.get("first"))


def _told[T](answers: T) -> T:
    """What was told: "prefers not to say" says nothing on this sheet."""
    known = {name: value for name, value in cast("dict[str, object]", answers).items() if value != UNSAID}
    return cast("T", known)


def first_line(text: str) -> str:
    """The first line of some words, with a sign that there are more."""
    line, _sep, more = text.strip().partition("\n")
    return _("%(words)s …") % {"words": line} if more else line
