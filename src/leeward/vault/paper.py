"""The paper kit: the agency's recovery key in words, on paper, cut into shares (SLIP-39).

One sheet opens nothing; two of three together restore the agency when every passphrase, or the machine, is lost.
The same list of words makes passphrases and the short phrases that two people compare by voice.
"""

from __future__ import annotations

import hashlib
import secrets
from itertools import combinations
from typing import TYPE_CHECKING, Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from leeward.vault.cipher import KeyPair

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARES: Final = 3
NEEDED: Final = 2
PASSPHRASE_WORDS: Final = 6
FINGERPRINT_WORDS: Final = 5


class PaperWrong(Exception):  # noqa: N818
    """The words typed from paper do not fit together. The message says what to check."""


def print_shares(pair: KeyPair) -> list[str]:
    """Three sheets of words; any two bring the key back."""
    shares: list[str] = generate_mnemonics(1, [(NEEDED, SHARES)], pair.reveal())[0]
    return shares


def read_shares(sheets: Iterable[str]) -> KeyPair:
    """The recovery key from two sheets, or `PaperWrong` with what to check."""
    tidy = [" ".join(sheet.lower().split()) for sheet in sheets if sheet.strip()]
    why = f"{len(tidy)} was typed, {NEEDED} are needed"
    for some in combinations(tidy, NEEDED):  # whoever types all three, one of them with a slip, gets in too
        try:
            return KeyPair(combine_mnemonics(some))
        except (MnemonicError, ValueError, KeyError) as slip:
            why = str(slip).rstrip(".")
    message = f"These sheets do not fit together: {why}. Check each word, and that both are of the same kit."
    raise PaperWrong(message)


def six_words() -> str:
    """A passphrase to offer: six random words of 1,024, 60 bits."""
    return " ".join(secrets.choice(WORDLIST) for _ in range(PASSPHRASE_WORDS))


def fingerprint(public: bytes) -> str:
    """Five words (50 bits) that two people compare by voice before one hands keys to the other."""
    number = int.from_bytes(hashlib.sha256(b"leeward/fingerprint" + public).digest())
    words = []
    for _ in range(FINGERPRINT_WORDS):
        number, index = divmod(number, len(WORDLIST))
        words.append(WORDLIST[index])
    return " ".join(words)
