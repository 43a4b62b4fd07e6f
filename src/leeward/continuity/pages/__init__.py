"""What pages show of who walks with whom. Other packages use `team_of`, `cover_for`, `resting` and `today`."""

from leeward.continuity.pages.conferring import conferring
from leeward.continuity.pages.waiting import Waiting, cover_for, for_now, resting, today, without_worker
from leeward.continuity.pages.walkers import Walkers, team_of

__all__ = [
    "Waiting",
    "Walkers",
    "conferring",
    "cover_for",
    "for_now",
    "resting",
    "team_of",
    "today",
    "without_worker",
]  # fmt: skip
