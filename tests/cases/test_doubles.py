"""Whether somebody who seems new is known already: shown to who may see them, and told to nobody else."""

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
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import doubles
from leeward.cases.actions.doubles import A_DAY, ASKED, remember_marks
from leeward.cases.models import CareTeamMember, Case, Doubt, Identity, Known, Wall, Way
from leeward.staff import keys
from leeward.staff.marks import mark_of
from tests import make
from tests.attack.house import Browser
from tests.cases.meet import NEW, hidden, met, people_shown, send, send_surely
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

SAID = "We will check whether a colleague knows them already, and a colleague tells you."


def like(one: str, other: str) -> bool:
    first, second = ([doubles.called(name) for name in doubles.names_in(names)] for names in (one, other))
    return doubles.likeness(first, second) >= doubles.ALIKE


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "known"),
        [
            ("Katherine", "Catherine"), ("Jhon", "John"), ("Ana", "Anna"), ("Steven", "Stephen"),
            ("Yasmin", "Jasmine"), ("Ngozi", "Gozi"), ("Xiomara", "Siomara"), ("Aisha", "Ayesha"),
            ("Geoffrey", "Jeffrey"), ("Maria", "María del Carmen López"), ("Lopez, Maria", "María López"),
            ("Moth", "Fay, Moth, Ramón"), ("MARIA", "maría"), ("Ｍａｒｉａ", "Maria"),
            ("Oksana", "Оксана"), ("Oxana", "Оксана"), ("Mohammed", "محمد"), ("Muhammad", "محمد"),
            ("Fatima", "فاطمة"), ("Layla", "ליילה"), ("Li Ming", "李明"), ("Kim Min-su", "김민수"),
            ("Sakura", "さくら"), ("Selam", "ሰላም"), ("Priya", "प्रिया"), ("Thi Nguyen", "Nguyễn Thị Mai"),
        ],
    )  # fmt: skip
    def test_the_same_name_spelled_otherwise_or_in_another_script(self, typed: str, known: str) -> None:
        assert like(typed, known)
        assert like(known, typed)

    @pytest.mark.parametrize(
        ("typed", "known"),
        [
            ("Dee", "Bee"), ("Willow", "Wilson"), ("Robin", "Ruby"), ("June", "Jane"), ("Ray", "Roy"),
            ("Tam", "Tom"), ("Amina", "Amara"), ("Li", "Lu"), ("Grace", "Greta"), ("Martin", "Martha"), ("D", "Dee"),
            ("", "Dee"), ("!?", "Dee"), ("Person 1 of 12 · Willow", "Person 2 of 12 · Heron"), ("محمد", "فاطمة"),
        ],
    )  # fmt: skip
    def test_other_names_are_other_people(self, typed: str, known: str) -> None:
        assert not like(typed, known)

    @given(st.text(max_size=80), st.text(max_size=200))
    def test_whatever_is_typed_can_be_compared(self, typed: str, known: str) -> None:
        score = doubles.likeness(
            map(doubles.called, doubles.names_in(typed)), map(doubles.called, doubles.names_in(known))
        )
        assert 0 <= score <= 1

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("555 010 7788", "+1 (555) 010-7788", True), ("0107788", "5550107788", True),
            ("٥٥٥٠١٠٧٧٨٨", "5550107788", True), ("555 010 7789", "555 010 7788", False),
            ("12345", "12345", False), ("moth5550107788", "5550107788", False), ("", "", False),
        ],
    )  # fmt: skip
    def test_numbers_that_ring_the_same_telephone(self, one: str, other: str, *, same: bool) -> None:
        assert doubles.same_number(doubles.digits(one), doubles.digits(other)) is same


def a_number(case: Case, by: Worker, value: str = "+1 555 010 7788") -> None:
    """A way to reach somebody, with the marks that its page makes."""
    with make.opening(case, by, Action.SEE_CASE) as file:
        Way.objects.create(case=case, about={"kind": "phone", "value": value})
        remember_marks(file)


class TestPerhaps:
    @pytest.mark.parametrize("name", ["Dee", "dee", "Deedee", "Ди"])
    def test_somebody_of_ones_own_is_shown_before_anything_is_made(self, cast: Cast, name: str) -> None:
        answer = send(Browser(cast.ama), name=name, note="At the station.")
        assert answer.status_code == 422
        assert people_shown(answer) == ["Dee"]
        assert "At the station." in answer.content.decode()
        assert Case.objects.count() == 1

    def test_by_an_alias(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Fay", aliases="Moth, Ramón")
        assert people_shown(send(Browser(cast.ama), name="Ramon")) == ["Fay"]
        assert people_shown(send(Browser(cast.ama), name="Zoe", aliases="moth")) == ["Fay"]

    def test_by_a_number_whatever_the_name(self, cast: Cast) -> None:
        a_number(cast.dee, cast.ama)
        answer = send(Browser(cast.ama), name="Zoe", number="(555) 010-7788")
        assert people_shown(answer) == ["Dee"]
        assert "the same number" in answer.content.decode()

    def test_somebody_whose_file_is_closed_may_be_coming_back(self, cast: Cast) -> None:
        Case.objects.update(is_open=False)
        answer = send(Browser(cast.ama), name="Dee")
        assert people_shown(answer) == ["Dee"]
        assert "coming back" in answer.content.decode()

    def test_no_somebody_new_goes_on_with_everything_typed(self, cast: Cast) -> None:
        case = met(send_surely(Browser(cast.ama), name="Dee", pronouns="they", note="At the station."))
        assert case != cast.dee

    def test_with_another_name_it_looks_again(self, cast: Cast) -> None:
        """Sure about one name is not sure about the next one typed over it."""
        browser = Browser(cast.ama)
        sure = re.search(r'name="sure" value="(\w+)"', send(browser, name="Zoe Dee").content.decode())
        assert sure
        assert people_shown(send(browser, name="Dee", sure=sure[1])) == ["Dee"]

    def test_the_line_holds_who_was_shown_and_never_what_was_typed(self, cast: Cast) -> None:
        send(Browser(cast.ama), name="Dee")
        line = Line.objects.latest("seq")
        assert (line.action, line.things, line.note) == ("people:see", [str(cast.dee.pk)], "looked-through")

    def test_at_most_a_handful_the_likest_first(self, cast: Cast) -> None:
        for number in range(9):
            make.a_case(by=cast.ama, name=f"Dee {number}")
        shown = people_shown(send(Browser(cast.ama), name="Dee"))
        assert shown[0] == "Dee"
        assert len(shown) == 6

    def test_a_damaged_card_keeps_nobody_from_being_met(self, cast: Cast) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT card FROM cases_participant")
            spoilt = bytearray(bytes(cursor.fetchone()[0]))
            spoilt[len(spoilt) // 2] ^= 1
            cursor.execute("UPDATE cases_participant SET card = %s", [bytes(spoilt)])
        assert send(Browser(cast.ama), name="Dee").status_code == 302


def hide_by_team(cast: Cast) -> Case:
    case = make.a_case(by=cast.cyd, name="Gia")
    a_number(case, cast.cyd)
    return case


def of_ben(cast: Cast) -> Case:
    case = make.a_case(by=cast.ben, name="Gia")
    a_number(case, cast.ben)
    return case


def hide_by_wall(cast: Cast) -> Case:
    case = of_ben(cast)
    Wall.objects.create(case=case, person=cast.ama.person)
    return case


def hide_by_team_wall(cast: Cast) -> Case:
    case = of_ben(cast)
    Wall.objects.create(case=case, team=cast.harbor)
    return case


def hide_by_restriction(cast: Cast) -> Case:
    case = of_ben(cast)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    return case


HIDDEN = [hide_by_team, hide_by_wall, hide_by_team_wall, hide_by_restriction]


def plain(answer: Any) -> str:
    """A page without what is random on it."""
    return re.sub(r"\w{64}|[0-9a-f-]{36}", "", answer.content.decode())


class TestWhoIsNotShown:
    """People of other teams, behind a wall, or restricted: the answer is the same as if they were not there."""

    @pytest.mark.parametrize("hide", HIDDEN)
    def test_neither_by_name_nor_by_number(self, cast: Cast, hide: Any) -> None:
        hide(cast)
        browser = Browser(cast.ama)
        there = send(browser, name="Gia", number="555 010 7788")
        assert there.status_code == 302
        assert send(browser, name="Dee").status_code == 422
        assert people_shown(send(browser, name="Dee")) == ["Dee"]

    @pytest.mark.parametrize("hide", HIDDEN)
    def test_the_page_and_the_work_behind_it_are_the_same(self, cast: Cast, hide: Any) -> None:
        browser = Browser(cast.ama)
        browser.get(NEW)

        def asked() -> tuple[int, str, list[str]]:
            with CaptureQueriesContext(connection) as queries:
                answer = send(browser, name="", note="Gia")
                other = send(browser, name="Dee Gia")
            return len(queries), plain(answer), people_shown(other)

        before = asked()
        hide(cast)
        assert asked() == before

    def test_a_peer_sees_only_those_whom_they_walk_with(self, cast: Cast) -> None:
        outreach = cast.somebody(Role.OUTREACH_WORKER)
        assert send(Browser(outreach), name="Dee").status_code == 302
        CareTeamMember.objects.create(case=cast.dee, person=outreach.person)
        assert "Dee" in people_shown(send(Browser(outreach), name="Dee"))

    def test_one_that_became_part_of_another_is_found_there(self, cast: Cast) -> None:
        other = make.a_case(by=cast.ama, name="Gia")
        Case.objects.filter(pk=other.pk).update(joined_to=cast.dee)
        assert send(Browser(cast.ama), name="Gia").status_code == 302


LAW = {"legal_name": "Maria Solis", "born_on": "2001-02-03"}


def in_law(case: Case, by: Worker, **words: str) -> None:
    with make.opening(case, by, Action.IDENTITY) as file:
        Identity.objects.create(case=case, words={**LAW, **words})
        remember_marks(file)


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
