"""The plug is pulled two hundred times; nothing that was acknowledged is lost, and nothing is there by halves."""

# ruff: noqa: PT006 - names read best as one string

import pytest

from tests.attack.stores import Place

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def test_nothing_saved_is_lost_and_nothing_is_half(place: Place) -> None:
    done = place.python("tests.attack.crash", "work", "170")
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_an_agency_is_founded_whole_or_not_at_all(place: Place) -> None:
    done = place.python("tests.attack.crash", "found", "30")
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("plant, found", [("early", "lost"), ("torn", "a key without its case")])
def test_a_planted_fault_is_found(place: Place, plant: str, found: str) -> None:
    done = place.python("tests.attack.crash", "work", "15", "--plant", plant)
    assert found in done.stdout
    assert done.returncode == 1
