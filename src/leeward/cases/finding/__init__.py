"""Finding somebody again, and finding out whether somebody who seems new is known already."""

from leeward.cases.finding.known import MOST_ALIKE, Perhaps, perhaps_known
from leeward.cases.finding.search import MOST, Found, Hit, around, find

__all__ = ["MOST", "MOST_ALIKE", "Found", "Hit", "Perhaps", "around", "find", "perhaps_known"]
