"""What the pages about meeting people show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases import finding
from leeward.cases.models import Case, CaseList, Doubt, Introduction, Passing
from leeward.cases.pages.file import Tab, head
from leeward.staff.models import OurWays, Team
from leeward.ui import moments
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.finding import Perhaps
    from leeward.cases.models.case import CaseQuerySet
    from leeward.staff.models import Person

#: Contacts in passing that are opened to be shown and counted: more than a team has in a month.
_LATEST: Final = 400
_SHOWN: Final = 20
_CARD: Final = frozenset({Compartment.CARD})


def ways_to_meet(visit: Visit, here: str) -> list[Tab]:
    """The ways to write down that we met somebody, of which this person may use these."""
    roles = visit.actor.teams.values()
    start = any(policy.reach(held, Action.START_CASE) for held in roles)
    count = any(policy.reach(held, Action.MEET_IN_PASSING) for held in roles)
    places = (
        ("cases:meet", _("One person"), start),
        ("cases:meet_group", _("Several at once"), start),
        ("cases:passing", _("In passing"), count),
    )
    return [Tab(label, reverse(name), name == here) for name, label, shown in places if shown]


def teams_to_meet_in(visit: Visit) -> list[Team]:
    """The teams for which this person counts contacts, and whose key is there."""
    return list(Team.objects.filter(pk__in=_counted_for(visit), everyone=False))


def _counted_for(visit: Visit) -> set[UUID]:
    roles = visit.actor.teams.items()
    able = {team for team, held in roles if policy.reach(held, Action.MEET_IN_PASSING)}
    return able & set(visit.holder.teams())


def may_ask_law(visit: Visit) -> bool:
    """Whether this person could read again what the law calls somebody."""
    return any(
        policy.reach(roles, Action.IDENTITY) is policy.Reach.TEAM for roles in visit.actor.teams.values()
    )


@dataclass(frozen=True, slots=True)
class PerhapsLook:
    """Somebody whom a new person may be, as the page shows them."""

    case: Case
    name: str
    facts: list[str]
    why: str
    openable: bool


def known(entered: Entered, names: list[str], number: str = "") -> list[PerhapsLook]:
    """Who it may be, why we think so, and whether this person may open their page."""
    found = finding.perhaps_known(entered, names, number)
    may = Case.objects.open_to(entered.visit.actor, Action.WRITE_ENTRY)
    openable = set(may.filter(pk__in=[one.case.pk for one in found]).values_list("pk", flat=True))
    return [
        PerhapsLook(
            one.case,
            one.case.participant.card["name"],
            one.case.participant.facts(),
            _why(one),
            one.case.pk in openable,
        )
        for one in found
    ]


def _why(one: Perhaps) -> str:
    if one.by_name and one.by_number:
        return _("the same number, and a name like it")
    return _("the same number") if one.by_number else _("a name like it")


def begun(entered: Entered, case: UUID) -> Case | None:
    """The file that the first of two clicks has begun already."""
    return Case.objects.open_to(entered.visit.actor, entered.action).with_people().filter(pk=case).first()


def mine_to_write(entered: Entered, asked: str) -> Case | None:
    """The file of somebody whom the worker recognised, if it may be written in."""
    try:
        pk = UUID(asked)
    except ValueError:
        return None
    may = Case.objects.open_to(entered.visit.actor, Action.WRITE_ENTRY).filter(joined_to=None)
    return may.with_people().filter(pk=pk).first()


def passings(visit: Visit) -> dict[str, Any]:
    """The latest contacts in passing of this person's teams, and how many people there were this month."""
    rows = chain.from_iterable(
        Passing.objects.filter(team=team).select_related("author")[:_LATEST]
        for team in teams_to_meet_in(visit)
    )
    lines = sorted(map(PassingLine.of, rows), key=lambda line: line.at, reverse=True)
    this_month = moments.today().replace(day=1)
    latest = [line for line in lines if line.day >= this_month]
    return {
        "lines": lines[:_SHOWN],
        "contacts": len(latest),
        "people_met": people_met(latest),
        "may_start": any(policy.reach(held, Action.START_CASE) for held in visit.actor.teams.values()),
    }


def people_met(lines: list[PassingLine]) -> str:
    """How many people these were."""
    people = sum(line.people for line in lines)
    return ngettext("%(n)s person", "%(n)s people", people) % {"n": people}


def passings_by(visit: Visit) -> tuple[list[PassingLine], int]:
    """What this person counted in passing, the newest first, and how much of it stays shut today."""
    able, lines, shut = _counted_for(visit), [], 0
    for row in Passing.objects.filter(author=visit.actor.id).select_related("author"):
        try:
            lines += [PassingLine.of(row)] if row.team_id in able else []
        except Unreadable:  # a damaged row keeps the others from nothing
            shut += 1
        shut += row.team_id not in able
    return sorted(lines, key=lambda line: line.at, reverse=True), shut


@dataclass(frozen=True, slots=True)
class PassingLine:
    """A contact in passing, opened once."""

    pk: UUID
    at: datetime
    people: int
    minutes: int
    where: str
    gave: str
    text: str
    who: str

    @classmethod
    def of(cls, row: Passing) -> PassingLine:
        """Open it."""
        words = row.words
        at = datetime.fromisoformat(words["at"])
        said = (words.get("where", ""), words.get("gave", ""), words.get("text", ""))
        return cls(row.pk, at, words.get("people", 1), words.get("minutes", 0), *said, row.author.name)

    @property
    def day(self) -> date:
        """On which day."""
        return moments.local(self.at).date()

    def how_many(self) -> str:
        """With how many people."""
        return ngettext("%(n)s person", "%(n)s people", self.people) % {"n": self.people}


def note_of_passing(visit: Visit, asked: str) -> dict[str, str]:
    """What was written down in passing, to begin somebody's file with, because they came back."""
    try:
        pk = UUID(asked)
    except ValueError:
        return {}
    row = Passing.objects.filter(pk=pk, team__in=teams_to_meet_in(visit)).first()
    if row is None:
        return {}
    line = PassingLine.of(row)
    first = _("We had met in passing, %(when)s.") % {"when": moments.day(line.day)}
    return {"note": "\n".join(filter(None, (first, line.where, line.gave, line.text)))}


def watched(visit: Visit) -> CaseQuerySet:
    """Files of which this person hears when somebody may be known twice."""
    mine = Case.objects.open_to(visit.actor, Action.LOOK_AFTER, _CARD).filter(joined_to=None)
    return mine.held_by(visit.holder, Compartment.CARD)


def doubts_waiting(visit: Visit) -> int:
    """How many times somebody may be known twice, for this supervisor to look into."""
    return Doubt.objects.waiting().filter(case__in=watched(visit)).count()


def doubts(entered: Entered) -> list[dict[str, Any]]:
    """Files of one's own teams that somebody may have begun a second time, and who asked."""
    rows = list(
        Doubt.objects.waiting().filter(case__in=watched(entered.visit)).select_related(
            "case__participant", "case__primary", "asked_by"
        ).order_by("since", "pk")[:100]
    )  # fmt: skip
    cases = list({row.case_id: row.case for row in rows}.values())
    if cases:
        entered.list(CaseList(cases), Action.SEE_CARD)
    return [{"pk": row.pk, "case": row.case, "name": row.case.participant.card["name"], "since": row.since,
             "asked_by": row.asked_by, "is_open": row.case.is_open} for row in rows]  # fmt: skip


def first_meeting(file: OpenCase) -> dict[str, Any]:
    """The guide, and who has introduced themselves already."""
    rows = Introduction.objects.filter(case=file.thing).select_related("person")
    told = {row.person_id: row.about for row in rows}
    who = {row.person_id: row.person for row in rows} | {person.pk: person for person in _walkers(file)}
    lines = [
        {"person": person, "on": _day(told[pk].get("on")) if pk in told else None,
         "language": told.get(pk, {}).get("language", ""), "said": len(told.get(pk, {}).get("said", []))}
        for pk, person in who.items()
    ]  # fmt: skip
    return {
        **head(file),
        "ours": our_words(file.visit),
        "lines": lines,
        "mine": told.get(file.visit.actor.id),
        "me": file.visit.actor.id,
    }


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _walkers(file: OpenCase) -> list[Person]:
    along = file.thing.care_team.current().select_related("person").order_by("since", "pk")
    every = [file.thing.primary, file.thing.backup, *(member.person for member in along)]
    return [person for person in every if person]


def our_words(visit: Visit) -> str:
    """What the agency adds to the guide, in its own words."""
    ways = OurWays.objects.first()
    if ways is None or ways.pk not in visit.holder.teams():
        return ""
    return ways.words.get("first_meeting", "")
