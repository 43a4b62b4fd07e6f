"""Model fields whose column holds only sealed bytes (`sealed.py` says how)."""

from leeward.vault.fields.kinds import SealedDate, SealedDateTime, SealedFile, SealedJSON, SealedText
from leeward.vault.fields.sealed import LABELS, UPGRADERS, Sealed, SealedField, SealedModel

__all__ = [
    "LABELS",
    "UPGRADERS",
    "Sealed",
    "SealedDate",
    "SealedDateTime",
    "SealedField",
    "SealedFile",
    "SealedJSON",
    "SealedModel",
    "SealedText",
]
