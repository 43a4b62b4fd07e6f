"""Who may change who is in a team."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.gate import Entered
from leeward.access.policy import Ties
from leeward.staff.models import (
    Membership,
    Person,
)


class CannotDo(Exception):  # noqa: N818
    """What was asked cannot be done now; the message says why and what to do."""


@dataclass
class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody saved another version while this one was being written; the page shows both side by side."""

    version: int


def look_after(entered: Entered, *teams: UUID | None) -> None:
    """Whoever changes who is in a team supervises that very team, or keeps the agency's accounts."""
    actor = entered.visit.actor
    ties = [Ties(roles=actor.teams.get(team, frozenset()) if team else frozenset()) for team in teams]
    if not all(policy.allows(actor, entered.action, tie) for tie in ties):
        raise CannotDo(_("Only a supervisor of that team, or an administrator, can do this. Please ask one."))


def teams_of(person: Person) -> list[UUID | None]:
    """The teams somebody is in today; None stands for the agency as a whole."""
    return list(Membership.objects.current().filter(person=person).values_list("team_id", flat=True))
