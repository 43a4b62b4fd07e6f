"""Giving: typed once, above a limit two people, never tied to anything (practice M7)."""

from typing import get_type_hints
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.gate import Refused
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.models import CareTeamMember, Entry, Wall
from leeward.days.models import Due
from leeward.gifts import actions, pages
from leeward.gifts.models import Fund, Gift
from leeward.gifts.words import FundWords, GiftWords
from leeward.staff.models import Team
from tests import make
from tests.cast import Cast
from tests.make import Worker
from tests.signin.conftest import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

GIVES = {Role.CASE_MANAGER, Role.SECONDED, Role.ADVOCATE, Role.SUPERVISOR}
ONLY_WALKING = [Role.PEER_SUPPORTER, Role.OUTREACH_WORKER]


def a_fund(by: Worker, team: Team, *, limit: int | None = 5000, name: str = "Emergency") -> Fund:
    words: FundWords = {"name": name, "currency": "$"}
    if limit is not None:
        words["limit"] = limit
    with make.entering(by, Action.KEEP_FUNDS) as entered:
        return actions.start_fund(entered, fund_id=uuid4(), team=team, words=words)


def give(
    cast: Cast,
    worker: Worker,
    cents: int = 2000,
    *,
    fund: Fund | None = None,
    gift_id: UUID | None = None,
    what: str = "bus card",
) -> Gift:
    words: GiftWords = {"what": what, "cents": cents, "day": timezone.localdate().isoformat()}
    with make.opening(cast.dee, worker, Action.WRITE_ENTRY) as file:
        return actions.give(file, gift_id=gift_id or uuid4(), fund=fund, words=words)


def agree(cast: Cast, worker: Worker, gift: Gift, *, yes: bool = True) -> None:
    with make.opening(cast.dee, worker, Action.LOOK_AFTER) as file:
        actions.agree(file, gift=gift.pk, yes=yes)


def hand_over(cast: Cast, worker: Worker, gift: Gift) -> None:
    with make.opening(cast.dee, worker, Action.WRITE_ENTRY) as file:
        actions.hand_over(file, gift=gift.pk, receipt="box 3")


def cross_out(cast: Cast, worker: Worker, gift: Gift) -> None:
    with make.opening(cast.dee, worker, Action.WRITE_ENTRY) as file:
        actions.cross_out(file, gift=gift.pk)


def state(gift: Gift) -> str:
    return str(Gift.objects.get(pk=gift.pk).state)


def money_notes(cast: Cast) -> list[str]:
    with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY):
        return [entry.text for entry in Entry.objects.filter(case=cast.dee) if entry.facts["kind"] == "money"]


class TestGiving:
    def test_it_stands_in_the_ledger_and_on_the_timeline_typed_once(self, cast: Cast) -> None:
        gift = give(cast, cast.ama, fund=a_fund(cast.ben, cast.harbor))
        assert state(gift) == "given"
        assert money_notes(cast) == ["bus card, $20.00"]
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            (line,) = pages.gift_lines(file)
            assert UUID(line.words["entry"]) == Entry.objects.get(case=cast.dee).pk

    def test_without_a_fund_too(self, cast: Cast) -> None:
        assert state(give(cast, cast.ama, 9_999_00)) == "given"

    def test_a_double_click_is_one_gift_and_one_note(self, cast: Cast) -> None:
        gift_id = uuid4()
        for _ in range(2):
            give(cast, cast.ama, gift_id=gift_id)
        assert Gift.objects.count() == 1
        assert len(money_notes(cast)) == 1

    def test_what_was_typed_on_becomes_a_gift_of_its_own(self, cast: Cast) -> None:
        gift_id = uuid4()
        give(cast, cast.ama, gift_id=gift_id)
        give(cast, cast.ama, gift_id=gift_id, what="a coat")
        assert Gift.objects.count() == 2

    def test_what_she_was_writing_stays(self, cast: Cast) -> None:
        from leeward.cases.actions import keep_draft  # noqa: PLC0415 - used here only

        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            draft = keep_draft(file, case=cast.dee, words={"text": "She ca"}, version=0)
        give(cast, cast.ama)
        assert type(draft).objects.filter(pk=draft.pk).exists()

    @pytest.mark.parametrize("role", Role)
    def test_whoever_writes_in_the_file_gives(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        if role in GIVES:
            assert state(give(cast, worker)) == "given"
            return
        with pytest.raises(Refused):
            give(cast, worker)

    @pytest.mark.parametrize("role", ONLY_WALKING)
    def test_those_who_only_give_where_they_walk_along(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=worker.person)
        assert state(give(cast, worker, fund=a_fund(cast.ben, cast.harbor))) == "given"
        assert money_notes(cast) == ["bus card, $20.00"]

    def test_nobody_of_another_team_and_nobody_behind_a_wall(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            give(cast, cast.cyd)
        Wall.objects.create(case=cast.dee, person=cast.ama.person)
        with pytest.raises(Refused):
            give(cast, cast.ama)
        assert not Gift.objects.exists()

    def test_a_fund_of_another_team_gives_nothing_here(self, cast: Cast) -> None:
        theirs = a_fund(cast.sue, cast.garden)
        with pytest.raises(CannotDo, match="fund is shut"):
            give(cast, cast.ama, fund=theirs)

    def test_a_fund_that_was_shut_meanwhile_gives_nothing(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        Fund.objects.update(is_open=False)
        with pytest.raises(CannotDo, match="fund is shut"):
            give(cast, cast.ama, fund=fund)

    def test_it_is_tied_to_nothing(self) -> None:
        """No column and no word of a gift points to an appointment, and no appointment to a gift (practice M7)."""
        related = {field.related_model for field in Gift._meta.get_fields() if field.is_relation}
        assert Due not in related
        assert not any(field.related_model is Gift for field in Due._meta.get_fields() if field.is_relation)
        assert set(get_type_hints(GiftWords)) == {
            "what", "cents", "currency", "receipt", "why", "day", "written_at", "entry",
        }  # fmt: skip


class TestTwoPeople:
    def test_up_to_the_limit_one_person_is_enough(self, cast: Cast) -> None:
        assert state(give(cast, cast.ama, 5000, fund=a_fund(cast.ben, cast.harbor))) == "given"

    def test_above_it_a_supervisor_is_asked_and_nothing_is_on_the_timeline_yet(self, cast: Cast) -> None:
        gift = give(cast, cast.ama, 5001, fund=a_fund(cast.ben, cast.harbor))
        assert state(gift) == "asked"
        assert money_notes(cast) == []

    def test_agreed_and_handed_over(self, cast: Cast) -> None:
        gift = give(cast, cast.ama, 5001, fund=a_fund(cast.ben, cast.harbor))
        agree(cast, cast.ben, gift)
        assert (state(gift), money_notes(cast)) == ("agreed", [])
        for _ in range(2):
            hand_over(cast, cast.ama, gift)
        assert (state(gift), money_notes(cast)) == ("given", ["bus card, $50.01"])

    def test_nobody_agrees_with_themselves(self, cast: Cast) -> None:
        gift = give(cast, cast.ben, 5001, fund=a_fund(cast.ben, cast.harbor))
        with pytest.raises(CannotDo, match="Two people decide"):
            agree(cast, cast.ben, gift)
        assert state(gift) == "asked"
        agree(cast, cast.somebody(Role.SUPERVISOR), gift)
        assert state(gift) == "agreed"

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_only_a_supervisor_agrees(self, cast: Cast, role: Role) -> None:
        gift = give(cast, cast.ama, 5001, fund=a_fund(cast.ben, cast.harbor))
        with pytest.raises(Refused):
            agree(cast, cast.somebody(role), gift)

    def test_a_supervisor_of_another_team_does_not(self, cast: Cast) -> None:
        gift = give(cast, cast.ama, 5001, fund=a_fund(cast.ben, cast.harbor))
        with pytest.raises(Refused):
            agree(cast, cast.sue, gift)

    def test_not_this_time_gives_nothing(self, cast: Cast) -> None:
        gift = give(cast, cast.ama, 5001, fund=a_fund(cast.ben, cast.harbor))
        agree(cast, cast.ben, gift, yes=False)
        with pytest.raises(CannotDo, match="decided about this already"):
            hand_over(cast, cast.ama, gift)
        with pytest.raises(CannotDo, match="decided about this already"):
            agree(cast, cast.somebody(Role.SUPERVISOR), gift)
        assert (state(gift), money_notes(cast)) == ("left", [])

    def test_what_only_waits_is_not_handed_over(self, cast: Cast) -> None:
        gift = give(cast, cast.ama, 5001, fund=a_fund(cast.ben, cast.harbor))
        with pytest.raises(CannotDo):
            hand_over(cast, cast.ama, gift)
        assert money_notes(cast) == []

    def test_what_was_given_is_not_agreed_to_afterwards(self, cast: Cast) -> None:
        gift = give(cast, cast.ama)
        with pytest.raises(CannotDo):
            agree(cast, cast.ben, gift, yes=False)
        assert state(gift) == "given"

    def test_a_gift_in_somebody_elses_ledger_is_not_there(self, cast: Cast) -> None:
        other = make.a_case(by=cast.ama, name="Abi", team=cast.harbor)
        gift = give(cast, cast.ama)
        with (
            make.opening(other, cast.ama, Action.WRITE_ENTRY) as file,
            pytest.raises(CannotDo, match="no longer in"),
        ):
            actions.cross_out(file, gift=gift.pk)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_gift_and_one_note(cast: Cast) -> None:
    gift_id = uuid4()
    assert len({gift.pk for gift in at_once(lambda: give(cast, cast.ama, gift_id=gift_id))}) == 1
    assert (Gift.objects.count(), len(money_notes(cast))) == (1, 1)


class TestTheLedger:
    def sums(self, cast: Cast) -> list[str]:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            return list(pages.ledger(file)["sums"])

    def test_it_adds_up_what_was_given(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        give(cast, cast.ama, fund=fund)
        give(cast, cast.ama, 150, fund=fund)
        give(cast, cast.ama, 999_00, fund=fund)  # waits
        assert self.sums(cast) == ["$21.50"]

    def test_what_was_crossed_out_stays_and_counts_nowhere(self, cast: Cast) -> None:
        gift = give(cast, cast.ama)
        for _ in range(2):
            cross_out(cast, cast.ama, gift)
        assert (state(gift), self.sums(cast)) == ("crossed", [])
        assert money_notes(cast)

    def test_somebody_else_of_the_team_crosses_nothing_out(self, cast: Cast) -> None:
        gift = give(cast, cast.ama)
        with pytest.raises(CannotDo, match="Whoever wrote this down"):
            cross_out(cast, cast.somebody(Role.CASE_MANAGER), gift)
        cross_out(cast, cast.ben, gift)
        assert state(gift) == "crossed"

    def test_a_receipt_comes_later_and_two_windows_lose_nothing(self, cast: Cast) -> None:
        gift = give(cast, cast.ama)
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_receipt(file, gift=gift.pk, receipt="no. 7", version=1)
            actions.keep_receipt(file, gift=gift.pk, receipt="no. 7", version=1)
            with pytest.raises(ChangedMeanwhile) as other:
                actions.keep_receipt(file, gift=gift.pk, receipt="no. 8", version=1)
        assert (other.value.saved, other.value.version) == ("no. 7", 2)

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        give(cast, cast.ama, fund=fund)
        with CaptureQueriesContext(connection) as few:
            self.sums(cast)
        for _ in range(10):
            give(cast, cast.ama, fund=fund)
        with CaptureQueriesContext(connection) as many:
            self.sums(cast)
        assert len(few) == len(many)
