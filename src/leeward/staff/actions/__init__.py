"""Verbs that change who works here and who holds which key."""

from leeward.staff.actions.about import change_ways, say_about_me
from leeward.staff.actions.authority import CannotDo, ChangedMeanwhile
from leeward.staff.actions.communities import keep_community, let_go_of_community
from leeward.staff.actions.founding import Founding, Newcomer, found_agency, start_team
from leeward.staff.actions.handing import add_membership, end_membership, hand_keys, say_goodbye
from leeward.staff.actions.house import keeps_a_log, write_house_note
from leeward.staff.actions.inviting import (
    INVITE_HOURS,
    Invitation,
    check_code,
    invite,
    invite_again,
    join,
    link_mark,
)
from leeward.staff.actions.notebook import drop_phrase, drop_view, keep_phrase, keep_view
from leeward.staff.actions.own import new_passphrase, speak
from leeward.staff.actions.rota import Hours, add_shifts, answer_shift, keep_shift, offer_shift, take_away

__all__ = [
    "INVITE_HOURS",
    "CannotDo",
    "ChangedMeanwhile",
    "Founding",
    "Hours",
    "Invitation",
    "Newcomer",
    "add_membership",
    "add_shifts",
    "answer_shift",
    "change_ways",
    "check_code",
    "drop_phrase",
    "drop_view",
    "end_membership",
    "found_agency",
    "hand_keys",
    "invite",
    "invite_again",
    "join",
    "keep_community",
    "keep_phrase",
    "keep_shift",
    "keep_view",
    "keeps_a_log",
    "let_go_of_community",
    "link_mark",
    "new_passphrase",
    "offer_shift",
    "say_about_me",
    "say_goodbye",
    "speak",
    "start_team",
    "take_away",
    "write_house_note",
]
