"""What is due: a promise that is moved and kept, and a date in court that is continued, with a calendar beside it."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import WordSet
from leeward.days import actions
from leeward.days.actions import Agreed, When
from leeward.days.models import Busy, Due
from leeward.vault import wordset
from tests.attack.crashing.dying import Say, acknowledge
from tests.attack.crashing.town import Facts, Town, unless


def promise(town: Town, say: Say) -> None:
    """Promise something, move it, keep it."""
    due_id, today = uuid.uuid4(), timezone.localdate()
    later = When(today + timedelta(days=1))
    with town.opened(Action.DAYS, "due") as file:
        acknowledge(
            say, "promised", str(due_id),
            lambda: actions.promise(file, due_id=due_id, text=f"Promise {due_id}", day=today),
        )  # fmt: skip
        due = Due.objects.get(pk=due_id)
        acknowledge(
            say, "moved", str(due_id),
            lambda: actions.move(file, due, when=later, told=f"Moved {due_id}", version=1),
        )  # fmt: skip
        acknowledge(say, "kept", str(due_id), lambda: actions.keep(file, due, f"Kept {due_id}"))


def promise_stands(town: Town, told: Facts) -> Iterator[str]:
    """It is there, as far along as was said, and each step is whole."""
    with town.opened(Action.DAYS, "due") as file:
        known = WordSet.objects.get(case=file.thing).words
        rows = {str(due.pk): due for due in town.new(Due.objects.filter(case=file.thing))}
        for step, pk in ((step, pk) for step, pks in told.items() for pk in pks):
            yield from unless(pk in rows and _has(rows[pk], step), f"a promise was lost that was {step}")
        for pk, due in rows.items():
            words, has_moved = due.words or {}, due.day > timezone.localdate()
            yield from unless(pk in words.get("text", ""), "a promise is not itself")
            yield from unless(has_moved == ("moved_from" in words), "a promise is half moved")
            yield from unless(due.is_open == ("ended" not in words), "a promise is half kept")
            found = wordset.holds(known, wordset.needles(Due.searched.said(due)))
            yield from unless(found, "search would miss a promise")


def _has(due: Due, step: str) -> bool:
    words = due.words or {}
    return {"promised": True, "moved": "moved_from" in words, "kept": words.get("ended") == "kept"}[step]


def court(town: Town, say: Say) -> None:
    """Book a date in court, and continue it to another one; a calendar follows."""
    first, second, day = uuid.uuid4(), uuid.uuid4(), timezone.localdate() + timedelta(days=2)
    agreed = Agreed(
        day=day, words={"text": f"Court {first}"}, slot={"at": "10:30"}, court={"hearing": "first"}
    )
    with town.opened(Action.DAYS, "court") as file:
        acknowledge(say, "booked", str(first), lambda: actions.appointment(file, due_id=first, agreed=agreed))
        due, when = Due.objects.get(pk=first), When(day + timedelta(days=7), "11:00")
        acknowledge(
            say, "continued", [str(first), str(second)],
            lambda: actions.continued(file, due, due_id=second, when=when, told="They know."),
        )  # fmt: skip
        # So that there is always something to begin, and the calendar stays short.
        actions.happened(file, Due.objects.get(pk=second), how="happened", told={})


def court_is_one_chain(town: Town, told: Facts) -> Iterator[str]:
    """Of each matter one date is open, known to the calendar; one that was continued leads to the next."""
    with town.opened(Action.DAYS, "court") as file:
        rows = {str(due.pk): due for due in Due.objects.filter(case=file.thing)}
        busy = {str(pk) for pk in Busy.objects.filter(due__in=list(rows)).values_list("pk", flat=True)}
        yield from unless(set(told.get("booked", [])) <= set(rows), "a date was lost")
        for first, second in told.get("continued", []):
            stands = second in rows and not rows[first].is_open
            yield from unless(stands, "a date was lost that was continued")
        for pk, due in rows.items():
            yield from _link(rows, due)
            yield from unless(due.is_open == (pk in busy), "the calendar says something else than the date")


def _link(rows: dict[str, Due], due: Due) -> Iterator[str]:
    said: dict[str, Any] = {**(due.words or {}), **(due.court or {})}
    following = said.get("continued_to", {}).get("due")
    leads_on = following is None or (following in rows and not due.is_open)
    yield from unless(leads_on, "a date is continued to nowhere")
    before = [rows[link["due"]] for link in said.get("continued_from", [])]
    yield from unless(not any(each.is_open for each in before), "two dates of one matter are open")
    yield from unless(due.is_open == ("ended" not in said), "a date is half ended")


def start_calendar(town: Town) -> None:
    """Ben's calendar for another program."""
    with town.at_work(Action.TODAY) as entered:
        actions.start_feed(entered, dues=[])
