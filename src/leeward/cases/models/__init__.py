"""The nouns of a participant's file."""

from leeward.cases.models.case import CareTeamMember, Case, CaseList, Participant, Wall
from leeward.cases.models.key import CaseKey, Wrap
from leeward.cases.models.meeting import Doubt, Joining, Known, Passing
from leeward.cases.models.people import (
    Bond,
    Decision,
    Glance,
    Harm,
    Identity,
    Introduction,
    Profile,
    Reach,
    Say,
    Way,
    Whereabouts,
)
from leeward.cases.models.timeline import Amendment, Draft, Entry, Misfiled, OfCase, Paper, Piece, WordSet

__all__ = [
    "Amendment",
    "Bond",
    "CareTeamMember",
    "Case",
    "CaseKey",
    "CaseList",
    "Decision",
    "Doubt",
    "Draft",
    "Entry",
    "Glance",
    "Harm",
    "Identity",
    "Introduction",
    "Joining",
    "Known",
    "Misfiled",
    "OfCase",
    "Paper",
    "Participant",
    "Passing",
    "Piece",
    "Profile",
    "Reach",
    "Say",
    "Wall",
    "Way",
    "Whereabouts",
    "WordSet",
    "Wrap",
]  # fmt: skip
