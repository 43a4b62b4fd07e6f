"""Shorter ways to say what these tests say often: what is agreed with Dee, and what a page makes of it."""

# ruff: noqa: ANN401 - what is said about a date is whatever a test says

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.days import actions
from leeward.days.actions import Agreed
from leeward.days.looks import DueLook
from leeward.days.models import Due
from leeward.days.pages import file as pages
from leeward.days.words import DueWords
from tests import make
from tests.make import Worker

DAYS = Action.DAYS


def today() -> date:
    return timezone.localdate()


def soon(days: int = 1) -> date:
    return today() + timedelta(days=days)


def promise(
    case: Case, by: Worker, text: str = "Call the school", *, day: date | None = None, **said: Any
) -> Due:
    with make.opening(case, by, DAYS) as file:
        return actions.promise(file, due_id=said.pop("due_id", uuid4()), text=text, day=day or soon(), **said)


def todo(case: Case, by: Worker, text: str = "Fill the form", *, day: date | None = None, **said: Any) -> Due:
    with make.opening(case, by, DAYS) as file:
        return actions.todo(file, due_id=said.pop("due_id", uuid4()), text=text, day=day or soon(), **said)


def booked(
    case: Case,
    by: Worker,
    text: str = "Legal Aid",
    *,
    day: date | None = None,
    at: str = "14:30",
    **words: Any,
) -> Due:
    """An appointment; what is about its slot goes there."""
    slot: Any = {
        "at": at,
        "minutes": words.pop("minutes", 60),
        "at_the_door": words.pop("at_the_door", False),
    }
    court, said = words.pop("court", None), cast("DueWords", {"text": text, **words})
    agreed = Agreed(day=day or soon(), words=said, slot=slot, court=court)
    with make.opening(case, by, DAYS) as file:
        return actions.appointment(file, due_id=uuid4(), agreed=agreed)


def in_court(case: Case, by: Worker, *, day: date | None = None, at: str = "09:30", **court: Any) -> Due:
    return booked(case, by, "", day=day, at=at, court={"hearing": "review", **court})


def look(case: Case, by: Worker, due: Due | UUID) -> DueLook:
    """As its page shows it to somebody; read while the file is open."""
    with make.opening(case, by, DAYS) as file:
        found = file.thing.dues.select_related("owner").get(pk=getattr(due, "pk", due))
        seen = pages.look(file, found)
        for name in ("title", "when", "label", "url", "name", "tags", "open_points"):
            getattr(seen, name)
        return seen


def words(case: Case, by: Worker, due: Due) -> dict[str, Any]:
    return dict(look(case, by, due).words)


def text(answer: Any) -> str:
    """A page as words on one line."""
    return " ".join(answer.content.decode().split())


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)
