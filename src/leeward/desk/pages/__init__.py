"""What the desk shows: each page gathers it while the door is open, with a number of queries that does not grow."""

from leeward.desk.pages.whom import (
    ON_THE_DESK,
    able_to,
    carries,
    is_at_the_door,
    may_meet,
    openable,
    to_write_about,
    visible,
    writable,
)

__all__ = [
    "ON_THE_DESK",
    "able_to",
    "carries",
    "is_at_the_door",
    "may_meet",
    "openable",
    "to_write_about",
    "visible",
    "writable",
]
