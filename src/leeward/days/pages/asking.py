"""Who waits for our answer, and since when (practices G7, D3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList
from leeward.cases.pages import file as cases
from leeward.cases.pages.reach import safely
from leeward.days.forms.asking import AnswerForm
from leeward.days.models import Ask
from leeward.days.words import How, Who
from leeward.staff.door import my_teams
from leeward.staff.pages.top import team_name
from leeward.ui import moments
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.pages.reach import ReachLook
    from leeward.days.models import AskQuerySet
    from leeward.days.words import AskWords

_ICONS: Final = {
    Who.PARTICIPANT: "user-round",
    Who.PARTNER: "handshake",
    Who.NEW: "user-plus",
    Who.OTHER: "message-square",
}
_CONTACT: Final = frozenset({Compartment.CONTACT})
#: More than anybody answers in a day.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class AskLook:
    """A request, opened once. `case` is there only for whoever may open that file."""

    ask: Ask
    words: AskWords
    mine: bool
    case: UUID | None = None

    @property
    def sort(self) -> Who:
        """Who asks, as a kind."""
        sort = self.words.get("sort", "")
        return Who(sort) if sort in Who.values else Who.OTHER

    @property
    def icon(self) -> str:
        """Its picture."""
        return _ICONS[self.sort]

    @property
    def who(self) -> str:
        """Who asks, in the words of whoever took it down."""
        return self.words.get("who") or str(self.sort.label)

    @property
    def how(self) -> str:
        """How it reached us."""
        how = self.words.get("how", "")
        return str(How(how).label) if how in How.values else how

    @property
    def since(self) -> datetime:
        """Since when they wait."""
        return datetime.fromisoformat(self.words["since"])

    @property
    def clock(self) -> str:
        """The same as one says it, with the time of day."""
        return moments.moment(self.since, exact=True)

    @property
    def is_new(self) -> bool:
        """Whether it is somebody whom we have not met."""
        return self.sort == Who.NEW


def may_take(visit: Visit) -> bool:
    """Whether this person takes requests in any team."""
    return any(policy.reach(roles, Action.TAKE_REQUESTS) for roles in visit.actor.teams.values())


def waiting_for(visit: Visit) -> list[AskLook]:
    """All that wait in my teams, who waits longest first."""
    looks = _looks(visit, _readable(visit).waiting()[:MOST])
    return sorted(looks, key=lambda look: look.since)


def answered_lately(visit: Visit, most: int = 10) -> list[AskLook]:
    """What was answered last, so that nobody answers twice."""
    ended = _readable(visit).filter(is_open=False).exclude(case__rests=True)
    return _looks(visit, ended.order_by("-number")[:most])


def _readable(visit: Visit) -> AskQuerySet:
    return Ask.objects.open_to(visit.actor).filter(team__in=visit.holder.teams()).select_related("owner")


def _looks(visit: Visit, asks: AskQuerySet) -> list[AskLook]:
    found = list(asks)
    files = _openable(visit, [ask.case_id for ask in found if ask.case_id])
    me = visit.actor.id
    return [
        AskLook(ask, ask.words, ask.owner_id == me, ask.case_id if ask.case_id in files else None)
        for ask in found
    ]


def _openable(visit: Visit, asked: Sequence[UUID]) -> set[UUID]:
    """Those of these files that this person may open; the front desk may open none."""
    if not asked:
        return set()
    able = Case.objects.open_to(visit.actor, Action.DAYS).held_by(visit.holder, Compartment.NOTES)
    return set(able.filter(pk__in=asked).values_list("pk", flat=True))


def all_of(entered: Entered, asked: UUID | None = None, form: AnswerForm | None = None) -> dict[str, Any]:
    """The page: each request with its own place to answer; the one that was asked about again keeps what was typed."""
    looks = waiting_for(entered.visit)
    near = _reachable(entered.visit, looks)
    rows = [
        (look, form if form and look.ask.pk == asked else answer_form(look), look.ask.case_id in near)
        for look in looks
    ]
    return {
        "rows": rows,
        "asked": asked,
        "reach": _reach(entered, near, next((look for look in looks if look.ask.pk == asked), None)),
        "answered": answered_lately(entered.visit),
        "may_meet": _may_meet(entered.visit),
    }


def _reachable(visit: Visit, looks: Sequence[AskLook]) -> dict[UUID | None, Case]:
    """Participants who wait for an answer themselves, and whom this person may reach."""
    asked = [look.ask.case_id for look in looks if look.sort == Who.PARTICIPANT and look.ask.case_id]
    if not asked:
        return {}
    able = Case.objects.open_to(visit.actor, Action.REACH, _CONTACT).held_by(
        visit.holder, Compartment.CONTACT
    )
    found = able.filter(pk__in=asked, rests=False).with_people().select_related("team")
    return {case.pk: case for case in found}


def _reach(entered: Entered, near: dict[UUID | None, Case], look: AskLook | None) -> ReachLook | None:
    """How to reach the one who is answered now: opened for that alone, with a line that says so."""
    case = near.get(look.ask.case_id) if look else None
    return safely(entered.open(case, Action.REACH)) if case else None


def answer_form(look: AskLook) -> AnswerForm:
    """A place to answer; a note in a file is offered where there is one to open."""
    form = AnswerForm(auto_id=f"{look.ask.pk}_%s")
    if look.case is None:
        del form.fields["as_note"]
    return form


def _may_meet(visit: Visit) -> bool:
    return any(policy.reach(roles, Action.START_CASE) for roles in visit.actor.teams.values())


def head(file: OpenCase) -> dict[str, Any]:
    """The top of the file."""
    return cases.head(file, "days:of_case")


def my_case(visit: Visit, pk: UUID | None) -> Case | None:
    """The file that a request is about, for who may write in it."""
    able = Case.objects.open_to(visit.actor, Action.WRITE_ENTRY).held_by(visit.holder, Compartment.NOTES)
    return able.with_people().select_related("team").filter(pk__in=[pk] if pk else []).first()


def about_whom(entered: Entered) -> list[Case]:
    """Those with whom I walk, if I may open their files; their cards are listed."""
    visit = entered.visit
    able = Case.objects.current().open_to(visit.actor, Action.DAYS).held_by(visit.holder, Compartment.NOTES)
    mine = able.walking_with(visit.actor.id).filter(rests=False)
    cases = list(mine.with_people().select_related("team").order_by("-last_number", "pk")[:MOST])
    if cases:
        entered.list(CaseList(cases), Action.SEE_CARD)
    return sorted(cases, key=lambda case: case.participant.card.get("name", "").casefold())


def teams_of(visit: Visit) -> list[tuple[str, str]]:
    """The teams for which this person takes requests, and whose key is here."""
    held = visit.holder.teams()
    able = [
        team for team in my_teams(visit) if policy.reach(visit.actor.teams[team.pk], Action.TAKE_REQUESTS)
    ]
    return [(str(team.pk), team_name(team, visit)) for team in able if team.pk in held]
