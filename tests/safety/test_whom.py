"""Whom a crisis is about: my people first, then others whom I may see, and a name that is posted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Role
from leeward.cases.models import Case, Wall
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import a_crisis, words_of

pytestmark = pytest.mark.django_db

WHO_MAY = {
    Role.CASE_MANAGER, Role.SECONDED, Role.ADVOCATE, Role.SUPERVISOR, Role.PEER_SUPPORTER, Role.HOUSE_STAFF,
    Role.ON_CALL,
}  # fmt: skip


class TestForWhom:
    @pytest.mark.parametrize("role", Role)
    def test_it_is_open_to_whoever_may_be_there(self, cast: Cast, role: Role) -> None:
        answer = Browser(cast.somebody(role)).get("/safety/")
        assert answer.status_code == (200 if role in WHO_MAY else 404)

    def test_my_people_stand_before_the_others(self, cast: Cast) -> None:
        make.a_case(by=cast.ben, name="Aaron")
        words = words_of(Browser(cast.ama).get("/safety/"))
        assert words.index("Your people") < words.index("Dee") < words.index("Others") < words.index("Aaron")

    def test_who_is_of_another_team_or_behind_a_wall_or_at_rest_is_not_there(self, cast: Cast) -> None:
        walled, rests, closed = (make.a_case(by=cast.ben, name=name) for name in ("Zwil", "Zres", "Zclo"))
        Wall.objects.create(case=walled, person=cast.ama.person)
        Case.objects.filter(pk=rests.pk).update(rests=True)
        Case.objects.filter(pk=closed.pk).update(is_open=False)
        make.a_case(by=cast.cyd, name="Zoth")
        words = words_of(Browser(cast.ama).get("/safety/"))
        assert "Dee" in words
        assert not [name for name in ("Zwil", "Zres", "Zclo", "Zoth") if name in words]

    def test_a_peer_supporter_sees_those_they_walk_with(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        assert "Dee" not in words_of(Browser(peer).get("/safety/"))
        Case.objects.filter(pk=cast.dee.pk).update(backup=peer.person)
        assert "Dee" in words_of(Browser(peer).get("/safety/"))

    def test_somebody_is_found_by_a_name_that_is_posted(self, cast: Cast, night: Worker) -> None:
        for number in range(30):
            make.a_case(by=cast.ama, name=f"Somebody {number}")
        words = words_of(Browser(night).post("/safety/", {"q": "dee"}))
        assert "1 person fits" in words
        assert "Somebody" not in words
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    def test_nobody_of_that_name_is_no_dead_end(self, cast: Cast) -> None:
        assert "Everybody" in words_of(Browser(cast.ama).post("/safety/", {"q": "zzz"}))

    def test_an_open_crisis_stands_on_top(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Abi")
        a_crisis(cast.dee, cast.ama)
        words = words_of(Browser(cast.ama).get("/safety/"))
        assert words.index("Dee") < words.index("open now") < words.index("Abi")

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        browser.get("/safety/")
        with CaptureQueriesContext(connection) as few:
            browser.get("/safety/")
        for number in range(15):
            make.a_case(by=cast.ama, name=f"Mine {number}")
            make.a_case(by=cast.ben, name=f"Other {number}")
        with CaptureQueriesContext(connection) as many:
            browser.get("/safety/")
        assert len(few) == len(many)
