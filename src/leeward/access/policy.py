"""Who may do what: one table and the few questions asked of it. No Django, no database.

Defends against rules that live in many places and drift apart: every view, list, search and job asks here. A
single row asks `allows`, a query asks `reach`, and `allows` is made of `reach`, so the two cannot disagree.
`tests/access/matrix.txt` shows the table to people who do not read programs.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple
from uuid import UUID

from leeward.vault.scopes import Compartment


class Role(StrEnum):
    """What somebody is in a team, or in the agency. `words.py` says each in a sentence or two."""

    CASE_MANAGER = "case_manager"
    SUPERVISOR = "supervisor"
    PEER_SUPPORTER = "peer_supporter"
    OUTREACH_WORKER = "outreach_worker"
    VOLUNTEER = "volunteer"
    HOUSE_STAFF = "house_staff"
    FRONT_DESK = "front_desk"
    ON_CALL = "on_call"
    ADVOCATE = "advocate"
    SECONDED = "seconded"
    REPORT_ONLY = "report_only"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What somebody can want to do, as scope:verb. The trail keeps these words, so they never change."""

    SEE_CARD = "people:see"
    SEE_CASE = "case:see"
    WRITE_ENTRY = "case:write"
    CHANGE_CARD = "case:change"
    START_CASE = "case:start"
    ADD_FILE = "case:add_file"
    ASSIGN = "case:assign"
    SEE_OPENINGS = "case:see_openings"
    REACH = "case:reach"
    CHANGE_REACH = "case:change_reach"
    IDENTITY = "case:identity"
    HISTORY = "case:history"
    DAYS = "case:days"
    CRISIS = "case:crisis"
    DUTY = "case:duty"
    HAND_OVER = "case:hand_over"
    CLOSE = "case:close"
    MOVE = "case:move"
    JOIN = "case:join"
    WALL = "case:wall"
    STEP_ASIDE = "case:step_aside"
    EXPECTED = "people:expected"
    NIGHT = "people:night"
    LOOK_AFTER = "people:look_after"

    INVITE = "staff:invite"
    GRANT = "staff:grant"
    CHANGE_MEMBERSHIP = "staff:change_membership"
    END_MEMBERSHIP = "staff:end_membership"
    SEE_TRAIL = "staff:see_trail"
    SEE_KEYS = "staff:see_keys"
    KEEP_ROTA = "staff:keep_rota"
    KEEP_WAYS = "staff:keep_ways"
    KEEP_FUNDS = "team:keep_funds"
    MEET_IN_PASSING = "team:meet"
    TAKE_REQUESTS = "team:take_requests"
    HOUSE_LOG = "team:house_log"

    SEE_STAFF = "staff:see"
    OWN_ACCOUNT = "own:account"
    TODAY = "own:today"


class Reach(IntEnum):
    """How far somebody's roles carry inside one team: nowhere, to what is assigned to them, to all of it."""

    NONE = 0
    ASSIGNED = 1
    TEAM = 2


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, with all roles held anywhere in the agency, and those held in each team."""

    id: UUID
    roles: frozenset[Role]
    teams: Mapping[UUID, frozenset[Role]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Ties:
    """What connects an actor with one thing. `roles` are those held in the thing's own team."""

    roles: frozenset[Role] = frozenset()
    assigned: bool = False
    walled_off: bool = False
    trained: bool = True
    restricted: bool = False


class Standing(NamedTuple):
    """A row of the table: what a role may do in its team, or when assigned; what it opens; its keys."""

    team: frozenset[Action] = frozenset()
    assigned: frozenset[Action] = frozenset()
    opens: frozenset[Compartment] = frozenset()
    keys: frozenset[str] = frozenset()


WHOLE = "whole"  # the key of a whole case, from which every compartment's key follows

_CARD, _CONTACT, _NOTES = Compartment.CARD, Compartment.CONTACT, Compartment.NOTES
_PLAN, _SAFETY, _FACTS = Compartment.PLAN, Compartment.SAFETY, Compartment.FACTS
_DUTY = Compartment.DUTY
_EVERYTHING = frozenset(Compartment)
_WHOLE_KEY = frozenset({WHOLE})

_SEE = frozenset({Action.SEE_CARD, Action.SEE_CASE, Action.EXPECTED, Action.STEP_ASIDE})
_SEE_AND_WRITE = _SEE | {Action.WRITE_ENTRY, Action.DAYS, Action.REACH, Action.CHANGE_REACH, Action.DUTY}
_CASEWORK = _SEE_AND_WRITE | {
    Action.CHANGE_CARD,
    Action.START_CASE,
    Action.ADD_FILE,
    Action.IDENTITY,
    Action.CRISIS,
    Action.MOVE,
    Action.NIGHT,
}
# What was done to somebody, and how the walk goes on, is for those who walk with them (need to know).
_WALKING = frozenset({Action.HISTORY, Action.HAND_OVER, Action.CLOSE})
_ACCOUNTS = frozenset(
    {Action.INVITE, Action.CHANGE_MEMBERSHIP, Action.END_MEMBERSHIP, Action.SEE_TRAIL, Action.SEE_KEYS},
)
_OVERSIGHT = _ACCOUNTS | {
    Action.GRANT,
    Action.ASSIGN,
    Action.SEE_OPENINGS,
    Action.JOIN,
    Action.WALL,
    Action.LOOK_AFTER,
    Action.KEEP_ROTA,
    Action.KEEP_WAYS,
    Action.KEEP_FUNDS,
}
_DOOR = frozenset({Action.TAKE_REQUESTS})
_STREET = _DOOR | {Action.MEET_IN_PASSING}
_HOUSE = _DOOR | {Action.HOUSE_LOG}
_TEAMWORK = _STREET | _HOUSE
_WALKS_BESIDE = Standing(team=_CASEWORK | _TEAMWORK, assigned=_WALKING, opens=_EVERYTHING, keys=_WHOLE_KEY)

_TABLE: Mapping[Role, Standing] = {
    Role.CASE_MANAGER: _WALKS_BESIDE,
    Role.SECONDED: _WALKS_BESIDE,
    Role.ADVOCATE: _WALKS_BESIDE,
    Role.SUPERVISOR: Standing(
        team=_CASEWORK | _WALKING | _OVERSIGHT | _TEAMWORK, opens=_EVERYTHING, keys=_WHOLE_KEY
    ),
    Role.PEER_SUPPORTER: Standing(
        team=_STREET,
        assigned=_SEE_AND_WRITE | {Action.CRISIS},
        opens=frozenset({_CARD, _CONTACT, _NOTES, _PLAN, _SAFETY, _DUTY}),
        keys=_WHOLE_KEY,
    ),
    Role.OUTREACH_WORKER: Standing(
        team=_STREET | {Action.START_CASE},
        assigned=_SEE_AND_WRITE,
        opens=frozenset({_CARD, _CONTACT, _NOTES, _DUTY}),
        keys=_WHOLE_KEY,
    ),
    Role.VOLUNTEER: Standing(
        assigned=frozenset({Action.SEE_CARD, Action.EXPECTED, Action.STEP_ASIDE}),
        opens=frozenset({_CARD}),
        keys=frozenset({_CARD}),
    ),
    Role.HOUSE_STAFF: Standing(
        team=_SEE | _HOUSE | {Action.CRISIS, Action.DUTY},
        opens=frozenset({_CARD, _SAFETY, _DUTY}),
        keys=frozenset({_CARD, _SAFETY, _DUTY}),
    ),
    Role.FRONT_DESK: Standing(
        team=_DOOR | {Action.SEE_CARD, Action.EXPECTED, Action.STEP_ASIDE},
        opens=frozenset({_CARD}),
        keys=frozenset({_CARD}),
    ),
    Role.ON_CALL: Standing(
        team=_SEE | _HOUSE | {Action.REACH, Action.CRISIS, Action.DUTY, Action.NIGHT},
        opens=frozenset({_CARD, _CONTACT, _SAFETY, _DUTY}),
        keys=frozenset({_CARD, _CONTACT, _SAFETY, _DUTY}),
    ),
    Role.REPORT_ONLY: Standing(opens=frozenset({_FACTS}), keys=frozenset({_FACTS})),
    Role.ADMINISTRATOR: Standing(team=_ACCOUNTS),
}

# Nobody needs a role for these: they show no participant.
EVERYBODY = frozenset({Action.SEE_STAFF, Action.OWN_ACCOUNT, Action.TODAY})

CASE_ACTIONS = (
    _CASEWORK | _WALKING | {Action.ASSIGN, Action.SEE_OPENINGS, Action.JOIN, Action.WALL, Action.LOOK_AFTER}
)

# Who still opens a restricted file of their team without walking with its participant.
_OVER_RESTRICTED = frozenset({Role.SUPERVISOR})

# These belong to the agency, so they count in every team. A test holds that they never reach a case.
AGENCY_WIDE = frozenset({Role.REPORT_ONLY, Role.ADMINISTRATOR})

# Actions that show less of a file than the role could open.
_ONLY_CARD, _CARD_AND_NOTES = frozenset({_CARD}), frozenset({_CARD, _NOTES})
_SHOWS_ONLY = {
    Action.SEE_CARD: _ONLY_CARD,
    Action.EXPECTED: _ONLY_CARD,
    Action.STEP_ASIDE: _ONLY_CARD,
    Action.SEE_OPENINGS: _ONLY_CARD,
    Action.WALL: _ONLY_CARD,
    Action.WRITE_ENTRY: _CARD_AND_NOTES | {_FACTS},
    Action.CHANGE_CARD: _CARD_AND_NOTES,  # the names on it are among the words that search looks through
    Action.ADD_FILE: frozenset({_CARD, Compartment.FILES}),
    Action.REACH: frozenset({_CARD, _CONTACT, Compartment.LOCATION}),
    Action.CHANGE_REACH: frozenset({_CARD, _CONTACT, Compartment.LOCATION, _NOTES}),
    Action.IDENTITY: frozenset({_CARD, Compartment.IDENTITY}),
    Action.HISTORY: frozenset({_CARD, Compartment.JUSTICE}),
    Action.DAYS: _CARD_AND_NOTES | {_CONTACT, _SAFETY, Compartment.JUSTICE, _FACTS},
    Action.CRISIS: frozenset({_CARD, _CONTACT, _SAFETY}),
    Action.DUTY: frozenset({_CARD, _DUTY}),
    Action.NIGHT: frozenset({_CARD, _CONTACT, _SAFETY}),
    Action.LOOK_AFTER: _CARD_AND_NOTES,
}


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
    for far in (Reach.TEAM, Reach.ASSIGNED):
        able = [role for role in roles if _own_reach(role, action) >= far]
        if able and needing <= _opened(able, action):
            return far
    return Reach.NONE


def over_restricted(roles: Collection[Role]) -> frozenset[Role]:
    """Those of somebody's roles that count for a restricted file which they do not walk with."""
    return frozenset(roles) & _OVER_RESTRICTED


def shows(action: Action) -> frozenset[Compartment]:
    """The most that this action shows of a file, to whoever may see all of it."""
    return _SHOWS_ONLY.get(action, _EVERYTHING) if action in CASE_ACTIONS else frozenset()


def key_scopes(role: Role) -> frozenset[str]:
    """The keys that a grant of this role holds: defends where a check is forgotten."""
    return _TABLE[role].keys


def may_open(role: Role) -> frozenset[Compartment]:
    """The parts of a file that a role opens at most."""
    return _TABLE[role].opens


def _shut_out(action: Action, ties: Ties) -> bool:
    return ties.walled_off or (action in CASE_ACTIONS and not ties.trained)


def _counting(roles: frozenset[Role], ties: Ties) -> frozenset[Role]:
    """The roles that count here: a restricted file opens to those who walk along, and to their supervisors."""
    return roles if ties.assigned or not ties.restricted else over_restricted(roles)


def _distance(ties: Ties) -> Reach:
    """How far a role has to carry to get to a thing with these ties."""
    return Reach.ASSIGNED if ties.assigned else Reach.TEAM


def _own_reach(role: Role, action: Action) -> Reach:
    standing = _TABLE[role]
    if action in standing.team:
        return Reach.TEAM
    return Reach.ASSIGNED if action in standing.assigned else Reach.NONE


def _opened(roles: Collection[Role], action: Action) -> frozenset[Compartment]:
    return frozenset().union(*(may_open(role) for role in roles)) & shows(action)
