"""Who waits for our answer, and since when (practices G7, D3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.days.models import Ask
from leeward.days.words import How, Who
from leeward.ui import moments
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from leeward.access.gate import Visit
    from leeward.days.models import AskQuerySet
    from leeward.days.words import AskWords
    from leeward.staff.models import Team

_ICONS: Final = {
    Who.PARTICIPANT: "user-round",
    Who.PARTNER: "handshake",
    Who.NEW: "user-plus",
    Who.OTHER: "message-square",
}
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
        return Who(self.words.get("sort") or Who.OTHER)

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
        return str(How(how).label) if how else ""

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
    return _looks(visit, _readable(visit).waiting())


def answered_lately(visit: Visit, most: int = 10) -> list[AskLook]:
    """What was answered last, so that nobody answers twice."""
    ended = _readable(visit).filter(is_open=False).exclude(case__rests=True)
    return _looks(visit, ended.order_by("-number")[:most])


def _readable(visit: Visit) -> AskQuerySet:
    return Ask.objects.open_to(visit.actor).filter(team__in=visit.holder.teams())


def _looks(visit: Visit, asks: AskQuerySet) -> list[AskLook]:
    found = list(asks.select_related("owner", "team")[:MOST] if not asks.query.is_sliced else asks)
    files = _openable(visit, [ask.case_id for ask in found if ask.case_id])
    me = visit.actor.id
    looks = [
        AskLook(ask, ask.words, ask.owner_id == me, ask.case_id if ask.case_id in files else None)
        for ask in found
    ]
    return sorted(looks, key=lambda look: look.since)


def _openable(visit: Visit, asked: Sequence[UUID]) -> set[UUID]:
    """Those of these files that this person may open; the front desk may open none."""
    if not asked:
        return set()
    able = Case.objects.open_to(visit.actor, Action.DAYS).held_by(visit.holder, Compartment.NOTES)
    return set(able.filter(pk__in=asked).values_list("pk", flat=True))


def my_case(visit: Visit, pk: str) -> Case | None:
    """A file about which a request may be taken down."""
    able = Case.objects.open_to(visit.actor, Action.DAYS).held_by(visit.holder, Compartment.CARD)
    return able.with_people().select_related("team").filter(pk=pk).first()


def my_teams(visit: Visit, teams: Sequence[Team]) -> list[Team]:
    """The teams for which this person takes requests, and whose key is here."""
    held = visit.holder.teams()
    able = (team for team in teams if policy.reach(visit.actor.teams.get(team.pk, ()), Action.TAKE_REQUESTS))
    return [team for team in able if team.pk in held]
