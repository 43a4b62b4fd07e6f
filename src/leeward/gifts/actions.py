"""Verbs of giving. What is given depends on nothing, and above a fund's limit two people decide (practice M7)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.actions.writing import add_entry
from leeward.cases.models import Case
from leeward.cases.words import EntryKind
from leeward.gifts.models import Fund, Gift
from leeward.gifts.words import GiftState, amount

if TYPE_CHECKING:
    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.gifts.words import FundWords, GiftWords
    from leeward.staff.models import Team


def start_fund(entered: Entered, *, fund_id: UUID, team: Team, words: FundWords) -> Fund:
    """Start a fund. The same `fund_id` twice (a double click) is one fund."""
    _must_keep_funds(entered.visit, team.pk)
    with transaction.atomic():
        if existing := Fund.objects.filter(pk=fund_id, team=team).first():
            return existing
        fund = Fund(id=fund_id, team=team)
        fund.words = words
        fund.save(force_insert=True)
    return fund


def change_fund(entered: Entered, *, fund: Fund, words: FundWords, is_open: bool, version: int) -> None:
    """Change a fund's name or limit, or shut it, unless somebody changed it meanwhile. What was given stays given."""
    _must_keep_funds(entered.visit, fund.team_id)
    with transaction.atomic():
        current = Fund.objects.select_for_update().get(pk=fund.pk)
        if current.words == words and current.is_open == is_open:
            return
        if current.version != version:
            raise ChangedMeanwhile("", current.version)
        current.words, current.is_open, current.version = words, is_open, version + 1
        current.save(update_fields=["words", "is_open", "version"])


def _must_keep_funds(visit: Visit, team: UUID) -> None:
    if not keeps_funds(visit, team) or team not in visit.holder.teams():
        raise CannotDo(_("A supervisor of that team keeps its funds. Please ask one."))


def keeps_funds(visit: Visit, team: UUID) -> bool:
    """Whether this person keeps the money of a team."""
    return bool(policy.reach(visit.actor.teams.get(team, ()), Action.KEEP_FUNDS))


def give(file: OpenCase, *, gift_id: UUID, fund: Fund | None, words: GiftWords) -> Gift:
    """Write down what was given; above the fund's limit it waits for a second person. It is typed once.

    The same `gift_id` twice (a double click) is one gift.
    """
    with transaction.atomic():
        _lock(file)
        gift_id, existing = _where_to(file, gift_id, words)
        if existing:
            return existing
        fund = _usable(file, fund)
        gift = Gift(id=gift_id, case=file.thing, fund=fund, given_by_id=file.visit.actor.id)
        gift.state = GiftState.ASKED if _above(fund, words) else GiftState.GIVEN
        told: GiftWords = {**words, "written_at": timezone.now().isoformat()}
        if fund:
            told["currency"] = fund.words.get("currency", "")
        if gift.state == GiftState.GIVEN:
            told["entry"] = str(_tell(file, gift, told))
        gift.about = told
        gift.save(force_insert=True)
    return gift


def _where_to(file: OpenCase, gift_id: UUID, words: GiftWords) -> tuple[UUID, Gift | None]:
    """The gift that says this already, or an id that is free: what was typed on becomes a gift of its own."""
    while existing := Gift.objects.filter(pk=gift_id).first():
        if existing.case_id == file.thing.pk and words.items() <= existing.about.items():
            return gift_id, existing
        gift_id = uuid5(gift_id, "more")
    return gift_id, None


def _usable(file: OpenCase, fund: Fund | None) -> Fund | None:
    """The fund as it is now; it belongs to the participant's own team and is open."""
    if fund is None:
        return None
    found = Fund.objects.open().select_for_update().filter(pk=fund.pk, team=file.thing.team_id).first()
    if found is None:
        raise CannotDo(_("This fund is shut now. Please choose another one, or none."))
    return found


def _above(fund: Fund | None, words: GiftWords) -> bool:
    limit = fund.words.get("limit") if fund else None
    return limit is not None and words.get("cents", 0) > limit


def _tell(file: OpenCase, gift: Gift, words: GiftWords) -> UUID:
    """The moment on the timeline, so that nobody writes it a second time and reports count it once."""
    day, now = date.fromisoformat(words["day"]), timezone.localtime()
    happened = now if day == now.date() else timezone.make_aware(datetime.combine(day, time(12)))
    facts = {
        "kind": EntryKind.MONEY.value,
        "happened_at": happened.isoformat(),
        "written_at": now.isoformat(),
    }
    entry = add_entry(file, entry_id=uuid5(gift.pk, "entry"), text=sentence(words), told=facts)  # type: ignore[arg-type]
    return entry.pk


def sentence(words: GiftWords) -> str:
    """What was given, as a line of a note."""
    money = amount(words["cents"], words.get("currency", "")) if "cents" in words else ""
    first = ", ".join(part for part in (words.get("what", ""), money) if part)
    return "\n".join(line for line in (first, words.get("why", "")) if line)


def agree(file: OpenCase, *, gift: UUID, yes: bool) -> Gift:
    """The second person says yes, or not this time. Nobody decides alone about what they asked for themselves."""
    with transaction.atomic():
        _lock(file)
        found = _found(file, gift)
        if not keeps_funds(file.visit, file.thing.team_id):
            raise CannotDo(_("A supervisor of that team agrees to this. Please ask one."))
        if found.given_by_id == file.visit.actor.id:
            raise CannotDo(
                _("You asked for this yourself, so somebody else has to agree. Two people decide.")
            )
        wanted = GiftState.AGREED if yes else GiftState.LEFT
        if found.state == wanted:
            return found
        _must_be(found, GiftState.ASKED)
        found.approved_by_id = file.visit.actor.id
        _set(found, wanted)
    return found


def hand_over(file: OpenCase, *, gift: UUID, receipt: str = "") -> Gift:
    """What was agreed is handed over now, and stands on the timeline from now on."""
    with transaction.atomic():
        _lock(file)
        found = _found(file, gift)
        if found.state == GiftState.GIVEN:
            return found
        _must_be(found, GiftState.AGREED)
        words: GiftWords = {**found.about, "day": timezone.localdate().isoformat()}
        if receipt:
            words["receipt"] = receipt
        words["entry"] = str(_tell(file, found, words))
        found.about = words
        _set(found, GiftState.GIVEN, "about")
    return found


def keep_receipt(file: OpenCase, *, gift: UUID, receipt: str, version: int) -> None:
    """Write down where the receipt is, unless somebody did meanwhile."""
    with transaction.atomic():
        _lock(file)
        found = _found(file, gift)
        words = found.about
        if words.get("receipt", "") == receipt:
            return
        if found.version != version:
            raise ChangedMeanwhile(words.get("receipt", ""), found.version)
        found.about = {**words, "receipt": receipt}
        found.version += 1
        found.save(update_fields=["about", "version"])


def cross_out(file: OpenCase, *, gift: UUID) -> None:
    """It was written down by mistake: it stays to be seen, and counts nowhere. By whoever wrote it, or a supervisor."""
    with transaction.atomic():
        _lock(file)
        found = _found(file, gift)
        if found.given_by_id != file.visit.actor.id and not keeps_funds(file.visit, file.thing.team_id):
            raise CannotDo(
                _("Whoever wrote this down, or a supervisor, can cross it out. Please ask one of them.")
            )
        if found.state != GiftState.CROSSED:
            _set(found, GiftState.CROSSED)


def _lock(file: OpenCase) -> None:
    Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)


def _found(file: OpenCase, gift: UUID) -> Gift:
    found = Gift.objects.filter(pk=gift, case=file.thing).first()
    if found is None:
        raise CannotDo(_("This is no longer in the ledger. The page below shows how it is now."))
    return found


def _must_be(gift: Gift, state: GiftState) -> None:
    if gift.state != state:
        raise CannotDo(_("A colleague has decided about this already. The page below shows how it is now."))


def _set(gift: Gift, state: GiftState, *also: str) -> None:
    gift.state, gift.version = state, gift.version + 1
    gift.save(update_fields=["state", "version", "approved_by", *also])
