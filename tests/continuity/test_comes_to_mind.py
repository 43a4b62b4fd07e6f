"""Wherever a colleague is chosen, it says who comes to mind by the participant's wishes, with reasons (C1, H2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Wall
from leeward.cases.pages.wishes import comes_to_mind
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import answers
from tests.cases.test_wishes import says_about_herself
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

SPEAKS = "speaks Tigrinya, as wished"


@pytest.fixture
def linh(cast: Cast) -> Worker:
    """A colleague who speaks what Dee speaks, and Dee wishes for that."""
    linh = make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name="Linh")
    says_about_herself(linh, languages=["Tigrinya"])
    wish(cast.dee, cast.ama)
    return linh


def wish(case: Case, by: Worker) -> None:
    answers(by, "profile_change", case, languages="Tigrinya")
    answers(by, "wishes", case, worker_wishes=["language"], version=1)


def text(worker: Worker, url: str) -> str:
    answer = Browser(worker).get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def places(cast: Cast) -> dict[str, tuple[Worker, str]]:
    """The pages on which a colleague is chosen, and who chooses."""
    return {
        "hand over": (cast.ama, f"/walking/{cast.dee.pk}/hand-over/"),
        "walk along": (cast.ben, f"/walking/{cast.dee.pk}/"),
        "come back": (cast.ama, f"/walking/{cast.dee.pk}/reopen/"),
        "leave": (cast.ben, f"/walking/goodbye/{cast.ama.person.pk}/"),
    }


@pytest.mark.parametrize("place", ["hand over", "walk along", "come back", "leave"])
class TestBesideTheChoice:
    def shown(self, cast: Cast, place: str) -> str:
        if place == "come back":
            Case.objects.filter(pk=cast.dee.pk).update(is_open=False)
        return text(*places(cast)[place])

    @pytest.mark.usefixtures("linh")
    def test_it_stands_with_its_reason_and_chooses_nobody(self, cast: Cast, place: str) -> None:
        page = self.shown(cast, place)
        assert SPEAKS in page
        assert "Linh" in page.partition(SPEAKS)[0][-80:]
        assert "selected>Linh" not in page

    def test_without_a_wish_nothing_is_said(self, cast: Cast, place: str) -> None:
        linh = make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name="Linh")
        says_about_herself(linh, languages=["Tigrinya"])
        answers(cast.ama, "profile_change", cast.dee, languages="Tigrinya")
        page = self.shown(cast, place)
        assert "as wished" not in page
        assert "By what" not in page

    def test_nobody_who_cannot_be_chosen(self, cast: Cast, linh: Worker, place: str) -> None:
        Wall.objects.create(case=cast.dee, person=linh.person)
        page = self.shown(cast, place)
        assert SPEAKS not in page
        assert f'value="{linh.person.pk}"' not in page


class TestWhoReadsIt:
    @pytest.mark.usefixtures("linh")
    def test_an_administrator_ends_an_access_and_reads_nothing(self, cast: Cast) -> None:
        admin = cast.somebody(Role.ADMINISTRATOR)
        page = text(admin, f"/walking/goodbye/{cast.ama.person.pk}/")
        assert "as wished" not in page

    def test_a_word_of_care_is_told_too(self, cast: Cast) -> None:
        says_about_herself(cast.ben, culture="Oromo")
        answers(cast.ama, "profile_change", cast.dee, culture="Oromo, from Bale")
        answers(cast.ama, "wishes", cast.dee, worker_wishes=["outside"], version=1)
        page = text(cast.ama, f"/walking/{cast.dee.pk}/hand-over/")
        assert "They wish for somebody from outside it" in page

    @pytest.mark.usefixtures("linh")
    def test_who_reads_no_notes_is_told_nothing(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ben, Action.SEE_CARD) as file:
            assert comes_to_mind(file, [cast.ama.person]) == []


@pytest.mark.usefixtures("linh")
def test_more_people_to_part_from_ask_no_more_of_the_database(cast: Cast) -> None:
    url = f"/walking/goodbye/{cast.ama.person.pk}/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert SPEAKS in text(cast.ben, url)
        return len(asked)

    few = queries()
    for number in range(6):
        wish(make.a_case(by=cast.ama, name=f"Somebody {number}"), cast.ama)
    assert queries() == few
