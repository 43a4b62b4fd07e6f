import subprocess
import sys
from itertools import chain, combinations, product
from uuid import UUID

import pytest

from leeward.access import policy
from leeward.access.policy import (
    AGENCY_WIDE,
    CASE_ACTIONS,
    EVERYBODY,
    WHOLE,
    Action,
    Actor,
    Reach,
    Role,
    Ties,
    allows,
    compartments,
    key_scopes,
    may_open,
    reach,
    shows,
)
from leeward.vault.scopes import Compartment

NEEDS = [frozenset[Compartment]()] + [frozenset({part}) for part in Compartment]
NEEDS += [frozenset(pair) for pair in combinations(Compartment, 2)]
TIES = list(product([True, False], repeat=5))
#: Not assigned, assigned, and the primary worker.
NEAR = [(False, False), (True, False), (True, True)]
SUPERVISORY = {
    Action.ASSIGN,
    Action.SEE_OPENINGS,
    Action.INVITE,
    Action.GRANT,
    Action.CHANGE_MEMBERSHIP,
    Action.END_MEMBERSHIP,
    Action.SEE_TRAIL,
    Action.SEE_KEYS,
    Action.JOIN,
    Action.WALL,
    Action.LOOK_AFTER,
    Action.KEEP_ROTA,
    Action.KEEP_WAYS,
    Action.KEEP_FUNDS,
}
ACCOUNTS = {
    Action.INVITE,
    Action.CHANGE_MEMBERSHIP,
    Action.END_MEMBERSHIP,
    Action.SEE_TRAIL,
    Action.SEE_KEYS,
}
#: What belongs to the team and to no participant.
DOOR = {Action.TAKE_REQUESTS}
STREET = DOOR | {Action.MEET_IN_PASSING}
HOUSE = DOOR | {Action.HOUSE_LOG}
#: How the walk goes on, and what was done to somebody, is for those who walk along.
WALKING = {Action.HISTORY, Action.HAND_OVER, Action.CLOSE}
#: Who stands in for somebody is for the one who carries the file.
CARRYING = {Action.NAME_BACKUP}
SEEING = {Action.SEE_CARD, Action.SEE_CASE, Action.EXPECTED, Action.STEP_ASIDE}
WRITING = SEEING | {
    Action.WRITE_ENTRY,
    Action.DAYS,
    Action.REACH,
    Action.CHANGE_REACH,
    Action.DUTY,
}


def role_sets() -> list[frozenset[Role]]:
    """Nobody, everybody with one role, and with two in the same team."""
    sets = chain.from_iterable(combinations(Role, count) for count in range(3))
    return [frozenset(roles) for roles in sets]


def an_actor(roles: frozenset[Role]) -> Actor:
    return Actor(UUID(int=1), roles)


def may(role: Role, *, assigned: bool = False, carries: bool = False) -> set[Action]:
    ties = Ties(frozenset({role}), assigned=assigned or carries, carries=carries)
    return {action for action in Action if allows(an_actor(ties.roles), action, ties)} - EVERYBODY


def test_policy_needs_neither_django_nor_a_database() -> None:
    code = "import sys; import leeward.access.policy; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("action", Action)
def test_the_rule_for_a_row_is_the_rule_for_a_set(action: Action) -> None:
    for roles, (assigned, walled_off, trained, restricted, carries) in product(role_sets(), TIES):
        ties = Ties(roles, assigned, walled_off, trained, restricted, carries)
        counting = policy.over_restricted(roles) if restricted and not assigned else roles
        set_rule = reach(counting, action)
        reached = set_rule is Reach.TEAM or (
            assigned and (set_rule is Reach.ASSIGNED or (set_rule is Reach.CARRIED and carries))
        )
        shut = walled_off or (action in CASE_ACTIONS and not trained)
        assert allows(an_actor(roles), action, ties) == (reached and not shut)


@pytest.mark.parametrize("action", sorted(CASE_ACTIONS))
def test_the_set_rule_counts_only_roles_that_open_what_is_needed(action: Action) -> None:
    for roles, (assigned, carries), needing in product(role_sets(), NEAR, NEEDS):
        ties = Ties(roles, assigned=assigned, carries=carries)
        far = reach(roles, action, needing)
        row = allows(an_actor(roles), action, ties) and needing <= compartments(action, ties)
        assert row == (far >= (Reach.CARRIED if carries else Reach.ASSIGNED if assigned else Reach.TEAM))


@pytest.mark.parametrize("action", Action)
def test_roles_in_another_team_open_no_file(action: Action) -> None:
    for role in Role:
        elsewhere = allows(an_actor(frozenset({role})), action, Ties(assigned=True))
        assert elsewhere == (action in EVERYBODY or (role is Role.ADMINISTRATOR and action in may(role)))


@pytest.mark.parametrize("role", sorted(AGENCY_WIDE))
def test_a_role_of_the_whole_agency_reaches_no_file(role: Role) -> None:
    assert all(reach({role}, action) is Reach.NONE for action in CASE_ACTIONS)


@pytest.mark.parametrize("role", Role)
def test_a_wall_shuts_everything(role: Role) -> None:
    ties = Ties(frozenset({role}), assigned=True, walled_off=True)
    assert not any(allows(an_actor(ties.roles), action, ties) for action in Action)
    assert not any(compartments(action, ties) for action in Action)


@pytest.mark.parametrize("role", Role)
def test_without_training_files_stay_shut_and_the_rest_is_as_before(role: Role) -> None:
    trained = Ties(frozenset({role}), assigned=True)
    untrained = Ties(frozenset({role}), assigned=True, trained=False)
    actor = an_actor(trained.roles)
    for action in Action:
        expected = action not in CASE_ACTIONS and allows(actor, action, trained)
        assert allows(actor, action, untrained) == expected
        assert not compartments(action, untrained)


@pytest.mark.parametrize("role", Role)
def test_no_role_may_open_what_its_keys_do_not_hold(role: Role) -> None:
    held = key_scopes(role)
    assert WHOLE in held or may_open(role) <= held


@pytest.mark.parametrize("action", Action)
def test_an_action_opens_nothing_beyond_what_it_shows(action: Action) -> None:
    for roles, assigned in product(role_sets(), [True, False]):
        assert compartments(action, Ties(roles, assigned=assigned)) <= shows(action)


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.SECONDED, Role.ADVOCATE])
def test_who_walks_beside_opens_every_file_of_the_team(role: Role) -> None:
    assert may(role) == CASE_ACTIONS - SUPERVISORY - WALKING - CARRYING | STREET | HOUSE
    assert may(role, assigned=True) - may(role) == WALKING
    assert compartments(Action.SEE_CASE, Ties(frozenset({role}))) == set(Compartment)


def test_a_supervisor_may_do_all_that_and_looks_after_the_team() -> None:
    assert may(Role.SUPERVISOR) == may(Role.CASE_MANAGER, carries=True) | SUPERVISORY


@pytest.mark.parametrize("role", Role)
def test_who_carries_a_file_chooses_who_stands_in_and_nobody_else_who_walks_along(role: Role) -> None:
    writes = Action.WRITE_ENTRY in may(role, assigned=True)
    added = CARRYING if writes and role is not Role.SUPERVISOR else set()
    assert may(role, carries=True) - may(role, assigned=True) == added
    assert may(role, assigned=True) <= may(role, carries=True)


def test_a_peer_supporter_sees_and_writes_where_assigned() -> None:
    assert may(Role.PEER_SUPPORTER) == STREET
    assert may(Role.PEER_SUPPORTER, assigned=True) == STREET | WRITING | {Action.CRISIS}
    opened = compartments(Action.SEE_CASE, Ties(frozenset({Role.PEER_SUPPORTER}), assigned=True))
    assert opened == {"card", "contact", "notes", "plan", "safety", "facts", "duty"}


def test_an_outreach_worker_starts_files_in_the_team_and_goes_on_where_assigned() -> None:
    assert may(Role.OUTREACH_WORKER) == STREET | {Action.START_CASE}
    assert may(Role.OUTREACH_WORKER, assigned=True) == STREET | WRITING | {Action.START_CASE}
    ties = Ties(frozenset({Role.OUTREACH_WORKER}))
    assert compartments(Action.START_CASE, ties) == {"card", "contact", "notes", "facts", "duty"}
    assert compartments(Action.SEE_CASE, ties) == set()


@pytest.mark.parametrize(
    ("role", "actions", "opened"),
    [
        (Role.VOLUNTEER, SEEING - {Action.SEE_CASE}, {"card"}),
        (Role.FRONT_DESK, SEEING - {Action.SEE_CASE} | DOOR, {"card"}),
        (Role.HOUSE_STAFF, SEEING | HOUSE | {Action.CRISIS, Action.DUTY}, {"card", "safety", "duty"}),
        (
            Role.ON_CALL,
            SEEING | HOUSE | {Action.REACH, Action.CRISIS, Action.DUTY, Action.NIGHT},
            {"card", "contact", "safety", "duty"},
        ),
        (Role.REPORT_ONLY, set(), {"facts"}),
    ],
)
def test_roles_that_see_a_little(role: Role, actions: set[Action], opened: set[str]) -> None:
    assert may(role, assigned=True) == actions
    assert may(role) == (set() if role is Role.VOLUNTEER else actions)
    assert may_open(role) == opened
    assert key_scopes(role) == opened


def test_an_administrator_keeps_accounts_and_gives_no_keys() -> None:
    assert may(Role.ADMINISTRATOR) == ACCOUNTS
    assert key_scopes(Role.ADMINISTRATOR) == set()


def test_a_card_is_all_that_a_card_shows() -> None:
    ties = Ties(frozenset({Role.SUPERVISOR}))
    assert (
        compartments(Action.SEE_CARD, ties) == compartments(Action.SEE_OPENINGS, ties) == {Compartment.CARD}
    )


def test_everybody_has_a_day_and_an_account_even_without_a_role() -> None:
    assert {action for action in Action if allows(an_actor(frozenset()), action, Ties())} == EVERYBODY
    assert reach(frozenset(), Action.TODAY, frozenset({Compartment.CARD})) is Reach.NONE


def test_two_roles_in_one_team_add_up() -> None:
    ties = Ties(frozenset({Role.FRONT_DESK, Role.PEER_SUPPORTER}), assigned=False)
    assert compartments(Action.SEE_CARD, ties) == {Compartment.CARD}
    assert policy.reach(ties.roles, Action.SEE_CASE) is Reach.ASSIGNED


def test_the_words_in_the_trail_never_change() -> None:
    assert sorted(Action) == sorted(
        [
            "people:see",
            "case:see",
            "case:write",
            "case:change",
            "case:start",
            "case:add_file",
            "case:assign",
            "case:name_backup",
            "case:see_openings",
            "case:reach",
            "case:change_reach",
            "case:identity",
            "case:history",
            "case:days",
            "case:crisis",
            "case:duty",
            "case:hand_over",
            "case:close",
            "case:move",
            "case:join",
            "case:wall",
            "case:step_aside",
            "people:expected",
            "people:night",
            "people:look_after",
            "staff:keep_rota",
            "staff:keep_ways",
            "team:keep_funds",
            "team:meet",
            "team:take_requests",
            "team:house_log",
            "staff:see",
            "staff:invite",
            "staff:grant",
            "staff:change_membership",
            "staff:end_membership",
            "staff:see_trail",
            "staff:see_keys",
            "own:account",
            "own:today",
        ],
    )


@pytest.mark.parametrize("role", Role)
def test_a_restricted_file_opens_to_those_who_walk_along_and_to_supervisors(role: Role) -> None:
    ties = Ties(frozenset({role}), restricted=True)
    opened = {action for action in CASE_ACTIONS if allows(an_actor(ties.roles), action, ties)}
    assert bool(opened) == (role is Role.SUPERVISOR)
    along = Ties(frozenset({role}), assigned=True, restricted=True)
    assert {action for action in Action if allows(an_actor(along.roles), action, along)} - EVERYBODY == may(
        role, assigned=True
    )
