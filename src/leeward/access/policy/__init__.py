"""Who may do what: one table and the few questions asked of it. No Django, no database.

Defends against rules that live in many places and drift apart: every view, list, search and job asks here. A
single row asks `allows`, a query asks `reach`, and `allows` is made of `reach`, so the two cannot disagree.
`tests/access/matrix.txt` shows the table to people who do not read programs.
"""

from leeward.access.policy.nouns import Action, Actor, Reach, Role, Ties
from leeward.access.policy.questions import (
    allows,
    compartments,
    key_scopes,
    may_open,
    over_restricted,
    reach,
    shows,
)
from leeward.access.policy.table import AGENCY_WIDE, CASE_ACTIONS, EVERYBODY, WHOLE

__all__ = [
    "AGENCY_WIDE",
    "CASE_ACTIONS",
    "EVERYBODY",
    "WHOLE",
    "Action",
    "Actor",
    "Reach",
    "Role",
    "Ties",
    "allows",
    "compartments",
    "key_scopes",
    "may_open",
    "over_restricted",
    "reach",
    "shows",
]  # fmt: skip
