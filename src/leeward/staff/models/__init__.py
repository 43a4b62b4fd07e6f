"""The agency, its people and teams, and the keys that pass between them. Clear columns hold accounts only."""

from leeward.staff.models.people import (
    DEVICE_KINDS,
    PASSPHRASE,
    Agency,
    Credential,
    Grant,
    Invite,
    Membership,
    Person,
    PersonKey,
    Team,
    TeamKey,
)
from leeward.staff.models.rota import About, Absence, CommunityNote, HouseNote, Notebook, OurWays, Shift

__all__ = [
    "DEVICE_KINDS",
    "PASSPHRASE",
    "About",
    "Absence",
    "Agency",
    "CommunityNote",
    "Credential",
    "Grant",
    "HouseNote",
    "Invite",
    "Membership",
    "Notebook",
    "OurWays",
    "Person",
    "PersonKey",
    "Shift",
    "Team",
    "TeamKey",
]  # fmt: skip
