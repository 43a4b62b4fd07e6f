"""What was given, and out of which fund. In the clear stand ids and how far it is, never what or how much."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models

from leeward.cases.models import OfCase
from leeward.gifts.words import FundWords, GiftState, GiftWords
from leeward.staff.models import Person, Team
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, Scope


class FundQuerySet(models.QuerySet["Fund"]):
    """Words about funds."""

    def open(self) -> Self:
        """Funds that can be given from."""
        return self.filter(is_open=True)


class Fund(SealedModel):
    """Money that a team can give to participants, without conditions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="funds")
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    words: SealedJSON[FundWords] = SealedJSON(label="gifts.fund.words")

    objects = FundQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - it has one part
        """The team's own words."""
        return Scope.team(self.team_id)


class Gift(OfCase):
    """Something that was given to a participant: money, a bus card, a winter coat (practice M7).

    It is tied to nothing: to no appointment, no attendance, no way of living.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="gifts")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: The second person, where a fund asks for one.
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=GiftState.choices)
    version = models.PositiveIntegerField(default=1)
    about: SealedJSON[GiftWords] = SealedJSON(label="gifts.gift.about", compartment=Compartment.NOTES)

    class Meta:
        default_related_name = "gifts"
