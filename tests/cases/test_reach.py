"""Reaching somebody safely: beside every place where contact starts, and nowhere else."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from leeward.access.policy import Action, Role
from leeward.cases.actions import reach as actions
from leeward.cases.models import CareTeamMember, Case, Reach, Way, Whereabouts
from leeward.cases.pages.reach import ReachLook, safely
from leeward.vault.scopes import Compartment
from tests import make
from tests.cases.asking import answers, said, sees
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

NUMBER = "(559) 555-0148"


def way(cast: Cast, *, row: UUID | None = None, **about: object) -> UUID:
    row = row or uuid4()
    answer = answers(
        cast.ama, "way_new", cast.dee, **{"row_id": row, "kind": "phone", "value": NUMBER, **about}
    )
    assert answer.status_code == 302, said(answer)
    return row


def look(cast: Cast, who: Worker | None = None) -> ReachLook:
    with make.opening(cast.dee, who or cast.ama, Action.REACH) as file:
        found = safely(file)
    assert found
    return found


class TestTheWays:
    def test_a_number_alone_is_enough(self, cast: Cast) -> None:
        way(cast)
        first = look(cast).first
        assert first
        assert (first.dial, first.may_call, first.may_text) == ("5595550148", True, True)

    def test_what_may_not_be_done_is_not_offered(self, cast: Cast) -> None:
        way(cast, kind="text")
        content = sees(cast.ama, "reach", cast.dee).content.decode()
        assert 'href="sms:5595550148"' in content
        assert "tel:" not in content

    def test_an_account_is_never_dialled(self, cast: Cast) -> None:
        way(cast, kind="account", value="@paper5550148")
        content = sees(cast.ama, "reach", cast.dee).content.decode()
        assert "tel:" not in content
        assert "sms:" not in content

    def test_a_number_from_abroad_keeps_its_plus(self, cast: Cast) -> None:
        way(cast, value="+44 7700 900123")
        first = look(cast).first
        assert first
        assert first.dial == "+447700900123"

    def test_the_way_to_try_first_stands_first_and_there_is_one(self, cast: Cast) -> None:
        way(cast, value="111 222 3333", first="on")
        second = way(cast, value="444 555 6666", first="on")
        ways = look(cast).ways
        assert ways[0].pk == second
        assert [bool(each.about.get("first")) for each in ways] == [True, False]

    def test_one_sentence_that_may_be_left(self, cast: Cast) -> None:
        way(cast, leave="only", sentence="The library has your book.")
        assert "only: “The library has your book.”" in said(sees(cast.ama, "reach", cast.dee))

    def test_a_sentence_that_is_announced_is_asked_for(self, cast: Cast) -> None:
        answer = answers(cast.ama, "way_new", cast.dee, value=NUMBER, leave="only")
        assert answer.status_code == 422
        assert "Write the sentence" in said(answer)
        assert not Way.objects.exists()

    def test_who_else_may_be_typing_is_said_before_contact(self, cast: Cast) -> None:
        way(cast, control="other", controlled_by="since June")
        page = said(sees(cast.ama, "reach", cast.dee))
        assert "somebody else may , since June" in page
        assert "Nothing of substance before you know who it is." in page

    def test_a_way_that_ended_is_kept_and_no_longer_offered(self, cast: Cast) -> None:
        row = way(cast)
        answers(cast.ama, "way_end", cast.dee, row)
        assert look(cast).ways == []
        assert [each.pk for each in look(cast).ended] == [row]
        answers(cast.ama, "way_end", cast.dee, row, back="1")
        assert [each.pk for each in look(cast).ways] == [row]

    def test_the_same_click_twice_is_one_way(self, cast: Cast) -> None:
        row = uuid4()
        way(cast, row=row)
        way(cast, row=row)
        assert Way.objects.count() == 1

    def test_words_typed_on_after_the_first_save_are_never_lost(self, cast: Cast) -> None:
        row = way(cast)
        answer = answers(
            cast.ama, "way_new", cast.dee, row_id=row, kind="phone", value=NUMBER, how="let it ring"
        )
        assert answer.status_code == 409
        assert "How: let it ring" in said(answer)

    def test_nobody_writes_over_a_colleague(self, cast: Cast) -> None:
        row = way(cast)
        answers(
            cast.ama, "way_change", cast.dee, row, row_id=row, version=1, kind="phone", value="111 222 3333"
        )
        answer = answers(
            cast.ben, "way_change", cast.dee, row, row_id=row, version=1, kind="phone", value="444 555 6666"
        )
        assert answer.status_code == 409
        page = said(answer)
        assert "444 555 6666" in page
        assert "111 222 3333" in page
        with make.opening(cast.dee, cast.ama, Action.REACH):
            assert Way.objects.get().about["value"] == "111 222 3333"

    def test_a_form_of_another_file_is_asked_again(self, cast: Cast) -> None:
        row, other = way(cast), make.a_case(by=cast.ama, name="Fay")
        answer = answers(cast.ama, "way_new", other, row_id=row, value=NUMBER)
        assert answer.status_code == 422
        assert "too old to be saved" in said(answer)


class TestBeforeAnyContact:
    def test_the_code_word_comes_first(self, cast: Cast) -> None:
        answers(cast.ama, "reach_change", cast.dee, code_word="How is the cat?", night="anyone")
        page = said(sees(cast.ama, "reach", cast.dee))
        assert "First say “ How is the cat? ”" in page
        assert "At night whoever is on" in page

    def test_what_goes_for_a_way_goes_before_what_goes_everywhere(self, cast: Cast) -> None:
        answers(cast.ama, "reach_change", cast.dee, say_if_other="Wrong number.")
        assert look(cast).say == "Wrong number."
        way(cast, say_if_other="It is the library.", first="on")
        assert look(cast).say == "It is the library."

    def test_nobody_asked_yet_is_said_plainly(self, cast: Cast) -> None:
        assert "Nobody has asked yet which way is safe" in said(sees(cast.ama, "reach", cast.dee))

    def test_after_a_call_the_note_is_one_tap_away_without_a_script(self, cast: Cast) -> None:
        way(cast)
        content = sees(cast.ama, "reach", cast.dee).content.decode()
        assert f'href="{reverse("desk:write", args=[cast.dee.pk])}?kind=call"' in content

    def test_a_record_that_rests_offers_no_call(self, cast: Cast) -> None:
        way(cast)
        Case.objects.update(rests=True)
        safe = sees(cast.ama, "reach", cast.dee).content.decode().partition("</section>")[0]
        assert "tel:" not in safe
        assert "Nobody is called" in safe

    def test_two_at_once_see_both_versions(self, cast: Cast) -> None:
        answers(cast.ama, "reach_change", cast.dee, code_word="Cat?")
        answer = answers(cast.ben, "reach_change", cast.dee, code_word="Dog?")
        assert answer.status_code == 409
        assert "Dog?" in said(answer)
        assert "Cat?" in said(answer)

    def test_more_ways_are_no_more_queries(self, cast: Cast) -> None:
        way(cast)
        few = _queries(cast)
        for number in range(5):
            way(cast, value=f"111 222 333{number}")
        assert _queries(cast) == few


def _queries(cast: Cast) -> int:
    from django.db import connection  # noqa: PLC0415 - used here only
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with make.opening(cast.dee, cast.ama, Action.REACH) as file, CaptureQueriesContext(connection) as asked:
        safely(file)
    return len(asked)


class TestWhereTheyAre:
    def test_it_lies_in_a_part_of_its_own_and_behind_a_fold(self, cast: Cast) -> None:
        answers(cast.ama, "place_new", cast.dee, kind="home", address="18 Alder Court")
        content = sees(cast.ama, "reach", cast.dee).content.decode()
        fold = content.partition("18 Alder Court")[0].rpartition("<details")[2]
        assert "open" not in fold.partition(">")[0]
        assert Whereabouts._meta.get_field("about").compartment is Compartment.LOCATION

    @pytest.mark.parametrize("role", [Role.ON_CALL, Role.PEER_SUPPORTER, Role.OUTREACH_WORKER])
    def test_who_may_reach_them_does_not_see_where_they_sleep(self, cast: Cast, role: Role) -> None:
        answers(cast.ama, "place_new", cast.dee, kind="home", address="18 Alder Court")
        somebody = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=somebody.person)
        answer = sees(somebody, "reach", cast.dee)
        assert answer.status_code == 200
        assert "Alder" not in answer.content.decode()

    def test_a_role_without_that_part_is_told_so_kindly(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        assert "no judgement of you" in said(sees(peer, "place_new", cast.dee))
        answers(peer, "place_new", cast.dee, address="18 Alder Court")
        assert not Whereabouts.objects.exists()


class TestWhoMaySee:
    def test_on_call_sees_it_and_changes_nothing(self, cast: Cast) -> None:
        row = way(cast)
        on_call = cast.somebody(Role.ON_CALL)
        content = sees(on_call, "reach", cast.dee).content.decode()
        assert "tel:5595550148" in content
        assert "One more way" not in content
        assert "?kind=call" not in content
        for name, parts in (
            ("way_new", ()),
            ("way_change", (row,)),
            ("reach_change", ()),
            ("way_end", (row,)),
        ):
            assert answers(on_call, name, cast.dee, *parts, value="1").status_code == 404

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.REPORT_ONLY])
    def test_front_desk_and_volunteers_never(self, cast: Cast, role: Role) -> None:
        way(cast)
        somebody = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=somebody.person)
        for name in ("reach", "reach_change", "way_new", "place_new"):
            assert sees(somebody, name, cast.dee).status_code == 404
        for elsewhere in ("desk:person", "more"):
            assert "0148" not in sees(somebody, elsewhere, cast.dee).content.decode()

    def test_without_the_part_for_contact_there_is_nothing_to_show(self, cast: Cast) -> None:
        way(cast)
        house = cast.somebody(Role.HOUSE_STAFF)
        with make.opening(cast.dee, house, Action.SEE_CASE) as file:
            assert safely(file) is None
            assert safely(cast.dee, frozenset({Compartment.CARD})) is None

    def test_another_team_gets_what_is_nowhere(self, cast: Cast) -> None:
        row = way(cast)
        assert sees(cast.cyd, "reach", cast.dee).status_code == 404
        assert answers(cast.cyd, "way_end", cast.dee, row).status_code == 404

    def test_a_way_of_another_file_is_not_found(self, cast: Cast) -> None:
        row, other = way(cast), make.a_case(by=cast.ama, name="Fay")
        assert sees(cast.ama, "way_change", other, row).status_code == 404
        assert answers(cast.ama, "way_end", other, row).status_code == 404


def test_ending_a_way_touches_no_other_words(cast: Cast) -> None:
    row = way(cast, how="let it ring", first="on")
    with make.opening(cast.dee, cast.ama, Action.CHANGE_REACH) as file:
        actions.end_way(file, way=Way.objects.get(pk=row))
        about = Way.objects.get().about
    assert about["how"] == "let it ring"
    assert "first" not in about
    assert not Reach.objects.exists()
