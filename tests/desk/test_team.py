"""A team as its supervisor looks after it: numbers that open exactly their people, gaps, and nothing ranked."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Doubt
from leeward.continuity.actions import keep_conference
from leeward.continuity.models import HandOver
from leeward.desk.pages import people
from leeward.desk.pages import team as pages
from leeward.desk.pages.asked import Asked
from leeward.staff.models import Absence, Membership
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import booked, text
from tests.make import Worker

pytestmark = pytest.mark.django_db


def team(worker: Worker) -> dict[str, Any]:
    with make.entering(worker, Action.LOOK_AFTER, lists=True) as entered:
        return pages.team(entered)


def listed(worker: Worker, url: str) -> set[str]:
    """Whom an address of the list of people opens."""
    with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
        asked = Asked.read(QueryDict(url.partition("?")[2]).dict())
        return {line.name for line in people.people(entered, asked)["lines"]}


def away(worker: Worker, cover: Worker | None = None) -> None:
    today = timezone.localdate()
    Absence.objects.create(
        person=worker.person,
        since=today,
        until=today + timedelta(days=2),
        cover=cover.person if cover else None,
    )


class TestWhoWalksWithWhom:
    def test_each_number_opens_exactly_the_people_it_counts(self, cast: Cast) -> None:
        for number in range(3):
            make.a_case(by=cast.ben, name=f"Ben’s {number}")
        Case.objects.filter(pk=make.a_case(by=cast.ben, name="Gone").pk).update(is_open=False)
        colleagues = {one.name: one for one in team(cast.ben)["teams"][0].colleagues}
        assert {name: one.people for name, one in colleagues.items()} == {"Ama": 1, "Ben": 3}
        assert listed(cast.ben, colleagues["Ama"].url) == {"Dee"}
        assert listed(cast.ben, colleagues["Ben"].url) == {"Ben’s 0", "Ben’s 1", "Ben’s 2"}

    def test_names_stand_in_the_order_of_the_alphabet_whoever_walks_with_most(self, cast: Cast) -> None:
        for name in ("Zoe", "Kai"):
            make.a_case(by=make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name=name), name=name)
        names = [one.name for one in team(cast.ben)["teams"][0].colleagues]
        assert names == sorted(names) == ["Ama", "Ben", "Kai", "Zoe"]

    def test_who_is_in_two_teams_is_counted_in_each_by_its_own_people(self, cast: Cast) -> None:
        Membership.objects.create(person=cast.ama.person, team=cast.garden, role=Role.CASE_MANAGER)
        there = make.a_case(by=cast.cyd, name="There")
        Case.objects.filter(pk=there.pk).update(primary=cast.ama.person)
        counted = {one.name: (one.people, one.url) for one in team(cast.sue)["teams"][0].colleagues}
        assert counted["Ama"][0] == 1
        assert listed(cast.sue, counted["Ama"][1]) == {"There"}
        assert {one.name: one.people for one in team(cast.ben)["teams"][0].colleagues}["Ama"] == 1

    def test_another_teams_people_are_nowhere(self, cast: Cast) -> None:
        assert {one.name for one in team(cast.sue)["teams"][0].colleagues} == {"Cyd", "Sue"}

    @pytest.mark.usefixtures("pages")
    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_nobody_else_sees_this_page(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).get(reverse("desk:team")).status_code == 404


class TestGaps:
    def gaps(self, worker: Worker) -> dict[str, tuple[int, set[str]]]:
        found = team(worker)["teams"][0].gaps
        return {gap.code: (gap.people, listed(worker, gap.url)) for gap in found}

    def test_who_has_no_backup(self, cast: Cast) -> None:
        backed = make.a_case(by=cast.ama, name="Fay")
        Case.objects.filter(pk=backed.pk).update(backup=cast.ben.person)
        assert self.gaps(cast.ben) == {"nobackup": (1, {"Dee"})}

    def test_whose_worker_is_away_while_nobody_covers(self, cast: Cast) -> None:
        away(cast.ama)
        assert self.gaps(cast.ben)["uncovered"] == (1, {"Dee"})

    def test_cover_or_a_backup_fills_it(self, cast: Cast) -> None:
        away(cast.ama, cast.ben)
        assert "uncovered" not in self.gaps(cast.ben)
        Absence.objects.update(cover=None)
        Case.objects.update(backup=cast.ben.person)
        assert self.gaps(cast.ben) == {}

    def test_whose_worker_has_no_role_here_any_more(self, cast: Cast) -> None:
        Membership.objects.filter(person=cast.ama.person).delete()
        assert self.gaps(cast.ben)["noworker"] == (1, {"Dee"})

    def test_who_is_away_is_told_with_who_covers(self, cast: Cast) -> None:
        away(cast.ama, cast.ben)
        absence = next(one.away for one in team(cast.ben)["teams"][0].colleagues if one.name == "Ama")
        assert (absence.person, absence.cover) == (cast.ama.person, cast.ben.person)


class TestWhatWaits:
    def test_hand_overs_on_the_way_by_name_and_offers_without_one(self, cast: Cast) -> None:
        HandOver.objects.create(case=cast.dee, giver=cast.ama.person, taker=cast.ben.person)
        theirs = make.a_case(by=cast.cyd, name="Theirs")
        HandOver.objects.create(case=theirs, giver=cast.cyd.person, team_to=cast.harbor)
        page = team(cast.ben)
        assert [one.case for one in page["hand_overs"]] == [cast.dee]
        assert page["offers"] == 1
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    def test_doubts_of_these_teams_only(self, cast: Cast) -> None:
        Doubt.objects.create(case=cast.dee, asked_by=cast.ama.person)
        assert (team(cast.ben)["doubts"], team(cast.sue)["doubts"]) == (1, 0)

    def test_colleagues_without_keys(self, cast: Cast) -> None:
        waiting = make.a_person(Role.VOLUNTEER, cast.harbor)
        assert team(cast.ben)["keyless"] == [waiting.person]
        assert team(cast.sue)["keyless"] == []

    @pytest.mark.usefixtures("pages")
    def test_where_nothing_waits_it_says_so(self, cast: Cast) -> None:
        page = text(Browser(cast.ben).get(reverse("desk:team")))
        assert "Nothing waits for you just now." in page


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def fill(many: int) -> None:
        for number in range(many):
            worker = make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben)
            case = make.a_case(by=worker, name=f"Somebody {number}")
            HandOver.objects.create(case=case, giver=worker.person, taker=cast.ben.person)
            away(worker)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            team(cast.ben)
        return len(asked)

    fill(1)
    few = count()
    fill(9)
    assert count() == few


def conference(case: Case, by: Worker, in_days: int) -> None:
    """One that is planned, or took place, so many days from now."""
    day = timezone.localdate() + timedelta(days=in_days)
    facts = {"day": day.isoformat(), "agenda": "Where she wants to live."}
    with make.opening(case, by, Action.WRITE_ENTRY) as file:
        keep_conference(file, row_id=uuid4(), facts=facts, version=0)


class TestConferences:
    def due(self, worker: Worker) -> dict[str, tuple[int, set[str]]]:
        found = team(worker)["teams"][0].conferring
        return {one.code: (one.people, listed(worker, one.url)) for one in found}

    def test_one_that_is_planned_soon_counts_and_opens_exactly_its_people(self, cast: Cast) -> None:
        for name, days in (("Fay", 14), ("Gil", 15), ("Hal", 0), ("Ina", -1)):
            conference(make.a_case(by=cast.ama, name=name), cast.ama, days)
        assert self.due(cast.ben) == {"meeting": (2, {"Fay", "Hal"})}

    def test_long_since_the_last_while_none_is_planned(self, cast: Cast) -> None:
        for name, days in (("Fay", [-92]), ("Gil", [-91]), ("Hal", [-200, -10]), ("Ina", [-200, 60])):
            case = make.a_case(by=cast.ama, name=name)
            for day in days:
                conference(case, cast.ama, day)
        assert self.due(cast.ben) == {"longago": (1, {"Fay"})}

    def test_whoever_never_had_one_is_not_counted(self, cast: Cast) -> None:
        assert self.due(cast.ben) == {}

    def test_one_without_a_day_or_in_a_closed_file_is_none(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            keep_conference(file, row_id=uuid4(), facts={"agenda": "School."}, version=0)
        closed = make.a_case(by=cast.ama, name="Fay")
        conference(closed, cast.ama, 3)
        Case.objects.filter(pk=closed.pk).update(is_open=False)
        assert self.due(cast.ben) == {}

    def test_another_appointment_is_no_conference(self, cast: Cast) -> None:
        conference(cast.dee, cast.ama, -30)
        booked(cast.dee, cast.ama, day=timezone.localdate() + timedelta(days=3))
        assert self.due(cast.ben) == {}

    def test_whoever_does_not_look_after_a_team_is_told_nothing_by_the_address(self, cast: Cast) -> None:
        conference(cast.dee, cast.ama, 3)
        url = reverse("desk:people") + Asked(who="all", show="meeting").query()
        assert listed(cast.ben, url) == {"Dee"}
        assert listed(cast.somebody(Role.FRONT_DESK), url) == set()

    @pytest.mark.usefixtures("pages")
    def test_the_page_says_it_in_words_and_names_no_colleague(self, cast: Cast) -> None:
        conference(cast.dee, cast.ama, 3)
        page = text(Browser(cast.ben).get(reverse("desk:team")))
        part = page.partition(">Conferences<")[2].partition("</section>")[0]
        assert "with a conference in the next two weeks" in part
        assert "Ama" not in part

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as asked:
                team(cast.ben)
            return len(asked)

        conference(cast.dee, cast.ama, 3)
        few = count()
        for number in range(6):
            case = make.a_case(by=cast.ama, name=f"Somebody {number}")
            conference(case, cast.ama, number)
            conference(case, cast.ama, -100)
        assert count() == few
