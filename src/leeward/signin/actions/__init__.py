"""Verbs of coming and going."""

from leeward.signin.actions.coming import (
    approach,
    local,
    offer_secret,
    pass_on,
    prove_secret,
    sign_in,
    take_code,
)
from leeward.signin.actions.joining import (
    confirm_sheets,
    found,
    invitation_of,
    join,
    nobody_is_here_yet,
    open_invitation,
    show_code,
)
from leeward.signin.actions.locking import lock, sign_out, take_in, turn, unlock
from leeward.signin.actions.own import (
    another_app,
    change_passphrase,
    end_sign_in,
    introduce,
    new_paper_codes,
    sign_out_everywhere,
)
from leeward.signin.actions.problems import NotMatched, SignedOut, SomebodyElse, TakenMeanwhile

__all__ = [
    "NotMatched",
    "SignedOut",
    "SomebodyElse",
    "TakenMeanwhile",
    "another_app",
    "approach",
    "change_passphrase",
    "confirm_sheets",
    "end_sign_in",
    "found",
    "introduce",
    "invitation_of",
    "join",
    "local",
    "lock",
    "new_paper_codes",
    "nobody_is_here_yet",
    "offer_secret",
    "open_invitation",
    "pass_on",
    "prove_secret",
    "show_code",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "take_code",
    "take_in",
    "turn",
    "unlock",
]
