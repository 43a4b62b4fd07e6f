"""The vocabulary of days."""

from __future__ import annotations

from typing import TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _


class DueKind(models.TextChoices):
    """What is due, as generic as the database may say it."""

    PROMISE = "promise", _("Promise")
    TODO = "todo", _("To do")
    APPOINTMENT = "appointment", _("Appointment")
    FOLLOW_UP = "follow_up", _("Look in again")


class DueWords(TypedDict, total=False):
    """What was agreed. `ended` is "kept", "moved", "released", "done", "happened", "not now" … with a word on how it went.

    For a deadline `legal` is true. An appointment holds who goes along, transport, childcare, interpreter, what to bring,
    how to remind, and what happened.
    """

    text: str
    legal: bool
    ended: str
    ended_at: str
    told: str
    moved_from: list[str]
    entry: str
    place: str
    with_whom: str
    accompanied_by: str
    transport: str
    transport_more: str
    permission: str
    second_adult: str
    childcare: str
    interpreter: str
    interpreter_reason: str
    language: str
    bring: str
    remind: str
    happened: str
    next: str


class SlotWords(TypedDict, total=False):
    """When on its day ("14:30"), how long in minutes, whether the door expects them; a code for what we set ourselves."""

    at: str
    minutes: int
    at_the_door: bool
    code: str


class CourtWords(TypedDict, total=False):
    """A date in court (practice M5)."""

    court: str
    hearing: str
    role: str
    must_attend: str
    number: str
    other_side: str
    entrance: str
    missing_it: str
    orders: str
    result: str


class TripWords(TypedDict, total=False):
    """Where a worker goes, how, and how to reach them. Never a participant's name."""

    where: str
    how: str
    phone: str
    left_at: str
    safe_at: str
    back_at: str
    adults: str


class AskWords(TypedDict, total=False):
    """Who asked what, how, and since when (ISO 8601); and what was answered."""

    who: str
    text: str
    how: str
    since: str
    answer: str
    answered_at: str
