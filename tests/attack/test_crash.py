"""The plug is pulled two hundred times; nothing that was acknowledged is lost, and nothing is there by halves."""

import pytest

from tests.attack.crashing.verbs import WORK
from tests.attack.stores import Place

pytestmark = pytest.mark.slow


@pytest.mark.postgres
def test_nothing_saved_is_lost_and_nothing_is_half(place: Place) -> None:
    done = place.python("tests.attack.crash", "work", str(10 * len(WORK)))
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.postgres
def test_an_agency_is_founded_whole_or_not_at_all(place: Place) -> None:
    done = place.python("tests.attack.crash", "found", "30")
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def complaints(place: Place, kills: int, plant: str) -> dict[str, list[str]]:
    """What is found wrong with a fault planted, by verb."""
    done = place.python("tests.attack.crash", "work", str(kills), "--plant", plant)
    assert done.returncode == 1, done.stderr
    told = [line.split(": ", 1) for line in done.stdout.splitlines()]
    return {verb: [said for name, said in told if name == verb] for verb, _ in told}


@pytest.mark.postgres
def test_what_is_told_before_it_is_saved_is_found_in_every_verb(place: Place) -> None:
    found = complaints(place, 1, "early")
    # A line of the trail is told by its hash, which is not there before the line is.
    assert set(found) == set(WORK) - {"write_line"}
    assert all("lost" in " ".join(said) for said in found.values()), found


def test_what_is_saved_piece_by_piece_is_found_in_every_verb(place: Place) -> None:
    """On SQLite only: three kills for each verb fall between its statements often enough there."""
    found = complaints(place, 3, "torn")
    assert set(found) == {name for name, verb in WORK.items() if not verb.in_one}, found
    assert "a key without its case" in found["start_case"]
