"""What was sealed with format 1 opens for ever. The vectors were made once; nobody regenerates them."""

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from leeward.vault import cipher, fields, paper
from leeward.vault.cipher import Key, KeyPair, Stretch
from leeward.vault.fields import Sealed
from leeward.vault.files import PIECE_BYTES, FileKey
from leeward.vault.keyring import carrying
from leeward.vault.scopes import Compartment, HeldKey, Scope

FROZEN: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
raw = bytes.fromhex


def key(text: str) -> Key:
    return Key(raw(text))


@pytest.mark.parametrize("one", FROZEN["derived"], ids=lambda one: one["purpose"])
def test_derived_keys(one: dict[str, str]) -> None:
    assert key(one["key"]).derive(one["purpose"]).reveal() == raw(one["gives"])


@pytest.mark.parametrize("one", FROZEN["marks"])
def test_marks(one: dict[str, str]) -> None:
    assert key(one["key"]).mac(raw(one["message"])) == raw(one["mark"])


@pytest.mark.parametrize("one", FROZEN["envelopes"], ids=lambda one: f"epoch-{one['epoch']}")
def test_envelopes(one: dict[str, Any]) -> None:
    assert cipher.header(raw(one["envelope"])) == (one["shape"], one["epoch"])
    assert key(one["key"]).unseal(raw(one["envelope"]), raw(one["context"])) == raw(one["plain"])


@pytest.mark.parametrize("one", FROZEN["wraps"])
def test_wraps(one: dict[str, Any]) -> None:
    inner = key(one["key"]).unwrap(raw(one["wrapped"]), raw(one["context"]))
    assert inner.reveal() == raw(one["inner"])
    assert cipher.header(raw(one["wrapped"])).epoch == one["epoch"]


@pytest.mark.parametrize("one", FROZEN["pairs"])
def test_what_is_sealed_to_a_person(one: dict[str, str]) -> None:
    pair, context = KeyPair(raw(one["private"])), raw(one["context"])
    assert pair.public == raw(one["public"])
    assert pair.open(raw(one["sealed"]), context) == raw(one["plain"])
    assert pair.receive(raw(one["handed"]), context).reveal() == raw(one["key"])
    assert pair.own_key().reveal() == raw(one["own_key"])


@pytest.mark.parametrize("one", FROZEN["argon2id"], ids=lambda one: f"{one['cost'][0]}-KiB")
def test_stretched_passphrases(one: dict[str, Any]) -> None:
    stretched = cipher.stretch(one["passphrase"].encode(), raw(one["salt"]), Stretch(*one["cost"]))
    assert stretched.reveal() == raw(one["key"])


def test_the_paper_kit() -> None:
    kit = FROZEN["paper"]
    for two in (kit["sheets"][:2], kit["sheets"][1:], kit["sheets"][::2]):
        assert paper.read_shares(two).reveal() == raw(kit["private"])
    assert paper.fingerprint(KeyPair(raw(kit["private"])).public) == kit["fingerprint"]


def test_a_small_file() -> None:
    one = FROZEN["small_file"]
    pieces = map(raw, one["pieces"])
    assert b"".join(FileKey(raw(one["key"])).open(pieces, raw(one["context"]))) == raw(one["plain"])


def test_a_file_in_pieces() -> None:
    one, plain = FROZEN["large_file"], bytes(range(256)) * 2600
    assert len(plain) > 2 * PIECE_BYTES
    pieces = FileKey(raw(one["key"])).seal([plain], raw(one["context"]))
    assert [hashlib.sha256(piece).hexdigest() for piece in pieces] == one["sha256_of_pieces"]


class Row:
    """A row where the frozen fields once stood."""

    pk = UUID(FROZEN["fields"]["row"])

    def seal_scope(self, part: Compartment | None) -> Scope:
        owner = UUID(FROZEN["fields"]["owner"])
        return Scope.case(owner, part) if part else Scope.person(owner)


@pytest.mark.parametrize("one", FROZEN["fields"]["sealed"], ids=lambda one: one["field"] + one["part"])
def test_fields(one: dict[str, Any]) -> None:
    told, row = FROZEN["fields"], Row()
    field = getattr(fields, one["field"])(label=told["label"], compartment=one["part"] or None)
    with carrying(UUID(told["agency"])) as ring:
        ring.hold([HeldKey(row.seal_scope(Compartment.NOTES), told["epoch"], key(told["case_key"]))])
        ring.hold([HeldKey(row.seal_scope(None), told["epoch"], key(told["person_key"]))])
        opened = field.opened(row, Sealed(raw(one["envelope"])))
    assert plainly(opened) == one["value"]


def plainly(value: Any) -> Any:  # noqa: ANN401 - any field's value
    """As the vectors write it."""
    if isinstance(value, FileKey):
        return value.reveal().hex()
    return value.isoformat() if hasattr(value, "isoformat") else value
