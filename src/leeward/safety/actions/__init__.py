"""Verbs of what is not safe. Each takes the open file, or somebody at the door: a report waits for no file."""

from leeward.safety.actions.crisis import (
    begin_crisis,
    called,
    end_crisis,
    open_crisis_again,
    take_back,
    tick,
    undo_crisis,
    write_line,
)
from leeward.safety.actions.missing import begin_missing, come_back, heard, missing_again, told
from leeward.safety.actions.nights import night_seen, write_night
from leeward.safety.actions.reports import add_to_report, put_in_file, write_report
from leeward.safety.actions.wishes import change_wishes

__all__ = [
    "add_to_report",
    "begin_crisis",
    "begin_missing",
    "called",
    "change_wishes",
    "come_back",
    "end_crisis",
    "heard",
    "missing_again",
    "night_seen",
    "open_crisis_again",
    "put_in_file",
    "take_back",
    "tick",
    "told",
    "undo_crisis",
    "write_line",
    "write_night",
    "write_report",
]
