"""The only module that speaks cryptography (an import contract holds that).

Format v1, frozen by the vectors in `tests/vault/vectors.json`:

    envelope = "L" | version 1 | algorithm 1 | shape | epoch (4 bytes) | nonce (12) | AES-256-GCM ciphertext and tag

The eight header bytes are part of the associated data, so a version, shape or epoch cannot be swapped. An unknown
version is an error: there is no plain fallback to talk anybody down to.
"""

from __future__ import annotations

import hmac
import os
from typing import Final, NamedTuple, Never

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from leeward.vault.scopes import Unreadable

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
HEADER_BYTES: Final = 8
_START: Final = b"L\x01\x01"
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Key:
    """A secret of 32 bytes. It never prints, pickles or compares itself into a log."""

    __slots__ = ("_made", "_raw")

    def __init__(self, raw: bytes) -> None:
        """Take exactly 32 bytes; anything else is a mistake that must not pass silently."""
        if len(raw) != KEY_BYTES:
            message = "a key has 32 bytes"
            raise ValueError(message)
        self._raw = raw
        self._made: AESGCM | None = None

    @property
    def _aead(self) -> AESGCM:
        # Made when first needed: many keys only give other keys, and this is the costly part of one.
        if self._made is None:
            self._made = AESGCM(self._raw)
        return self._made

    @classmethod
    def fresh(cls) -> Key:
        """A new random key."""
        return cls(os.urandom(KEY_BYTES))

    def derive(self, purpose: str) -> Key:
        """The key for one purpose (HKDF-Expand, SHA-256), so that no key ever serves two."""
        return Key(
            HKDFExpand(hashes.SHA256(), KEY_BYTES, b"leeward/v1/" + purpose.encode()).derive(self._raw)
        )

    def seal(self, plain: bytes, context: bytes, *, epoch: int = 0, shape: int = 1) -> bytes:
        """Seal `plain`, bound to `context`: moved to another place it does not open."""
        header = _START + bytes((shape,)) + epoch.to_bytes(4)
        nonce = os.urandom(NONCE_BYTES)
        return header + nonce + self._aead.encrypt(nonce, plain, header + context)

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        """Open what `seal` made with this key for this context, or raise `Unreadable`."""
        header = envelope[:HEADER_BYTES]
        nonce = envelope[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
        if header[:3] != _START or len(nonce) != NONCE_BYTES:
            raise Unreadable(_unknown(envelope))
        try:
            return self._aead.decrypt(nonce, envelope[HEADER_BYTES + NONCE_BYTES :], header + context)
        except InvalidTag:
            message = "the sealed bytes were changed, or belong somewhere else, or need another key"
            raise Unreadable(message) from None

    def seal_chunk(self, nonce: bytes, plain: bytes, context: bytes) -> bytes:
        """One piece of a file; `vault.files` builds the nonces so that none repeats under one key."""
        return self._aead.encrypt(nonce, plain, context)

    def unseal_chunk(self, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        """Open one piece of a file, or raise `Unreadable`: a cut, doubled or moved piece does not open."""
        try:
            return self._aead.decrypt(nonce, sealed, context)
        except InvalidTag:
            message = "a piece of this file is missing or was changed"
            raise Unreadable(message) from None

    def mac(self, message: bytes) -> bytes:
        """A mark that only a holder of this key can make (HMAC-SHA-256)."""
        return hmac.digest(self._raw, message, "sha256")

    def wrap(self, other: Key, context: bytes, *, epoch: int = 0) -> bytes:
        """Seal another key under this one."""
        return self.seal(other._raw, context, epoch=epoch)

    def unwrap(self, wrapped: bytes, context: bytes) -> Key:
        """Open a key that was sealed under this one."""
        return Key(self.unseal(wrapped, context))

    def unseal_under(self, wrapped: bytes, place: bytes, envelope: bytes, context: bytes) -> bytes:
        """Open what a wrapped key sealed, without making that key: search does this ten thousand times."""
        if wrapped[:3] != _START or envelope[:3] != _START:
            raise Unreadable(_unknown(envelope))
        try:
            raw = self._aead.decrypt(wrapped[8:20], wrapped[20:], wrapped[:8] + place)
            return AESGCM(raw).decrypt(envelope[8:20], envelope[20:], envelope[:8] + context)
        except (InvalidTag, ValueError):
            message = "the sealed bytes were changed, or belong somewhere else, or need another key"
            raise Unreadable(message) from None

    def hand_to(self, public: bytes, context: bytes) -> bytes:
        """Seal this key to somebody's public key (HPKE, RFC 9180); only that person opens it."""
        return seal_to(public, self._raw, context)

    def reveal(self) -> bytes:
        """The bare bytes: for paper shares, the pepper file and sealed sessions only."""
        return self._raw

    def __repr__(self) -> str:
        """Never the key."""
        return "<key>"

    def __reduce__(self) -> Never:
        """Keys do not travel in pickles, caches or queues."""
        message = "a key is not to be stored"
        raise TypeError(message)


class Header(NamedTuple):
    """What an envelope says of itself without a key."""

    shape: int
    epoch: int


def header(envelope: bytes) -> Header:
    """Read the epoch and the payload's shape number, or raise `Unreadable` for what we did not write."""
    if envelope[:3] != _START or len(envelope) < HEADER_BYTES:
        raise Unreadable(_unknown(envelope))
    return Header(envelope[3], int.from_bytes(envelope[4:8]))


def _unknown(envelope: bytes) -> str:
    if envelope[:1] == b"L":
        return "this was sealed by a newer version of Leeward: install that version or a later one"
    return "these bytes were not sealed by Leeward"


class KeyPair:
    """Somebody's two halves: the public one takes things in, the private one opens them (X25519)."""

    __slots__ = ("_private",)

    def __init__(self, private: bytes) -> None:
        """Rebuild the pair from its private half."""
        self._private = X25519PrivateKey.from_private_bytes(private)

    @property
    def public(self) -> bytes:
        """The half to give away. Worked out when asked for: most requests only open."""
        return self._private.public_key().public_bytes_raw()

    @classmethod
    def fresh(cls) -> KeyPair:
        """A new pair."""
        return cls(os.urandom(KEY_BYTES))

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Open what `seal_to` sealed to this pair for this context, or raise `Unreadable`."""
        try:
            return _SUITE.decrypt(sealed, self._private, info=context)
        except (InvalidTag, ValueError):
            message = "this was not sealed to this key"
            raise Unreadable(message) from None

    def receive(self, sealed: bytes, context: bytes) -> Key:
        """Open a key that was handed over with `Key.hand_to`."""
        return Key(self.open(sealed, context))

    def reveal(self) -> bytes:
        """The private half: for its own sealed blob, the sealed session and the paper kit only."""
        return self._private.private_bytes_raw()

    def own_key(self) -> Key:
        """The symmetric key for what this person keeps alone (drafts, private notes)."""
        return Key(self.reveal()).derive("person/own")

    def __repr__(self) -> str:
        """Never the key."""
        return "<key pair>"

    def __reduce__(self) -> Never:
        """Key pairs do not travel either."""
        message = "a key pair is not to be stored"
        raise TypeError(message)


def seal_to(public: bytes, plain: bytes, context: bytes) -> bytes:
    """Seal to a public key with nobody signed in; `context` says what for, and a wrong one does not open."""
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info=context)


class Stretch(NamedTuple):
    """How hard a passphrase is stretched (Argon2id, RFC 9106). Stored beside each credential, raised at sign-in."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


def stretch(passphrase: bytes, salt: bytes, cost: Stretch) -> Key:
    """The slow step that makes guessing a passphrase expensive: the only Argon2id run of a sign-in."""
    argon = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return Key(argon.derive(passphrase))


def same(one: bytes, other: bytes) -> bool:
    """Compare marks without telling by time where they differ."""
    return hmac.compare_digest(one, other)
