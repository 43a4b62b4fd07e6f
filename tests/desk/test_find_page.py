"""What a search answers: who fits, and how to reach the one who was meant, as far as a role opens that."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import reach
from leeward.cases.models import Case
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

CODE, NUMBER = "pineapple", "555-0142"


def reached(case: Case, by: Worker) -> None:
    """How to reach somebody, written as a person writes it, so that they are found by it, too."""
    with make.opening(case, by, Action.CHANGE_REACH) as file:
        reach.change_reach(file, facts={"code_word": CODE}, version=0)
        reach.keep_way(file, row_id=uuid4(), facts={"kind": "phone", "value": NUMBER}, version=0)


@pytest.fixture(autouse=True)
def _dee_is_reached(cast: Cast) -> None:
    reached(cast.dee, cast.ama)


def answer(worker: Worker, query: str) -> str:
    """The page, as it was sent."""
    found = Browser(worker).post("/find/", {"words": query})
    assert found.status_code == 200
    return str(found.content.decode())


def lines(act: Callable[[], object]) -> list[tuple[str, list[str], str]]:
    """What the trail says of it: what was done, to whom, and whether it was let."""
    before = Line.objects.count()
    act()
    written = Line.objects.order_by("seq")[before:]
    return [(line.action, line.things, line.outcome) for line in written]


class TestWhoWasMeant:
    @pytest.mark.parametrize("query", ["Dee", "dee", "DE", NUMBER, "0142"])
    def test_the_word_to_say_first_and_then_the_number(self, cast: Cast, query: str) -> None:
        page = answer(cast.ama, query)
        assert page.index("1 person fits") < page.index("Reaching") < page.index(CODE) < page.rindex(NUMBER)

    def test_of_several_the_one_who_is_called_just_that(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Deedee")
        assert NUMBER in answer(cast.ama, "dee")

    def test_a_name_goes_before_notes_that_hold_it(self, cast: Cast) -> None:
        make.an_entry(make.a_case(by=cast.ama, name="Fay"), by=cast.ama, text="Fay met Dee.")
        page = answer(cast.ama, "dee")
        assert page.index(NUMBER) < page.index("Others") < page.index("Fay")

    def test_of_several_who_could_be_meant_nothing_is_opened(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Dean")
        page = answer(cast.ama, "de")
        assert "Dean" in page
        assert NUMBER not in page

    def test_two_of_the_same_name_are_not_told_apart_by_a_guess(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Dee")
        assert NUMBER not in answer(cast.ama, "dee")

    def test_who_is_only_called_almost_so_is_not_opened(self, cast: Cast) -> None:
        case = make.a_case(by=cast.ama, name="Robin")
        reached(case, cast.ama)
        page = answer(cast.ama, "Robyn")
        assert "Perhaps:" in page
        assert str(case.pk) in page
        assert NUMBER not in page

    def test_a_word_in_a_note_asks_for_the_note(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="She plays the accordion.")
        page = answer(cast.ama, "accordion")
        assert "She plays the" in page
        assert NUMBER not in page

    def test_nobody_who_may_not_be_called_any_more_is_called(self, cast: Cast) -> None:
        Case.objects.filter(pk=cast.dee.pk).update(rests=True)
        page = answer(cast.ama, "dee")
        assert "This record is held." in page
        assert NUMBER not in page
        assert "?kind=call" not in page

    def test_it_is_asked_by_post_only(self, cast: Cast) -> None:
        page = Browser(cast.ama).get("/find/", {"words": "dee", "q": "dee"}).content.decode()
        assert NUMBER not in page
        assert "Dee" not in page

    def test_whoever_types_goes_on_from_their_name(self, cast: Cast) -> None:
        assert (
            answer(cast.ama, "dee").count(" autofocus") == 2
        )  # that name, and the dialog that asks who is there


class TestWhatARoleOpens:
    @pytest.mark.parametrize("role", [Role.HOUSE_STAFF, Role.FRONT_DESK])
    def test_a_name_is_all_where_contact_stays_shut(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        page = answer(worker, "dee")
        assert "1 person fits" in page
        assert "Reaching" not in page
        found = lines(lambda: answer(worker, "dee"))
        assert found == [(str(Action.SEE_CARD), [str(cast.dee.pk)], "opened")]

    def test_on_call_reaches_them_and_writes_no_notes(self, cast: Cast) -> None:
        page = answer(cast.somebody(Role.ON_CALL), "dee")
        assert NUMBER in page
        assert f"/safety/{cast.dee.pk}/crisis/new/" in page
        assert "?kind=call" not in page

    def test_who_walks_with_them_goes_on_from_there(self, cast: Cast) -> None:
        page = answer(cast.ama, "dee")
        for place in (f"/people/{cast.dee.pk}/write/?kind=call", f"/days/{cast.dee.pk}/appointment/"):
            assert place in page

    def test_another_team_finds_nobody(self, cast: Cast) -> None:
        for query in ("dee", NUMBER):
            page = answer(cast.cyd, query)
            assert "Nobody with these words" in page
            assert CODE not in page


class TestTheTrail:
    def test_who_was_found_and_that_the_way_to_reach_them_was_opened(self, cast: Cast) -> None:
        dee = [str(cast.dee.pk)]
        found = lines(lambda: answer(cast.ama, "dee"))
        assert found == [(str(Action.SEE_CARD), dee, "opened"), (str(Action.REACH), dee, "opened")]

    def test_nothing_more_is_opened_where_nobody_was_meant(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Dean")
        assert [action for action, _, _ in lines(lambda: answer(cast.ama, "de"))] == [str(Action.SEE_CARD)]


def test_the_number_of_queries_does_not_grow_with_the_people(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert NUMBER in answer(cast.ama, "dee")
        return len(counted)

    few = asked()
    for number in range(8):
        make.a_case(by=cast.ama, name=f"Deer {number}")
    assert asked() == few
