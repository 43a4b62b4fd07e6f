"""The nouns of a participant's file."""

from leeward.cases.models.case import CareTeamMember, Case, CaseList, Participant
from leeward.cases.models.key import CaseKey, Wrap
from leeward.cases.models.timeline import Draft, Entry, Paper, Piece, WordSet

__all__ = [
    "CareTeamMember",
    "Case",
    "CaseKey",
    "CaseList",
    "Draft",
    "Entry",
    "Paper",
    "Participant",
    "Piece",
    "WordSet",
    "Wrap",
]  # fmt: skip
