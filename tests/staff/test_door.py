"""Who stands at the door: nobody, somebody, and what she holds today."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from leeward.access import marks
from leeward.access.gate import Entered
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.door import OpenCase, case_page
from leeward.staff import door
from leeward.staff.door import staff_page
from leeward.vault.scopes import Scope
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@staff_page(Action.INVITE)
def inviting(request: HttpRequest, entered: Entered) -> HttpResponse:
    return HttpResponse(entered.action.value)


@case_page(Action.SEE_CASE)
def seeing(request: HttpRequest, file: OpenCase) -> HttpResponse:
    return HttpResponse(file.thing.participant.card["name"])


def asked(worker: make.Worker | None, path: str = "/people/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.visit = worker.visit if worker else None  # type: ignore[attr-defined]
    return request


def said(answer: HttpResponseBase) -> bytes:
    assert isinstance(answer, HttpResponse)
    return answer.content


class TestAPageForStaff:
    def test_nobody_is_sent_to_sign_in_and_comes_back_here(self, cast: Cast) -> None:
        answer = inviting(asked(None, "/staff/invite/?q=words"))
        assert answer["Location"] == "/sign-in/?next=%2Fstaff%2Finvite%2F"
        assert seeing(asked(None), case=cast.dee.pk).status_code == 302

    def test_a_request_that_was_never_asked_who_it_is_is_nobody(self) -> None:
        assert inviting(RequestFactory().get("/")).status_code == 302

    def test_somebody_who_may_is_let_in(self, cast: Cast) -> None:
        assert said(inviting(asked(cast.ben))) == b"staff:invite"

    def test_somebody_who_may_not_finds_nothing_there(self, cast: Cast) -> None:
        with pytest.raises(Http404):
            inviting(asked(cast.ama))
        assert Line.objects.order_by("-seq")[0].outcome == "refused"

    def test_the_mark_can_be_read(self) -> None:
        assert marks.mark_of(inviting) == marks.Mark("staff_page", Action.INVITE)
        assert marks.mark_of(seeing) == marks.Mark("case_page", Action.SEE_CASE)


class TestAPageOfAFile:
    def test_it_opens_for_those_who_walk_along(self, cast: Cast) -> None:
        assert said(seeing(asked(cast.ama), case=cast.dee.pk)) == b"Dee"

    def test_a_shut_file_and_one_that_does_not_exist_look_the_same(self, cast: Cast) -> None:
        for worker, case in ((cast.cyd, cast.dee.pk), (cast.ama, cast.eve.person.pk)):
            with pytest.raises(Http404) as shut:
                seeing(asked(worker), case=case)
            assert str(shut.value) == ""


class TestWhoSheIs:
    def test_roles_are_counted_by_team(self, cast: Cast) -> None:
        actor, only = door.actor_of(cast.ama.person), frozenset({Role.CASE_MANAGER})
        assert actor.roles == only
        assert actor.teams == {cast.harbor.pk: only}

    def test_an_administrator_is_in_no_team(self, cast: Cast) -> None:
        actor = door.actor_of(cast.somebody(Role.ADMINISTRATOR).person)
        assert actor.roles == frozenset({Role.ADMINISTRATOR})
        assert actor.teams == {}

    def test_her_own_keys_are_her_drafts_and_her_teams_names(self, cast: Cast) -> None:
        scopes = {held.scope for held in cast.ama.visit.holder.own_keys()}
        assert Scope.person(cast.ama.person.pk) in scopes
        assert {scope.id for scope in scopes if scope.kind == "team"} >= {cast.harbor.pk}
        assert cast.garden.pk not in {scope.id for scope in scopes}

    def test_grants_are_asked_for_once_in_a_visit(
        self, cast: Cast, django_assert_num_queries: object
    ) -> None:
        holder = cast.ama.visit.holder
        with django_assert_num_queries(1):  # type: ignore[operator]
            list(holder.own_keys())
            list(holder.own_keys())
            assert cast.harbor.pk in holder.teams("card")
