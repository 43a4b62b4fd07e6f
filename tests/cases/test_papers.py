"""Papers: sealed in pieces, handed out whole, or not at all."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from leeward.access.gate import Tripped
from leeward.access.policy import Action, Role
from leeward.cases.models import Paper, Piece
from leeward.vault.files import PIECE_BYTES
from leeward.vault.scopes import Locked, Unreadable
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

CONTENT = b"a canary in the coal mine " * (3 * 1024 * 1024 // 26)


def chunks() -> list[bytes]:
    return [CONTENT[start : start + 65536] for start in range(0, len(CONTENT), 65536)]


def handed_out(cast: Cast, worker: make.Worker) -> bytes:
    paper = Paper.objects.get()
    with make.opening(cast.dee, worker):
        key = paper.key
    return b"".join(key.open((bytes(piece.sealed) for piece in paper.pieces.all()), paper.pk.bytes))


def test_three_megabytes_are_sealed_in_pieces_and_handed_out_whole(cast: Cast) -> None:
    make.a_paper(cast.dee, by=cast.ama, content=chunks(), size=len(CONTENT))
    assert Piece.objects.count() == len(CONTENT) // PIECE_BYTES + 1
    assert handed_out(cast, cast.ben) == CONTENT


def test_no_piece_holds_a_word(cast: Cast) -> None:
    make.a_paper(cast.dee, by=cast.ama, content=chunks())
    assert not any(b"canary" in bytes(piece.sealed) for piece in Piece.objects.all())


def test_its_name_and_size_are_sealed_too(cast: Cast) -> None:
    make.a_paper(cast.dee, by=cast.ama, content=[b"x"], size=1)
    paper = Paper.objects.get()
    with pytest.raises(Locked):
        _ = paper.about
    with make.opening(cast.dee, cast.ama):
        assert (paper.about["name"], paper.about["size"]) == ("letter.pdf", 1)


def test_the_same_upload_twice_is_one_paper(cast: Cast) -> None:
    once = uuid4()
    for _ in range(2):
        make.a_paper(cast.dee, by=cast.ama, content=[b"x"], paper_id=once)
    assert (Paper.objects.count(), Piece.objects.count()) == (1, 1)


def test_an_upload_that_breaks_off_leaves_nothing(cast: Cast) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(PIECE_BYTES * 2)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        make.a_paper(cast.dee, by=cast.ama, content=broken())
    assert (Paper.objects.count(), Piece.objects.count()) == (0, 0)


def test_a_paper_that_lost_its_end_is_not_handed_out_as_a_shorter_one(cast: Cast) -> None:
    make.a_paper(cast.dee, by=cast.ama, content=chunks())
    Piece.objects.order_by("-number")[0].delete()
    with pytest.raises(Unreadable):
        handed_out(cast, cast.ama)


@pytest.mark.parametrize("role", [Role.HOUSE_STAFF, Role.ON_CALL])
def test_who_opens_no_files_does_not_get_its_key(cast: Cast, role: Role) -> None:
    make.a_paper(cast.dee, by=cast.ama, content=[b"x"])
    paper, somebody = Paper.objects.get(), cast.somebody(role)
    with pytest.raises(Tripped), make.opening(cast.dee, somebody, Action.SEE_CASE), pytest.raises(Locked):
        _ = paper.key
