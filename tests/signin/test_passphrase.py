"""What makes a passphrase good."""

import pytest
from django.core.exceptions import ValidationError

from leeward.signin import passphrase
from leeward.staff.models import Person
from leeward.vault import paper

INES = Person(name="Ines Okafor", email="ines.o@harbourhouse.example")


@pytest.mark.parametrize(
    "typed",
    [
        "okafor okafor",
        "ines okafor leeward",
        "harbourhouse2026",
        "Leeward Leeward",
        "one one one one",
        "abababababab",
        "password1234",
        "1234567891011",
        "short words",
    ],
)
def test_what_can_be_guessed_is_not_taken(typed: str) -> None:
    with pytest.raises(ValidationError):
        passphrase.check(typed, INES)


@pytest.mark.parametrize(
    "typed",
    [
        "copper lantern orbit velvet",
        "🌲 brücke 🌊 lanterne 🌙 ånger",
        "correct horse battery",
        "ines sings in the rain at dusk",
        "水面に映る月を見ている夜ですね",
        "x7!kQ29#vLpe",
    ],
)
def test_anything_else_is(typed: str) -> None:
    passphrase.check(typed, INES)


def test_the_words_we_offer_are_always_taken() -> None:
    for _ in range(50):
        passphrase.check(paper.six_words(), INES)
