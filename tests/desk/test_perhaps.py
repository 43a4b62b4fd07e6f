"""Somebody is found again whose name is spelled otherwise, heard wrong, or written in another script."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import finding
from leeward.cases.doubles import may_be_a_name
from leeward.cases.models import CareTeamMember, Case
from tests import make
from tests.attack.house import Browser
from tests.cases.known import HIDDEN
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

ALMOST = ["Robbin", "Robyn", "Roben", "Робин", "روبن"]
PLACES = ["/find/", "/safety/"]


def found(worker: Worker, query: str) -> tuple[list[str], bool]:
    """Who is found, and whether it is only perhaps them."""
    with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
        looked = finding.find(entered, query)
        return [hit.case.participant.card["name"] for hit in looked.hits], looked.perhaps


def asked(worker: Worker, place: str, query: str) -> str:
    return Browser(worker).post(place, {"q": query}).content.decode()


class TestAlmostTheName:
    @pytest.mark.parametrize("query", ALMOST)
    def test_is_perhaps_them(self, cast: Cast, query: str) -> None:
        make.a_case(by=cast.ama, name="Robin")
        assert found(cast.ama, query) == (["Robin"], True)

    def test_another_name_they_go_by_counts(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Fay", aliases="Moth, Robin")
        assert found(cast.ama, "Robyn") == (["Fay"], True)

    def test_the_most_alike_stands_first(self, cast: Cast) -> None:
        for name in ("Robin", "Robina"):
            make.a_case(by=cast.ama, name=name)
        assert found(cast.ama, "Robinah") == (["Robina", "Robin"], True)

    def test_nobody_is_guessed_at_while_a_word_fits(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin")
        make.an_entry(cast.dee, by=cast.ama, text="Robyn called.")
        assert found(cast.ama, "Robyn") == (["Dee"], False)
        assert found(cast.ama, "Robi") == (["Robin"], False)

    def test_every_word_that_was_typed_fits(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin Alvarez")
        assert found(cast.ama, "Alvares Robbin") == (["Robin Alvarez"], True)
        assert found(cast.ama, "accordion Robin") == ([], False)

    def test_nobody_fits_what_is_like_no_name(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin")
        assert found(cast.ama, "accordion") == ([], False)

    @pytest.mark.parametrize(
        ("typed", "may_be"),
        [
            ("Robyn", True), ("Ana María de Jesús", True), ("Робин", True), ("Al", False), ("", False),
            ("Robyn 2", False), ("555 0142", False), ("she said that she would call", False), ("!?-", False),
        ],
    )  # fmt: skip
    def test_what_may_be_a_name(self, typed: str, may_be: bool) -> None:
        assert may_be_a_name(typed) is may_be


class TestNothingIsTold:
    @pytest.mark.parametrize("hide", HIDDEN)
    @pytest.mark.parametrize("place", PLACES)
    def test_of_those_whom_one_may_not_see(self, cast: Cast, hide: Any, place: str) -> None:  # noqa: ANN401
        case = hide(cast)
        assert found(cast.ama, "Giaa") == ([], False)
        page, none = asked(cast.ama, place, "Giaa"), asked(cast.ama, place, "Zoea")
        assert str(case.pk) not in page
        assert "Perhaps:" not in page + none

    def test_a_peer_finds_only_those_whom_she_walks_with(self, cast: Cast) -> None:
        peer, robin = cast.somebody(Role.PEER_SUPPORTER), make.a_case(by=cast.ama, name="Robin")
        assert found(peer, "Robyn") == ([], False)
        CareTeamMember.objects.create(case=robin, person=peer.person)
        assert found(peer, "Robyn") == (["Robin"], True)

    def test_what_became_part_of_another_file_is_not_found(self, cast: Cast) -> None:
        robin = make.a_case(by=cast.ama, name="Robin")
        Case.objects.filter(pk=robin.pk).update(joined_to=cast.dee)
        assert found(cast.ama, "Robyn") == ([], False)

    def test_one_line_holds_who_was_shown_and_not_what_was_typed(self, cast: Cast) -> None:
        robin = make.a_case(by=cast.ama, name="Robin")
        before = Line.objects.count()
        found(cast.ama, "Robyn")
        line = Line.objects.latest("seq")
        assert Line.objects.count() == before + 1
        assert (line.things, line.action, line.note) == ([str(robin.pk)], "people:see", "looked-through")
        assert "Robyn" not in str(vars(line))

    def test_what_was_typed_in_an_address_finds_nobody(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin")
        page = Browser(cast.ama).get("/find/", {"q": "Robyn"}).content.decode()
        assert "Robin" not in page


class TestOnThePages:
    @pytest.mark.parametrize("query", ALMOST)
    @pytest.mark.parametrize("place", PLACES)
    def test_it_says_perhaps(self, cast: Cast, query: str, place: str) -> None:
        robin = make.a_case(by=cast.ama, name="Robin")
        page = asked(cast.ama, place, query)
        assert "Perhaps:" in page
        assert f"{robin.pk}/" in page
        assert "Perhaps:" not in asked(cast.ama, place, "Robin")

    def test_whoever_looked_may_still_meet_somebody_new(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin")
        assert "Meet somebody new" in asked(cast.ama, "/find/", "Robyn")

    def test_a_crisis_of_somebody_whose_file_is_closed_is_offered_to_nobody(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin")
        Case.objects.filter(participant__isnull=False).update(is_open=False)
        assert "Perhaps:" not in asked(cast.ama, "/safety/", "Robyn")
        assert "Perhaps:" in asked(cast.ama, "/find/", "Robyn")

    def test_a_link_to_somebody_is_never_chosen_beforehand(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Robin")
        place = f"/people/{cast.dee.pk}/links/find/"
        exact, almost = (asked(cast.ama, place, query) for query in ("Robin", "Robyn"))
        chosen = re.compile(r'name="other"[^>]* checked>')
        assert chosen.search(exact)
        assert "Perhaps:" in almost
        assert not chosen.search(almost)


def test_the_number_of_queries_does_not_grow_with_the_people(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert found(cast.ama, "Robyn") == (["Robin"], True)
        return len(counted)

    make.a_case(by=cast.ama, name="Robin")
    few = queries()
    for number in range(12):
        make.a_case(by=cast.ama, name=f"Somebody {number}")
    assert queries() == few
