"""What the roles and actions are called on screen, so that everybody can see who may open what, and why."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from leeward.access.policy import Action, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise  # exists for the type checker only

ROLE_NAMES: "Mapping[Role, StrPromise]" = {
    Role.CASE_MANAGER: _("Case manager"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.PEER_SUPPORTER: _("Peer supporter"),
    Role.OUTREACH_WORKER: _("Outreach worker"),
    Role.VOLUNTEER: _("Volunteer"),
    Role.HOUSE_STAFF: _("House staff"),
    Role.FRONT_DESK: _("Front desk"),
    Role.ON_CALL: _("On-call worker"),
    Role.ADVOCATE: _("Advocate with privilege"),
    Role.SECONDED: _("Seconded worker"),
    Role.REPORT_ONLY: _("Reports only"),
    Role.ADMINISTRATOR: _("Administrator"),
}

# First what the role is for and opens, then what stays shut.
ROLE_DESCRIPTIONS: "Mapping[Role, StrPromise]" = {
    Role.CASE_MANAGER: _(
        "Walks beside participants from the first day on. Opens and writes the whole file of everybody in "
        "their team. Files of other teams stay shut."
    ),
    Role.SUPERVISOR: _(
        "Looks after a team. Opens what case managers open, decides who works with whom, invites people and "
        "gives them keys, and sees who opened what. Files of other teams stay shut."
    ),
    Role.PEER_SUPPORTER: _(
        "Supports from lived experience. Opens card, contact, notes, plan and safety of the people they are "
        "assigned to, and writes notes. Identity papers, court matters and everybody else’s files stay "
        "shut."
    ),
    Role.OUTREACH_WORKER: _(
        "Meets people where they are. Starts files, and opens card, contact and notes of the people they "
        "are assigned to. Plans, safety and everybody else’s files stay shut."
    ),
    Role.VOLUNTEER: _(
        "Lends a hand. Sees the name to call somebody by, for the people they are assigned to. Everything "
        "else stays shut."
    ),
    Role.HOUSE_STAFF: _(
        "Keeps the house safe and warm. Sees card and safety of the people in their house. Notes, contact "
        "and the rest of the file stay shut."
    ),
    Role.FRONT_DESK: _(
        "Welcomes people at the door. Sees the name to call somebody by. Everything else stays shut."
    ),
    Role.ON_CALL: _(
        "Answers at night. Sees card, contact and safety, to be able to help at once. Notes and the rest of "
        "the file stay shut."
    ),
    Role.ADVOCATE: _(
        "Advocates with legal privilege, such as an attorney or a clinician. Opens and writes the whole "
        "file of everybody in their team. Files of other teams stay shut."
    ),
    Role.SECONDED: _(
        "Works here, employed by another organization, which is named. Opens and writes the whole file of "
        "everybody in their team. Files of other teams stay shut."
    ),
    Role.REPORT_ONLY: _(
        "Counts for reports. Uses facts such as dates and kinds of services, without names. Every file "
        "stays shut."
    ),
    Role.ADMINISTRATOR: _(
        "Keeps accounts in order: invites people, changes roles, ends access, and sees the log. Every file "
        "stays shut, and keys are given by others."
    ),
}

# A line is written before anything is done, so it says what somebody came for, not what became of it.
ACTION_NAMES: "Mapping[Action, StrPromise]" = {
    Action.SEE_CARD: _("to see the card"),
    Action.SEE_CASE: _("to read the file"),
    Action.WRITE_ENTRY: _("to write in the file"),
    Action.CHANGE_CARD: _("to change the card"),
    Action.START_CASE: _("to start a file"),
    Action.ADD_FILE: _("to add a paper"),
    Action.ASSIGN: _("to say who walks along"),
    Action.NAME_BACKUP: _("to choose who stands in"),
    Action.SEE_OPENINGS: _("to see who opened the file"),
    Action.REACH: _("to see how to reach somebody safely"),
    Action.CHANGE_REACH: _("to write down how to reach somebody safely"),
    Action.IDENTITY: _("for names and papers in law"),
    Action.HISTORY: _("for the history of harm"),
    Action.DAYS: _("for promises and appointments"),
    Action.CRISIS: _("for a crisis"),
    Action.DUTY: _("for a report that the law asks for, or an emergency"),
    Action.HAND_OVER: _("to hand somebody over"),
    Action.CLOSE: _("to close a file together, or to take it up again"),
    Action.MOVE: _("to move a note to the right file"),
    Action.JOIN: _("to make one file out of two"),
    Action.WALL: _("to keep colleagues out of a file"),
    Action.STEP_ASIDE: _("to step aside from a file"),
    Action.EXPECTED: _("to see who is expected at the door"),
    Action.NIGHT: _("for the night sheet"),
    Action.LOOK_AFTER: _("to look after a team"),
    Action.INVITE: _("to invite somebody"),
    Action.GRANT: _("to hand over keys"),
    Action.CHANGE_MEMBERSHIP: _("to change a role or team"),
    Action.END_MEMBERSHIP: _("to end somebody’s access"),
    Action.SEE_TRAIL: _("to read the log book"),
    Action.SEE_KEYS: _("to see who holds keys"),
    Action.KEEP_ROTA: _("to keep the rota"),
    Action.KEEP_WAYS: _("to write down how the agency works"),
    Action.KEEP_FUNDS: _("to keep the money for participants"),
    Action.MEET_IN_PASSING: _("to count a contact without a file"),
    Action.TAKE_REQUESTS: _("to see who waits for an answer"),
    Action.HOUSE_LOG: _("to keep the log of the house"),
    Action.SEE_STAFF: _("to see the list of staff"),
    Action.OWN_ACCOUNT: _("for their own account"),
    Action.TODAY: _("to see their day"),
}
