"""Verbs that write in a participant's file. Each takes the open file: proof that the gate let somebody in."""

from leeward.cases.actions.amending import amend
from leeward.cases.actions.drafting import drop_draft, keep_draft
from leeward.cases.actions.file import (
    CannotDo,
    ChangedMeanwhile,
    add_paper,
    change_card,
)
from leeward.cases.actions.meeting import meet, meet_group, start_case
from leeward.cases.actions.misfiled import leave_it, move_it, say_misfiled
from leeward.cases.actions.several import WouldTell, take_back_all, write_for_several
from leeward.cases.actions.walking import hand_to, locked, name_backup, pass_to, step_back, walk_along
from leeward.cases.actions.writing import change_entry, take_back, write_entry

__all__ = [
    "CannotDo",
    "ChangedMeanwhile",
    "WouldTell",
    "add_paper",
    "amend",
    "change_card",
    "change_entry",
    "drop_draft",
    "hand_to",
    "keep_draft",
    "leave_it",
    "locked",
    "meet",
    "meet_group",
    "move_it",
    "name_backup",
    "pass_to",
    "say_misfiled",
    "start_case",
    "step_back",
    "take_back",
    "take_back_all",
    "walk_along",
    "write_entry",
    "write_for_several",
]  # fmt: skip
