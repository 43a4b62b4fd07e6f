"""Somebody in their own words: everything may stay open, and "prefers not to say" is not "not asked"."""

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.actions import people as actions
from leeward.cases.models import Case, Glance, Profile
from leeward.cases.pages import people as pages
from leeward.cases.words.people import UNSAID
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import answers, said, sees, where
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def words(cast: Cast) -> dict[str, object]:
    with make.opening(cast.dee, cast.ama):
        return pages.profile_words(cast.dee)[0]


def write(cast: Cast, **told: str) -> None:
    with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
        actions.change_profile(file, facts=dict(told), version=pages.profile_words(cast.dee)[1])


class TestInTheirWords:
    def test_an_empty_page_asks_for_nothing(self, cast: Cast) -> None:
        answer = sees(cast.ama, "profile", cast.dee)
        assert "Nothing has to be asked" in said(answer)
        assert answers(cast.ama, "profile_change", cast.dee).status_code == 302

    def test_what_was_told_stands_there_and_nothing_else(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, culture="Zapotec grandparents")
        page = said(sees(cast.ama, "profile", cast.dee))
        assert "Zapotec grandparents" in page
        assert "Faith" not in page.partition("Not asked yet")[0].replace("Culture and faith", "")

    def test_what_nobody_asked_yet_is_offered_without_a_question_mark(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, culture="Zapotec grandparents")
        page = said(sees(cast.ama, "profile", cast.dee))
        assert "Not asked yet, and need not be: Languages" in page.replace("What to call them ", "")

    def test_prefers_not_to_say_is_one_tap_and_differs_from_not_asked(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, faith_unsaid="on")
        assert words(cast)["faith"] == UNSAID
        assert "culture" not in words(cast)
        page = said(sees(cast.ama, "profile", cast.dee))
        assert "Faith, prayer and ceremony prefers not to say" in page

    def test_the_tick_goes_before_what_stands_in_the_field(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, faith="Catholic")
        answers(cast.ama, "profile_change", cast.dee, faith="Catholic", faith_unsaid="on", version=1)
        assert words(cast)["faith"] == UNSAID

    def test_the_form_ticks_the_box_again_and_shows_no_sign_of_how_it_is_kept(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, faith_unsaid="on")
        content = sees(cast.ama, "profile_change", cast.dee).content.decode()
        assert "checked" in content.partition('name="faith_unsaid"')[2].partition(">")[0]
        assert "unsaid</textarea>" not in content
        assert "\x00" not in content

    def test_nothing_asks_whether_somebody_is_a_victim(self, cast: Cast) -> None:
        assert "victim" not in said(sees(cast.ama, "profile_change", cast.dee)).lower()

    def test_unreadable_signs_are_named_and_everything_else_stays(self, cast: Cast) -> None:
        answer = answers(cast.ama, "profile_change", cast.dee, culture="Zapo\ufffdtec", nation="Lakota")
        assert answer.status_code == 422
        assert "could not be read" in said(answer)
        assert 'value="Lakota"' in answer.content.decode()


class TestWhatMattersMost:
    def test_it_stands_on_top_in_quotes_with_its_day(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, matters="To finish school.")
        page = said(sees(cast.ama, "profile", cast.dee))
        assert "“To finish school.” what matters most to Dee now, today" in page

    def test_lists_read_it_without_opening_the_rest(self, cast: Cast) -> None:
        write(cast, matters="To finish school.", culture="Zapotec")
        with make.opening(cast.dee, cast.ama):
            assert set(Glance.objects.get().words) == {"matters", "matters_on"}
            assert pages.matters_most(cast.dee)[0] == "To finish school."

    def test_what_else_the_glance_holds_is_kept(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama):
            Glance.objects.create(case=cast.dee, words={"contact_at": "2026-01-31T10:00:00+00:00"})
        write(cast, matters="To finish school.")
        with make.opening(cast.dee, cast.ama):
            assert Glance.objects.get().words["contact_at"]

    def test_who_prefers_not_to_say_leaves_no_sign_on_lists(self, cast: Cast) -> None:
        write(cast, matters="To finish school.")
        write(cast, matters=UNSAID)
        with make.opening(cast.dee, cast.ama):
            assert pages.matters_most(cast.dee) == ("", None)
        assert "What matters most now: prefers not to say" in said(sees(cast.ama, "profile", cast.dee))


class TestTwoAtOnce:
    def test_nobody_writes_over_a_colleague(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, culture="Zapotec", version=0)
        answer = answers(cast.ben, "profile_change", cast.dee, culture="Mixtec", version=0)
        assert answer.status_code == 409
        page = said(answer)
        assert "Culture and community, in their words: Mixtec" in page
        assert "Culture and community, in their words: Zapotec" in page
        assert 'name="version" value="1"' in answer.content.decode()
        assert words(cast)["culture"] == "Zapotec"

    def test_put_together_it_is_saved(self, cast: Cast) -> None:
        answers(cast.ama, "profile_change", cast.dee, culture="Zapotec", version=0)
        answers(cast.ben, "profile_change", cast.dee, culture="Zapotec, and Mixtec", version=1)
        assert words(cast)["culture"] == "Zapotec, and Mixtec"

    def test_the_same_click_twice_is_no_conflict(self, cast: Cast) -> None:
        for _ in range(2):
            answer = answers(cast.ama, "profile_change", cast.dee, culture="Zapotec", version=0)
            assert answer.status_code == 302
        assert Profile.objects.get().version == 1


class TestWhoMaySee:
    @pytest.mark.parametrize("name", ["profile", "profile_change"])
    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.ON_CALL])
    def test_who_sees_little_gets_what_is_nowhere(self, cast: Cast, role: Role, name: str) -> None:
        assert sees(cast.somebody(role), name, cast.dee).status_code == 404

    def test_another_team_gets_what_is_nowhere(self, cast: Cast) -> None:
        assert sees(cast.cyd, "profile", cast.dee).status_code == 404
        assert answers(cast.cyd, "profile_change", cast.dee, culture="x").status_code == 404
        assert not Profile.objects.exists()


class TestMore:
    @pytest.mark.parametrize("role", Role)
    def test_every_door_on_the_page_opens(self, cast: Cast, role: Role) -> None:
        somebody = cast.somebody(role)
        Case.objects.update(backup=somebody.person)
        browser = Browser(somebody)
        answer = browser.get(where("more", cast.dee))
        doors = set(_doors(answer.content.decode()))
        assert not [door for door in doors if browser.get(door).status_code != 200]
        assert bool(doors) == (answer.status_code == 200)

    def test_each_role_is_shown_its_own_doors(self, cast: Cast) -> None:
        assert where("identity", cast.dee) in _doors(sees(cast.ama, "more", cast.dee).content.decode())
        house = _doors(sees(cast.somebody(Role.HOUSE_STAFF), "more", cast.dee).content.decode())
        assert where("identity", cast.dee) not in house
        assert where("continuity:step_aside", cast.dee) in house

    def test_history_is_no_door_for_a_colleague_who_does_not_walk_along(self, cast: Cast) -> None:
        colleague = cast.somebody(Role.CASE_MANAGER)
        assert where("history", cast.dee) not in _doors(sees(colleague, "more", cast.dee).content.decode())
        assert where("history", cast.dee) in _doors(sees(cast.ama, "more", cast.dee).content.decode())


def _doors(content: str) -> list[str]:
    main = content.partition("<main")[2].partition("</main>")[0]
    return [part.partition('"')[0] for part in main.split('class="whole" href="')[1:]]
