"""What a verb at the door can answer with instead."""


class NotMatched(Exception):  # noqa: N818 - it is an answer, not an error
    """What was typed does not fit. It never says which part."""


class SignedOut(Exception):  # noqa: N818 - it is an answer, not an error
    """There is no sign-in to unlock any more."""


class SomebodyElse(Exception):  # noqa: N818 - it is an answer, not an error
    """Another person is signed in with this browser now."""


class TakenMeanwhile(Exception):  # noqa: N818 - it is an answer, not an error
    """Leeward was set up, or the invitation used, by another window a moment ago."""
