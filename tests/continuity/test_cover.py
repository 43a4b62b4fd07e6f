"""Time off with cover: by its dates alone, both ways, and only by somebody who can open what they cover."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.access.gate import Refused
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import CareTeamMember, Case
from leeward.continuity import actions, pages
from leeward.continuity.actions import Away
from leeward.staff import actions as staff
from leeward.staff.models import Absence, Grant, Person
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import leave
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def day(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def away(by: Worker, person: Worker, cover: Worker | None, since: int = 0, until: int = 6) -> Absence:
    with make.entering(by, Action.TODAY) as entered:
        told = Away(person.person, day(since), day(until), cover.person if cover else None)
        return actions.go_away(entered, absence_id=uuid4(), away=told)


class TestWritingItDown:
    def test_the_same_click_twice_is_one_absence(self, cast: Cast, lou: Worker) -> None:
        once, told = uuid4(), Away(cast.ama.person, day(0), day(6), lou.person)
        with make.entering(cast.ama, Action.TODAY) as entered:
            for _ in range(2):
                actions.go_away(entered, absence_id=once, away=told)
        assert Absence.objects.count() == 1

    def test_a_supervisor_writes_it_down_for_her_team(self, cast: Cast, lou: Worker) -> None:
        assert away(cast.ben, cast.ama, lou).cover == lou.person

    @pytest.mark.parametrize("who", ["lou", "sue"])
    def test_nobody_else_does(self, cast: Cast, lou: Worker, who: str) -> None:
        by = lou if who == "lou" else cast.sue
        with pytest.raises(CannotDo, match="Only they themselves"):
            away(by, cast.ama, None)

    def test_the_same_day_is_not_written_down_twice(self, cast: Cast, lou: Worker) -> None:
        away(cast.ama, cast.ama, lou)
        with pytest.raises(CannotDo, match="written down already"):
            away(cast.ama, cast.ama, None, since=6, until=8)
        assert away(cast.ama, cast.ama, None, since=7, until=8).cover is None

    def test_whoever_left_does_not_cover(self, cast: Cast, lou: Worker) -> None:
        """A page may be older than that."""
        Case.objects.update(primary=cast.ben.person)
        leave(cast.ben, Person.objects.get(pk=lou.person.pk))
        with pytest.raises(CannotDo, match="Lou has left"):
            away(cast.ama, cast.ama, lou)

    def test_whoever_is_away_too_does_not_cover(self, cast: Cast, lou: Worker) -> None:
        away(lou, lou, None, since=5, until=5)
        with pytest.raises(CannotDo, match="Lou is away on some of these days"):
            away(cast.ama, cast.ama, lou)

    def test_whoever_covers_can_open_everybody_or_it_is_said_where_not(self, cast: Cast, lou: Worker) -> None:
        with make.entering(cast.sue, Action.CHANGE_MEMBERSHIP) as entered:
            staff.add_membership(entered, person=cast.ama.person, team=cast.garden, role=Role.CASE_MANAGER)
        make.a_case(by=cast.ama, name="Fay", team=cast.garden)
        with pytest.raises(CannotDo, match="do not carry files in Garden"):
            away(cast.ama, cast.ama, lou)
        with make.entering(cast.sue, Action.CHANGE_MEMBERSHIP) as entered:
            staff.add_membership(entered, person=lou.person, team=cast.garden, role=Role.CASE_MANAGER)
        assert away(cast.ama, cast.ama, lou).cover == lou.person

    def test_without_a_key_nobody_covers(self, cast: Cast, lou: Worker) -> None:
        Grant.objects.filter(person_key__person=lou.person).delete()
        with pytest.raises(CannotDo, match="hold no key"):
            away(cast.ama, cast.ama, lou)

    def test_other_days_and_somebody_else(self, cast: Cast, lou: Worker) -> None:
        row = away(cast.ama, cast.ama, lou)
        with make.entering(cast.ama, Action.TODAY) as entered:
            told = Away(cast.ama.person, day(1), day(2), cast.ben.person)
            actions.change_days(entered, absence=row, away=told)
        found = Absence.objects.get()
        assert (found.since, found.until, found.cover) == (day(1), day(2), cast.ben.person)

    @pytest.mark.parametrize(("since", "left"), [(1, None), (0, None), (-3, -1)])
    def test_back_again(self, cast: Cast, lou: Worker, since: int, left: int | None) -> None:
        row = away(cast.ama, cast.ama, lou, since=since)
        with make.entering(cast.ama, Action.TODAY) as entered:
            actions.come_back(entered, absence=row)
        found = Absence.objects.first()
        assert (found.until if found else None) == (day(left) if left is not None else None)


class TestByItsDates:
    def covered(self, worker: Worker) -> list[str]:
        with make.entering(worker, Action.TODAY) as entered:
            return [one.absence.person.name for one in pages.cover_for(entered.visit).for_others]

    def test_whoever_covers_walks_along_from_the_first_day_to_the_last(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        away(cast.ama, cast.ama, peer, since=1, until=2)
        for passed, opens in ((0, False), (1, True), (2, True), (3, False)):
            with time_machine.travel(timezone.now() + timedelta(days=passed), tick=False):
                assert can_open(peer, cast.dee) is opens, passed
                assert bool(self.covered(peer)) is opens

    def test_the_desk_says_it_both_ways_and_counts_the_people(self, cast: Cast, lou: Worker) -> None:
        make.a_case(by=cast.ama, name="Fay")
        away(cast.ama, cast.ama, lou)
        with make.entering(lou, Action.TODAY) as entered:
            (one,) = pages.cover_for(entered.visit).for_others
            assert (one.absence.person, one.people) == (cast.ama.person, 2)
        with make.entering(cast.ama, Action.TODAY) as entered:
            mine = pages.cover_for(entered.visit).mine
            assert mine
            assert mine.cover == lou.person

    def test_somebody_who_left_is_covered_no_more(self, cast: Cast, lou: Worker) -> None:
        away(cast.ama, cast.ama, lou)
        with make.entering(cast.ben, Action.END_MEMBERSHIP, lists=True) as entered:
            actions.goodbye(entered, person=cast.ama.person, interims=actions.Interims())
        assert self.covered(lou) == []


def can_open(worker: Worker, case: Case) -> bool:
    assert not CareTeamMember.objects.filter(person=worker.person).exists()
    try:
        with make.opening(case, worker):
            return True
    except Refused:
        return False
