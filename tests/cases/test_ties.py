"""Links between people: a line on both pages, no name copied, nothing for whoever may not open the other one."""

from uuid import uuid4

import pytest

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import people as actions
from leeward.cases.models import Bond, Case, Wall
from leeward.cases.pages.people import keep_away
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import answers, said, sees, where
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


@pytest.fixture
def fay(cast: Cast) -> Case:
    return make.a_case(by=cast.ama, name="Fay")


def link(worker: Worker, one: Case, other: Case, kind: str = "sibling") -> object:
    return answers(worker, "bond_link", one, other=other.pk, kind=kind)


def abouts(case: Case, worker: Worker) -> list[dict[str, object]]:
    with make.opening(case, worker, Action.WRITE_ENTRY):
        return [dict(bond.about) for bond in Bond.objects.filter(case=case)]


class TestTwoWhoBothComeHere:
    def test_the_link_stands_on_both_pages_by_name(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        assert "Fay Sibling" in said(sees(cast.ama, "bonds", cast.dee))
        assert "Dee Sibling" in said(sees(cast.ama, "bonds", fay))

    def test_a_child_here_is_a_parent_there(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay, "child")
        assert [bond["kind"] for bond in abouts(cast.dee, cast.ama)] == ["child"]
        assert [bond["kind"] for bond in abouts(fay, cast.ama)] == ["parent"]

    def test_no_file_holds_the_name_of_the_other(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        assert "Fay" not in str(abouts(cast.dee, cast.ama))
        assert "Dee" not in str(abouts(fay, cast.ama))

    def test_the_same_link_twice_is_one(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        link(cast.ama, cast.dee, fay)
        link(cast.ama, fay, cast.dee)
        assert Bond.objects.count() == 2

    def test_nobody_is_linked_with_themselves(self, cast: Cast) -> None:
        link(cast.ama, cast.dee, cast.dee)
        assert not Bond.objects.exists()

    def test_taken_out_here_it_is_gone_there(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        bond = Bond.objects.get(case=cast.dee)
        answers(cast.ama, "untie", cast.dee, bond.pk)
        assert not Bond.objects.exists()

    def test_each_page_that_was_opened_for_it_has_its_line(self, cast: Cast, fay: Case) -> None:
        before = Line.objects.count()
        link(cast.ama, cast.dee, fay)
        opened = [line.things for line in Line.objects.order_by("seq")[before:]]
        assert opened == [[str(cast.dee.pk)], [str(fay.pk)]]

    def test_finding_goes_by_post_and_shows_only_whom_i_may_open(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Fay")
        make.a_case(by=cast.sue, name="Faylee", team=cast.garden)
        assert "Fay" in said(answers(cast.ama, "bond_find", cast.dee, q="Fay"))
        assert "Faylee" not in said(answers(cast.ama, "bond_find", cast.dee, q="Fay"))
        assert Browser(cast.ama).get(where("bond_find", cast.dee), {"q": "Fay"}).status_code == 405

    def test_nobody_found_is_no_dead_end(self, cast: Cast) -> None:
        answer = answers(cast.ama, "bond_find", cast.dee, q="Zed")
        assert "Nobody was found" in said(answer)
        assert where("bonds", cast.dee) in answer.content.decode()

    def test_choosing_nobody_asks_again_with_the_same_people(self, cast: Cast, fay: Case) -> None:
        answer = answers(cast.ama, "bond_link", cast.dee, q="Fay", kind="sibling")
        assert answer.status_code == 422
        assert "Choose one of them." in said(answer)
        assert str(fay.pk) in answer.content.decode()


class TestWhoMayNotOpenTheOther:
    def test_a_wall_hides_the_whole_link(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        colleague = cast.somebody(Role.CASE_MANAGER)
        Wall.objects.create(case=fay, person=colleague.person)
        page = sees(colleague, "bonds", cast.dee).content.decode()
        assert "Fay" not in page
        assert str(fay.pk) not in page
        assert "Sibling" not in page

    def test_another_team_has_no_key_to_the_name(self, cast: Cast) -> None:
        both = cast.somebody(Role.CASE_MANAGER)
        with make.entering(cast.sue, Action.CHANGE_MEMBERSHIP) as entered:
            from leeward.staff import actions as staff  # noqa: PLC0415 - used here only

            staff.add_membership(entered, person=both.person, team=cast.garden, role=Role.CASE_MANAGER)
        there = make.a_case(by=cast.cyd, name="Fay", team=cast.garden)
        link(both, cast.dee, there)
        assert "Fay" in said(sees(both, "bonds", cast.dee))
        page = sees(cast.ama, "bonds", cast.dee).content.decode()
        assert "Fay" not in page
        assert str(there.pk) not in page

    def test_to_keep_apart_is_said_without_saying_from_whom(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay, "apart")
        colleague = cast.somebody(Role.CASE_MANAGER)
        Wall.objects.create(case=fay, person=colleague.person)
        page = said(sees(colleague, "bonds", cast.dee))
        assert "Somebody who comes here too Keep apart" in page
        assert "Fay" not in page

    def test_nobody_links_to_a_file_they_may_not_open(self, cast: Cast) -> None:
        there = make.a_case(by=cast.cyd, name="Fay", team=cast.garden)
        answer = link(cast.ama, cast.dee, there)
        assert answer.status_code == 404  # type: ignore[attr-defined]
        assert answers(cast.ama, "bond_link", cast.dee, other=uuid4(), kind="").status_code == 404
        assert not Bond.objects.exists()

    def test_nobody_takes_out_a_link_whose_other_end_stays_shut(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        colleague = cast.somebody(Role.CASE_MANAGER)
        Wall.objects.create(case=fay, person=colleague.person)
        bond = Bond.objects.get(case=cast.dee)
        assert answers(colleague, "untie", cast.dee, bond.pk).status_code == 404
        assert Bond.objects.count() == 2


class TestSomebodyWithoutAPage:
    def test_a_name_or_a_tie_is_enough(self, cast: Cast) -> None:
        assert answers(cast.ama, "bond_new", cast.dee, kind="child").status_code == 302
        assert answers(cast.ama, "bond_new", cast.dee, name="Lucero").status_code == 302
        assert answers(cast.ama, "bond_new", cast.dee).status_code == 422

    def test_whom_to_keep_apart_is_known_to_pages_that_book(self, cast: Cast, fay: Case) -> None:
        answers(cast.ama, "bond_new", cast.dee, kind="apart", name="Dani")
        link(cast.ama, cast.dee, fay, "apart")
        with make.opening(cast.dee, cast.ama, Action.DAYS):
            found = keep_away(cast.dee)
        assert "Dani" in found
        assert len(found) == 2
        assert "Fay" not in str(found)

    def test_nobody_writes_over_a_colleague(self, cast: Cast) -> None:
        row = uuid4()
        answers(cast.ama, "bond_new", cast.dee, row_id=row, name="Lucero")
        answers(cast.ama, "bond_change", cast.dee, row, row_id=row, version=1, name="Luz")
        answer = answers(cast.ben, "bond_change", cast.dee, row, row_id=row, version=1, name="Lu")
        assert answer.status_code == 409
        assert "Luz" in said(answer)

    def test_a_link_between_two_pages_is_not_changed_like_this(self, cast: Cast, fay: Case) -> None:
        link(cast.ama, cast.dee, fay)
        bond = Bond.objects.get(case=cast.dee)
        assert sees(cast.ama, "bond_change", cast.dee, bond.pk).status_code == 404

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.ON_CALL])
    @pytest.mark.parametrize("name", ["bonds", "bond_new"])
    def test_who_sees_little_gets_what_is_nowhere(self, cast: Cast, role: Role, name: str) -> None:
        assert sees(cast.somebody(role), name, cast.dee).status_code == 404


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    from django.db import connection  # noqa: PLC0415 - used here only
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    others = [make.a_case(by=cast.ama, name=f"Fay {number}") for number in range(5)]
    link(cast.ama, cast.dee, others[0])
    with CaptureQueriesContext(connection) as few:
        sees(cast.ama, "bonds", cast.dee)
    for other in others[1:]:
        link(cast.ama, cast.dee, other)
    with CaptureQueriesContext(connection) as many:
        sees(cast.ama, "bonds", cast.dee)
    assert len(few) == len(many)


def test_the_number_of_a_tie_gives_the_one_behind_it_to_who_knows_both(cast: Cast) -> None:
    row = uuid4()
    assert actions.back_of(row) == actions.back_of(row) != row
