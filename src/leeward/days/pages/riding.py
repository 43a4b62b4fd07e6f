"""Who may ride along, and what a trip is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList
from leeward.days.actions import Agreed, Going
from leeward.days.actions.going import names_of, says_a_name
from leeward.days.pages.going import back_again, my_phone
from leeward.days.words import RIDE, Along, DueWords, SlotWords, Transport, TripWords
from leeward.staff.door import my_teams
from leeward.staff.pages.top import team_name
from leeward.staff.pages.ways import our_ways
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.days.looks import DueLook

__all__ = ["Asking", "appointment_of", "asking", "leaving", "names_of"]

#: People offered for a van.
MOST = 60


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form offers: teams that look out, people who may ride along, and our rule for minors."""

    teams: list[tuple[str, str]]
    cases: dict[str, Case]
    rule: str

    @property
    def people(self) -> list[tuple[str, str]]:
        """By name."""
        named = [(pk, case.participant.card.get("name", "")) for pk, case in self.cases.items()]
        return sorted(named, key=lambda one: one[1].casefold())


def asking(entered: Entered) -> Asking:
    """Those with whom I walk, and whose dates I may keep; their cards are listed."""
    visit = entered.visit
    held = visit.holder.teams()
    teams = [(str(team.pk), team_name(team, visit)) for team in my_teams(visit) if team.pk in held]
    able = Case.objects.current().open_to(visit.actor, Action.DAYS, frozenset({Compartment.NOTES}))
    mine = able.held_by(visit.holder, Compartment.NOTES).walking_with(visit.actor.id).filter(rests=False)
    cases = list(mine.with_people().select_related("team").order_by("-last_number", "pk")[:MOST])
    if cases:
        entered.list(CaseList(cases), Action.SEE_CARD)
    rule = our_ways(visit).get("minors_transport", "")
    return Asking(teams, {str(case.pk): case for case in cases}, rule)


def leaving(file: OpenCase, look: DueLook) -> Going:
    """The trip to an appointment, by what is known of it. A place that says whose it is does not go to the team."""
    names = names_of([file.thing])
    place = look.place or look.words.get("court", "")
    words: TripWords = {
        "where": "" if says_a_name(place, names) else place,
        "phone": my_phone(file.visit),
        "adults": look.words.get("second_adult", ""),
    }
    if says_a_name(words["adults"], names):
        words["adults"] = ""
    return Going(
        trip_id=uuid4(),
        team=file.thing.team_id,
        back_by=back_again(look),
        words=words,
        due=look.due,
        names=names,
    )


def appointment_of(going: Going) -> Agreed:
    """What stands in the file of each who rides along: the way, and nobody else."""
    now = timezone.localtime()
    words: DueWords = {
        "text": _("On the way with us"),
        "place": going.words.get("where", ""),
        "along": Along.ME.value,
        "transport": Transport.RIDE.value,
        "second_adult": going.words.get("adults", ""),
    }
    minutes = int((going.back_by - now).total_seconds() // 60)
    slot: SlotWords = {"at": now.strftime("%H:%M"), "minutes": max(minutes, 0), "code": RIDE}
    return Agreed(day=now.date(), words=words, slot=slot)
