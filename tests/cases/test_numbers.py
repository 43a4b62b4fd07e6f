"""Whoever calls is found by the number, however it is typed, also after a number ended or a name changed."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from leeward.vault import wordset
from tests.attack.house import Browser
from tests.cases.asking import answers, said
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

NUMBER = "(559) 555-0148"


def way(cast: Cast, **about: object) -> UUID:
    row = uuid4()
    answers(cast.ama, "way_new", cast.dee, **{"row_id": row, "kind": "phone", "value": NUMBER, **about})
    return row


def found_by(cast: Cast, query: str) -> bool:
    answer = Browser(cast.ama).post(reverse("desk:find"), {"q": query})
    assert answer.status_code == 200
    return "Dee" in said(answer)


class TestFindingByNumber:
    @pytest.mark.parametrize("typed", ["5595550148", "555-0148", "5550148", "0148", NUMBER, "559 555 0148"])
    def test_however_it_is_typed(self, cast: Cast, typed: str) -> None:
        way(cast)
        assert found_by(cast, typed)

    @pytest.mark.parametrize("typed", ["+44 7700 900123", "07700 900123", "7700900123"])
    def test_with_and_without_its_country(self, cast: Cast, typed: str) -> None:
        way(cast, value="+44 7700 900123")
        assert found_by(cast, typed)

    def test_another_number_finds_nobody(self, cast: Cast) -> None:
        way(cast)
        assert not found_by(cast, "555-0149")

    def test_a_number_that_ended_is_still_recognised(self, cast: Cast) -> None:
        row = way(cast)
        answers(cast.ama, "way_end", cast.dee, row)
        assert found_by(cast, NUMBER)

    def test_another_name_on_the_card_takes_no_number_away(self, cast: Cast) -> None:
        way(cast)
        answers(cast.ama, "change_card", cast.dee, name="Moth", version=1)
        answer = Browser(cast.ama).post(reverse("desk:find"), {"q": NUMBER})
        assert "Moth" in said(answer)

    def test_an_account_name_is_no_number(self, cast: Cast) -> None:
        way(cast, kind="account", value="paperboats 5550148")
        assert not found_by(cast, "5550148")


def test_a_number_is_marked_like_a_name_and_stays_when_names_change() -> None:
    known = wordset.dialled("+1 (559) 555-0148") | wordset.called("Dee")
    packed = wordset.pack(known)
    assert wordset.unnamed(packed, wordset.needles("559 555 0148")) == []
    assert "\t#5550148" in wordset.nameless(known)
    assert "\tdee" not in wordset.nameless(known)
