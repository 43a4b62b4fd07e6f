"""The vocabulary of money and gifts, and how an amount is read and said."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, TypedDict

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class GiftState(models.TextChoices):
    """How far a gift is. Nothing here says anything about whoever it is for."""

    ASKED = "asked", _("waits for a second person")
    AGREED = "agreed", _("agreed, not handed over yet")
    GIVEN = "given", _("given")
    LEFT = "left", _("not this time")
    CROSSED = "crossed", _("crossed out")


#: The icon and the tone of each state; the word beside it carries the meaning.
STATE_LOOKS: Final = {
    GiftState.ASKED: ("clock", "sun"),
    GiftState.AGREED: ("check", "harbour"),
    GiftState.GIVEN: ("gift", "moss"),
    GiftState.LEFT: ("leaf", ""),
    GiftState.CROSSED: ("x", ""),
}


class FundWords(TypedDict, total=False):
    """A pot of money: its name, its currency, and up to how many cents one person gives alone."""

    name: str
    currency: str
    limit: int


class GiftWords(TypedDict, total=False):
    """What was given: when, what it cost in cents, where its receipt is, and the note that tells of it."""

    what: str
    cents: int
    currency: str
    receipt: str
    why: str
    day: str
    written_at: str
    entry: str


MOST_CENTS: Final = 100_000_000
#: Between thousands people write a dot, a comma, a space or an apostrophe.
_BETWEEN: Final = ".,'\u2019 "
_AMOUNT: Final = re.compile(rf"(\d{{1,3}}(?:[{_BETWEEN}]\d{{3}})+|\d+)(?:[.,](\d{{1,2}}))?", re.ASCII)
_AROUND: Final = re.compile(r"^[^\d.,-]*|\D*$", re.ASCII)


def cents_of(text: str) -> int:
    """Read an amount as people write it (1,234.50, 1.234,50, 1 234,50, $20), or raise `ValueError`."""
    found = _AMOUNT.fullmatch(_AROUND.sub("", " ".join(text.split())))
    if not found:
        raise ValueError(text)
    whole, part = found[1], found[2] or ""
    cents = int("".join(sign for sign in whole if sign not in _BETWEEN)) * 100 + int(part.ljust(2, "0"))
    if cents > MOST_CENTS:
        raise ValueError(text)
    return cents


def amount(cents: int, currency: str = "") -> str:
    """Say an amount the way the reader's language writes it."""
    number = number_format(Decimal(cents) / 100, 2, use_l10n=True, force_grouping=True)
    if not currency:
        return number
    # Translators: an amount of money; gap is nothing for a sign like $ and a space for letters like EUR
    return gettext("{currency}{gap}{amount}").format(
        currency=currency, gap="" if len(currency) == 1 else "\u00a0", amount=number
    )
