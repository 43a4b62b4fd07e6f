"""Verbs that write in a participant's file. Each takes the open file: proof that the gate let somebody in."""

from leeward.cases.actions.file import (
    CannotDo,
    ChangedMeanwhile,
    add_paper,
    change_card,
    change_entry,
    drop_draft,
    hand_to,
    keep_draft,
    start_case,
    step_back,
    walk_along,
    write_entry,
)

__all__ = [
    "CannotDo",
    "ChangedMeanwhile",
    "add_paper",
    "change_card",
    "change_entry",
    "drop_draft",
    "hand_to",
    "keep_draft",
    "start_case",
    "step_back",
    "walk_along",
    "write_entry",
]  # fmt: skip
