"""Amounts, as people write them in three languages, read and said."""

from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from leeward.gifts.words import MOST_CENTS, amount, cents_of


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("20", 2000), ("12.50", 1250), ("12,5", 1250), ("1,234.50", 123450), ("1.234,50", 123450),
        ("1 234,50", 123450), ("1\u202f234,50", 123450), ("$20", 2000), ("20 $", 2000), ("€ 20,00", 2000),
        ("20 USD", 2000), ("1'234.50", 123450), ("1.234", 123400), ("0.05", 5), (" 7 ", 700),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert cents_of(text) == cents


@pytest.mark.parametrize(
    "text", ["", "x", "-5", ".50", "2x5", "20-30", "1,23,456", "1 2", "½", "٣", "9" * 30, "12.5.1.2"]
)
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        cents_of(text)


@given(
    cents=st.integers(0, MOST_CENTS),
    language=st.sampled_from(["en", "es", "fr"]),
    sign=st.sampled_from(["", "$", "EUR"]),
)
def test_what_is_said_in_a_language_is_read_back(cents: int, language: str, sign: str) -> None:
    with translation.override(language):
        assert cents_of(amount(cents, sign)) == cents


@given(st.text(max_size=24))
def test_anything_typed_is_read_or_asked_again(text: str) -> None:
    with suppress(ValueError):
        assert 0 <= cents_of(text) <= MOST_CENTS
