"""Who still lacks a part of what a role needs, when a role came to need more; handing keys completes it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.policy import Action, Role
from leeward.staff import actions, pages
from leeward.staff.models import Grant, Person
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db


def without(worker: Worker, *scopes: str) -> None:
    """As if the colleague had been handed keys before the role needed these parts."""
    Grant.objects.filter(person_key__person=worker.person, scope__in=scopes).delete()


def lacking(worker: Worker) -> list[tuple[str, str, list[str]]]:
    with make.entering(worker, Action.SEE_KEYS) as entered:
        return [(lack.name, lack.team, lack.parts) for lack in pages.lacking(entered.visit)]


class TestLacking:
    @pytest.mark.parametrize("role", Role)
    def test_whoever_was_handed_keys_lacks_nothing(self, cast: Cast, role: Role) -> None:
        cast.somebody(role)
        assert lacking(cast.ben) == []

    def test_a_part_that_came_later_is_named(self, cast: Cast, ida: Worker) -> None:
        without(ida, "duty")
        assert lacking(cast.ben) == [("Ida", "Harbor", ["reports and emergencies"])]
        assert lacking(cast.sue) == [("Ida", "Team 1", ["reports and emergencies"])]

    def test_handing_keys_completes_it(self, cast: Cast, ida: Worker) -> None:
        without(ida, "duty", "contact")
        with make.entering(cast.ben, Action.GRANT) as entered:
            assert actions.hand_keys(entered, person=ida.person) == 2
        assert lacking(cast.ben) == []

    def test_a_second_role_that_needs_the_whole_is_named(self, cast: Cast, ida: Worker) -> None:
        keeper = cast.somebody(Role.ADMINISTRATOR)
        with make.entering(keeper, Action.CHANGE_MEMBERSHIP) as entered:
            actions.add_membership(entered, person=ida.person, team=cast.harbor, role=Role.CASE_MANAGER)
        assert lacking(cast.ben) == [("Ida", "Harbor", ["the whole file"])]

    def test_who_waits_for_the_first_keys_is_told_elsewhere(self, cast: Cast) -> None:
        make.a_person(Role.ON_CALL, cast.harbor)
        assert lacking(cast.ben) == []

    def test_who_has_left_lacks_nothing(self, cast: Cast, ida: Worker) -> None:
        without(ida, "duty")
        Person.objects.filter(pk=ida.person.pk).update(left_at="2026-01-01T00:00:00Z")
        assert lacking(cast.ben) == []

    def test_the_pages_say_so(self, cast: Cast, ida: Worker) -> None:
        without(ida, "duty")
        browser = Browser(cast.ben)
        text = browser.get("/staff/keys/").content.decode()
        assert "Harbor: reports and emergencies" in text
        assert f"/staff/{ida.person.pk}/" in text
        hers = browser.get(f"/staff/{ida.person.pk}/").content.decode()
        assert "Harbor: a part of the key is still to be handed over (reports and emergencies)." in hers
        assert "waits for a part of a key" in browser.get("/staff/").content.decode()

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, ida: Worker) -> None:
        without(ida, "duty")
        with CaptureQueriesContext(connection) as few:
            lacking(cast.ben)
        for role in (Role.HOUSE_STAFF, Role.ON_CALL, Role.FRONT_DESK, Role.VOLUNTEER):
            without(cast.somebody(role), "duty", "card")
        with CaptureQueriesContext(connection) as many:
            assert len(lacking(cast.ben)) == 5
        assert len(few) == len(many)
