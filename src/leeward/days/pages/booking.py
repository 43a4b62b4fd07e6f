"""What the page on which something is booked shows beside its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.cases.pages.minors import blocked_in, is_minor
from leeward.cases.pages.reach import safely
from leeward.days.forms.booking import AppointmentForm, Booking, CourtForm, initial_of
from leeward.days.forms.dues import RewordForm, Whose
from leeward.days.pages.file import head
from leeward.days.words import DueKind
from leeward.staff.pages.ways import our_ways

if TYPE_CHECKING:
    from django.http import QueryDict

    from leeward.cases.door import OpenCase
    from leeward.days.looks import DueLook
    from leeward.days.models import Due


def booking(file: OpenCase, due: Due | None = None) -> Booking:
    """What the form has to know: the team, whether somebody else has a say, and who must never be asked."""
    return Booking(
        whose=Whose(team=file.thing.team, me=file.visit.actor.id, now=due.owner_id if due else None),
        minor=is_minor(file.thing),
        blocked=blocked_in(file),
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


def changing(
    file: OpenCase, due: Due, look: DueLook, sent: QueryDict | None
) -> tuple[AppointmentForm | RewordForm, dict[str, Any]]:
    """The questions as it stands, and the page around them."""
    initial = {"day": due.day, "due_id": due.pk, "version": due.version, "owner": due.owner_id}
    initial |= initial_of(look.words, look.slot)
    if due.kind == DueKind.APPOINTMENT:
        kind = CourtForm if look.is_court else AppointmentForm
        form = kind(sent, booking=booking(file, due), initial=initial)
        return form, shown(file, form, look)
    promise = due.kind == DueKind.PROMISE
    other = RewordForm(sent, whose=booking(file, due).whose, promise=promise, initial=initial)
    return other, {**head(file), "form": other, "look": look}


def lines(form: AppointmentForm | RewordForm) -> str:
    """What was typed, as lines of text."""
    hidden = {field.name for field in form.hidden_fields()}
    given = [
        (form.fields[name].label, form.cleaned_data.get(name)) for name in form.fields if name not in hidden
    ]
    return "\n".join(f"{label}: {value}" for label, value in given if value)
