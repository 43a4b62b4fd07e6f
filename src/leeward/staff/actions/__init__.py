"""Verbs that change who works here and who holds which key."""

from leeward.staff.actions.authority import CannotDo
from leeward.staff.actions.founding import Founding, Newcomer, found_agency, start_team
from leeward.staff.actions.handing import add_membership, end_membership, hand_keys, say_goodbye
from leeward.staff.actions.inviting import (
    INVITE_HOURS,
    Invitation,
    check_code,
    invite,
    invite_again,
    join,
    link_mark,
)
from leeward.staff.actions.own import new_passphrase, speak

__all__ = [
    "INVITE_HOURS",
    "CannotDo",
    "Founding",
    "Invitation",
    "Newcomer",
    "add_membership",
    "check_code",
    "end_membership",
    "found_agency",
    "hand_keys",
    "invite",
    "invite_again",
    "join",
    "link_mark",
    "new_passphrase",
    "say_goodbye",
    "speak",
    "start_team",
]
