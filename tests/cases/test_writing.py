"""What happened is written down once, in order, and nobody's words are lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from leeward.access.gate import Refused, Tripped
from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.models import Case, Draft, Entry, Participant, WordSet
from leeward.cases.words import Card
from leeward.vault import wordset
from leeward.vault.scopes import Locked
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WRITE = Action.WRITE_ENTRY


def remembered(cast: Cast) -> set[str]:
    with make.opening(cast.dee, cast.ama):
        return wordset.unpack(WordSet.objects.get(case=cast.dee).words) - {wordset.WHOLE}


class TestWriting:
    def test_numbers_count_from_one_without_a_gap(self, cast: Cast) -> None:
        assert [make.an_entry(cast.dee, by=cast.ama).number for _ in range(3)] == [1, 2, 3]

    def test_the_same_click_twice_is_one_entry(self, cast: Cast) -> None:
        once = uuid4()
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            first, second = (make.written(file, "She came by.", entry_id=once) for _ in range(2))
        assert first.pk == second.pk == once
        assert Entry.objects.count() == 1

    def test_words_typed_on_after_the_first_save_become_a_note_of_their_own(self, cast: Cast) -> None:
        once = uuid4()
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            for text in ("She came by.", "She came by. She sang.", "She came by. She sang."):
                make.written(file, text, entry_id=once)
            assert [entry.text for entry in Entry.objects.newest_first()] == [
                "She came by. She sang.",
                "She came by.",
            ]

    def test_a_form_sent_into_another_file_is_written_there_too(self, cast: Cast) -> None:
        once, other = uuid4(), make.a_case(by=cast.ama, name="Fay")
        for case in (cast.dee, other):
            with make.opening(case, cast.ama, WRITE) as file:
                make.written(file, "She came by.", entry_id=once)
        assert Entry.objects.filter(case=other).count() == 1

    def test_when_it_happened_and_when_it_was_written_are_both_kept(self, cast: Cast) -> None:
        yesterday = timezone.now() - timedelta(days=1)
        make.an_entry(cast.dee, by=cast.ama, at=yesterday)
        with make.opening(cast.dee, cast.ama):
            look = Entry.objects.get().look
            assert look.happened_at == yesterday
            assert look.written_at > yesterday
            assert look.kind == "call"

    def test_its_words_are_remembered_for_search(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="The accordion, again")
        assert remembered(cast) == {"dee", "\tdee", "the", "accordion", "again"}

    def test_saving_lets_go_of_the_draft(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "She ca"}, version=0)
            make.written(file, "She came by.")
        assert not Draft.objects.exists()

    def test_a_colleagues_draft_stays(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ben, WRITE) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "Ben's"}, version=0)
        make.an_entry(cast.dee, by=cast.ama)
        assert Draft.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_lose_no_word(cast: Cast) -> None:
    words = [f"word{number}" for number in range(12)]

    def write(word: str) -> None:
        try:
            make.an_entry(cast.dee, by=cast.ama, text=word)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, words))
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert remembered(cast) == {"dee", "\tdee", *words}


@pytest.mark.django_db(transaction=True)
def test_a_note_and_a_card_at_once_lose_no_word(cast: Cast) -> None:
    together = threading.Barrier(2)

    def note() -> None:
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            together.wait()
            make.written(file, "accordion")

    def card() -> None:
        with make.opening(cast.dee, cast.ben, Action.CHANGE_CARD) as file:
            together.wait()
            actions.change_card(file, card={"name": "Dee", "aliases": "Moth"}, version=1)

    threads = [threading.Thread(target=closing(each)) for each in (note, card)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert remembered(cast) == {"dee", "\tdee", "moth", "\tmoth", "accordion"}


def closing(work: Callable[[], None]) -> Callable[[], None]:
    def done() -> None:
        try:
            work()
        finally:
            connection.close()

    return done


class TestChanging:
    def change(self, cast: Cast, by: make.Worker, entry: Entry, text: str, version: int = 1) -> Entry:
        with make.opening(cast.dee, by, WRITE) as file:
            when = timezone.now()
            return actions.change_entry(
                file, entry=entry, text=text, kind="visit", happened_at=when, version=version
            )

    def test_ones_own_note_can_be_changed(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama, text="first")
        assert self.change(cast, cast.ama, entry, "second").version == 2
        with make.opening(cast.dee, cast.ama):
            kept = Entry.objects.get()
            assert (kept.text, kept.look.kind) == ("second", "visit")

    def test_when_it_was_first_written_stays(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama)
        with make.opening(cast.dee, cast.ama):
            written_at = Entry.objects.get().facts["written_at"]
        self.change(cast, cast.ama, entry, "second")
        with make.opening(cast.dee, cast.ama):
            assert Entry.objects.get().facts["written_at"] == written_at

    def test_a_colleagues_note_cannot(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama)
        with pytest.raises(CannotDo, match="Only the person who wrote"):
            self.change(cast, cast.ben, entry, "second")

    def test_two_versions_stand_side_by_side_instead_of_one_winning(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama, text="first")
        self.change(cast, cast.ama, entry, "on the phone")
        with pytest.raises(ChangedMeanwhile) as other:
            self.change(cast, cast.ama, entry, "at the desk")
        assert (other.value.saved, other.value.version) == ("on the phone", 2)

    def test_new_words_are_found_and_old_ones_no_longer_shown(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama, text="accordion")
        self.change(cast, cast.ama, entry, "violin")
        assert "violin" in remembered(cast)


class TestTheCard:
    def change(self, cast: Cast, by: make.Worker, card: Card, version: int = 1) -> Participant:
        with make.opening(cast.dee, by, Action.CHANGE_CARD) as file:
            return actions.change_card(file, card=card, version=version)

    def test_it_can_be_changed_and_keeps_since_when(self, cast: Cast) -> None:
        assert self.change(cast, cast.ama, {"name": "Dee", "pronouns": "they"}).version == 2
        with make.opening(cast.dee, cast.ben) as file:
            assert file.thing.participant.card["pronouns"] == "they"
            assert file.thing.participant.card["since"]

    def test_two_versions_stand_side_by_side(self, cast: Cast) -> None:
        self.change(cast, cast.ama, {"name": "Dee-Dee"})
        with pytest.raises(ChangedMeanwhile) as other:
            self.change(cast, cast.ben, {"name": "Delia"})
        assert other.value.version == 2
        with make.opening(cast.dee, cast.ama) as file:
            assert file.thing.participant.card["name"] == "Dee-Dee"

    def test_a_new_name_is_remembered(self, cast: Cast) -> None:
        self.change(cast, cast.ama, {"name": "Dee", "aliases": "Moth"})
        assert remembered(cast) == {"dee", "\tdee", "moth", "\tmoth"}

    def test_what_stands_under_the_name_is_only_what_was_told(self, cast: Cast) -> None:
        self.change(cast, cast.ama, {"name": "Dee", "age_band": "18-24", "pronouns": "she"})
        with make.opening(cast.dee, cast.ama) as file:
            assert file.thing.participant.facts() == ["she", "18 to 24"]


class TestDrafts:
    def keep(self, cast: Cast, text: str, version: int, by: make.Worker | None = None) -> Draft:
        with make.opening(cast.dee, by or cast.ama, WRITE) as file:
            return actions.keep_draft(file, case=cast.dee, words={"text": text}, version=version)

    def test_each_keeping_is_a_version(self, cast: Cast) -> None:
        assert [
            self.keep(cast, text, version).version for version, text in enumerate(("S", "Sh", "She"))
        ] == [1, 2, 3]
        assert Draft.objects.count() == 1

    def test_another_windows_newer_draft_is_not_written_over(self, cast: Cast) -> None:
        self.keep(cast, "in the first window", 0)
        self.keep(cast, "in the second window", 1)
        with pytest.raises(ChangedMeanwhile) as other:
            self.keep(cast, "in the first window, on", 1)
        assert (other.value.saved, other.value.version) == ("in the second window", 2)

    def test_a_colleague_cannot_open_it(self, cast: Cast) -> None:
        self.keep(cast, "not for others yet", 0)
        draft = Draft.objects.get()
        with pytest.raises(Tripped), make.opening(cast.dee, cast.ben), pytest.raises(Locked):
            _ = draft.words

    def test_each_colleague_has_one_of_their_own(self, cast: Cast) -> None:
        self.keep(cast, "Ama's", 0)
        self.keep(cast, "Ben's", 0, by=cast.ben)
        assert Draft.objects.count() == 2

    def test_one_that_arrives_after_its_note_was_saved_does_not_come_back(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama)
        words = {"text": "We talked", "entry_id": str(entry.pk)}
        with make.opening(cast.dee, cast.ama, WRITE) as file, pytest.raises(ChangedMeanwhile):
            actions.keep_draft(file, case=cast.dee, words=words, version=3)
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("entry_id", ["", "no number", "3f2b8f0c-0000-4000-8000-000000000000"])
    def test_one_whose_note_is_not_saved_is_kept(self, cast: Cast, entry_id: str) -> None:
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "x", "entry_id": entry_id}, version=0)
        assert Draft.objects.exists()

    def test_on_the_desk_there_is_one_without_a_file(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.TODAY) as entered:
            actions.keep_draft(entered, case=None, words={"text": "about somebody"}, version=0)
            assert Draft.objects.get().words == {"text": "about somebody"}
            actions.drop_draft(entered, case=None)
        assert not Draft.objects.exists()


class TestWhoWalksAlong:
    def test_a_colleague_of_the_team_takes_over(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.hand_to(file, person=cast.ben.person)
        assert Case.objects.get(pk=cast.dee.pk).primary == cast.ben.person

    def test_somebody_of_another_team_does_not(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            with pytest.raises(CannotDo, match="of this participant’s team"):
                actions.hand_to(file, person=cast.cyd.person)
            with pytest.raises(CannotDo, match="of this participant’s team"):
                actions.walk_along(file, person=cast.cyd.person)

    def test_who_walks_along_can_open_the_file_until_stepping_back(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.walk_along(file, person=peer.person)
            actions.walk_along(file, person=peer.person)
        with make.opening(cast.dee, peer) as file:
            assert file.thing.participant.card["name"] == "Dee"
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.step_back(file, member=cast.dee.care_team.get())
        with pytest.raises(Refused), make.opening(cast.dee, peer):
            pass
