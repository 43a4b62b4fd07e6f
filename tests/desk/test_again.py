"""What a supervisor looks at again: numbers that open exactly their people or reports, in words that blame nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Wall
from leeward.continuity import actions as continuity
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.safety import actions as safety
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import text
from tests.desk.test_team import listed, team
from tests.make import Worker
from tests.safety.conftest import our_ways, wish

pytestmark = pytest.mark.django_db


def report(case: Case, by: Worker, hours: int = 0, **words: str) -> None:
    learned = (timezone.now() - timedelta(hours=hours)).isoformat() if hours else ""
    with make.entering(by, Action.TODAY, lists=True) as entered:
        file = entered.open(Case.objects.with_people().get(pk=case.pk), Action.DUTY)
        told = {"kind": "mandated", "learned_at": learned, "said": "What I saw", **words}
        safety.write_report(entered, report_id=uuid4(), words=told, file=file)  # type: ignore[arg-type]


class TestToLookAtAgain:
    def again(self, worker: Worker) -> dict[str, tuple[int, set[str]]]:
        found = team(worker)["teams"][0].again
        return {one.code: (one.people, listed(worker, one.url)) for one in found}

    def ended(self, case: Case, by: Worker, **words: str) -> None:
        with make.opening(case, by, Action.CRISIS) as file:
            begun = safety.begin_crisis(file, crisis_id=uuid4())
            safety.end_crisis(file, crisis=begun, words=words, version=0)  # type: ignore[arg-type]

    def test_a_crisis_that_ended_without_the_talk_after(self, cast: Cast) -> None:
        talked = make.a_case(by=cast.ama, name="Fay")
        self.ended(cast.dee, cast.ama)
        self.ended(talked, cast.ama, account="Loud.")
        # The days to look in were kept; only the talk was not.
        for case in (cast.dee, talked):
            with make.opening(case, cast.ama, Action.CRISIS) as file:
                days.looked_into(file, "look_in_24", "look_in_72")
        assert self.again(cast.ben) == {}
        with time_machine.travel(timezone.now() + timedelta(days=11)):
            assert self.again(cast.ben) == {"lookin": (1, {"Dee"})}

    def test_wishes_that_nobody_read_for_half_a_year(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        make.a_case(by=cast.ama, name="Fay")
        for days_later, found in ((185, {}), (192, {"lookin": (1, {"Dee"})})):
            with time_machine.travel(timezone.now() + timedelta(days=days_later)):
                assert self.again(cast.ben) == found

    def test_what_was_looked_into_is_not(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.done(file, Due.objects.get())
        with time_machine.travel(timezone.now() + timedelta(days=400)):
            assert self.again(cast.ben) == {}

    def test_whose_worker_stepped_in_for_now_until_it_is_agreed(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Fay")
        Case.objects.filter(pk=cast.dee.pk).update(primary=cast.ben.person)
        row = HandOver.objects.create(
            case=cast.dee, giver=cast.ama.person, taker=cast.ben.person, state=HandOver.DONE, for_now=True
        )
        assert self.again(cast.ben) == {"fornow": (1, {"Dee"})}
        with make.opening(cast.dee, cast.ben, Action.HAND_OVER) as file:
            continuity.stay(file)
        assert self.again(cast.ben) == {}
        HandOver.objects.filter(pk=row.pk).update(for_now=True)
        again = {"giver": cast.ama.person, "taker": cast.ben.person, "state": HandOver.DONE, "number": 3}
        HandOver.objects.create(case=cast.dee, **again)
        assert self.again(cast.ben) == {}

    def test_another_team_hears_nothing(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        with time_machine.travel(timezone.now() + timedelta(days=400)):
            assert self.again(cast.sue) == {}

    @pytest.mark.usefixtures("pages")
    def test_it_is_said_in_words(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        with time_machine.travel(timezone.now() + timedelta(days=200)):
            page = text(Browser(cast.ben).get(reverse("desk:team")))
            assert "with a day to look in again that passed a week ago" in page
            listed_there = text(Browser(cast.ben).get("/people/?who=all&show=lookin"))
        assert "Read their crisis wishes together again" in listed_there


@pytest.mark.usefixtures("pages")
class TestReports:
    def rows(self, worker: Worker) -> dict[str, int]:
        page = text(Browser(worker).get("/team/reports/"))
        parts = {
            part: page.partition(f'<h2 id="{part}">')[2].partition("</section>")[0]
            for part in ("past", "open")
        }
        return {part: found.count('<li class="row">') for part, found in parts.items()}

    def numbers(self, worker: Worker) -> dict[str, int]:
        shown = team(worker)
        return {"past": shown["past_reports"], "open": shown["open_reports"]}

    def test_each_number_opens_exactly_its_reports(self, cast: Cast) -> None:
        our_ways(cast.ben, report_hours=24)
        fay = make.a_case(by=cast.ama, name="Fay")
        for case, hours in ((cast.dee, 30), (fay, 2), (fay, 0), (cast.dee, 50)):
            report(case, cast.ama, hours)
        report(fay, cast.ama, 40, made_at=timezone.now().isoformat())
        report(fay, cast.ama, 40, reference="R-1")
        assert self.numbers(cast.ben) == self.rows(cast.ben) == {"past": 2, "open": 3}
        page = text(Browser(cast.ben).get(reverse("desk:team")))
        assert "<strong>2 reports</strong> for which our own hours went by" in page
        assert "<strong>3 reports</strong> are open" in page

    def test_it_says_the_hours_and_blames_nobody(self, cast: Cast) -> None:
        our_ways(cast.ben, report_hours=24)
        report(cast.dee, cast.ama, 30)
        page = text(Browser(cast.ben).get("/team/reports/"))
        assert "A report made now still counts and still helps." in page
        assert "What I saw" not in page
        assert not [word for word in ("overdue", "too late", "failed", "missed") if word in page.lower()]

    def test_without_hours_of_the_agencys_none_went_by(self, cast: Cast) -> None:
        report(cast.dee, cast.ama, 90)
        assert self.numbers(cast.ben) == self.rows(cast.ben) == {"past": 0, "open": 1}

    def test_what_is_kept_alone_another_teams_and_behind_a_wall_is_not_there(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.TODAY) as entered:
            safety.write_report(entered, report_id=uuid4(), words={"kind": "mandated"})
        report(make.a_case(by=cast.cyd, name="Theirs"), cast.cyd)
        report(cast.dee, cast.ama)
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        assert self.numbers(cast.ben) == self.rows(cast.ben) == {"past": 0, "open": 0}
        assert "None is open just now." in text(Browser(cast.ben).get("/team/reports/"))

    def test_one_line_says_whose_reports_were_looked_at(self, cast: Cast) -> None:
        report(cast.dee, cast.ama)
        before = Line.objects.count()
        Browser(cast.ben).get("/team/reports/")
        assert Line.objects.count() == before + 1
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_nobody_else_sees_this_list(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).get("/team/reports/").status_code == 404


@pytest.mark.usefixtures("pages")
def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    our_ways(cast.ben, report_hours=24)
    counts = list[tuple[int, int]]()
    for number in (1, 6):
        for _ in range(number):
            case = make.a_case(by=cast.ama, name=f"Somebody {uuid4().hex[:6]}")
            wish(case, cast.ama)
            report(case, cast.ama, 30)
            report(case, cast.ama, 2)
        browser = Browser(cast.ben)
        browser.get("/month/")
        counts.append((count(browser, "/team/"), count(browser, "/team/reports/")))
    assert counts[0] == counts[1]


def count(browser: Browser, place: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(place).status_code == 200
    return len(asked)
