"""Shorter ways to say how an appointment went, and what was counted of it."""

# ruff: noqa: ANN401 - whatever a form sends and a page answers

from datetime import datetime
from typing import Any

from leeward.access.policy import Action
from leeward.cases.models import Case, Entry, Glance
from leeward.days.models import Due
from leeward.desk.pages import month as months
from leeward.desk.pages.month import Note
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, booked, soon
from tests.make import Worker

YESTERDAY = -1


def ended(worker: Worker, due: Due, how: str = "happened", **said: Any) -> Any:
    """Press one of the two buttons under "How was it?"."""
    return Browser(worker).post(f"/days/{due.case_id}/{due.pk}/happened/", {how: "", **said}, follow=True)


def notes(case: Case, by: Worker) -> list[dict[str, Any]]:
    """Every note of a file: its words, and what it says beside them."""
    with make.opening(case, by, DAYS):
        found = Entry.objects.filter(case=case).order_by("number")
        return [{"text": one.text, "number": one.number, **one.facts} for one in found]


def spoken(case: Case, by: Worker) -> datetime | None:
    """When we last spoke, as every list says it."""
    with make.opening(case, by, DAYS):
        row = Glance.objects.filter(case=case).first()
        told = row.words.get("contact_at") if row else None
    return datetime.fromisoformat(told) if told else None


def month(worker: Worker) -> list[Note]:
    """What My month counts."""
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        return months.mine(entered).notes


def past(cast: Cast, text: str = "Legal Aid", **said: Any) -> Due:
    """An appointment of yesterday, at half past two."""
    return booked(cast.dee, cast.ama, text, day=soon(YESTERDAY), **said)
