"""What the ledger and the funds show, added up when they are opened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList
from leeward.cases.pages.file import head
from leeward.gifts.actions import keeps_funds
from leeward.gifts.models import Fund, Gift
from leeward.gifts.words import STATE_LOOKS, GiftState, amount
from leeward.staff.models import Team
from leeward.staff.pages import head as staff_head
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.gifts.words import FundWords, GiftWords

_NOTES = frozenset({Compartment.NOTES})


@dataclass(frozen=True, slots=True)
class GiftLine:
    """A line of the ledger, opened once."""

    gift: Gift
    words: GiftWords
    fund: str
    state: GiftState
    mine: bool

    @property
    def money(self) -> str:
        """How much, as one says it."""
        return amount(self.words["cents"], self.words.get("currency", "")) if "cents" in self.words else ""

    @property
    def day(self) -> date:
        """The day on which it was given, or asked for."""
        return date.fromisoformat(self.words["day"])

    @property
    def icon(self) -> str:
        """The icon of its state."""
        return STATE_LOOKS[self.state][0]

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return STATE_LOOKS[self.state][1]


def fund_words(fund: Fund | None, visit: Visit) -> FundWords:
    """What a fund is called, for the team whose it is."""
    return fund.words if fund and fund.team_id in visit.holder.teams() else {}


def ledger(file: OpenCase) -> dict[str, Any]:
    """Everything that was given to one participant, newest first."""
    lines = gift_lines(file)
    given = [line for line in lines if line.state is GiftState.GIVEN]
    mine = file.thing.team_id in file.visit.actor.teams
    return {
        **head(file, "cases:more"),
        "lines": lines,
        "sums": sums(line.words for line in given),
        "may_agree": mine and keeps_funds(file.visit, file.thing.team_id),
        "me": file.visit.actor.id,
    }


def gift_lines(file: OpenCase) -> list[GiftLine]:
    """The lines of one ledger. One whose bytes were damaged is left out of it, and says so nowhere else."""
    gifts = Gift.objects.filter(case=file.thing).select_related("fund", "given_by", "approved_by")
    names = {
        fund.pk: fund_words(fund, file.visit).get("name", "")
        for fund in {gift.fund for gift in gifts}
        if fund
    }
    lines = [
        GiftLine(gift, words, names.get(gift.fund_id, "") if gift.fund_id else "", GiftState(gift.state),
                 gift.given_by_id == file.visit.actor.id)
        for gift, words in readable(gifts)
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.words["day"], line.words["written_at"]), reverse=True)


def readable(gifts: Iterable[Gift]) -> list[tuple[Gift, GiftWords]]:
    """Gifts with their words; a damaged one takes no other with it."""
    found = []
    for gift in gifts:
        try:
            found.append((gift, gift.about))
        except Unreadable:
            continue
    return found


def sums(words: Iterable[GiftWords]) -> list[str]:
    """How much altogether, for each currency."""
    totals: Counter[str] = Counter()
    for one in words:
        totals[one.get("currency", "")] += one.get("cents", 0)
    return [amount(cents, currency) for currency, cents in sorted(totals.items()) if cents]


@dataclass(frozen=True, slots=True)
class FundLine:
    """A fund with what was given out of it."""

    fund: Fund
    words: FundWords
    this_year: str
    ever: str
    count: int

    @property
    def limit(self) -> str:
        """Up to how much one person gives alone."""
        return amount(self.words["limit"], self.words.get("currency", "")) if "limit" in self.words else ""


def teams_kept(visit: Visit) -> list[Team]:
    """The teams whose money this person keeps, as far as their keys are handed over."""
    kept = [team for team in visit.holder.teams() if keeps_funds(visit, team)]
    return list(Team.objects.filter(pk__in=kept, everyone=False))


def funds(entered: Entered) -> dict[str, Any]:
    """The funds of one's teams, with their sums, and what waits for a second person."""
    visit = entered.visit
    teams = teams_kept(visit)
    found = list(Fund.objects.filter(team__in=teams).select_related("team").order_by("-is_open", "pk"))
    cases = _cases_given_to(visit, found)
    entered.look_through(CaseList(list(cases.values())), Action.LOOK_AFTER, _NOTES)
    gifts = readable(Gift.objects.filter(fund__in=found, case__in=cases).select_related("given_by"))
    given = [(gift, words) for gift, words in gifts if gift.state == GiftState.GIVEN]
    waiting = [(gift, words) for gift, words in gifts if gift.state == GiftState.ASKED]
    asked_for = [cases[gift.case_id] for gift, _ in waiting]
    if asked_for:
        entered.list(CaseList(list(dict.fromkeys(asked_for))), Action.LOOK_AFTER)
    return {
        **staff_head(visit, "gifts:funds"),
        "funds": [_fund_line(fund, given) for fund in found],
        "waiting": [_waiting(visit, cases[gift.case_id], gift, words) for gift, words in waiting],
        "teams": teams,
    }


def _cases_given_to(visit: Visit, found: list[Fund]) -> dict[UUID, Case]:
    """The files in which something was given out of these funds, as far as this person may open them."""
    able = Case.objects.open_to(visit.actor, Action.LOOK_AFTER, _NOTES).held_by(
        visit.holder, Compartment.NOTES
    )
    given = Gift.objects.filter(fund__in=found).values("case")
    return {case.pk: case for case in able.filter(pk__in=given).select_related("participant")}


def _fund_line(fund: Fund, given: list[tuple[Gift, GiftWords]]) -> FundLine:
    mine = [words for gift, words in given if gift.fund_id == fund.pk]
    year = str(timezone.localdate().year)
    words = fund.words
    currency = words.get("currency", "")
    total = sum(one.get("cents", 0) for one in mine)
    recent = sum(one.get("cents", 0) for one in mine if one["day"].startswith(year))
    return FundLine(fund, words, amount(recent, currency), amount(total, currency), len(mine))


def _waiting(visit: Visit, case: Case, gift: Gift, words: GiftWords) -> dict[str, Any]:
    return {
        "case": case,
        "name": case.participant.card["name"],
        "line": GiftLine(gift, words, "", GiftState.ASKED, gift.given_by_id == visit.actor.id),
    }
