import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from leeward.vault.files import PIECE_BYTES, FileKey
from leeward.vault.scopes import Unreadable

PAPER = b"which paper this is"
CONTENT = bytes(range(256)) * (3 * PIECE_BYTES // 256) + b"and the end"
KEY = FileKey.fresh()
PIECES = list(KEY.seal([CONTENT], PAPER))


def opened(pieces: list[bytes], key: FileKey = KEY, context: bytes = PAPER) -> bytes:
    return b"".join(key.open(pieces, context))


def test_a_file_comes_back_whole() -> None:
    assert len(PIECES) == 4
    assert opened(PIECES) == CONTENT


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES])
def test_any_size_comes_back(size: int) -> None:
    key = FileKey.fresh()
    assert opened(list(key.seal([bytes(size)], PAPER)), key) == bytes(size)


@settings(max_examples=20, deadline=None)
@given(some.lists(some.integers(0, PIECE_BYTES), max_size=5))
def test_it_does_not_matter_how_the_upload_was_cut(sizes: list[int]) -> None:
    parts, key = [bytes([number]) * size for number, size in enumerate(sizes)], FileKey.fresh()
    assert opened(list(key.seal(parts, PAPER)), key) == b"".join(parts)


def test_only_one_piece_is_held_at_a_time() -> None:
    asked = []

    def stream() -> Iterator[bytes]:
        for number in range(4):
            asked.append(number)
            yield bytes(PIECE_BYTES)

    pieces = FileKey.fresh().seal(stream(), PAPER)
    next(pieces)
    assert asked == [0, 1]


def test_an_empty_file_is_one_piece_that_says_so() -> None:
    key = FileKey.fresh()
    pieces = list(key.seal([], PAPER))
    assert len(pieces) == 1
    assert opened(pieces, key) == b""


@pytest.mark.parametrize("lost", range(4))
def test_a_piece_that_is_missing_is_found(lost: int) -> None:
    with pytest.raises(Unreadable, match="missing or was changed"):
        opened(PIECES[:lost] + PIECES[lost + 1 :])


@pytest.mark.parametrize("twice", range(4))
def test_a_piece_that_came_twice_is_found(twice: int) -> None:
    with pytest.raises(Unreadable):
        opened([*PIECES[: twice + 1], *PIECES[twice:]])


@pytest.mark.parametrize("first", range(3))
def test_two_pieces_that_changed_places_are_found(first: int) -> None:
    swapped = [*PIECES]
    swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
    with pytest.raises(Unreadable):
        opened(swapped)


@pytest.mark.parametrize("which", range(4))
def test_a_piece_that_was_cut_is_found(which: int) -> None:
    for kept in (0, 1, 16, len(PIECES[which]) - 1):
        with pytest.raises(Unreadable):
            opened([*PIECES[:which], PIECES[which][:kept], *PIECES[which + 1 :]])


@pytest.mark.parametrize("which", range(4))
def test_a_piece_that_was_changed_is_found(which: int) -> None:
    changed = bytes([PIECES[which][0] ^ 1]) + PIECES[which][1:]
    with pytest.raises(Unreadable):
        opened([*PIECES[:which], changed, *PIECES[which + 1 :]])


def test_a_file_without_its_end_is_no_shorter_file() -> None:
    pieces = KEY.open(PIECES[:-1], PAPER)
    assert next(pieces) == CONTENT[:PIECE_BYTES]
    with pytest.raises(Unreadable):
        list(pieces)


def test_a_file_of_which_nothing_is_left_says_so() -> None:
    with pytest.raises(Unreadable, match="no content left"):
        opened([])


def test_a_piece_of_another_file_does_not_fit() -> None:
    other = list(FileKey.fresh().seal([CONTENT], PAPER))
    with pytest.raises(Unreadable):
        opened([PIECES[0], other[1], *PIECES[2:]])


def test_another_key_or_another_paper_opens_nothing() -> None:
    with pytest.raises(Unreadable):
        opened(PIECES, FileKey.fresh())
    with pytest.raises(Unreadable):
        opened(PIECES, context=b"another paper")


def test_the_size_of_a_small_file_is_hidden() -> None:
    sizes = {len(*FileKey.fresh().seal([bytes(size)], PAPER)) for size in range(60)}
    assert len(sizes) == 1


def test_the_key_of_a_file_tells_nothing_and_goes_nowhere() -> None:
    assert repr(KEY) == f"{KEY}" == "<file key>"
    with pytest.raises(TypeError, match="not to be stored"):
        pickle.dumps(KEY)
