"""What the desk shows: one's own people first, one line in the trail, and no more queries for more people."""

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.models import Case
from leeward.desk.pages import people as people_pages
from leeward.desk.pages import today as today_pages
from leeward.desk.pages.asked import Asked
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

NO_CONTENT = {Role.ADMINISTRATOR, Role.REPORT_ONLY}


def listed(worker: Worker, *, everybody: bool = True, number: int = 1) -> set[str]:
    """The files on a page of the list, as the trail tells them."""
    with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
        people_pages.people(entered, Asked(who="all" if everybody else "", number=number))
    return set(Line.objects.order_by("-seq")[0].things)


def today(worker: Worker) -> dict[str, Any]:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        shown = today_pages.today(entered)
        return {**shown, "names": [case.participant.card["name"] for case in shown["cases"]]}


class TestMyPeople:
    def test_mine_are_those_whom_i_carry(self, cast: Cast) -> None:
        theirs = make.a_case(by=cast.ben, name="Fay")
        assert listed(cast.ama, everybody=False) == {str(cast.dee.pk)}
        assert listed(cast.ama) == {str(cast.dee.pk), str(theirs.pk)}

    def test_another_teams_are_never_listed(self, cast: Cast) -> None:
        assert listed(cast.cyd) == set()

    def test_a_closed_file_is_not_listed(self, cast: Cast) -> None:
        Case.objects.update(is_open=False)
        assert listed(cast.ama) == set()

    def test_who_waits_for_keys_sees_an_empty_list(self, cast: Cast) -> None:
        assert listed(make.a_person(Role.CASE_MANAGER, cast.harbor)) == set()

    def test_the_front_desk_sees_names(self, cast: Cast) -> None:
        assert listed(cast.somebody(Role.FRONT_DESK)) == {str(cast.dee.pk)}

    def test_a_page_holds_thirty_and_only_they_are_written_down(self, cast: Cast) -> None:
        for number in range(people_pages.A_PAGE):
            make.a_case(by=cast.ama, name=f"Somebody {number}")
        first, second = listed(cast.ama), listed(cast.ama, number=2)
        assert (len(first), len(second)) == (people_pages.A_PAGE, 1)
        assert not first & second

    @pytest.mark.parametrize("number", [-3, 0, 2, 999_999])
    def test_a_page_that_does_not_exist_is_the_nearest(self, cast: Cast, number: int) -> None:
        assert listed(cast.ama, number=number) == {str(cast.dee.pk)}

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        with CaptureQueriesContext(connection) as few:
            listed(cast.ama)
        for number in range(20):
            make.a_case(by=cast.ama, name=f"Somebody {number}")
        with CaptureQueriesContext(connection) as many:
            listed(cast.ama)
        assert len(few) == len(many)


class TestToday:
    def test_it_shows_my_people_by_name(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Abi")
        assert today(cast.ama)["names"] == ["Abi", "Dee"]

    def test_who_carries_nobody_sees_those_of_the_team(self, cast: Cast) -> None:
        assert today(cast.ben)["names"] == ["Dee"]

    @pytest.mark.parametrize("role", Role)
    def test_there_is_a_desk_for_every_role(self, cast: Cast, role: Role) -> None:
        shown = today(cast.somebody(role))["names"]
        only_if_assigned = {Role.PEER_SUPPORTER, Role.OUTREACH_WORKER, Role.VOLUNTEER}
        assert shown == ([] if role in NO_CONTENT | only_if_assigned else ["Dee"])

    def test_there_is_a_desk_for_who_waits_for_keys(self, cast: Cast) -> None:
        assert today(make.a_person(Role.CASE_MANAGER, cast.harbor))["names"] == []

    def test_it_leaves_one_line_with_who_was_shown(self, cast: Cast) -> None:
        before = Line.objects.count()
        today(cast.ama)
        assert Line.objects.count() == before + 1
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    def test_what_i_was_writing_waits_for_me(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "She ca"}, version=0)
        assert [draft.case for draft in today(cast.ama)["drafts"]] == [cast.dee]
        assert today(cast.ben)["drafts"] == []

    def test_a_draft_in_a_file_that_is_shut_to_me_now_is_not_shown(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "She ca"}, version=0)
        Case.objects.update(team=cast.garden)
        assert today(cast.ama)["drafts"] == []

    def test_a_supervisor_sees_who_waits_for_keys(self, cast: Cast) -> None:
        waiting = make.a_person(Role.VOLUNTEER, cast.harbor)
        assert list(today(cast.ben)["keyless"]) == [waiting.person]
        assert list(today(cast.ama)["keyless"]) == []

    @pytest.mark.parametrize(
        ("hour", "words"), [(7, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
    )
    def test_it_greets_by_the_hour(self, hour: int, words: str) -> None:
        with time_machine.travel(f"2026-01-31T{hour:02}:30:00Z"):
            assert today_pages.greeting() == words

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        with CaptureQueriesContext(connection) as few:
            today(cast.ama)
        for number in range(10):
            make.a_case(by=cast.ama, name=f"Somebody {number}")
        with CaptureQueriesContext(connection) as many:
            today(cast.ama)
        assert len(few) == len(many)


class TestLogACall:
    @pytest.mark.usefixtures("pages")
    @pytest.mark.parametrize("place", ["/", "/people/", "/people/?who=all"])
    def test_it_is_one_tap_from_a_name_for_whoever_writes_there(self, cast: Cast, place: str) -> None:
        tap = f'href="/people/{cast.dee.pk}/write/?kind=call" aria-label="Log a call: Dee"'
        assert tap in Browser(cast.ama).get(place).content.decode()
        for role in (Role.HOUSE_STAFF, Role.FRONT_DESK, Role.ON_CALL):
            assert "?kind=call" not in Browser(cast.somebody(role)).get(place).content.decode()

    def test_a_closed_file_takes_no_call(self, cast: Cast) -> None:
        Case.objects.filter(pk=cast.dee.pk).update(is_open=False)
        with make.entering(cast.ama, Action.SEE_CARD, lists=True) as entered:
            shown = people_pages.people(entered, Asked(show="closed"))
            assert [line.case.pk for line in shown["lines"]] == [cast.dee.pk]
            assert shown["writable"] == set()

    @pytest.mark.usefixtures("pages")
    def test_the_page_begins_with_the_words_and_the_promise_is_next(self, cast: Cast) -> None:
        page = Browser(cast.ama).get(f"/people/{cast.dee.pk}/write/?kind=call").content.decode()
        assert re.search(r'value="call"[^>]* checked', page)
        places = [page.index(part) for part in ('id="id_text"', 'id="id_promise_text"', 'name="kind"')]
        assert places == sorted(places)
        assert "autofocus" in page[places[0] : page.index("</textarea>")]
