"""Two files that became one are two again."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases import actions, finding
from leeward.cases.actions import CannotDo
from leeward.cases.actions.reach import keep_way
from leeward.cases.models import (
    Amendment,
    Case,
    Entry,
    Identity,
    Joining,
    Participant,
    Profile,
    Wall,
)  # fmt: skip
from leeward.staff.models import Person
from tests import make
from tests.cases.joined import (
    at,
    everything,
    join,
    page,
    timeline,
    told,
    two,
    undo,
    write_page,
)  # fmt: skip
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


class TestUndo:
    def test_both_are_as_they_were(self, cast: Cast) -> None:
        dee, fay = two(cast, by=cast.somebody(Role.CASE_MANAGER))
        for case in (dee, fay, dee, fay):
            make.an_entry(case, by=cast.ama)
        write_page(dee, cast.ama, Profile, culture="Garifuna")
        write_page(fay, cast.ama, Profile, culture="Maya", faith="Catholic")
        write_page(fay, cast.ama, Identity, legal_name="Maria Solis")
        Wall.objects.create(case=fay, person=cast.somebody(Role.VOLUNTEER).person)
        Case.objects.filter(pk=dee.pk).update(is_open=False)
        before = [told(case, cast.ben) for case in (dee, fay)]
        row = join(cast, dee, fay)
        assert [told(case, cast.ben) for case in (dee, fay)] != before
        undo(cast, dee, fay, row)
        assert [told(case, cast.ben) for case in (dee, fay)] == before

    def test_what_was_written_since_stays_with_the_kept_one(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case, text in ((dee, "a"), (fay, "b")):
            make.an_entry(case, by=cast.ama, text=text)
        row = join(cast, dee, fay)
        make.an_entry(dee, by=cast.ama, text="since")
        undo(cast, dee, fay, row)
        assert timeline(dee, cast.ama) == [(1, "a"), (2, "since")]
        assert timeline(fay, cast.ama) == [(1, "b")]
        assert make.an_entry(dee, by=cast.ama, text="next").number == 3
        assert make.an_entry(fay, by=cast.ama, text="next").number == 2

    def test_what_was_added_to_a_note_goes_with_the_note(self, cast: Cast) -> None:
        dee, fay = two(cast)
        entry = make.an_entry(fay, by=cast.ama, text="b")
        row = join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            added = Amendment(case=dee, entry=Entry.objects.get(pk=entry.pk), author=cast.ama.person)
            added.words = {"text": "and more", "written_at": timezone.now().isoformat()}
            added.save()
        undo(cast, dee, fay, row)
        with make.opening(fay, cast.ama):
            assert Amendment.objects.get(case=fay).words["text"] == "and more"

    def test_answers_that_were_changed_since_stay_changed(self, cast: Cast) -> None:
        dee, fay = two(cast)
        write_page(fay, cast.ama, Profile, culture="Maya", faith="Catholic")
        row = join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            mine = Profile.objects.get(case=dee)
            mine.words = {**mine.words, "culture": "Garifuna"}
            mine.save()
        undo(cast, dee, fay, row)
        assert page(dee, cast.ama, Profile) == {"culture": "Garifuna"}
        assert page(fay, cast.ama, Profile) == {"culture": "Maya", "faith": "Catholic"}

    def test_a_card_that_was_changed_since_loses_only_the_others_names(self, cast: Cast) -> None:
        dee, fay = two(cast)
        row = join(cast, dee, fay)
        with make.opening(dee, cast.ama, Action.CHANGE_CARD) as file:
            now = Participant.objects.get(case=dee)
            actions.change_card(
                file, card={**now.card, "name": "Delia", "aliases": "Fay, Dee"}, version=now.version
            )
        undo(cast, dee, fay, row)
        with make.opening(dee, cast.ama):
            told_now = Participant.objects.get(case=dee).card
        assert (told_now["name"], told_now["aliases"]) == ("Delia", "Dee")

    def test_a_note_that_was_in_the_wrong_file_before_remembers_that_again(self, cast: Cast) -> None:
        dee, fay = two(cast)
        entry, nowhere = make.an_entry(fay, by=cast.ama), uuid4()
        Entry.objects.filter(pk=entry.pk).update(came_from=nowhere)
        mine = make.an_entry(dee, by=cast.ama)
        Entry.objects.filter(pk=mine.pk).update(came_from=fay.pk)
        row = join(cast, dee, fay)
        undo(cast, dee, fay, row)
        assert Entry.objects.get(pk=entry.pk).came_from == nowhere
        assert Entry.objects.get(pk=mine.pk).case == dee

    def test_thirty_days_long(self, cast: Cast) -> None:
        dee, fay = two(cast)
        row = join(cast, dee, fay)
        with at(31), pytest.raises(CannotDo, match="more than 30 days"):
            undo(cast, dee, fay, row)
        with at(30):
            undo(cast, dee, fay, row)
        assert Joining.objects.get().undone

    def test_the_last_one_first(self, cast: Cast) -> None:
        dee, fay = two(cast)
        gia = make.a_case(by=cast.ama, name="Gia")
        for case in (dee, fay, gia):
            make.an_entry(case, by=cast.ama, text=str(case.pk))
        first, second = join(cast, dee, fay), join(cast, dee, gia)
        with pytest.raises(CannotDo, match="Take that back first"):
            undo(cast, dee, fay, first)
        undo(cast, dee, gia, second)
        undo(cast, dee, fay, first)
        assert [timeline(case, cast.ama) for case in (dee, fay, gia)] == [
            [(1, str(case.pk))] for case in (dee, fay, gia)
        ]

    def test_twice_is_once(self, cast: Cast) -> None:
        dee, fay = two(cast)
        row = join(cast, dee, fay)
        undo(cast, dee, fay, row)
        before = everything()
        undo(cast, dee, fay, row)
        assert everything() == before

    def test_somebody_who_left_meanwhile_is_nobodys_primary_worker(self, cast: Cast) -> None:
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast, by=cal)
        row = join(cast, dee, fay)
        Person.objects.filter(pk=cal.person.pk).update(left_at=timezone.now())
        undo(cast, dee, fay, row)
        assert Case.objects.get(pk=fay.pk).primary == cast.ama.person

    def test_nor_is_who_could_not_carry_it_any_more(self, cast: Cast) -> None:
        """Their role ended, or a wall was put up, while the file was part of another."""
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast, by=cal)
        Case.objects.filter(pk=fay.pk).update(backup=cast.ben.person)
        row = join(cast, dee, fay)
        Wall.objects.create(case=fay, person=cal.person)
        undo(cast, dee, fay, row)
        now = Case.objects.get(pk=fay.pk)
        assert (now.primary, now.backup) == (cast.ben.person, None)

    def test_a_record_that_was_held_is_held_again_and_the_other_open(self, cast: Cast) -> None:
        dee, fay = two(cast)
        Case.objects.filter(pk=fay.pk).update(is_open=False, rests=True)
        row = join(cast, dee, fay)
        undo(cast, dee, fay, row)
        states = [Case.objects.values_list("is_open", "rests").get(pk=one.pk) for one in (dee, fay)]
        assert states == [(True, False), (False, True)]

    def test_neither_is_found_by_the_others_number(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case, number in ((dee, "212 555 0101"), (fay, "305 555 0102")):
            with make.opening(case, cast.ama, Action.CHANGE_REACH) as file:
                keep_way(file, row_id=uuid4(), facts={"kind": "phone", "value": number}, version=0)
        row = join(cast, dee, fay)
        assert (found(cast, "305 555 0102"), found(cast, "212 555 0101")) == ({dee.pk}, {dee.pk})
        undo(cast, dee, fay, row)
        assert (found(cast, "305 555 0102"), found(cast, "212 555 0101")) == ({fay.pk}, {dee.pk})

    def test_what_was_changed_or_added_since_is_found_where_it_is(self, cast: Cast) -> None:
        dee, fay = two(cast)
        notes = [make.an_entry(fay, by=cast.ama, text="a violin") for _ in range(2)]
        row = join(cast, dee, fay)
        with make.opening(dee, cast.ama, Action.WRITE_ENTRY) as file:
            actions.change_entry(
                file, entry=notes[0], text="an accordion", kind="call", happened_at=timezone.now(), version=1
            )
            actions.amend(file, entry=notes[1], amendment_id=uuid4(), text="and a harp")
        undo(cast, dee, fay, row)
        assert (found(cast, "accordion"), found(cast, "harp")) == ({fay.pk}, {fay.pk})


def found(cast: Cast, query: str) -> set[UUID]:
    """Whose files a search of the supervisor's finds."""
    with make.entering(cast.ben, Action.SEE_CARD, lists=True) as entered:
        return {hit.case.pk for hit in finding.find(entered, query).hits}
