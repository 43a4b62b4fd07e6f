"""The log of a house: headcounts and words for the next shift, in one's own houses, and never a name unasked."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.gate import Refused
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.finding import named
from leeward.cases.models import Wall
from leeward.staff import actions
from leeward.staff.actions import CannotDo
from leeward.staff.models import HouseNote, Team
from leeward.staff.models.rota import HouseWords
from leeward.staff.pages import house
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

WRITES = {Role.CASE_MANAGER, Role.SECONDED, Role.ADVOCATE, Role.SUPERVISOR, Role.HOUSE_STAFF, Role.ON_CALL}
AT = "2026-01-05T22:00:00+00:00"


def write(
    worker: Worker, team: Team, text: str = "Quiet.", *, note_id: UUID | None = None, adults: int = 0
) -> HouseNote:
    words: HouseWords = {"at": AT, "text": text, "adults": adults}
    with make.entering(worker, Action.HOUSE_LOG) as entered:
        return actions.write_house_note(entered, team=team, note_id=note_id or uuid4(), words=words)


def read(worker: Worker, team: Team) -> list[str]:
    with make.entering(worker, Action.HOUSE_LOG) as entered:
        return [line.text for line in house.log(entered.visit, team)["lines"]]


def found(worker: Worker, team: Team, text: str) -> list[str]:
    with make.entering(worker, Action.HOUSE_LOG, lists=True) as entered:
        return named(entered, team, text)


@pytest.fixture
def nia(cast: Cast) -> Worker:
    return cast.somebody(Role.HOUSE_STAFF)


class TestWriting:
    def test_the_newest_stands_first(self, cast: Cast, nia: Worker) -> None:
        write(nia, cast.harbor, "first")
        write(cast.ama, cast.harbor, "second")
        assert read(nia, cast.harbor) == ["second", "first"]

    def test_a_double_click_is_one_line(self, cast: Cast, nia: Worker) -> None:
        note = uuid4()
        for _ in range(2):
            write(nia, cast.harbor, note_id=note, adults=3)
        assert HouseNote.objects.count() == 1

    def test_what_was_typed_on_becomes_a_line_of_its_own(self, cast: Cast, nia: Worker) -> None:
        note = uuid4()
        write(nia, cast.harbor, "Quiet", note_id=note)
        write(nia, cast.harbor, "Quiet until two", note_id=note)
        assert read(nia, cast.harbor) == ["Quiet until two", "Quiet"]

    def test_the_number_of_another_houses_line_opens_nothing(self, cast: Cast, nia: Worker) -> None:
        theirs = write(cast.cyd, cast.garden, "in the garden")
        write(nia, cast.harbor, "in the harbor", note_id=theirs.pk)
        assert read(cast.cyd, cast.garden) == ["in the garden"]
        assert read(nia, cast.harbor) == ["in the harbor"]

    @pytest.mark.parametrize("role", Role)
    def test_who_works_there_writes(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        if role in WRITES:
            assert write(worker, cast.harbor).number == 1
            return
        with pytest.raises(Refused):
            write(worker, cast.harbor)
        with make.entering(worker, Action.TODAY) as entered, pytest.raises(CannotDo):
            actions.write_house_note(entered, team=cast.harbor, note_id=uuid4(), words={"at": AT})

    def test_not_in_another_teams_house(self, cast: Cast, nia: Worker) -> None:
        with pytest.raises(CannotDo):
            write(nia, cast.garden)
        browser = Browser(nia)
        assert browser.get(f"/staff/house/{cast.garden.pk}/").status_code == 404
        assert browser.post(f"/house/{cast.garden.pk}/write/", {"text": "x"}).status_code == 404

    def test_who_waits_for_keys_is_told_so(self, cast: Cast) -> None:
        waiting = make.a_person(Role.HOUSE_STAFF, cast.harbor)
        answer = Browser(waiting).get("/staff/house/")
        assert "A colleague has to hand you this team’s key first." in answer.content.decode()
        with pytest.raises(CannotDo):
            write(waiting, cast.harbor)


class TestReading:
    def test_it_comes_page_by_page(self, cast: Cast, nia: Worker) -> None:
        for number in range(house.A_PAGE + 2):
            write(nia, cast.harbor, f"line {number}")
        browser = Browser(nia)
        text = browser.get("/staff/house/").content.decode()
        assert f"line {house.A_PAGE + 1}" in text
        assert "line 1<" not in text
        older = browser.get(f"/staff/house/{cast.harbor.pk}/?before=3").content.decode()
        assert "line 1<" in older

    @pytest.mark.parametrize("odd", ["x", "-1", "9" * 40, "½", "%00"])
    def test_an_odd_page_is_the_newest(self, cast: Cast, nia: Worker, odd: str) -> None:
        write(nia, cast.harbor)
        assert Browser(nia).get(f"/staff/house/{cast.harbor.pk}/?before={odd}").status_code == 200

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, nia: Worker) -> None:
        write(nia, cast.harbor)
        with CaptureQueriesContext(connection) as few:
            read(nia, cast.harbor)
        for _ in range(12):
            write(cast.ama, cast.harbor)
        with CaptureQueriesContext(connection) as many:
            read(nia, cast.harbor)
        assert len(few) == len(many)


class TestNames:
    @pytest.mark.parametrize(
        ("card", "text", "says"),
        [
            ({"name": "Willow"}, "Willow came late", ["Willow"]),
            ({"name": "Willow"}, "WILLOW’s room", ["Willow"]),
            ({"name": "Ramón"}, "ramon slept", ["Ramón"]),
            (
                {"name": "Tam", "aliases": "Kestrel, Little T"},
                "little t and kestrel argued",
                ["Kestrel", "Little T"],
            ),
            ({"name": "Don Chema"}, "Chema cooked", ["Chema"]),
            ({"name": "小雨"}, "今晚小雨很安静", ["小雨"]),
            ({"name": "Tam"}, "the tamarind is gone, stamp the cards", []),
            ({"name": "Willow"}, "Quiet. Two willows outside", []),
            ({"name": "Willow"}, "", []),
        ],
    )
    def test_names_are_found(self, cast: Cast, card: dict[str, str], text: str, says: list[str]) -> None:
        make.a_case(by=cast.ama, team=cast.harbor, **card)
        assert found(cast.ama, cast.harbor, text) == says

    def test_those_of_another_team_are_not_told(self, cast: Cast, nia: Worker) -> None:
        make.a_case(by=cast.cyd, name="Willow", team=cast.garden)
        assert found(nia, cast.harbor, "Willow came late") == []

    def test_nor_those_behind_a_wall(self, cast: Cast) -> None:
        case = make.a_case(by=cast.ben, name="Willow", team=cast.harbor)
        Wall.objects.create(case=case, person=cast.ama.person)
        assert found(cast.ama, cast.harbor, "Willow came late") == []
        assert found(cast.ben, cast.harbor, "Willow came late") == ["Willow"]

    def test_the_line_holds_who_was_shown_and_not_what_was_typed(self, cast: Cast, nia: Worker) -> None:
        case = make.a_case(by=cast.ama, name="Willow", team=cast.harbor)
        found(nia, cast.harbor, "Willow came late")
        line = Line.objects.order_by("-seq")[0]
        assert line.things == [str(case.pk)]
        assert "Willow" not in str(line.__dict__)

    def test_the_page_asks_first_and_the_writer_decides(self, cast: Cast, nia: Worker) -> None:
        make.a_case(by=cast.ama, name="Willow", team=cast.harbor)
        browser, url = Browser(nia), f"/house/{cast.harbor.pk}/write/"
        form = {"note_id": str(uuid4()), "adults": "4", "children": "2", "text": "Willow came late"}
        asked = browser.post(url, form)
        text = asked.content.decode()
        assert asked.status_code == 422
        assert "This may name somebody: <strong>Willow</strong>. Leave the name out?" in text
        assert "Willow came late</textarea>" in text
        assert not HouseNote.objects.exists()
        assert browser.post(url, {**form, "go_on": "1"})["Location"] == f"/staff/house/{cast.harbor.pk}/"
        assert read(nia, cast.harbor) == ["Willow came late"]

    def test_without_a_name_nothing_is_asked(self, cast: Cast, nia: Worker) -> None:
        url = f"/house/{cast.harbor.pk}/write/"
        answer = Browser(nia).post(url, {"note_id": str(uuid4()), "adults": "0", "text": ""})
        assert answer.status_code == 302
        assert HouseNote.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong", [{}, {"adults": "many"}, {"adults": "-1"}, {"children": "1000"}, {"at": "x"}]
    )
    def test_what_does_not_fit_is_asked_again(self, cast: Cast, nia: Worker, wrong: dict[str, str]) -> None:
        answer = Browser(nia).post(f"/house/{cast.harbor.pk}/write/", {"note_id": str(uuid4()), **wrong})
        assert answer.status_code == 422
        assert not HouseNote.objects.exists()

    def test_the_page_says_that_no_name_belongs_there(self, nia: Worker) -> None:
        text = Browser(nia).get("/staff/house/").content.decode()
        assert "Nobody’s name belongs here." in text
        assert "never named in each other’s" in text
