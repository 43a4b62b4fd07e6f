"""Two files of one person become one: nothing is lost, the stricter privacy wins, and for 30 days it can be undone."""

from leeward.cases.actions.joining.settling import settle
from leeward.cases.actions.joining.verbs import join, undo

__all__ = ["join", "settle", "undo"]
