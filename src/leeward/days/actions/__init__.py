"""Verbs of days: agree, keep, move, release, go and come back, take a request, answer it."""

from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.days.actions.agreeing import (
    Agreed,
    Said,
    appointment,
    change,
    follow_up,
    own_follow_up,
    own_todo,
    pass_on,
    promise,
    todo,
)
from leeward.days.actions.asking import Asked, answer, bring_along, hand_ask, take_ask
from leeward.days.actions.ending import (
    AlreadyEnded,
    When,
    again,
    continued,
    done,
    happened,
    keep,
    move,
    release,
)
from leeward.days.actions.feeding import end_feed, start_feed, stop_feed
from leeward.days.actions.finding import take_out
from leeward.days.actions.going import Going, back, forget_old_trips, later, leave, looked, safe, with_several
from leeward.days.actions.keeping import drop_date, set_date
from leeward.days.actions.looking import look_in_once, looked_into, own_looked_into
from leeward.days.actions.riding import note_for_those_along

__all__ = [
    "Agreed",
    "AlreadyEnded",
    "Asked",
    "CannotDo",
    "ChangedMeanwhile",
    "Going",
    "Said",
    "When",
    "again",
    "answer",
    "appointment",
    "back",
    "bring_along",
    "change",
    "continued",
    "done",
    "drop_date",
    "end_feed",
    "follow_up",
    "forget_old_trips",
    "hand_ask",
    "happened",
    "keep",
    "later",
    "leave",
    "look_in_once",
    "looked",
    "looked_into",
    "move",
    "note_for_those_along",
    "own_follow_up",
    "own_looked_into",
    "own_todo",
    "pass_on",
    "promise",
    "release",
    "safe",
    "set_date",
    "start_feed",
    "stop_feed",
    "take_ask",
    "take_out",
    "todo",
    "with_several",
]  # fmt: skip
