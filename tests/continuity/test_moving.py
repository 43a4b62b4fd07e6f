"""To another team: it learns nothing until it says yes, and nobody is without a worker in between."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from leeward.access.gate import Refused
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import Case, Wall, Wrap
from leeward.continuity import actions
from leeward.continuity.looking_after import offers_to
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.staff import actions as staff
from leeward.staff import keys
from leeward.staff.models import Membership, Team, TeamKey
from leeward.vault.cipher import KeyPair
from leeward.vault.scopes import Unreadable
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import finish, now, offer, say, take
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def seen_by(worker: Worker) -> list[HandOver]:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        return offers_to(entered.visit)


def opens(worker: Worker, case: Case) -> bool:
    try:
        with make.opening(case, worker) as file:
            return file.thing.participant.card["name"] == "Dee"
    except Refused:
        return False


class TestUntilTheAnswer:
    def test_the_other_team_opens_nothing(self, cast: Cast, offered: HandOver) -> None:
        assert not opens(cast.sue, cast.dee)
        assert not opens(cast.cyd, cast.dee)

    def test_its_supervisor_sees_who_asks_and_since_when(self, cast: Cast, offered: HandOver) -> None:
        (row,) = seen_by(cast.sue)
        assert (row.giver, row.offered_on) == (cast.ama.person, timezone.localdate())

    @pytest.mark.parametrize("who", ["cyd", "ama", "ben"])
    def test_nobody_else_does(self, cast: Cast, offered: HandOver, who: str) -> None:
        assert seen_by(getattr(cast, who)) == []

    def test_the_primary_worker_stays(self, cast: Cast, offered: HandOver) -> None:
        assert now(cast.dee).primary == cast.ama.person
        assert opens(cast.ama, cast.dee)

    def test_after_two_days_it_counts_as_unanswered(self, cast: Cast, offered: HandOver) -> None:
        assert not HandOver.objects.unanswered().exists()
        HandOver.objects.update(offered_on=timezone.localdate() - timedelta(days=2))
        assert HandOver.objects.unanswered().get() == offered

    def test_a_team_behind_a_wall_is_not_asked(self, cast: Cast) -> None:
        Wall.objects.create(case=cast.dee, team=cast.garden)
        with pytest.raises(CannotDo, match="another team"):
            offer(cast.dee, cast.ama, cast.garden)

    def test_a_supervisor_behind_a_wall_does_not_see_it(self, cast: Cast, offered: HandOver) -> None:
        Wall.objects.create(case=cast.dee, person=cast.sue.person)
        assert seen_by(cast.sue) == []

    @pytest.mark.parametrize("everyone", [True, False])
    def test_ones_own_team_and_the_team_of_everyone_are_not_asked(self, cast: Cast, everyone: bool) -> None:
        with pytest.raises(CannotDo, match="another team"):
            offer(cast.dee, cast.ama, Team.objects.get(everyone=True) if everyone else cast.harbor)

    def test_the_same_click_twice_asks_once(self, cast: Cast) -> None:
        once = uuid4()
        with make.opening(cast.dee, cast.ama, Action.HAND_OVER) as file:
            for _ in range(2):
                actions.offer(file, hand_over_id=once, team=cast.garden)
        assert HandOver.objects.count() == 1


class TestTheParcel:
    def test_it_opens_with_the_teams_key_only(self, cast: Cast, offered: HandOver) -> None:
        team_key = TeamKey.objects.get(team=cast.harbor)
        whole = cast.ama.visit.holder.team_key(team_key.pk, keys.WHOLE)
        assert whole
        assert offered.parcel
        with pytest.raises(Unreadable):
            keys.from_drop_box(team_key, whole, bytes(offered.parcel), b"")

    def test_a_public_half_slipped_into_the_database_opens_nothing_without_the_pepper(
        self, cast: Cast
    ) -> None:
        thief = KeyPair.fresh()
        TeamKey.objects.filter(team=cast.garden).update(dropbox_public=thief.public)
        row = offer(cast.dee, cast.ama, cast.garden)
        team_key = TeamKey.objects.get(team=cast.garden)
        context = keys.team_context(cast.garden.pk, team_key.epoch, "parcel")
        bound = b"offer" + cast.dee.pk.bytes + cast.dee.key_id.bytes + row.pk.bytes
        assert row.parcel
        with pytest.raises(Unreadable):
            thief.open(bytes(row.parcel), context + bound)

    def test_moved_to_another_offer_it_does_not_open(self, cast: Cast, offered: HandOver) -> None:
        other = make.a_case(by=cast.ama, name="Fay")
        with make.opening(other, cast.ama, Action.HAND_OVER) as file:
            second = actions.offer(file, hand_over_id=uuid4(), team=cast.garden)
        HandOver.objects.filter(pk=second.pk).update(parcel=offered.parcel)
        with pytest.raises(CannotDo, match="does not open"):
            take(cast.sue, second)
        assert now(other).team_id == cast.harbor.pk

    @pytest.mark.parametrize("how", ["withdrawn", "not now"])
    def test_without_a_yes_nothing_of_it_is_left(self, cast: Cast, offered: HandOver, how: str) -> None:
        if how == "withdrawn":
            with make.opening(cast.dee, cast.ama, Action.HAND_OVER) as file:
                actions.withdraw(file, hand_over=offered)
        else:
            with make.entering(cast.sue, Action.TODAY, lists=True) as entered:
                actions.not_now(entered, hand_over=offered)
        assert HandOver.objects.get().parcel is None
        with pytest.raises(CannotDo, match="taken back or answered"):
            take(cast.sue, offered)
        assert now(cast.dee).primary == cast.ama.person


class TestTheYes:
    def test_the_file_comes_over_with_its_words_and_somebody_walks_with_them(
        self, cast: Cast, offered: HandOver
    ) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="We walked to the harbor.")
        take(cast.sue, offered, cast.cyd)
        case = now(cast.dee)
        assert (case.team_id, case.primary, case.backup) == (cast.garden.pk, cast.cyd.person, None)
        with make.opening(cast.dee, cast.cyd) as file:
            assert file.thing.participant.card["name"] == "Dee"
            assert case.entries.get().text == "We walked to the harbor."

    def test_the_team_before_opens_nothing_any_more(self, cast: Cast, offered: HandOver) -> None:
        take(cast.sue, offered)
        assert not opens(cast.ama, cast.dee)
        assert not opens(cast.ben, cast.dee)
        teams = set(Wrap.objects.filter(key=cast.dee.key_id).values_list("team_key__team", flat=True))
        assert teams == {cast.garden.pk}
        connection.check_constraints()

    def test_the_trail_says_who_took_which_file(self, cast: Cast, offered: HandOver) -> None:
        take(cast.sue, offered)
        line = Line.objects.order_by("-seq")[0]
        assert (line.actor, line.things) == (cast.sue.person.pk, [str(cast.dee.pk)])

    def test_promises_pass_on_and_colleagues_step_back(self, cast: Cast, offered: HandOver) -> None:
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.promise(file, due_id=uuid4(), text="call", day=timezone.localdate())
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.walk_along(file, person=cast.ben.person)
        take(cast.sue, offered, cast.cyd)
        assert set(Due.objects.filter(is_open=True).values_list("owner__name", flat=True)) == {"Cyd"}
        assert not cast.dee.care_team.current().exists()

    def test_it_is_remembered(self, cast: Cast, offered: HandOver) -> None:
        take(cast.sue, offered, cast.cyd)
        row = HandOver.objects.get()
        assert (row.state, row.taker, row.parcel) == (HandOver.DONE, cast.cyd.person, None)

    def test_twice_it_is_taken_once(self, cast: Cast, offered: HandOver) -> None:
        take(cast.sue, offered, cast.cyd)
        with pytest.raises(CannotDo, match="answered meanwhile"):
            take(cast.sue, offered)
        assert now(cast.dee).primary == cast.cyd.person

    @pytest.mark.parametrize("who", ["cyd", "ben", "ama"])
    def test_only_who_leads_the_team_that_was_asked_says_yes(
        self, cast: Cast, offered: HandOver, who: str
    ) -> None:
        with pytest.raises(CannotDo):
            take(getattr(cast, who), offered)
        assert now(cast.dee).team_id == cast.harbor.pk

    def test_nobody_of_another_team_is_put_beside_them(self, cast: Cast, offered: HandOver) -> None:
        with pytest.raises(CannotDo, match="somebody of your team"):
            take(cast.sue, offered, cast.ama)
        assert (now(cast.dee).team_id, now(cast.dee).primary) == (cast.harbor.pk, cast.ama.person)

    def test_the_giver_was_followed_by_somebody_else_meanwhile(self, cast: Cast, offered: HandOver) -> None:
        Case.objects.update(primary=cast.ben.person)
        with pytest.raises(CannotDo, match="taken back or answered"):
            take(cast.sue, offered)

    def test_a_worker_of_both_teams_goes_on_walking_with_them(self, cast: Cast, offered: HandOver) -> None:
        Membership.objects.create(person=cast.ama.person, team=cast.garden, role=Role.CASE_MANAGER)
        with make.entering(cast.sue, Action.GRANT) as entered:
            staff.hand_keys(entered, person=cast.ama.person)
        take(cast.sue, offered, cast.ama)
        case = now(cast.dee)
        assert (case.team, case.primary) == (cast.garden, cast.ama.person)
        assert opens(cast.ama, cast.dee)
        assert not opens(cast.ben, cast.dee)
        assert not HandOver.objects.done().exists(), "nobody else walks with them now"
        assert not HandOver.objects.on_the_way().exists()

    def test_and_back_again(self, cast: Cast, offered: HandOver) -> None:
        take(cast.sue, offered, cast.cyd)
        with make.opening(cast.dee, cast.cyd, Action.HAND_OVER) as file:
            back = actions.offer(file, hand_over_id=uuid4(), team=cast.harbor)
        take(cast.ben, back, cast.ama)
        assert opens(cast.ama, cast.dee)
        assert not opens(cast.cyd, cast.dee)

    def test_in_the_new_team_it_is_handed_over_as_ever(self, cast: Cast, offered: HandOver) -> None:
        take(cast.sue, offered, cast.cyd)
        with make.opening(cast.dee, cast.cyd, Action.HAND_OVER) as file:
            row = actions.ask(file, hand_over_id=uuid4(), person=cast.sue.person)
        finish(cast.dee, cast.cyd, say(cast.sue, row, yes=True))
        assert now(cast.dee).primary == cast.sue.person


def test_who_holds_no_whole_key_offers_nothing(cast: Cast) -> None:
    keyless = make.a_person(Role.CASE_MANAGER, cast.harbor)
    Case.objects.update(primary=keyless.person)
    with pytest.raises(Refused):
        offer(cast.dee, keyless, cast.garden)
