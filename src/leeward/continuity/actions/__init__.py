"""Verbs that change who walks with whom, or say how it goes on. Each takes what the gate opened."""

from leeward.cases.actions import CannotDo, ChangedMeanwhile, name_backup, step_back, walk_along
from leeward.continuity.actions.circle import (
    answer_component,
    keep_outside,
    rest_never_came_up,
    say_doing,
    we_are_central,
)
from leeward.continuity.actions.conferring import keep_conference
from leeward.continuity.actions.cover import Away, change_days, come_back, go_away
from leeward.continuity.actions.ending import close, has_read, reopen, rest, take_back
from leeward.continuity.actions.handing import answer, ask, finish, prepare, stay, take_over, withdraw
from leeward.continuity.actions.leaving import Interims, goodbye, role_ends
from leeward.continuity.actions.moving import not_now, offer, take

__all__ = [
    "Away",
    "CannotDo",
    "ChangedMeanwhile",
    "Interims",
    "answer",
    "answer_component",
    "ask",
    "change_days",
    "close",
    "come_back",
    "finish",
    "go_away",
    "goodbye",
    "has_read",
    "keep_conference",
    "keep_outside",
    "name_backup",
    "not_now",
    "offer",
    "prepare",
    "reopen",
    "rest",
    "rest_never_came_up",
    "role_ends",
    "say_doing",
    "stay",
    "step_back",
    "take",
    "take_back",
    "take_over",
    "walk_along",
    "we_are_central",
    "withdraw",
]  # fmt: skip
