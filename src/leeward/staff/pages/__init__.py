"""What the pages about colleagues, their hours and their ways of working show."""

from leeward.staff.pages.keys import Lack, key_state, lacking
from leeward.staff.pages.people import (
    Colleague,
    colleagues,
    joined,
    one,
    recent_lines,
    roles,
    team_choices,
)
from leeward.staff.pages.top import Tab, head, may, somewhere, team_name

__all__ = [
    "Colleague",
    "Lack",
    "Tab",
    "colleagues",
    "head",
    "joined",
    "key_state",
    "lacking",
    "may",
    "one",
    "recent_lines",
    "roles",
    "somewhere",
    "team_choices",
    "team_name",
]  # fmt: skip
