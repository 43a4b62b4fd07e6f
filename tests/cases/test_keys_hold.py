"""With the policy switched off: what a bug in it could not open, because the key is not there."""

from typing import Final

import pytest

from leeward.access.gate import Refused, Tripped
from leeward.access.matrix import ABOUT_PARTICIPANTS, TIES, verdict
from leeward.access.policy import Action, Role, shows
from leeward.cases.models import CareTeamMember, CaseList, Entry, Participant
from leeward.vault.keyring import ring
from leeward.vault.scopes import Compartment, Locked
from tests import make
from tests.access.switch import policy_off
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NO_CONTENT: Final = [Role.ADMINISTRATOR, Role.REPORT_ONLY]


def held_by(cast: Cast, worker: Worker, action: Action) -> str:
    """What keeps the door shut: nothing, the policy, or the key."""
    try:
        with make.opening(cast.dee, worker, action):
            return ""
    except Refused as refused:
        return refused.held_by.value


@pytest.mark.parametrize("role", Role)
def test_the_cells_held_by_key_hold_without_the_policy(
    cast: Cast, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = cast.somebody(role), cast.somebody(role, elsewhere=True)
    CareTeamMember.objects.create(case=cast.dee, person=here.person)
    policy_off(monkeypatch)
    for action in ABOUT_PARTICIPANTS:
        assert held_by(cast, elsewhere, action) == "key", action
        monkeypatch.undo()
        told = {tie for tie in TIES if tie != "other team" and verdict(role, action, tie) == "key"}
        policy_off(monkeypatch)
        assert held_by(cast, here, action) == ("key" if told else ""), action


@pytest.mark.parametrize("action", sorted(action for action in ABOUT_PARTICIPANTS if len(shows(action)) > 1))
def test_the_front_desk_opens_no_file(cast: Cast, action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = cast.somebody(Role.FRONT_DESK)
    policy_off(monkeypatch)
    assert held_by(cast, desk, action) == "key"


def test_the_front_desk_opens_cards(cast: Cast) -> None:
    with make.opening(cast.dee, cast.somebody(Role.FRONT_DESK), Action.SEE_CARD) as file:
        assert file.thing.participant.card["name"] == "Dee"
        assert {scope.part for scope, _ in ring()._keys if scope.kind == "case"} == {"card"}


def test_the_front_desk_reads_no_note_on_a_page_that_forgot_to_ask(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.an_entry(cast.dee, by=cast.ama)
    desk = cast.somebody(Role.FRONT_DESK)
    policy_off(monkeypatch)
    with pytest.raises(Tripped), make.entering(desk, Action.SEE_CASE, lists=True) as entered:  # noqa: PT012
        entered.list(CaseList([cast.dee]), Action.SEE_CASE, frozenset(Compartment))
        assert Participant.objects.get().card["name"] == "Dee"
        with pytest.raises(Locked):
            _ = Entry.objects.get().text


@pytest.mark.parametrize("role", NO_CONTENT)
@pytest.mark.parametrize("action", ABOUT_PARTICIPANTS)
def test_administrators_and_those_who_count_open_nothing(
    cast: Cast, role: Role, action: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = cast.somebody(role)
    assert held_by(cast, somebody, action) == "policy"
    policy_off(monkeypatch)
    assert held_by(cast, somebody, action) == "key"


@pytest.mark.parametrize("action", ABOUT_PARTICIPANTS)
def test_another_team_is_refused_twice_over(
    cast: Cast, action: Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held_by(cast, cast.cyd, action) == "policy"
    policy_off(monkeypatch)
    assert held_by(cast, cast.cyd, action) == "key"


def test_a_stranger_with_a_key_pair_of_her_own_opens_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy_off(monkeypatch)
    assert held_by(cast, cast.eve, Action.SEE_CARD) == "key"


@pytest.mark.parametrize("role", [role for role in Role if role not in NO_CONTENT])
def test_nobody_s_ring_holds_more_than_the_page_is_for(cast: Cast, role: Role) -> None:
    somebody = cast.somebody(role)
    CareTeamMember.objects.create(case=cast.dee, person=somebody.person)
    with make.opening(cast.dee, somebody, Action.SEE_CARD) as file:
        assert (
            {scope.part for scope, _ in ring()._keys if scope.kind == "case"} == file.compartments == {"card"}
        )
