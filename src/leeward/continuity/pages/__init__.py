"""What pages show of who walks with whom. Other packages use what is named here."""

from leeward.continuity.pages.conferring import conferring
from leeward.continuity.pages.matters import parts_left
from leeward.continuity.pages.waiting import Waiting, cover_for, for_now, resting, today, without_worker
from leeward.continuity.pages.walkers import Walkers, team_of

__all__ = [
    "Waiting",
    "Walkers",
    "conferring",
    "cover_for",
    "for_now",
    "parts_left",
    "resting",
    "team_of",
    "today",
    "without_worker",
]  # fmt: skip
