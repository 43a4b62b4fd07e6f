"""What the page on which something is booked shows beside its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.cases.pages.minors import blocked_names, is_minor
from leeward.cases.pages.reach import safely
from leeward.days.forms.booking import AppointmentForm, Booking, CourtForm
from leeward.days.forms.dues import Whose
from leeward.days.pages.file import head
from leeward.staff.pages.ways import our_ways
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.days.looks import DueLook
    from leeward.days.models import Due


def booking(file: OpenCase, due: Due | None = None) -> Booking:
    """What the form has to know: the team, whether somebody else has a say, and who must never be asked."""
    known = Compartment.CONTACT in file.compartments
    return Booking(
        whose=Whose(team=file.thing.team, me=file.visit.actor.id, now=due.owner_id if due else None),
        minor=is_minor(file.thing),
        blocked=blocked_names(file.thing) if known else [],
    )


def shown(file: OpenCase, form: AppointmentForm, look: DueLook | None = None) -> dict[str, Any]:
    """The page: the questions, how to reach them safely, whom to keep apart, and our rule for driving minors (M7)."""
    return {
        **head(file),
        "form": form,
        "look": look,
        "in_court": isinstance(form, CourtForm),
        "reach": safely(file),
        "rule": our_ways(file.visit).get("minors_transport", "") if form.booking.minor else "",
    }


def lines(form: AppointmentForm) -> str:
    """What was typed, as lines of text."""
    hidden = {field.name for field in form.hidden_fields()}
    given = (
        (form.fields[name].label, form.cleaned_data.get(name)) for name in form.fields if name not in hidden
    )
    return "\n".join(f"{label}: {value}" for label, value in given if value)
