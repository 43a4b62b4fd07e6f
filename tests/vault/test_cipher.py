import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leeward.vault import cipher
from leeward.vault.cipher import HEADER_BYTES, NONCE_BYTES, Key, KeyPair
from leeward.vault.scopes import Unreadable

KEY = Key(bytes(range(32)))
PLACE = b"agency, case, row, label"


def test_what_is_sealed_opens_with_the_same_key_in_the_same_place() -> None:
    assert KEY.unseal(KEY.seal(b"words", PLACE), PLACE) == b"words"


@given(plain=some.binary(max_size=2000), context=some.binary(max_size=80), epoch=some.integers(0, 2**32 - 1))
def test_anything_comes_back_as_it_was(plain: bytes, context: bytes, epoch: int) -> None:
    envelope = KEY.seal(plain, context, epoch=epoch)
    assert KEY.unseal(envelope, context) == plain
    assert cipher.header(envelope).epoch == epoch


def test_the_same_words_are_never_sealed_alike() -> None:
    assert KEY.seal(b"words", PLACE) != KEY.seal(b"words", PLACE)


def test_every_flipped_bit_is_found() -> None:
    envelope = KEY.seal(b"words", PLACE, epoch=3, shape=2)
    for bit in range(8 * len(envelope)):
        changed = bytearray(envelope)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unreadable):
            KEY.unseal(bytes(changed), PLACE)


def test_every_cut_is_found() -> None:
    envelope = KEY.seal(b"words", PLACE)
    for size in range(len(envelope)):
        with pytest.raises(Unreadable):
            KEY.unseal(envelope[:size], PLACE)


def test_bytes_added_at_the_end_are_found() -> None:
    with pytest.raises(Unreadable):
        KEY.unseal(KEY.seal(b"words", PLACE) + b"\0", PLACE)


def test_in_another_place_it_does_not_open() -> None:
    with pytest.raises(Unreadable, match="belong somewhere else"):
        KEY.unseal(KEY.seal(b"words", PLACE), b"another row")


def test_with_another_key_it_does_not_open() -> None:
    with pytest.raises(Unreadable):
        Key.fresh().unseal(KEY.seal(b"words", PLACE), PLACE)


@pytest.mark.parametrize("place", [1, 2])
def test_an_unknown_version_says_to_install_a_newer_one(place: int) -> None:
    newer = bytearray(KEY.seal(b"words", PLACE))
    newer[place] = 2
    with pytest.raises(Unreadable, match="newer version of Leeward"):
        KEY.unseal(bytes(newer), PLACE)
    with pytest.raises(Unreadable, match="newer version of Leeward"):
        cipher.header(bytes(newer))


@pytest.mark.parametrize("foreign", [b"", b"words", b"{}", b"gAAAAABm", b"\x00" * 64])
def test_what_leeward_never_sealed_says_so(foreign: bytes) -> None:
    with pytest.raises(Unreadable, match="not sealed by Leeward"):
        KEY.unseal(foreign, PLACE)
    with pytest.raises(Unreadable, match="not sealed by Leeward"):
        cipher.header(foreign)


@pytest.mark.parametrize("size", [3, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES - 1])
def test_a_stump_of_an_envelope_is_unreadable(size: int) -> None:
    with pytest.raises(Unreadable):
        KEY.unseal(KEY.seal(b"words", PLACE)[:size], PLACE)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_has_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key(bytes(size))


def test_two_purposes_never_share_a_key() -> None:
    purposes = ["team/words", "team/dropbox", "person/own", "person/kek", "credential"]
    assert len({KEY.derive(purpose).reveal() for purpose in purposes}) == len(purposes)


@pytest.mark.parametrize("secret", [KEY, KeyPair.fresh()])
def test_a_key_tells_nothing_of_itself(secret: Key | KeyPair) -> None:
    told = f"{secret} {secret!r} {[secret]} {secret!s:>10}"
    assert secret.reveal().hex() not in told
    assert repr(secret.reveal()) not in told


@pytest.mark.parametrize("secret", [KEY, KeyPair.fresh()])
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_key_is_not_to_be_pickled(secret: Key | KeyPair, protocol: int) -> None:
    with pytest.raises(TypeError, match="not to be stored"):
        pickle.dumps(secret, protocol)


def test_a_key_is_not_to_be_copied() -> None:
    with pytest.raises(TypeError):
        copy.deepcopy(KEY)


def test_a_wrapped_key_opens_for_its_purpose_only() -> None:
    inner = Key.fresh()
    wrapped = KEY.wrap(inner, b"case 1", epoch=4)
    assert KEY.unwrap(wrapped, b"case 1").reveal() == inner.reveal()
    with pytest.raises(Unreadable):
        KEY.unwrap(wrapped, b"case 2")


def test_only_the_person_it_was_handed_to_opens_it() -> None:
    ama, eve = KeyPair.fresh(), KeyPair.fresh()
    sealed = KEY.hand_to(ama.public, b"for this team")
    assert ama.receive(sealed, b"for this team").reveal() == KEY.reveal()
    for pair, context in ((eve, b"for this team"), (ama, b"for another team")):
        with pytest.raises(Unreadable, match="not sealed to this key"):
            pair.receive(sealed, context)


def test_every_byte_changed_in_a_handed_key_is_found() -> None:
    ama = KeyPair.fresh()
    sealed = KEY.hand_to(ama.public, b"")
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Unreadable):
            ama.open(changed, b"")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(31), bytes(32), bytes(80)])
def test_nothing_that_was_ever_handed_over_is_unreadable(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        KeyPair.fresh().open(sealed, b"")


def test_marks_are_compared_whole() -> None:
    assert cipher.same(b"mark", b"mark")
    assert not cipher.same(b"mark", b"marks")
    assert not cipher.same(b"mark", b"bark")


def under(wrapped: bytes, envelope: bytes, place: bytes = b"wrap", context: bytes = PLACE) -> bytes:
    return KEY.unseal_under(wrapped, place, envelope, context)


def test_what_a_wrapped_key_sealed_opens_in_one_go() -> None:
    inner = Key.fresh()
    assert under(KEY.wrap(inner, b"wrap"), inner.seal(b"words", PLACE)) == b"words"


def test_in_one_go_too_nothing_that_was_changed_or_moved_opens() -> None:
    inner = Key.fresh()
    wrapped, envelope = KEY.wrap(inner, b"wrap"), inner.seal(b"words", PLACE)
    for at in range(len(wrapped)):
        with pytest.raises(Unreadable):
            under(wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :], envelope)
    for at in range(len(envelope)):
        with pytest.raises(Unreadable):
            under(wrapped, envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :])
    for place, context in ((b"other", PLACE), (b"wrap", b"other")):
        with pytest.raises(Unreadable):
            under(wrapped, envelope, place, context)
