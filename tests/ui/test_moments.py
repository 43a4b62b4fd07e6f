"""Moments are said the way one tells a colleague."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation

from leeward.ui import moments

CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(autouse=True)
def thursday_noon() -> Iterator[None]:
    with (
        time_machine.travel(datetime(2026, 11, 19, 12, 0, tzinfo=CHICAGO), tick=False),
        timezone.override(CHICAGO),
        translation.override("en"),
    ):
        yield


def at(month: int, day: int, hour: int = 9, minute: int = 5, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (at(11, 19), "today 9:05"),
        (at(11, 18, 16, 20), "yesterday 16:20"),
        (at(11, 20), "tomorrow 9:05"),
        (at(11, 16, 9, 10), "Monday 9:10"),
        (at(11, 24), "Tuesday 9:05"),
        (at(11, 12), "12 November"),
        (at(11, 12, year=2025), "12 November 2025"),
        (date(2026, 11, 18), "yesterday"),
        (None, ""),
    ],
)
def test_a_moment(value: date | None, said: str) -> None:
    assert moments.moment(value) == said


def test_exactly_keeps_the_time_of_day() -> None:
    assert moments.moment(at(11, 9, 1, 40), exact=True) == "9 November 1:40"


def test_days_are_those_of_the_agency() -> None:
    assert moments.moment(datetime(2026, 11, 19, 3, 0, tzinfo=UTC)) == "yesterday 21:00"


def test_the_day_alone() -> None:
    assert moments.day(at(11, 19, 23)) == "today"


def test_the_hour_and_the_month_alone() -> None:
    assert moments.clock(at(11, 19)) == "9:05"
    assert moments.month(date(2025, 3, 5), year=False) == "March"


def test_machines_are_told_too() -> None:
    assert moments.tagged(at(11, 19)) == '<time datetime="2026-11-19T09:05-06:00">today 9:05</time>'
    assert moments.tagged(None) == ""


def test_the_language_of_the_person() -> None:
    with translation.override("fr"):
        assert moments.day(at(11, 16)).lower() == "lundi"
    assert moments.day(at(11, 16)) == "Monday"
