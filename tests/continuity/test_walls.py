"""Walls, stepping aside, and files of participants who work here now (practice M8)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.continuity.actions import walls as actions
from leeward.continuity.models import HandOver
from leeward.staff.models import Membership
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import answers, said, sees, where
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

PAGES = (
    "desk:person",
    "profile",
    "profile_change",
    "wishes",
    "identity",
    "identity_change",
    "history",
    "harm_new",
    "more",
    "reach",
    "reach_change",
    "way_new",
    "place_new",
    "says",
    "say_new",
    "never_new",
    "decisions",
    "decision_new",
    "bonds",
    "bond_new",
    "continuity:walls",
    "continuity:step_aside",
    "openings",
    "change_card",
)


@pytest.fixture
def colleague(cast: Cast) -> Worker:
    return cast.somebody(Role.CASE_MANAGER)


def put(cast: Cast, **before: object) -> Any:  # noqa: ANN401 - an answer is whatever Django makes
    return answers(cast.ben, "continuity:walls", cast.dee, **before)


def the_case(cast: Cast) -> Case:
    return Case.objects.get(pk=cast.dee.pk)


class TestAWall:
    def test_a_named_colleague_loses_the_file_at_once(self, cast: Cast, colleague: Worker) -> None:
        assert sees(colleague, "profile", cast.dee).status_code == 200
        put(cast, person=colleague.person.pk)
        assert sees(colleague, "profile", cast.dee).status_code == 404

    def test_every_page_is_the_same_404_as_nothing(self, cast: Cast) -> None:
        supervisor = cast.somebody(Role.SUPERVISOR)
        nowhere = Browser(supervisor).get("/people/00000000-0000-0000-0000-000000000000/")
        put(cast, person=supervisor.person.pk)
        for name in PAGES:
            answer = sees(supervisor, name, cast.dee)
            assert (name, answer.status_code, said(answer)) == (name, 404, said(nowhere))

    def test_lists_and_search_are_silent(self, cast: Cast, colleague: Worker) -> None:
        assert "Dee" in said(Browser(colleague).get("/people/?who=all"))
        put(cast, person=colleague.person.pk)
        browser = Browser(colleague)
        for path in ("/people/?who=all", "/people/", "/"):
            assert "Dee" not in said(browser.get(path))
        assert "Dee" not in said(browser.post(reverse("desk:find"), {"q": "Dee"})).replace("“Dee”", "")

    def test_the_line_about_who_was_shown_does_not_hold_it(self, cast: Cast, colleague: Worker) -> None:
        put(cast, person=colleague.person.pk)
        Browser(colleague).get("/people/?who=all")
        assert str(cast.dee.pk) not in Line.objects.order_by("-seq")[0].things

    def test_a_whole_team_is_kept_out_whoever_is_in_both(self, cast: Cast, colleague: Worker) -> None:
        Membership.objects.create(person=colleague.person, team=cast.garden, role=Role.VOLUNTEER)
        assert sees(colleague, "profile", cast.dee).status_code == 200
        put(cast, team=cast.garden.pk)
        assert sees(colleague, "profile", cast.dee).status_code == 404
        assert sees(cast.ama, "profile", cast.dee).status_code == 200

    def test_taken_away_the_file_is_back(self, cast: Cast, colleague: Worker) -> None:
        put(cast, person=colleague.person.pk)
        answers(cast.ben, "continuity:wall_away", cast.dee, Wall.objects.get().pk)
        assert sees(colleague, "profile", cast.dee).status_code == 200

    def test_the_same_wall_twice_is_one(self, cast: Cast, colleague: Worker) -> None:
        for _ in range(2):
            put(cast, person=colleague.person.pk)
        assert Wall.objects.count() == 1

    def test_who_is_behind_it_walks_along_no_more(self, cast: Cast, colleague: Worker) -> None:
        long_ago = timezone.localdate() - timedelta(days=40)
        CareTeamMember.objects.create(case=cast.dee, person=colleague.person, since=long_ago)
        put(cast, person=colleague.person.pk)
        assert not cast.dee.care_team.current().exists()
        assert cast.dee.care_team.count() == 1

    def test_a_hand_over_to_who_is_behind_it_ends(self, cast: Cast, lou: Worker, asked: HandOver) -> None:
        put(cast, person=lou.person.pk)
        assert HandOver.objects.get(pk=asked.pk).state == HandOver.WITHDRAWN

    def test_an_offer_to_a_team_behind_it_takes_its_key_back(self, cast: Cast, offered: HandOver) -> None:
        put(cast, team=cast.garden.pk)
        row = HandOver.objects.get(pk=offered.pk)
        assert (row.state, row.parcel) == (HandOver.WITHDRAWN, None)

    def test_a_hand_over_to_somebody_else_goes_on(
        self, cast: Cast, colleague: Worker, asked: HandOver
    ) -> None:
        put(cast, person=colleague.person.pk)
        assert HandOver.objects.get(pk=asked.pk).state == HandOver.ASKED

    @pytest.mark.parametrize("tie", ["primary", "backup"])
    def test_who_carries_the_file_hands_it_over_first(self, cast: Cast, colleague: Worker, tie: str) -> None:
        Case.objects.update(**{tie: colleague.person})
        answer = put(cast, person=colleague.person.pk)
        assert answer.status_code == 422
        assert "Hand it over to somebody else first" in said(answer)
        assert not Wall.objects.exists()

    def test_not_by_a_wall_before_a_team_of_theirs_either(self, cast: Cast) -> None:
        Membership.objects.create(person=cast.ama.person, team=cast.garden, role=Role.VOLUNTEER)
        assert "carries this file" in said(put(cast, team=cast.garden.pk))

    def test_nobody_stands_before_a_wall_of_their_own_making(self, cast: Cast) -> None:
        assert "Step aside" in said(put(cast, person=cast.ben.person.pk))
        with make.opening(cast.dee, cast.ben, Action.WALL) as file, pytest.raises(CannotDo):
            actions.put_wall(file, team=cast.harbor)

    def test_one_of_the_two_is_asked_for(self, cast: Cast, colleague: Worker) -> None:
        assert "one of the two" in said(put(cast))
        assert "one of the two" in said(put(cast, person=colleague.person.pk, team=cast.garden.pk))

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
    def test_only_supervisors_put_up_walls(self, cast: Cast, colleague: Worker, role: Role) -> None:
        somebody = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=somebody.person)
        assert sees(somebody, "continuity:walls", cast.dee).status_code == 404
        assert answers(somebody, "continuity:walls", cast.dee, person=colleague.person.pk).status_code == 404
        assert (
            answers(somebody, "continuity:works_here", cast.dee, colleague=colleague.person.pk).status_code
            == 404
        )
        assert not Wall.objects.exists()

    def test_a_supervisor_of_another_team_gets_what_is_nowhere(self, cast: Cast, colleague: Worker) -> None:
        assert answers(cast.sue, "continuity:walls", cast.dee, person=colleague.person.pk).status_code == 404

    def test_a_wall_around_another_file_is_not_taken_away_here(self, cast: Cast, colleague: Worker) -> None:
        other = make.a_case(by=cast.ama, name="Fay")
        put(cast, person=colleague.person.pk)
        assert answers(cast.ben, "continuity:wall_away", other, Wall.objects.get().pk).status_code == 404
        assert Wall.objects.exists()


class TestTheyWorkHereNow:
    def test_only_those_who_walk_along_and_supervisors_open_it(self, cast: Cast, colleague: Worker) -> None:
        now_here = cast.somebody(Role.PEER_SUPPORTER)
        answers(cast.ben, "continuity:works_here", cast.dee, colleague=now_here.person.pk)
        seen = {who: sees(who, "profile", cast.dee).status_code for who in (cast.ama, cast.ben, colleague)}
        assert list(seen.values()) == [200, 200, 404]
        assert "Dee" not in said(Browser(colleague).get("/people/?who=all"))

    def test_never_by_themselves_even_if_somebody_puts_them_on_the_care_team(self, cast: Cast) -> None:
        now_here = cast.somebody(Role.CASE_MANAGER)
        answers(cast.ben, "continuity:works_here", cast.dee, colleague=now_here.person.pk)
        CareTeamMember.objects.create(case=cast.dee, person=now_here.person)
        assert sees(now_here, "desk:person", cast.dee).status_code == 404

    def test_whoever_carries_it_is_not_the_participant(self, cast: Cast) -> None:
        answer = answers(cast.ben, "continuity:works_here", cast.dee, colleague=cast.ama.person.pk)
        assert answer.status_code == 422
        assert not the_case(cast).restricted

    def test_opened_to_the_team_again_the_wall_stays(self, cast: Cast, colleague: Worker) -> None:
        now_here = cast.somebody(Role.PEER_SUPPORTER)
        answers(cast.ben, "continuity:works_here", cast.dee, colleague=now_here.person.pk)
        answers(cast.ben, "continuity:open_to_team", cast.dee)
        assert sees(colleague, "profile", cast.dee).status_code == 200
        assert sees(now_here, "continuity:step_aside", cast.dee).status_code == 404

    def test_nothing_on_the_page_says_more_than_a_colleagues_name(self, cast: Cast) -> None:
        now_here = cast.somebody(Role.PEER_SUPPORTER)
        answers(cast.ben, "continuity:works_here", cast.dee, colleague=now_here.person.pk)
        page = said(sees(cast.ben, "continuity:walls", cast.dee))
        assert "restricted: it opens only to those who walk along" in page
        assert where("continuity:walls", cast.dee)
