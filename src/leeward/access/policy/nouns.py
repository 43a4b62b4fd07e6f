"""What the rules speak of: roles, actions, and what ties somebody to a thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from uuid import UUID


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
    NAME_BACKUP = "case:name_backup"
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
    """How far somebody's roles reach inside one team: nowhere, to whom they carry, to whom they walk with, to all."""

    NONE = 0
    CARRIED = 1
    ASSIGNED = 2
    TEAM = 3


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
    #: Is the one primary worker, and so assigned too.
    carries: bool = False
