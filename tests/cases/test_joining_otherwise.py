"""What a joined file said otherwise stands where one looks for it, until somebody takes it or leaves it out."""

from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.actions import reach as reaching
from leeward.cases.actions.file import change_card
from leeward.cases.models import Case, Glance, Identity, Participant, Profile, Reach, Way
from leeward.cases.pages.reach import safely
from leeward.cases.words import Card
from leeward.cases.words.people import UNSAID
from tests import make
from tests.cases.asking import answers, said, sees
from tests.cases.joined import join, page, told, two, undo, write_page
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

COME = "from the joined file"


def a_way(case: Case, by: Worker, value: str, **facts: object) -> Way:
    with make.opening(case, by, Action.CHANGE_REACH) as file:
        known = {"kind": "phone", "value": value, **facts}
        return reaching.keep_way(file, row_id=uuid4(), facts=known, version=0)


def settle(by: Worker, where: str, case: Case, other: Case, name: str, *, take: bool) -> Any:  # noqa: ANN401
    sent = {"name": name, "other": other.pk, "take" if take else "leave": "1"}
    return answers(by, where, case, **sent)


def ways(case: Case, by: Worker) -> list[tuple[str, bool]]:
    with make.opening(case, by, Action.REACH) as file:
        look = safely(file)
        assert look
        return [(way.about["value"], way.came) for way in look.ways]


class TestWaysToReachThem:
    def both(self, cast: Cast) -> tuple[Case, Case, Way]:
        dee, fay = two(cast)
        a_way(dee, cast.ama, "555-0101")
        theirs = a_way(fay, cast.ama, "555-0202", first=True)
        return dee, fay, theirs

    def test_numbers_of_the_joined_file_stand_marked_after_ours(self, cast: Cast) -> None:
        dee, fay, _ = self.both(cast)
        join(cast, dee, fay)
        assert ways(dee, cast.ama) == [("555-0101", False), ("555-0202", True)]
        shown = said(sees(cast.ama, "reach", dee))
        assert shown.count(COME) == 1
        assert "555-0202 Calls and texts from the joined file" in shown

    def test_the_only_number_is_marked_beside_every_place_where_contact_starts(self, cast: Cast) -> None:
        dee, fay = two(cast)
        a_way(fay, cast.ama, "555-0202")
        join(cast, dee, fay)
        assert COME in said(sees(cast.ama, "desk:person", dee))

    def test_one_tap_says_that_it_is_right(self, cast: Cast) -> None:
        dee, fay, theirs = self.both(cast)
        join(cast, dee, fay)
        for _ in range(2):
            assert answers(cast.ama, "way_end", dee, theirs.pk, right="1").status_code == 302
        assert dict(ways(dee, cast.ama)) == {"555-0101": False, "555-0202": False}

    def test_whoever_changes_it_has_looked_at_it(self, cast: Cast) -> None:
        dee, fay, theirs = self.both(cast)
        join(cast, dee, fay)
        answers(cast.ama, "way_change", dee, theirs.pk, row_id=theirs.pk, version=1, value="555-0203")
        assert ("555-0203", False) in ways(dee, cast.ama)

    def test_a_place_is_marked_until_it_is_saved(self, cast: Cast) -> None:
        dee, fay = two(cast)
        with make.opening(fay, cast.ama, Action.CHANGE_REACH) as file:
            place = reaching.keep_place(file, row_id=uuid4(), facts={"address": "Pier 3"}, version=0)
        join(cast, dee, fay)
        assert COME in said(sees(cast.ama, "reach", dee))
        answers(cast.ama, "place_change", dee, place.pk, row_id=place.pk, version=1, address="Pier 3")
        assert COME not in said(sees(cast.ama, "reach", dee))

    def test_what_was_written_here_is_never_marked(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        a_way(dee, cast.ama, "555-0101")
        assert ways(dee, cast.ama) == [("555-0101", False)]

    def test_taken_back_each_file_has_its_own(self, cast: Cast) -> None:
        dee, fay, _ = self.both(cast)
        undo(cast, dee, fay, join(cast, dee, fay))
        assert (ways(dee, cast.ama), ways(fay, cast.ama)) == ([("555-0101", False)], [("555-0202", False)])


class Asked(NamedTuple):
    """One question: the page of the file that it is on, and what the two files said."""

    model: Any
    where: str
    name: str
    ours: str
    theirs: str


ASKED = [
    Asked(Profile, "profile", "culture", "Garifuna", "Maya"),
    Asked(Reach, "reach", "code_word", "umbrella", "lantern"),
    Asked(Identity, "identity", "legal_name", "Maria Solis", "Marie Solace"),
]


@pytest.mark.parametrize("one", ASKED, ids=[one.where for one in ASKED])
class TestAnswers:
    def both(self, cast: Cast, one: Asked) -> tuple[Case, Case]:
        dee, fay = two(cast)
        write_page(dee, cast.ama, one.model, **{one.name: one.ours})
        write_page(fay, cast.ama, one.model, **{one.name: one.theirs})
        return dee, fay

    def test_both_stand_on_the_page(self, cast: Cast, one: Asked) -> None:
        dee, fay = self.both(cast, one)
        assert one.theirs not in said(sees(cast.ama, one.where, dee))
        join(cast, dee, fay)
        shown = said(sees(cast.ama, one.where, dee))
        assert "From the joined file" in shown
        assert one.theirs in shown
        assert one.ours in shown

    def test_taken_it_stands_in_the_place_of_the_other(self, cast: Cast, one: Asked) -> None:
        dee, fay = self.both(cast, one)
        join(cast, dee, fay)
        for _ in range(2):
            assert settle(cast.ama, f"{one.where}_settle", dee, fay, one.name, take=True).status_code == 302
        shown = said(sees(cast.ama, one.where, dee))
        assert "From the joined file" not in shown
        assert one.theirs in shown
        assert one.ours not in shown

    def test_left_out_ours_stays(self, cast: Cast, one: Asked) -> None:
        dee, fay = self.both(cast, one)
        join(cast, dee, fay)
        settle(cast.ama, f"{one.where}_settle", dee, fay, one.name, take=False)
        shown = said(sees(cast.ama, one.where, dee))
        assert one.theirs not in shown
        assert one.ours in shown

    @pytest.mark.parametrize("take", [True, False])
    def test_taken_back_both_are_as_they_were(self, cast: Cast, one: Asked, take: bool) -> None:
        dee, fay = self.both(cast, one)
        before = [page(case, cast.ama, one.model) for case in (dee, fay)]
        row = join(cast, dee, fay)
        settle(cast.ama, f"{one.where}_settle", dee, fay, one.name, take=take)
        undo(cast, dee, fay, row)
        assert [page(case, cast.ama, one.model) for case in (dee, fay)] == before

    def test_somebody_of_another_team_changes_nothing(self, cast: Cast, one: Asked) -> None:
        dee, fay = self.both(cast, one)
        join(cast, dee, fay)
        assert settle(cast.cyd, f"{one.where}_settle", dee, fay, one.name, take=True).status_code == 404
        assert page(dee, cast.ama, one.model)[one.name] == one.ours


def test_whoever_walks_along_sees_that_it_changed_how_to_reach_them(cast: Cast) -> None:
    dee, fay = two(cast)
    write_page(dee, cast.ama, Reach, code_word="umbrella")
    write_page(fay, cast.ama, Reach, code_word="lantern")
    join(cast, dee, fay)
    settle(cast.ama, "reach_settle", dee, fay, "code_word", take=True)
    assert page(dee, cast.ama, Glance)["reach_by"] == str(cast.ama.person.pk)


def test_what_was_changed_since_it_was_taken_stays_when_the_files_are_two_again(cast: Cast) -> None:
    dee, fay = two(cast)
    write_page(dee, cast.ama, Reach, code_word="umbrella")
    write_page(fay, cast.ama, Reach, code_word="lantern")
    row = join(cast, dee, fay)
    settle(cast.ama, "reach_settle", dee, fay, "code_word", take=True)
    answers(cast.ama, "reach_change", dee, version=3, code_word="harbor")
    undo(cast, dee, fay, row)
    assert page(dee, cast.ama, Reach) == {"code_word": "harbor"}


@pytest.mark.parametrize("theirs", ["to see her sister", UNSAID])
def test_what_matters_most_is_read_from_lists_too_and_comes_back(cast: Cast, theirs: str) -> None:
    dee, fay = two(cast)
    for case, matters in ((dee, "to sleep"), (fay, theirs)):
        write_page(case, cast.ama, Profile, matters=matters)
        write_page(case, cast.ama, Glance, matters="" if matters == UNSAID else matters)
    before = [told(case, cast.ben) for case in (dee, fay)]
    row = join(cast, dee, fay)
    settle(cast.ama, "profile_settle", dee, fay, "matters", take=True)
    assert page(dee, cast.ama, Glance)["matters"] == ("" if theirs == UNSAID else theirs)
    undo(cast, dee, fay, row)
    assert [told(case, cast.ben) for case in (dee, fay)] == before


def test_papers_of_both_stand_beside_each_other(cast: Cast) -> None:
    dee, fay = two(cast)
    write_page(dee, cast.ama, Identity, papers=[{"kind": "Passport", "number": "A1"}])
    write_page(fay, cast.ama, Identity, papers=[{"kind": "Visa", "number": "B2"}], born_on="1999-05-03")
    join(cast, dee, fay)
    assert "Visa B2" in said(sees(cast.ama, "identity", dee))
    settle(cast.ama, "identity_settle", dee, fay, "papers", take=True)
    shown = said(sees(cast.ama, "identity", dee))
    assert "Passport A1" in shown
    assert "Visa B2" in shown


def test_a_second_joined_file_that_only_says_otherwise_is_not_lost(cast: Cast) -> None:
    dee, fay = two(cast)
    gia = make.a_case(by=cast.ama, name="Gia")
    for case, culture in ((dee, "Garifuna"), (fay, "Maya"), (gia, "Miskito")):
        write_page(case, cast.ama, Profile, culture=culture)
    join(cast, dee, fay)
    join(cast, dee, gia)
    shown = said(sees(cast.ama, "profile", dee))
    assert "Maya" in shown
    assert "Miskito" in shown


def test_a_role_that_does_not_open_names_and_papers_settles_none(cast: Cast) -> None:
    dee, fay = two(cast)
    peer = cast.somebody(Role.PEER_SUPPORTER)
    assert settle(peer, "identity_settle", dee, fay, "legal_name", take=True).status_code == 404


class TestTheCard:
    def both(self, cast: Cast) -> tuple[Case, Case]:
        dee, fay = make.a_case(by=cast.ama, name="Dee", pronouns="she/her"), two(cast)[1]
        with make.opening(fay, cast.ama, Action.CHANGE_CARD) as file:
            change_card(file, card={"name": "Fay", "pronouns": "they/them", "language": "Spanish"}, version=1)
        return dee, fay

    def card(self, case: Case, by: Worker) -> Card:
        with make.opening(case, by):
            return Participant.objects.get(case=case).card

    def test_what_the_other_card_said_stands_in_their_words_and_where_the_card_is_changed(
        self, cast: Cast
    ) -> None:
        dee, fay = self.both(cast)
        join(cast, dee, fay)
        for where in ("profile", "change_card"):
            shown = said(sees(cast.ama, where, dee))
            assert "The card of the joined file" in shown
            assert "they/them" in shown
        assert self.card(dee, cast.ama)["language"] == "Spanish"

    def test_once_the_card_is_saved_it_is_settled(self, cast: Cast) -> None:
        dee, fay = self.both(cast)
        join(cast, dee, fay)
        answers(cast.ama, "change_card", dee, name="Dee", pronouns="they/them", version=2)
        assert "The card of the joined file" not in said(sees(cast.ama, "profile", dee))

    def test_taken_back_both_cards_are_as_they_were(self, cast: Cast) -> None:
        dee, fay = self.both(cast)
        before = [self.card(case, cast.ama) for case in (dee, fay)]
        undo(cast, dee, fay, join(cast, dee, fay))
        assert [self.card(case, cast.ama) for case in (dee, fay)] == before

    def test_of_two_joined_files_one_that_is_taken_back_takes_only_its_own(self, cast: Cast) -> None:
        dee, fay = self.both(cast)
        gia = make.a_case(by=cast.ama, name="Gia", pronouns="he/him")
        join(cast, dee, fay)
        undo(cast, dee, gia, join(cast, dee, gia))
        assert self.card(dee, cast.ama)["also"] == {str(fay.pk): {"pronouns": "they/them"}}
