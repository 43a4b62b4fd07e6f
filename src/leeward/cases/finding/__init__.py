"""Finding somebody again, whether somebody who seems new is known already, and names where they should not stand."""

from leeward.cases.finding.known import MOST_ALIKE, Perhaps, perhaps_known
from leeward.cases.finding.naming import named, others_named
from leeward.cases.finding.search import MOST, Found, Hit, around, find, meant

__all__ = [
    "MOST",
    "MOST_ALIKE",
    "Found",
    "Hit",
    "Perhaps",
    "around",
    "find",
    "meant",
    "named",
    "others_named",
    "perhaps_known",
]
