"""What the thief's day leaves out, and why. A line that is not needed any more fails the test as a missing one does."""

from typing import Final

_SEARCH: Final = "what somebody looks for is kept nowhere"
_SECRET: Final = "a passphrase is never shown"
_CODE: Final = "a code, or words of the paper kit, that have to fit"
_STAFF: Final = "who works here, and for whom, stands in the clear (THREATS.md)"
_MONEY: Final = "figures, not words"
_LOOK: Final = "the style guide keeps nothing"

#: Doors that nobody went through.
NOT_ENTERED: Final = {
    "/safety/reports/<uuid:report>/file/": "shown only to who wrote at night without this file's key",
}
#: Fields without a canary, by door; the last part of a door's address is enough where it is the only one.
NO_WORDS: Final = {
    ("/gifts/<uuid:case>/give/", "amount"): _MONEY,
    ("/gifts/funds/<uuid:fund>/", "currency"): _MONEY,
    ("/gifts/funds/<uuid:fund>/", "limit"): _MONEY,
    ("/gifts/funds/new/", "currency"): _MONEY,
    ("/gifts/funds/new/", "limit"): _MONEY,
    ("/join/<str:link>/", "code"): _CODE,
    ("/look/", "name"): _LOOK,
    ("/look/", "told"): _LOOK,
    ("/look/", "words"): _LOOK,
    ("/set-up/", "name"): _STAFF,
    ("/set-up/sheets/check/", "first"): _CODE,
    ("/set-up/sheets/check/", "second"): _CODE,
    ("/sign-in/app/", "code"): _CODE,
    ("/sign-in/code-on-paper/", "code"): _CODE,
    ("/sign-in/code/", "code"): _CODE,
    ("/staff/<uuid:person>/roles/new/", "employer"): _STAFF,
    ("/staff/invite/", "employer"): _STAFF,
    ("/staff/invite/", "name"): _STAFF,
    ("/you/", "name"): _STAFF,
}
#: Fields whose words nobody reads again.
NOT_READ: Final = {
    ("/days/trip/<uuid:trip>/note/", "q"): _SEARCH,
    ("/find/", "q"): _SEARCH,
    ("/find/", "words"): _SEARCH,
    ("/joining/", "once_more"): _SECRET,
    ("/joining/", "passphrase"): _SECRET,
    ("/people/<uuid:case>/join/", "name"): _SEARCH,
    ("/people/same-note/", "q"): _SEARCH,
    ("/safety/", "q"): _SEARCH,
    ("/set-up/", "once_more"): _SECRET,
    ("/set-up/", "passphrase"): _SECRET,
    ("/sign-in/", "passphrase"): _SECRET,
    ("/unlock/", "passphrase"): _SECRET,
}
#: What is sent here is thrown away.
LET_GO: Final = {"/people/<uuid:case>/draft/drop/"}
