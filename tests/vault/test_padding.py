import pytest
from hypothesis import given
from hypothesis import strategies as some

from leeward.vault.padding import pad, padded_size, unpad
from leeward.vault.scopes import Unreadable


@given(some.binary(max_size=5000))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


@given(some.binary(max_size=5000))
def test_what_ends_like_padding_comes_back_whole(plain: bytes) -> None:
    for tail in (b"\0", b"\x80", b"\x80\0\0", bytes(200)):
        assert unpad(pad(plain + tail)) == plain + tail


@given(some.integers(1, 1 << 24))
def test_at_most_an_eighth_is_added_beyond_the_small_steps(size: int) -> None:
    padded = padded_size(size)
    assert size <= padded <= max(size + 63, size + size // 8)
    assert padded % 64 == 0


@given(some.integers(1, 1 << 20))
def test_sizes_only_grow_and_stay_as_they_are(size: int) -> None:
    assert padded_size(padded_size(size)) == padded_size(size) <= padded_size(size + 1)


def test_yes_and_no_look_alike() -> None:
    assert len(pad(b"yes")) == len(pad(b"no")) == len(pad(b"")) == len(pad(b"x" * 63)) == 64
    assert len(pad(b"x" * 64)) == 128


def test_few_sizes_are_told_apart() -> None:
    assert len({padded_size(size) for size in range(1, 100_000)}) < 80


@pytest.mark.parametrize("foreign", [b"", bytes(64), b"words", b"\x80words" + bytes(9)])
def test_padding_that_is_not_ours_is_unreadable(foreign: bytes) -> None:
    with pytest.raises(Unreadable, match="not ours"):
        unpad(foreign)
