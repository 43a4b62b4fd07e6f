"""What the pages of days show, and what other pages show of days."""

from leeward.days.pages.asking import AskLook, answered_lately, may_take, waiting_for
from leeward.days.pages.due import (
    Dates,
    cases_of,
    ended_in,
    looked,
    next_for,
    not_looked_into,
    of_case,
    of_worker,
    shown,
)
from leeward.days.pages.going import TripLook, awaited_for, out_now

__all__ = [
    "AskLook",
    "Dates",
    "TripLook",
    "answered_lately",
    "awaited_for",
    "cases_of",
    "ended_in",
    "looked",
    "may_take",
    "next_for",
    "not_looked_into",
    "of_case",
    "of_worker",
    "out_now",
    "shown",
    "waiting_for",
]  # fmt: skip
