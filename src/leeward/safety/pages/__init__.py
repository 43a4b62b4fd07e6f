"""What the pages of safety show, and what other pages ask of it: now, since, open for somebody, whose nights."""

from leeward.safety.pages.nights import nights_of
from leeward.safety.pages.now import SafetyNow, now, open_for, since

__all__ = ["SafetyNow", "nights_of", "now", "open_for", "since"]
