"""What a page shows of something due, opened once; each look says no more than its reader may open."""

from leeward.days.looks.due import CARD, CARD_AND_NOTES, DueLook
from leeward.days.looks.tagging import Tag

__all__ = ["CARD", "CARD_AND_NOTES", "DueLook", "Tag"]
