"""The pages on which two files become one: find, look at both, join, take it back."""

# ruff: noqa: ANN401 - answers and rows are whatever Django makes

import re
from typing import Any
from uuid import uuid4

import pytest

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import (
    Case,
    Joining,
    Wall,
)  # fmt: skip
from tests import make
from tests.attack.house import Browser
from tests.cases.joined import (
    join,
    timeline,
    two,
)
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


class TestPages:
    def flow(self, browser: Browser, kept: Case, name: str = "Fay") -> Any:
        """Find the other file by name, and look at both."""
        path = f"/people/{kept.pk}/join/"
        found = browser.post(path, {"name": name})
        other = re.search(r'name="other" value="([^"]+)"', found.content.decode())
        assert other, found.content.decode()
        return browser.post(path, {"other": other[1]})

    def chosen(self, answer: Any) -> dict[str, str]:
        text = answer.content.decode()
        return {
            name: re.search(rf'name="{name}" value="([^"]+)"', text)[1]  # type: ignore[index]
            for name in ("other", "joining_id")
        }

    def test_find_look_join(self, cast: Cast) -> None:
        dee, fay = two(cast)
        make.an_entry(fay, by=cast.ama, text="She sang.")
        ben = Browser(cast.ben)
        both = self.flow(ben, dee)
        assert "This file is kept" in both.content.decode()
        sent = self.chosen(both)
        for _ in range(2):
            assert ben.post(f"/people/{dee.pk}/join/", sent).status_code == 302
        assert Joining.objects.count() == 1
        assert timeline(dee, cast.ama) == [(1, "She sang.")]

    def test_and_take_it_back(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        ben = Browser(cast.ben)
        page_ = ben.get(f"/people/{dee.pk}/join/").content.decode()
        number = re.search(r'name="joining" value="([^"]+)"', page_)
        assert number
        for _ in range(2):
            assert ben.post(f"/people/{dee.pk}/join/undo/", {"joining": number[1]}).status_code == 302
        assert Case.objects.get(pk=fay.pk).joined_to is None

    def test_looking_leaves_one_line(self, cast: Cast) -> None:
        before = Line.objects.count()
        Browser(cast.ben).get(f"/people/{cast.dee.pk}/join/")
        assert Line.objects.count() == before + 1

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
    def test_only_supervisors(self, cast: Cast, role: Role) -> None:
        dee, fay = two(cast)
        browser = Browser(cast.somebody(role))
        path = f"/people/{dee.pk}/join/"
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"other": str(fay.pk), "joining_id": str(uuid4())}).status_code == 404
        assert not Joining.objects.exists()

    @pytest.mark.parametrize("other", ["another team", "walled", "nowhere", "x", "itself", "joined"])
    def test_another_file_that_is_not_theirs_to_join(self, cast: Cast, other: str) -> None:
        dee, fay = two(cast)
        if other == "walled":
            Wall.objects.create(case=fay, person=cast.ben.person)
        if other == "joined":
            join(cast, make.a_case(by=cast.ama, name="Gia"), fay)
        numbers = {
            "another team": make.a_case(by=cast.cyd).pk,
            "nowhere": uuid4(),
            "x": "x",
            "itself": dee.pk,
        }
        before = Joining.objects.count()
        sent = {"other": str(numbers.get(other, fay.pk)), "joining_id": str(uuid4())}
        answer = Browser(cast.ben).post(f"/people/{dee.pk}/join/", sent)
        assert answer.status_code in {404, 422}
        assert Joining.objects.count() == before

    def test_a_supervisor_of_another_team(self, cast: Cast) -> None:
        dee, fay = two(cast)
        path = f"/people/{dee.pk}/join/"
        assert Browser(cast.sue).get(path).status_code == 404
        assert Browser(cast.sue).post(path, {"other": str(fay.pk)}).status_code == 404

    def test_somebody_of_another_team_is_found_and_cannot_be_joined_yet(self, cast: Cast) -> None:
        from leeward.staff import actions as staff  # noqa: PLC0415
        from leeward.staff.models import Membership  # noqa: PLC0415

        make.a_case(by=cast.cyd, name="Gia")
        Membership.objects.create(person=cast.ben.person, team=cast.garden, role=Role.CASE_MANAGER)
        with make.entering(cast.sue, Action.GRANT) as entered:
            staff.hand_keys(entered, person=cast.ben.person)
        page_ = Browser(cast.ben).post(f"/people/{cast.dee.pk}/join/", {"name": "Gia"}).content.decode()
        assert "hand one of the two over first" in page_
        assert 'name="other"' not in page_

    def test_the_old_page_says_where_it_went_to_who_may_see_it(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        ama = Browser(cast.ama)
        answer = ama.get(f"/people/{fay.pk}/")
        assert answer["Location"] == f"/people/{fay.pk}/joined/"
        page_ = ama.get(answer["Location"]).content.decode()
        assert f"/people/{dee.pk}/" in page_
        assert "Fay" in page_
        assert Browser(cast.cyd).get(f"/people/{fay.pk}/").status_code == 404
        assert ama.get(f"/people/{dee.pk}/joined/")["Location"] == f"/people/{dee.pk}/"

    def test_a_note_that_was_saved_at_the_very_moment_is_shown_where_it_stayed(self, cast: Cast) -> None:
        dee, fay = two(cast)
        with make.opening(fay, cast.ama, Action.WRITE_ENTRY) as file:
            late = file
            Case.objects.filter(pk=fay.pk).update(joined_to=dee, is_open=False)
            make.written(late, "She sang.")
        assert "She sang." in Browser(cast.ama).get(f"/people/{fay.pk}/joined/").content.decode()

    def test_words_sent_from_a_page_that_was_open_meanwhile_are_saved_in_the_kept_file(
        self, cast: Cast
    ) -> None:
        dee, fay = two(cast)
        ama = Browser(cast.ama)
        sent = {"entry_id": str(uuid4()), "text": "She sang.", "kind": "call"}
        join(cast, dee, fay)
        answer = ama.post(f"/people/{fay.pk}/write/", sent)
        assert (answer.status_code, answer["Location"]) == (307, f"/people/{dee.pk}/write/")
        ama.post(answer["Location"], sent)
        assert timeline(dee, cast.ama) == [(1, "She sang.")]

    def test_a_file_that_stays_shut_says_nothing_of_where_it_went(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        assert Browser(cast.cyd).post(f"/people/{fay.pk}/write/", {"text": "x"}).status_code == 404
        assert Browser(cast.cyd).get(f"/people/{fay.pk}/joined/").status_code == 404
