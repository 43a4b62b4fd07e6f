"""Trips are kept as long as somebody may have to look into one, and not longer (practice B4)."""

from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import management
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cli import store
from leeward.days import actions
from leeward.days.actions import Going
from leeward.days.models import Due, Trip
from tests import make
from tests.cast import Cast
from tests.days.agreed import booked, today
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

BACK_BY = datetime(2026, 5, 4, 17, tzinfo=timezone.get_default_timezone())


def leaves(worker: Worker, *, back_by: datetime | None = None, due: Due | None = None) -> Trip:
    team = worker.person.memberships.get().team_id
    assert team
    until = back_by or timezone.now() + timedelta(hours=2)
    with make.entering(worker, Action.TODAY) as entered:
        return actions.leave(
            entered, Going(trip_id=uuid4(), team=team, back_by=until, words={"where": "town"}, due=due)
        )


def returns(worker: Worker, trip: Trip) -> None:
    with make.entering(worker, Action.TODAY) as entered:
        actions.back(entered, trip)


@pytest.fixture
def over(cast: Cast) -> Trip:
    """Cyd of another team was on the way, and came back in time."""
    trip = leaves(cast.cyd, back_by=BACK_BY)
    returns(cast.cyd, trip)
    return trip


def kept(trip: Trip) -> bool:
    return Trip.objects.filter(pk=trip.pk).exists()


@pytest.mark.parametrize(("days", "still"), [(29, True), (31, False)])
def test_a_month_after_it_was_over_it_is_let_go_of_as_soon_as_anybody_leaves(
    cast: Cast, over: Trip, days: int, still: bool
) -> None:
    with time_machine.travel(BACK_BY + timedelta(days=days), tick=False):
        assert kept(over)
        new = leaves(cast.ama)
        assert kept(over) is still
        assert kept(new)


def test_who_has_not_said_that_they_are_back_is_looked_for_however_late(cast: Cast) -> None:
    trip = leaves(cast.cyd, back_by=BACK_BY)
    with time_machine.travel(BACK_BY + timedelta(days=400), tick=False):
        leaves(cast.ama)
        assert kept(trip)
        returns(cast.cyd, trip)
        leaves(cast.ben)
        assert not kept(trip)


def test_the_appointment_it_was_for_stays_in_its_file(cast: Cast) -> None:
    due = booked(cast.dee, cast.ama, day=today())
    trip = leaves(cast.ama, back_by=BACK_BY, due=due)
    returns(cast.ama, trip)
    with time_machine.travel(BACK_BY + timedelta(days=31), tick=False):
        leaves(cast.ben)
    assert not kept(trip)
    assert Due.objects.filter(pk=due.pk).exists()


def test_a_store_that_is_brought_to_this_version_lets_go_of_them_too(
    cast: Cast, over: Trip, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nothing(*_told: Any, **_more: Any) -> None:  # noqa: ANN401 - whatever the command takes
        """The store is of this version already."""

    monkeypatch.setattr(management, "call_command", nothing)
    monkeypatch.setattr(store, "check_store", nothing)
    there = tmp_path / "leeward.db"
    there.touch()
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", there)
    with time_machine.travel(BACK_BY + timedelta(days=31), tick=False):
        assert store.upgrade(Namespace(no_backup=True, backup=None)) == 0
    assert not kept(over)
