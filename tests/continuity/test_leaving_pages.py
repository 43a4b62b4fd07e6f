"""The pages on which somebody leaves or takes days off, by a real client."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

import pytest
from django.utils import timezone

from leeward.access.policy import Role
from leeward.continuity.models import HandOver
from leeward.staff.models import Absence, Membership, Person
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import (
    hidden,
    now,
    path,
    sees,
    words_of,
)
from tests.make import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def ama(cast: Cast) -> Browser:
    return Browser(cast.ama)


@pytest.fixture
def ben(cast: Cast) -> Browser:
    return Browser(cast.ben)


class TestGoodbye:
    def test_for_each_of_them_somebody_is_chosen(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        where = path(None, "goodbye", cast.ama.person.pk)
        page = words_of(ben.get(where))
        assert "Dee" in page
        assert "Fay" in page
        chosen = {f"with_{cast.dee.pk}": lou.person.pk, f"with_{fay.pk}": cast.ben.person.pk}
        assert ben.post(where, chosen)["Location"] == "/staff/"
        assert (now(cast.dee).primary, now(fay).primary) == (lou.person, cast.ben.person)
        assert Person.objects.get(pk=cast.ama.person.pk).left_at

    def test_or_one_for_all(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        chosen = {f"with_{case.pk}": str(cast.ben.person.pk) for case in (cast.dee, fay)}
        ben.post(path(None, "goodbye", cast.ama.person.pk), {**chosen, "everybody": lou.person.pk})
        assert {now(cast.dee).primary, now(fay).primary} == {lou.person}

    def test_somebody_new_came_meanwhile_and_is_asked_about(
        self, cast: Cast, lou: Worker, ben: Browser
    ) -> None:
        make.a_case(by=cast.ama, name="Fay")
        answer = ben.post(path(None, "goodbye", cast.ama.person.pk), {f"with_{cast.dee.pk}": lou.person.pk})
        assert answer.status_code == 422
        assert Person.objects.get(pk=cast.ama.person.pk).left_at is None

    def test_an_administrator_sees_how_many_and_no_name(self, cast: Cast, lou: Worker) -> None:
        keeper = Browser(cast.somebody(Role.ADMINISTRATOR))
        where = path(None, "goodbye", cast.ama.person.pk)
        told = words_of(keeper.get(where))
        assert "1 more person is not yours to see" in told
        assert "Dee" not in told
        keeper.post(where)
        assert now(cast.dee).primary == cast.ben.person

    def test_a_supervisor_of_another_team_hears_whom_to_ask(self, cast: Cast) -> None:
        where = path(None, "goodbye", cast.ama.person.pk)
        assert "Only a supervisor of that team" in words_of(sees(cast.sue, where))
        answer = Browser(cast.sue).post(where)
        assert answer.status_code == 422
        assert Person.objects.get(pk=cast.ama.person.pk).left_at is None

    def test_a_second_click_finds_nobody_to_say_goodbye_to(
        self, cast: Cast, lou: Worker, ben: Browser
    ) -> None:
        where, chosen = path(None, "goodbye", cast.ama.person.pk), {f"with_{cast.dee.pk}": lou.person.pk}
        assert [ben.post(where, chosen).status_code for _ in range(2)] == [302, 404]
        assert HandOver.objects.count() == 1

    def test_a_role_ends_from_the_colleagues_page(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        mine = Membership.objects.get(person=lou.person)
        assert (
            f'action="{path(None, "roles", mine.pk, "end")}"'
            in sees(cast.ben, f"/staff/{lou.person.pk}/").content.decode()
        )
        assert ben.post(path(None, "roles", mine.pk, "end")).status_code == 302
        assert not Membership.objects.current().filter(person=lou.person).exists()

    def test_before_it_does_those_they_walk_with_are_asked_about(
        self, cast: Cast, lou: Worker, ben: Browser
    ) -> None:
        where = path(None, "roles", Membership.objects.get(person=cast.ama.person).pk, "end")
        answer = ben.post(where)
        assert answer.status_code == 422
        assert "Dee" in words_of(answer)
        ben.post(where, {f"with_{cast.dee.pk}": lou.person.pk})
        assert now(cast.dee).primary == lou.person


class TestTimeOff:
    def test_one_writes_ones_own(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        form = hidden(ama.get(path(None, "cover")), "away")
        today = timezone.localdate().isoformat()
        told = {**form, "person": cast.ama.person.pk, "since": today, "until": today, "cover": lou.person.pk}
        for _ in range(2):
            assert ama.post(path(None, "cover"), told).status_code == 302
        assert Absence.objects.count() == 1
        assert "You , today Lou covers." in words_of(ama.get(path(None, "cover")))
        assert "Ama , today You cover." in words_of(sees(lou, path(None, "cover")))

    @pytest.mark.parametrize(
        ("since", "until", "says"),
        [
            ("2030-01-02", "2030-01-01", "lies before the first"),
            ("", "2030-01-01", "required"),
            ("x", "y", "valid"),
        ],
    )
    def test_what_does_not_fit_is_said(
        self, cast: Cast, ama: Browser, since: str, until: str, says: str
    ) -> None:
        form = hidden(ama.get(path(None, "cover")), "away")
        answer = ama.post(path(None, "cover"), {**form, "since": since, "until": until})
        assert answer.status_code == 422
        assert says in words_of(answer)

    def test_nobody_writes_somebody_elses(self, cast: Cast, lou: Worker) -> None:
        browser = Browser(lou)
        form = hidden(browser.get(path(None, "cover")), "away")
        told = {**form, "person": cast.ama.person.pk, "since": "2030-01-01", "until": "2030-01-02"}
        assert browser.post(path(None, "cover"), told).status_code == 422
        row = Absence.objects.create(
            person=cast.ama.person, since=timezone.localdate(), until=timezone.localdate()
        )
        assert browser.get(path(None, "cover", row.pk)).status_code == 404
        assert browser.post(path(None, "cover", row.pk, "back")).status_code == 404

    def test_it_is_changed_and_ended(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        row = Absence.objects.create(
            person=cast.ama.person, since=timezone.localdate(), until=timezone.localdate()
        )
        where = path(None, "cover", row.pk)
        form = hidden(ama.get(where), "away")
        told = {**form, "since": "2030-01-01", "until": "2030-01-02", "cover": lou.person.pk}
        assert ama.post(where, told).status_code == 302
        assert Absence.objects.get().cover == lou.person
        ama.post(path(None, "cover", row.pk, "back"))
        assert not Absence.objects.exists()

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REPORT_ONLY, Role.FRONT_DESK])
    def test_everybody_takes_days_off(self, cast: Cast, role: Role) -> None:
        assert sees(cast.somebody(role), path(None, "cover")).status_code == 200
        assert sees(cast.somebody(role), path(None, "offers")).status_code == 200
