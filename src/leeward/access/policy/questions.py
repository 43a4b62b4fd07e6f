"""The few questions that are asked of the table."""

from collections.abc import Collection

from leeward.access.policy.nouns import Action, Actor, Reach, Role, Ties
from leeward.access.policy.table import (
    AGENCY_WIDE,
    CASE_ACTIONS,
    EVERYBODY,
    EVERYTHING,
    OVER_RESTRICTED,
    SHOWS_ONLY,
    TABLE,
)
from leeward.vault.scopes import Compartment


def allows(actor: Actor, action: Action, ties: Ties) -> bool:
    """Whether somebody may do this to one thing."""
    if _shut_out(action, ties):
        return False
    roles = _counting(ties.roles | (actor.roles & AGENCY_WIDE), ties)
    return reach(roles, action) >= _distance(ties)


def compartments(action: Action, ties: Ties) -> frozenset[Compartment]:
    """The parts of a file that the roles open for this action: no more than the page is for."""
    if _shut_out(action, ties):
        return frozenset()
    roles = _counting(ties.roles, ties)
    return _opened([role for role in roles if _own_reach(role, action) >= _distance(ties)], action)


def reach(
    roles: Collection[Role],
    action: Action,
    needing: frozenset[Compartment] = frozenset(),
) -> Reach:
    """How far the roles held in one team carry, counting only what opens all the compartments needed.

    This is the rule a query is built on; walls and training are left for the query to add.
    """
    if action in EVERYBODY:
        return Reach.NONE if needing else Reach.TEAM
    for far in (Reach.TEAM, Reach.ASSIGNED, Reach.CARRIED):
        able = [role for role in roles if _own_reach(role, action) >= far]
        if able and needing <= _opened(able, action):
            return far
    return Reach.NONE


def over_restricted(roles: Collection[Role]) -> frozenset[Role]:
    """Those of somebody's roles that count for a restricted file which they do not walk with."""
    return frozenset(roles) & OVER_RESTRICTED


def shows(action: Action) -> frozenset[Compartment]:
    """The most that this action shows of a file, to whoever may see all of it."""
    return SHOWS_ONLY.get(action, EVERYTHING) if action in CASE_ACTIONS else frozenset()


def key_scopes(role: Role) -> frozenset[str]:
    """The keys that a grant of this role holds: defends where a check is forgotten."""
    return TABLE[role].keys


def may_open(role: Role) -> frozenset[Compartment]:
    """The parts of a file that a role opens at most."""
    return TABLE[role].opens


def _shut_out(action: Action, ties: Ties) -> bool:
    return ties.walled_off or (action in CASE_ACTIONS and not ties.trained)


def _counting(roles: frozenset[Role], ties: Ties) -> frozenset[Role]:
    """The roles that count here: a restricted file opens to those who walk along, and to their supervisors."""
    return roles if ties.assigned or not ties.restricted else over_restricted(roles)


def _distance(ties: Ties) -> Reach:
    """How far a role has to carry to get to a thing with these ties."""
    if not ties.assigned:
        return Reach.TEAM
    return Reach.CARRIED if ties.carries else Reach.ASSIGNED


def _own_reach(role: Role, action: Action) -> Reach:
    standing = TABLE[role]
    if action in standing.team:
        return Reach.TEAM
    if action in standing.assigned:
        return Reach.ASSIGNED
    return Reach.CARRIED if action in standing.carrying else Reach.NONE


def _opened(roles: Collection[Role], action: Action) -> frozenset[Compartment]:
    return frozenset().union(*(may_open(role) for role in roles)) & shows(action)
