"""Who decides with somebody, who must never be told or asked, and what changes at 18 (practice M1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.models import Case, Decision, Identity, Say
from leeward.cases.pages.rows import day_of
from leeward.cases.words import AgeBand
from leeward.cases.words.minors import is_blocked, of_age_on
from leeward.cases.words.people import UNSAID, Topic
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.cases.door import OpenCase

#: So many months before, what changes begins to be told.
MONTHS_BEFORE = 12
#: So many days before, the list lies open.
NEAR = 100
MINORS = frozenset({AgeBand.UNDER_12, AgeBand.A12, AgeBand.A14, AgeBand.A16})


@dataclass(frozen=True, slots=True)
class SayLook:
    """Who decides about something."""

    pk: UUID
    about: dict[str, Any]
    name: str = ""

    @property
    def topic(self) -> str:
        """About what, in words."""
        code = self.about.get("topic", "")
        return str(Topic(code).label) if code else _("Everything else")

    @property
    def who(self) -> str:
        """Who decides, in words."""
        other = str(self.about.get("who", ""))
        if not self.about.get("alone"):
            return other
        if other:
            return _("%(name)s, together with %(who)s") % {"name": self.name, "who": other}
        return _("%(name)s, alone") % {"name": self.name}

    @property
    def since(self) -> date | None:
        """From when on."""
        return day_of(self.about, "since")

    @property
    def until(self) -> date | None:
        """Until when."""
        return day_of(self.about, "until")

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.until is not None and self.until < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Never:
    """Somebody who must never be told or asked."""

    pk: UUID
    about: dict[str, Any]

    @property
    def who(self) -> str:
        """Who it is."""
        return str(self.about.get("who", ""))

    @property
    def line(self) -> str:
        """What must never be, in words."""
        if self.about.get("never_tell") and self.about.get("never_ask"):
            return _("Never tell, never ask")
        return _("Never tell") if self.about.get("never_tell") else _("Never ask")

    @property
    def until(self) -> date | None:
        """Until when."""
        return day_of(self.about, "until")

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.until is not None and self.until < timezone.localdate()


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides with somebody, in a few lines."""

    says: list[SayLook]
    nevers: list[Never]

    @property
    def stops(self) -> list[tuple[str, list[str]]]:
        """Who must never be told, or asked, or both: each once."""
        return stops(self.nevers)


@dataclass(frozen=True, slots=True)
class DecisionLook:
    """Something that somebody else decided."""

    pk: UUID
    about: dict[str, Any]

    @property
    def on(self) -> date | None:
        """When."""
        return day_of(self.about, "on")


@dataclass(frozen=True, slots=True)
class Turning:
    """That somebody comes of age soon: on which day, if the birth date is open here, and whether that is past."""

    on: date | None
    past: bool

    @property
    def near(self) -> bool:
        """Whether it is time to look at it today, and not only to know of it."""
        return self.past or (self.on is not None and (self.on - timezone.localdate()).days <= NEAR)


def all_says(case: Case) -> list[Say]:
    """Every line about who decides; the part for contact must be open."""
    return list(Say.objects.filter(case=case))


def _is_never(about: dict[str, Any]) -> bool:
    return bool(about.get("never_tell") or about.get("never_ask"))


def nevers(case: Case, *, ended: bool = False) -> list[Never]:
    """Who must never be told or asked, in the order of their names."""
    return _nevers(all_says(case), ended=ended)


def nevers_in(cases: Iterable[Case]) -> dict[UUID, list[Never]]:
    """The same for several files, with one query; their parts for contact must be open."""
    says: dict[UUID, list[Say]] = defaultdict(list)
    for row in Say.objects.filter(case__in=cases):
        says[row.case_id].append(row)
    return {case: _nevers(rows) for case, rows in says.items()}


def _nevers(says: Iterable[Say], *, ended: bool = False) -> list[Never]:
    rows = ((row.pk, dict(row.about)) for row in says)
    found = [Never(pk, about) for pk, about in rows if _is_never(about)]
    return sorted((each for each in found if ended or not each.over), key=lambda each: each.who.casefold())


def stops(found: list[Never]) -> list[tuple[str, list[str]]]:
    """The same as lines: what must never be, and the names for whom that goes, each once."""
    names: dict[str, list[str]] = {}
    for never in found:
        known = names.setdefault(never.line, [])
        if never.who not in known:
            known.append(never.who)
    return list(names.items())


def blocked_in(*files: OpenCase) -> list[str]:
    """Whom no form may choose: not as who decides, not as an escort, not as an interpreter.

    They stand with the contact. House staff hold no key to that part, so what they write is not held against it, and
    nothing tells them who is blocked: `safety.pages.file` points it out to the next who opens both.
    """
    known = [file.thing for file in files if Compartment.CONTACT in file.compartments]
    return [never.who for found in nevers_in(known).values() for never in found if never.who]


def names_blocked(file: OpenCase, *said: str) -> bool:
    """Whether one of these names somebody who is blocked, however it is written down."""
    told = [text for text in said if text]
    blocked = blocked_in(file) if told else []
    return any(is_blocked(blocked, text) for text in told)


def who_decides(case: Case) -> Deciding:
    """Who decides with somebody today, and who must never be told or asked; the part for contact must be open."""
    name = case.participant.card.get("name", "")
    rows = [(row.pk, dict(row.about)) for row in all_says(case)]
    says = [SayLook(pk, about, name) for pk, about in rows if not _is_never(about)]
    never = [Never(pk, about) for pk, about in rows if _is_never(about)]
    return Deciding(
        sorted((each for each in says if not each.over), key=_by_topic),
        sorted((each for each in never if not each.over), key=lambda each: each.who.casefold()),
    )


_TOPICS = [*Topic.values, ""]


def _by_topic(say: SayLook) -> tuple[int, str]:
    return _TOPICS.index(say.about.get("topic", "")), str(say.pk)


def ended(case: Case) -> list[SayLook | Never]:
    """Lines that are over, kept so that nobody wonders who decided then."""
    name = case.participant.card.get("name", "")
    rows = [(row.pk, dict(row.about)) for row in all_says(case)]
    looks = [Never(pk, about) if _is_never(about) else SayLook(pk, about, name) for pk, about in rows]
    return [look for look in looks if look.over]


def decisions(file: OpenCase) -> list[DecisionLook]:
    """What others decided, the newest first."""
    found = [DecisionLook(row.pk, dict(row.about)) for row in Decision.objects.filter(case=file.thing)]
    return sorted(found, key=lambda each: (each.on or date.min, str(each.pk)), reverse=True)


def is_minor(case: Case) -> bool:
    """Whether the card says that somebody is not of age yet."""
    return case.participant.card.get("age_band", "") in MINORS


def turning(
    case: Case, compartments: frozenset[Compartment] = frozenset({Compartment.CARD})
) -> Turning | None:
    """Whether somebody comes of age within a year: by their birth date where that is open, else by the card's band."""
    band = case.participant.card.get("age_band", "")
    day = _eighteenth(case) if Compartment.IDENTITY in compartments else None
    if day is None:
        return Turning(None, past=False) if band == AgeBand.A16 else None
    today = timezone.localdate()
    if day <= today:
        return Turning(day, past=True) if band in MINORS else None
    return Turning(day, past=False) if _months_until(day, today) <= MONTHS_BEFORE else None


def _eighteenth(case: Case) -> date | None:
    row = Identity.objects.filter(case=case).first()
    told = row.words.get("born_on", "") if row else ""
    return of_age_on(date.fromisoformat(told)) if told and told != UNSAID else None


def _months_until(day: date, today: date) -> int:
    return (day.year - today.year) * 12 + day.month - today.month
