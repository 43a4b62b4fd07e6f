"""What stands on the page "People" of a file, and on the pages behind it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.models.walking import carriers, kept_in
from leeward.cases.pages.file import head
from leeward.cases.pages.wishes import comes_to_mind
from leeward.continuity.forms.people import PersonForm
from leeward.continuity.models import Conference, Ending, HandOver
from leeward.continuity.pages.matters import left_of
from leeward.continuity.pages.walkers import front_phone, team_of
from leeward.continuity.still_open import parts
from leeward.continuity.words import DIED, EndingReason, Invited
from leeward.staff.models import Membership, Person

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.continuity.words import ConferenceWords, EndingWords


class Met(NamedTuple):
    """A conference as a page shows it, opened once."""

    pk: UUID
    about: ConferenceWords

    @property
    def day(self) -> date | None:
        """On which day, if it was said."""
        return date.fromisoformat(self.about["day"]) if self.about.get("day") else None

    @property
    def told(self) -> date | None:
        """When they were given the summary."""
        return date.fromisoformat(self.about["told"]) if self.about.get("told") else None

    @property
    def invited(self) -> str:
        """Whether they were asked, in words."""
        code = self.about.get("invited", "")
        return str(Invited(code).label) if code in Invited.values else ""


class Parted(NamedTuple):
    """How a walk together ended, as a page shows it."""

    by: Person
    words: EndingWords

    @property
    def on(self) -> date | None:
        """The day."""
        return date.fromisoformat(self.words["on"]) if self.words.get("on") else None

    @property
    def back_on(self) -> date | None:
        """When they came back, or when it turned out to be a mistake."""
        return date.fromisoformat(self.words["back_on"]) if self.words.get("back_on") else None

    @property
    def is_death(self) -> bool:
        """Whether it tells of a death."""
        return self.words.get("reason") == DIED

    @property
    def reason(self) -> str:
        """Why we parted, in words that judge nobody."""
        code = self.words.get("reason", "")
        return str(EndingReason(code).label) if code in EndingReason.values else ""


def walking(file: OpenCase, form: PersonForm | None = None) -> dict[str, Any]:
    """Everybody who walks with somebody, and what is to be done about it."""
    shown = {**head(file, "continuity:walking"), "walkers": team_of(file), "front_phone": front_phone()}
    done = HandOver.objects.filter(case=file.thing).done().select_related("giver", "taker")
    people = offered(file)
    return {
        **shown,
        "form": form or (PersonForm(people=people) if people else None),
        "mind": comes_to_mind(file, (each for each in people if each != file.thing.primary)),
        **left_of(parts(file)),
        "met": conferences(file),
        "passed": [(row, row.words or {}) for row in done.defer("parcel")[:12]],
        "parted": partings(file),
    }


def offered(file: OpenCase) -> list[Person]:
    """Among whom this reader may choose: a supervisor among the team, a primary worker among who could stand in."""
    actor = file.visit.actor
    ties = file.thing.ties_to(actor)
    if policy.allows(actor, Action.ASSIGN, ties):
        return colleagues(file)
    return next_workers(file) if policy.allows(actor, Action.NAME_BACKUP, ties) else []


def colleagues(file: OpenCase) -> list[Person]:
    """Everybody of the participant's team, for a place on the care team; nobody who stands before a wall."""
    rows = Membership.objects.current().filter(team=file.thing.team_id)
    people = Person.objects.here().filter(pk__in=rows.values("person")).order_by("name")
    return kept_in(file.thing, list(people))


def doings(file: OpenCase) -> dict[str, Any]:
    """Those who walk along, and what each of them does, ready for the form."""
    walkers = team_of(file)
    along = [walkers.primary, *([walkers.backup] if walkers.backup else []), *walkers.beside]
    return {
        "people": [one.person for one in along],
        "does": {one.person.pk: one.does for one in along},
    }


def next_workers(file: OpenCase) -> list[Person]:
    """Who could walk with them next: those who can carry the file, but for who does."""
    return [person for person in carriers(file.thing) if person.pk != file.thing.primary_id]


def conferences(file: OpenCase) -> list[Met]:
    """All conferences, the last one first; those without a day on top."""
    found = [Met(row.pk, row.about) for row in Conference.objects.filter(case=file.thing)]
    return sorted(found, key=lambda one: one.about.get("day") or "9999", reverse=True)


def partings(file: OpenCase) -> list[Parted]:
    """How walks together ended before, the last one first."""
    rows = Ending.objects.filter(case=file.thing).select_related("by").order_by("-number")
    return [Parted(row.by, row.words) for row in rows]
