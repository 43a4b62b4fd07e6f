"""The one table: what each role may do, open and hold; and what each action shows at most."""

from collections.abc import Mapping
from typing import NamedTuple

from leeward.access.policy.nouns import Action, Role
from leeward.vault.scopes import Compartment


class Standing(NamedTuple):
    """A row of the table: what a role may do in its team, when assigned, as primary worker; what it opens; its keys."""

    team: frozenset[Action] = frozenset()
    assigned: frozenset[Action] = frozenset()
    carrying: frozenset[Action] = frozenset()
    opens: frozenset[Compartment] = frozenset()
    keys: frozenset[str] = frozenset()


WHOLE = "whole"  # the key of a whole case, from which every compartment's key follows

_CARD, _CONTACT, _NOTES = Compartment.CARD, Compartment.CONTACT, Compartment.NOTES
_PLAN, _SAFETY, _FACTS = Compartment.PLAN, Compartment.SAFETY, Compartment.FACTS
_DUTY = Compartment.DUTY
EVERYTHING = frozenset(Compartment)
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
# Who stands in for somebody is theirs to say: the primary worker's, whatever their role.
_CARRYING = frozenset({Action.NAME_BACKUP})
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
_WALKS_BESIDE = Standing(
    team=_CASEWORK | _TEAMWORK, assigned=_WALKING, carrying=_CARRYING, opens=EVERYTHING, keys=_WHOLE_KEY
)

TABLE: Mapping[Role, Standing] = {
    Role.CASE_MANAGER: _WALKS_BESIDE,
    Role.SECONDED: _WALKS_BESIDE,
    Role.ADVOCATE: _WALKS_BESIDE,
    Role.SUPERVISOR: Standing(
        team=_CASEWORK | _WALKING | _CARRYING | _OVERSIGHT | _TEAMWORK, opens=EVERYTHING, keys=_WHOLE_KEY
    ),
    Role.PEER_SUPPORTER: Standing(
        team=_STREET,
        assigned=_SEE_AND_WRITE | {Action.CRISIS},
        carrying=_CARRYING,
        opens=frozenset({_CARD, _CONTACT, _NOTES, _PLAN, _SAFETY, _FACTS, _DUTY}),
        keys=_WHOLE_KEY,
    ),
    Role.OUTREACH_WORKER: Standing(
        team=_STREET | {Action.START_CASE},
        assigned=_SEE_AND_WRITE,
        carrying=_CARRYING,
        opens=frozenset({_CARD, _CONTACT, _NOTES, _FACTS, _DUTY}),
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
    _CASEWORK
    | _WALKING
    | _CARRYING
    | {Action.ASSIGN, Action.SEE_OPENINGS, Action.JOIN, Action.WALL, Action.LOOK_AFTER}
)

# Who still opens a restricted file of their team without walking with its participant.
OVER_RESTRICTED = frozenset({Role.SUPERVISOR})

# These belong to the agency, so they count in every team. A test holds that they never reach a case.
AGENCY_WIDE = frozenset({Role.REPORT_ONLY, Role.ADMINISTRATOR})

# Actions that show less of a file than the role could open.
_ONLY_CARD, _CARD_AND_NOTES = frozenset({_CARD}), frozenset({_CARD, _NOTES})
SHOWS_ONLY = {
    Action.SEE_CARD: _ONLY_CARD,
    Action.EXPECTED: _ONLY_CARD,
    Action.STEP_ASIDE: _ONLY_CARD,
    Action.SEE_OPENINGS: _ONLY_CARD,
    Action.WALL: _ONLY_CARD,
    # Whoever must never be told or asked stands with the contact, and no page takes that name.
    Action.WRITE_ENTRY: _CARD_AND_NOTES | {_CONTACT, _FACTS},
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
    Action.NAME_BACKUP: _CARD_AND_NOTES,
}
