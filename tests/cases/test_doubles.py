"""Whether somebody who seems new is known already: shown to who may see them, and to nobody else."""

# ruff: noqa: ANN401 - answers are whatever Django makes

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.models import Line
from leeward.access.policy import Role
from leeward.cases import doubles
from leeward.cases.models import CareTeamMember, Case
from tests import make
from tests.attack.house import Browser
from tests.cases.known import HIDDEN, a_number
from tests.cases.meet import NEW, met, people_shown, send, send_surely
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


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
