"""A file begins: with its key, or not at all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from leeward.access.gate import Refused
from leeward.access.policy import Action, Role, key_scopes
from leeward.cases import actions
from leeward.cases.actions import CannotDo
from leeward.cases.models import Case, CaseKey, Participant, Wrap
from leeward.cases.models.key import APART, WHOLE
from leeward.staff.models import Membership
from leeward.vault.scopes import Compartment, Unreadable
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.postgres


@pytest.mark.django_db
class TestStarting:
    def test_a_name_to_call_her_by_is_enough(self, cast: Cast) -> None:
        case = make.a_case(by=cast.ama, name="Moth")
        with make.opening(case, cast.ama) as file:
            assert file.thing.participant.card["name"] == "Moth"
            assert set(file.thing.participant.card) == {"name", "since"}

    def test_whoever_starts_it_walks_with_her_first(self, cast: Cast) -> None:
        assert make.a_case(by=cast.ama).primary == cast.ama.person

    def test_what_was_left_empty_is_not_kept(self, cast: Cast) -> None:
        case = make.a_case(by=cast.ama, pronouns="", language="Tigrinya")
        with make.opening(case, cast.ama) as file:
            assert set(file.thing.participant.card) == {"name", "since", "language"}

    def test_the_same_click_twice_is_one_file(self, cast: Cast) -> None:
        case_id = uuid4()
        for name in ("Fay", "Fay"):
            with make.entering(cast.ama, Action.START_CASE) as entered:
                started = actions.start_case(entered, team=cast.harbor, card={"name": name}, case_id=case_id)
            assert started.pk == case_id
        assert Participant.objects.filter(case=case_id).count() == 1
        assert CaseKey.objects.count() == 2

    def test_a_number_of_another_teams_file_gives_nothing_away(self, cast: Cast) -> None:
        with make.entering(cast.cyd, Action.START_CASE) as entered, pytest.raises(IntegrityError):
            actions.start_case(entered, team=cast.garden, card={"name": "Fay"}, case_id=cast.dee.pk)

    def test_without_the_teams_key_no_file_is_started(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        with (
            make.entering(waiting, Action.START_CASE) as entered,
            pytest.raises(CannotDo, match="Ask a colleague"),
        ):
            actions.start_case(entered, team=cast.harbor, card={"name": "Fay"})
        assert Case.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.PEER_SUPPORTER, Role.FRONT_DESK])
    def test_a_role_in_one_team_starts_no_file_in_another(self, cast: Cast, role: Role) -> None:
        somebody = cast.somebody(role)
        Membership.objects.create(person=somebody.person, team=cast.garden, role=Role.CASE_MANAGER)
        with (
            make.entering(somebody, Action.START_CASE) as entered,
            pytest.raises(CannotDo, match="in this team"),
        ):
            actions.start_case(entered, team=cast.harbor, card={"name": "Fay"})

    def test_somebody_who_may_start_none_does_not_get_that_far(self, cast: Cast) -> None:
        with pytest.raises(Refused), make.entering(cast.somebody(Role.FRONT_DESK), Action.START_CASE):
            pass

    def test_every_scope_that_a_role_holds_alone_has_its_wrap(self, cast: Cast) -> None:
        scopes = set(Wrap.objects.filter(key=cast.dee.key_id).values_list("scope", flat=True))
        assert scopes == {WHOLE, *APART}
        assert scopes >= {scope for role in Role for scope in key_scopes(role)}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_file(cast: Cast) -> None:
    together, case_id = threading.Barrier(2), uuid4()

    def click(_: int) -> Any:  # noqa: ANN401
        try:
            with make.entering(cast.ama, Action.START_CASE) as entered:
                together.wait()
                return actions.start_case(entered, team=cast.harbor, card={"name": "Fay"}, case_id=case_id).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(click, range(2))) == [case_id, case_id]
    assert Participant.objects.filter(case=case_id).count() == 1


@pytest.mark.django_db(transaction=True)
class TestNoFileWithoutItsKey:
    """Tried in plain SQL, past everything that Leeward knows."""

    def attempt(self, sql: str, *values: UUID) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [value.hex if connection.vendor == "sqlite" else value for value in values])

    def test_its_wrap_cannot_be_deleted(self, cast: Cast) -> None:
        self.attempt("DELETE FROM cases_wrap WHERE id = %s", cast.dee.anchor_id)

    def test_its_key_cannot_be_deleted(self, cast: Cast) -> None:
        self.attempt("DELETE FROM cases_casekey WHERE id = %s", cast.dee.key_id)

    @pytest.mark.parametrize("column", ["key_id", "anchor_id"])
    def test_it_cannot_lose_its_key(self, cast: Cast, column: str) -> None:
        self.attempt(f"UPDATE cases_case SET {column} = NULL WHERE id = %s", cast.dee.pk)  # noqa: S608
        self.attempt(f"UPDATE cases_case SET {column} = %s WHERE id = %s", uuid4(), cast.dee.pk)  # noqa: S608

    @pytest.mark.parametrize("missing", ["key_id", "anchor_id"])
    @pytest.mark.usefixtures("cast")
    def test_none_can_be_made_without(self, missing: str) -> None:
        columns = {"key_id": "key_id", "anchor_id": "anchor_id", missing: "NULL"}
        self.attempt(
            "INSERT INTO cases_case (id, team_id, primary_id, is_open, last_number, key_id, anchor_id) "  # noqa: S608
            f"SELECT %s, team_id, primary_id, is_open, 0, {columns['key_id']}, {columns['anchor_id']} FROM cases_case",
            uuid4(),
        )

    def test_a_wrap_has_exactly_one_holder(self, cast: Cast) -> None:
        self.attempt("UPDATE cases_wrap SET team_key_id = NULL WHERE id = %s", cast.dee.anchor_id)

    def test_the_teams_key_it_hangs_on_cannot_be_deleted(self, cast: Cast) -> None:
        self.attempt("DELETE FROM staff_teamkey WHERE team_id = %s", cast.harbor.pk)

    def test_leeward_itself_says_so_at_once(self, cast: Cast) -> None:
        with pytest.raises(ProtectedError):
            cast.dee.anchor.delete()
        with pytest.raises(ProtectedError):
            cast.dee.key.delete()


@pytest.mark.django_db
def test_a_wrap_moved_to_another_file_does_not_open(cast: Cast) -> None:
    other = make.a_case(by=cast.ama, name="Fay")
    moved = Wrap.objects.get(key=cast.dee.key_id, scope="whole").sealed
    Wrap.objects.filter(key=other.key_id, scope="whole").update(sealed=moved)
    with pytest.raises(Unreadable), make.opening(other, cast.ama):
        pass


@pytest.mark.django_db
def test_a_wrap_moved_to_another_scope_does_not_open(cast: Cast) -> None:
    desk = cast.somebody(Role.FRONT_DESK)
    moved = Wrap.objects.get(key=cast.dee.key_id, scope="safety").sealed
    Wrap.objects.filter(key=cast.dee.key_id, scope=Compartment.CARD).update(sealed=moved)
    with pytest.raises(Unreadable), make.opening(cast.dee, desk, Action.SEE_CARD):
        pass
