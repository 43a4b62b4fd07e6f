"""Somebody known to another team: the searcher hears one sentence, and a supervisor hears who asked."""

# ruff: noqa: ANN401 - answers are whatever Django makes

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions.doubles import A_DAY, ASKED, remember_marks
from leeward.cases.models import Case, Doubt, Identity, Known, Wall, Way
from leeward.staff import keys
from leeward.staff.marks import mark_of
from tests import make
from tests.attack.house import Browser
from tests.cases.known import HIDDEN, LAW, a_number, hide_by_team, in_law
from tests.cases.meet import NEW, hidden, met, send
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


SAID = "We will check whether a colleague knows them already, and a colleague tells you."


class TestMarks:
    """Marks of two exact facts, sealed to everybody's key, that only this installation can make."""

    def marks(self, case: Case, by: Worker) -> list[str]:
        with make.entering(by, Action.TODAY):
            return list(Known.objects.get(case=case).marks)

    def test_they_tell_nothing(self, cast: Cast) -> None:
        a_number(cast.dee, cast.ama)
        raw = str(Known.objects.values().get())
        marks = self.marks(cast.dee, cast.ama)
        assert len(marks) == 1
        assert re.fullmatch(r"n:[0-9a-f]{32}", marks[0])
        assert marks[0] not in raw
        assert "0107788" not in f"{raw}{marks}"

    def test_another_agency_makes_others_of_the_same_facts(self, cast: Cast) -> None:
        agency = keys.agency().pk
        assert mark_of(agency, "x") == mark_of(agency, "x") != mark_of(cast.harbor.pk, "x")

    def test_a_number_alone_or_a_name_alone_has_no_mark(self, cast: Cast) -> None:
        assert not Known.objects.exists()
        with make.opening(cast.dee, cast.ama) as file:
            remember_marks(file)
        assert not Known.objects.exists()
        a_number(cast.dee, cast.ama, value="not a number")
        assert not Known.objects.exists()

    def test_what_stays_shut_keeps_its_marks(self, cast: Cast) -> None:
        """Who changes the number does not open the name in law, and the other way round."""
        in_law(cast.dee, cast.ama)
        born = self.marks(cast.dee, cast.ama)
        assert [mark[0] for mark in born] == ["b"]
        with make.opening(cast.dee, cast.ama, Action.CHANGE_REACH) as file:
            Way.objects.create(case=cast.dee, about={"value": "5550107788"})
            remember_marks(file)
        assert {mark[0] for mark in self.marks(cast.dee, cast.ama)} == {"b", "n"}
        with make.opening(cast.dee, cast.ama, Action.IDENTITY) as file:
            Identity.objects.all().delete()
            remember_marks(file)
        assert {mark[0] for mark in self.marks(cast.dee, cast.ama)} == {"n"}

    def test_who_waits_for_everybodys_key_changes_nothing(self, cast: Cast) -> None:
        from leeward.staff.models import Grant  # noqa: PLC0415

        Grant.objects.filter(person_key__person=cast.ama.person, team_key__team__everyone=True).delete()
        with make.opening(cast.dee, cast.ama) as file:
            Way.objects.create(case=cast.dee, about={"value": "5550107788"})
            remember_marks(file)
        assert not Known.objects.exists()
        assert send(Browser(cast.ama), name="Zoe", number="5550107700").status_code == 302


def doubts() -> list[tuple[Any, Any]]:
    return list(Doubt.objects.values_list("case", "asked_by"))


class TestTwoExactFacts:
    @pytest.mark.parametrize("hide", HIDDEN)
    def test_the_searcher_hears_one_sentence_and_the_supervisor_of_the_file_hears_who(
        self, cast: Cast, hide: Any
    ) -> None:
        case = hide(cast)
        browser = Browser(cast.ama)
        new = met(send(browser, name="Gia", number="555-010-7788"))
        page = browser.get(f"/people/{new.pk}/").content.decode()
        assert SAID in page
        assert str(case.pk) not in page
        assert doubts() == [(case.pk, cast.ama.person.pk)]

    def test_by_name_in_law_and_birth_date(self, cast: Cast) -> None:
        gia = hide_by_team(cast)
        in_law(gia, cast.cyd)
        met(send(Browser(cast.ama), name="Willow", legal_name="María Solís", born_on="2001-02-03"))
        assert doubts() == [(gia.pk, cast.ama.person.pk)]

    @pytest.mark.parametrize(
        "told",
        [
            {"name": "Gia"}, {"name": "Zoe", "number": "5550107788"}, {"name": "Gia", "number": "5550107789"},
            {"name": "Giaa", "number": "5550107788"}, {"name": "Zoe", "legal_name": "Maria Solis"},
            {"name": "Zoe", "born_on": "2001-02-03"}, {"name": "Zoe", **LAW, "born_on": "2001-02-04"},
        ],
    )  # fmt: skip
    def test_one_fact_or_almost_two_tell_nobody_anything(self, cast: Cast, told: dict[str, str]) -> None:
        gia = hide_by_team(cast)
        in_law(gia, cast.cyd)
        assert send(Browser(cast.ama), **told).status_code == 302
        assert doubts() == []

    def test_two_clicks_ask_once(self, cast: Cast) -> None:
        hide_by_team(cast)
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(NEW)), "name": "Gia", "number": "5550107788"}
        assert [browser.post(NEW, sent).status_code for _ in range(2)] == [302, 302]
        assert len(doubts()) == 1
        assert Line.objects.filter(note=ASKED).count() == 1

    def test_the_asking_is_written_down_without_whom_it_found(self, cast: Cast) -> None:
        hide_by_team(cast)
        send(Browser(cast.ama), name="Gia", number="5550107788")
        line = Line.objects.get(note=ASKED)
        assert (line.actor, line.things, line.outcome) == (cast.ama.person.pk, [], "done")


class TestLookingForSomebody:
    """Somebody on the staff tries to find out whether a person is known to another team."""

    def answers(self, worker: Worker, told: Iterable[dict[str, str]]) -> list[tuple[int, str]]:
        browser, found = Browser(worker), []
        for one in told:
            answer = send(browser, **one)
            after = browser.get(answer["Location"]) if answer.status_code == 302 else answer
            found.append((answer.status_code, "SAID" if SAID in after.content.decode() else ""))
        return found

    def test_what_they_hear_is_the_same_whoever_is_known(self, cast: Cast) -> None:
        hide_by_team(cast)
        known, unknown = self.answers(
            cast.ama,
            [{"name": "Gia", "number": "5550107788"}, {"name": "Zoe", "number": "5550107700"}],
        )
        assert known == unknown == (302, "SAID")

    def test_and_so_is_the_work_behind_it(self, cast: Cast) -> None:
        """Told by the number of questions to the database: one row more is written, in the same go."""
        hide_by_team(cast)
        browser, counts = Browser(cast.ama), []
        for name, number in (("Gia", "5550107788"), ("Zoe", "5550107700")):
            sent = {**hidden(browser.get(NEW)), "name": name, "number": number}
            with CaptureQueriesContext(connection) as queries:
                assert browser.post(NEW, sent).status_code == 302
            counts.append(len([one for one in queries if 'INSERT INTO "cases_doubt' not in one["sql"]]))
        assert counts[0] == counts[1]

    def test_after_ten_a_day_it_is_not_checked_any_more_whether_found_or_not(self, cast: Cast) -> None:
        hide_by_team(cast)
        told = [
            {"name": f"Zoe{n}{'abcdefghijklmn'[n] * 5}", "number": f"55501077{n:02}"} for n in range(A_DAY)
        ]
        assert {status for status, _ in self.answers(cast.ama, told)} == {302}
        answer = send(Browser(cast.ama), name="Gia", number="5550107788")
        assert answer.status_code == 422
        assert "asked this many times today" in answer.content.decode()
        assert doubts() == []
        assert Case.objects.count() == 2 + A_DAY
        assert send(Browser(cast.ama), name="Gia").status_code == 302

    def test_the_next_day_it_is(self, cast: Cast) -> None:
        for n in range(A_DAY):
            send(Browser(cast.ama), name=f"{'abcdefghijklmn'[n] * 5}{n}", number=f"55501077{n:02}")
        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
            assert send(Browser(cast.ama), name="Willow", number="5550108899").status_code == 302

    def test_one_persons_asking_keeps_nobody_else_from_it(self, cast: Cast) -> None:
        for n in range(A_DAY + 1):
            send(Browser(cast.ama), name=f"{'abcdefghijklmn'[n] * 5}{n}", number=f"55501077{n:02}")
        assert send(Browser(cast.ben), name="Willow", number="5550108899").status_code == 302

    def test_no_number_of_a_file_is_ever_named(self, cast: Cast) -> None:
        hide_by_team(cast)
        before = Line.objects.latest("seq").seq
        new = met(send(Browser(cast.ama), name="Gia", number="5550107788"))
        named = {thing for line in Line.objects.filter(seq__gt=before) for thing in line.things}
        assert named == {str(new.pk)}


class TestSupervisors:
    def ask(self, cast: Cast) -> Case:
        gia = hide_by_team(cast)
        met(send(Browser(cast.ama), name="Gia", number="5550107788"))
        return gia

    def test_sue_sees_whose_file_and_which_colleague(self, cast: Cast) -> None:
        gia = self.ask(cast)
        page = Browser(cast.sue).get("/people/doubts/").content.decode()
        assert "<bdi>Gia</bdi>" in page
        assert "Ama asked" in page
        assert Line.objects.latest("seq").things == [str(gia.pk)]

    def test_ben_who_supervises_the_team_that_asked_sees_nothing(self, cast: Cast) -> None:
        self.ask(cast)
        page = Browser(cast.ben).get("/people/doubts/").content.decode()
        assert "Gia" not in page
        assert "Nobody is waiting" in page

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
    def test_nobody_else_finds_the_page(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role, elsewhere=True)).get("/people/doubts/").status_code == 404

    def test_looked_into_is_gone(self, cast: Cast) -> None:
        self.ask(cast)
        sue = Browser(cast.sue)
        number = str(Doubt.objects.get().pk)
        assert sue.post("/people/doubts/", {"doubt": number}).status_code == 302
        assert Doubt.objects.get().answered
        assert "Nobody is waiting" in sue.get("/people/doubts/").content.decode()

    @pytest.mark.parametrize("doubt", ["", "x", "00000000-0000-0000-0000-000000000000"])
    def test_a_number_that_is_none_changes_nothing(self, cast: Cast, doubt: str) -> None:
        self.ask(cast)
        assert Browser(cast.sue).post("/people/doubts/", {"doubt": doubt}).status_code < 500
        assert not Doubt.objects.get().answered

    def test_another_supervisor_cannot_put_it_away(self, cast: Cast) -> None:
        self.ask(cast)
        Browser(cast.ben).post("/people/doubts/", {"doubt": str(Doubt.objects.get().pk)})
        assert not Doubt.objects.get().answered

    def test_a_wall_before_the_supervisor_hides_it_from_them_too(self, cast: Cast) -> None:
        gia = self.ask(cast)
        Wall.objects.create(case=gia, person=cast.sue.person)
        assert "Gia" not in Browser(cast.sue).get("/people/doubts/").content.decode()

    def test_no_more_queries_for_more_of_them(self, cast: Cast) -> None:
        gia = self.ask(cast)

        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                Browser(cast.sue).get("/people/doubts/")
            return len(asked)

        few = queries()
        for _ in range(6):
            Doubt.objects.create(case=gia, asked_by=cast.somebody(Role.CASE_MANAGER).person)
        assert queries() == few
