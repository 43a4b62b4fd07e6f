"""What the pages about one participant's dates show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.cases.actions.writing import may_let_go
from leeward.cases.models import Bond, Entry
from leeward.cases.pages import file as cases
from leeward.cases.pages.people import keep_away
from leeward.cases.pages.reach import safely
from leeward.cases.words.minors import is_blocked
from leeward.cases.words.people import BondKind
from leeward.days.forms.been import ContinuedForm, HappenedForm
from leeward.days.forms.dues import MoveForm, ToldForm
from leeward.days.looks import DueLook
from leeward.days.pages import showing
from leeward.days.pages.came_back import ride_of
from leeward.days.pages.due import ended_in, of_case, out_for
from leeward.days.words import DueKind
from leeward.days.words.been import been, note_of
from leeward.staff.models import Person
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from django.http import QueryDict

    from leeward.cases.door import OpenCase
    from leeward.days.models import Due
    from leeward.days.pages.came_back import Ride


def head(file: OpenCase) -> dict[str, Any]:
    """The top of every page of dates."""
    return {
        **cases.head(file, "days:of_case"),
        "court_here": Compartment.JUSTICE in file.compartments,
        "minding": minding(file),
    }


def all_of(file: OpenCase, number: int) -> dict[str, Any]:
    """Everything that is open, and a page of what was."""
    was, more = ended_in(file, number)
    return {
        **head(file),
        "dates": of_case(file),
        "was": was,
        "number": number,
        "newer": number - 1,
        "older": number + 1 if more else 0,
    }


def look(file: OpenCase, due: Due) -> DueLook:
    """One row, as this role may see it."""
    return DueLook(due, file.compartments, trip=out_for(file.visit, [due]).get(due.pk))


def one(file: OpenCase, due: Due) -> dict[str, Any]:
    """Something due, all that is known of it, and the questions that end it."""
    here = look(file, due)
    ride = ride_of(file, here)
    again = {"day": due.day, "at": here.slot.get("at", ""), "version": due.version}
    note = told_as(file, due)
    return {
        **head(file),
        "look": here,
        "facts_of": showing.facts(here),
        "chain": showing.chain(here),
        "ended_by": _name(here.words.get("ended_by", "")),
        "told_form": ToldForm(),
        "move_form": MoveForm(initial=again),
        "continued_form": ContinuedForm(been=been(here.words, here.slot)),
        "happened_form": happened_form(here, ride=ride),
        "note": note,
        "note_goes": bool(note and due.is_open and may_let_go(file, note)),
        "ride": ride,
        "near_place": near_place(file, here.place) if due.kind == DueKind.APPOINTMENT else "",
        "reach": safely(file) if due.is_open else None,
    }


def happened_form(look: DueLook, sent: QueryDict | None = None, *, ride: Ride | None = None) -> HappenedForm:
    """How it was: what was arranged, what was said of it before, and how long a ride took, stand there already."""
    said: dict[str, Any] = {name: look.words.get(name, "") for name in ("happened", "result", "next")}
    if ride and ride.minutes:
        said["minutes"] = ride.minutes
    return HappenedForm(sent, court=look.is_court, been=been(look.words, look.slot), initial=said)


def told_as(file: OpenCase, due: Due) -> Entry | None:
    """The note that stands on the timeline for an appointment, where it ended so."""
    if due.kind != DueKind.APPOINTMENT:
        return None
    return Entry.objects.filter(pk=note_of(due.pk), case=file.thing).select_related("author").first()


def lines(look: DueLook) -> str:
    """What stands there now as lines of text, to stand beside another version of it."""
    told = [f"{label}: {value}" for label, value in showing.facts(look)]
    return "\n".join([look.title, look.when, *told])


def _name(person: str) -> str:
    found = Person.objects.filter(pk=person).first() if person else None
    return found.name if found else ""


def minding(file: OpenCase) -> dict[str, list[str]]:
    """Whom to keep apart, and the orders that hold: shown wherever something is booked (practices M5, M1)."""
    return {"apart": keep_away(file.thing), "orders": orders(file)}


def orders(file: OpenCase) -> list[str]:
    """No-contact and other orders, as the open dates in court tell them."""
    if Compartment.JUSTICE not in file.compartments:
        return []
    looks = (DueLook(due, file.compartments) for due in _dated(file))
    return sorted({look.words["orders"] for look in looks if look.words.get("orders")})


def _dated(file: OpenCase) -> list[Due]:
    """The latest dates: an order holds on after the day on which it was made."""
    dated = file.thing.dues.filter(kind=DueKind.APPOINTMENT).exclude(court=None)
    return list(dated.order_by("-day")[:20])


def near_place(file: OpenCase, place: str) -> str:
    """Whom a place belongs to from whom they keep apart: a plain comparison of words with what was written there."""
    if not place:
        return ""
    abouts = [row.about for row in Bond.objects.filter(case=file.thing)]
    apart = [about for about in abouts if about.get("kind") == BondKind.APART]
    said = (f"{about.get('name', '')} {about.get('more', '')}" for about in apart)
    return next((text.strip() for text in said if is_blocked([place], text)), "")
