"""A row that goes to another file: sealed anew, with nothing lost and nothing of the old file's key left."""

from uuid import uuid4

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.actions.moving import reseal
from leeward.cases.models import Case, Draft, Entry, Harm, OfCase, Paper, Piece, Way
from leeward.cases.models.moving import pages_of_files, rows_of_files, sealed_in
from leeward.vault.fields import SealedModel
from leeward.vault.scopes import Locked
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def both(cast: Cast) -> tuple[Case, Case]:
    return cast.dee, make.a_case(by=cast.ama, name="Fay")


def move(cast: Cast, row: SealedModel, to: Case) -> None:
    """With both files open, as the supervisor."""
    with make.entering(cast.ben, Action.JOIN, lists=True) as entered:
        for case in (cast.dee, to):
            entered.open(Case.objects.get(pk=case.pk), Action.JOIN)
        reseal(type(row)._base_manager.get(pk=row.pk), to)


def test_its_words_open_with_the_other_files_key_and_no_longer_with_the_old(cast: Cast) -> None:
    here, there = both(cast)
    entry = make.an_entry(here, by=cast.ama, text="She sang.")
    move(cast, entry, there)
    with make.opening(there, cast.ama):
        assert Entry.objects.get().text == "She sang."
        assert Entry.objects.get().facts["kind"] == "call"
    with pytest.raises(Locked), make.opening(here, cast.ama):
        Entry.objects.get().text  # noqa: B018 - reading opens


def test_it_remembers_where_it_came_from(cast: Cast) -> None:
    here, there = both(cast)
    move(cast, make.an_entry(here, by=cast.ama), there)
    assert (Entry.objects.get().case, Entry.objects.get().came_from) == (there, here.pk)


def test_a_paper_opens_to_the_last_byte(cast: Cast) -> None:
    here, there = both(cast)
    content = b"%PDF- " + bytes(range(256)) * 3000
    paper = Paper.objects.get(pk=make.a_paper(here, by=cast.ama, content=[content], size=len(content)))
    move(cast, paper, there)
    with make.opening(there, cast.ama):
        moved = Paper.objects.get()
        pieces = [bytes(one) for one in Piece.objects.values_list("sealed", flat=True)]
        assert b"".join(moved.key.open(pieces, moved.pk.bytes)) == content


def test_what_somebody_was_writing_stays_theirs(cast: Cast) -> None:
    """Sealed to the writer: the one who moves it cannot read it, and need not."""
    here, there = both(cast)
    with make.opening(here, cast.ama, Action.WRITE_ENTRY) as file:
        from leeward.cases import actions  # noqa: PLC0415 - used here only

        draft = actions.keep_draft(file, case=here, words={"text": "She ca"}, version=0)
    move(cast, draft, there)
    with make.opening(there, cast.ama):
        assert Draft.objects.get(case=there).words["text"] == "She ca"


@pytest.mark.parametrize("part", [Way, Harm])
def test_no_part_of_it_slips_into_another_part(cast: Cast, part: type[OfCase]) -> None:
    """Who opens less of a file opens no more of what came."""
    here, there = both(cast)
    with make.opening(here, cast.ama):
        more = (
            {"author": cast.ama.person, "words": {"text": "x"}} if part is Harm else {"about": {"value": "1"}}
        )
        row = part._base_manager.create(id=uuid4(), case=here, **more)
    move(cast, row, there)
    peer = cast.somebody(Role.OUTREACH_WORKER)
    Case.objects.filter(pk=there.pk).update(primary=peer.person)
    with make.opening(there, peer, Action.SEE_CASE) as file:
        found = part._base_manager.get()
        opens = next(found.seal_scope(field.compartment) for field in sealed_in(part))
        assert (opens.part in file.compartments) == (part is Way)


def test_every_table_about_a_participant_is_found_by_its_columns() -> None:
    named = {one.label for one in (*rows_of_files(), *pages_of_files())}
    assert named >= {
        "cases.entry", "cases.paper", "cases.way", "cases.wall", "cases.careteammember", "cases.draft",
        "cases.participant", "cases.wordset", "cases.profile", "cases.identity", "days.due", "days.ask",
    }  # fmt: skip
    assert not named & {"cases.case", "cases.joining", "cases.piece"}
