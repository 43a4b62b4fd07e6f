"""Two files of one person become one: nothing is lost, the stricter privacy wins, and it can be taken back."""

# ruff: noqa: ANN401 - answers and rows are whatever Django makes

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.actions import CannotDo, joining
from leeward.cases.models import (
    Amendment,
    Case,
    Draft,
    Entry,
    Glance,
    Identity,
    Introduction,
    Joining,
    Paper,
    Participant,
    Piece,
    Profile,
    Wall,
    Way,
    WordSet,
)  # fmt: skip
from leeward.staff.models import Person
from leeward.vault import wordset
from leeward.vault.scopes import Compartment
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


def two(cast: Cast, name: str = "Fay", *, by: Worker | None = None) -> tuple[Case, Case]:
    return cast.dee, make.a_case(by=by or cast.ama, name=name)


def with_both(cast: Cast, kept: Case, other: Case, verb: Any, **more: Any) -> Any:
    """Do something with both files open, as the supervisor."""
    with make.entering(cast.ben, Action.JOIN, lists=True) as entered:
        files = [entered.open(Case.objects.get(pk=case.pk), Action.JOIN) for case in (kept, other)]
        return verb(*files, **more)


def join(cast: Cast, kept: Case, other: Case, number: UUID | None = None) -> Joining:
    found = with_both(cast, kept, other, joining.join, joining_id=number or uuid4())
    assert isinstance(found, Joining)
    return found


def undo(cast: Cast, kept: Case, other: Case, row: Joining) -> None:
    with_both(cast, kept, other, joining.undo, joining=row.pk)


def at(day: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=day), tick=False)


def timeline(case: Case, by: Worker) -> list[tuple[int, str]]:
    with make.opening(case, by):
        return [(entry.number, entry.text) for entry in Entry.objects.filter(case=case).order_by("number")]


def page(case: Case, by: Worker, model: Any) -> dict[str, Any]:
    with make.opening(case, by):
        row = model.objects.filter(case=case).first()
        return dict(row.words) if row else {}


def write_page(case: Case, by: Worker, model: Any, **words: Any) -> None:
    with make.opening(case, by):
        model.objects.create(case=case, words=words)


class TestOneTimeline:
    def test_it_reads_in_the_order_in_which_it_was_written(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for day, (case, text) in enumerate([(dee, "a"), (fay, "b"), (fay, "c"), (dee, "d"), (fay, "e")]):
            with at(day):
                make.an_entry(case, by=cast.ama, text=text)
        with at(9):
            join(cast, dee, fay)
            assert timeline(dee, cast.ama) == [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]
            assert make.an_entry(dee, by=cast.ama, text="f").number == 6
        assert not Entry.objects.filter(case=fay).exists()

    def test_search_finds_the_others_words_and_names_in_the_kept_file(self, cast: Cast) -> None:
        dee, fay = two(cast)
        make.an_entry(fay, by=cast.ama, text="She plays the accordion.")
        join(cast, dee, fay)
        from tests.desk.test_finding import found  # noqa: PLC0415

        assert found(cast.ama, "accordion") == [("Dee", "She plays the accordion.")]
        assert found(cast.ama, "fay") == [("Dee", "")]

    def test_when_we_last_spoke_is_the_later_of_the_two(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for day, case in ((1, dee), (5, fay)):
            with at(day):
                make.an_entry(case, by=cast.ama)
        later = page(fay, cast.ama, Glance)["contact_at"]
        with at(6):
            join(cast, dee, fay)
        assert page(dee, cast.ama, Glance)["contact_at"] == later

    def test_a_damaged_note_stays_where_it_is_and_keeps_nothing_else_from_coming(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for text in ("a", "b", "c"):
            make.an_entry(fay, by=cast.ama, text=text)
        spoilt = Entry.objects.get(case=fay, number=2)
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM cases_entry WHERE number = 2")
            held = bytearray(bytes(cursor.fetchone()[0]))
            held[len(held) // 2] ^= 1
            cursor.execute("UPDATE cases_entry SET text = %s WHERE number = 2", [bytes(held)])
        row = join(cast, dee, fay)
        assert [text for _, text in timeline(dee, cast.ama)] == ["a", "c"]
        assert Entry.objects.get(pk=spoilt.pk).case == fay
        undo(cast, dee, fay, row)
        back = Entry.objects.filter(case=fay).order_by("number").values_list("number", "pk")
        assert [(number, pk == spoilt.pk) for number, pk in back] == [(1, False), (2, True), (3, False)]


class TestNothingIsLost:
    def test_papers_open_to_the_last_byte(self, cast: Cast) -> None:
        dee, fay = two(cast)
        content = b"%PDF- " + bytes(range(256)) * 2000
        paper = make.a_paper(fay, by=cast.ama, content=[content], size=len(content))
        join(cast, dee, fay)
        answer = Browser(cast.ama).get(f"/people/{dee.pk}/papers/{paper}/")
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]

    def test_answers_go_where_there_was_none_and_stand_beside_where_there_was(self, cast: Cast) -> None:
        dee, fay = two(cast)
        write_page(dee, cast.ama, Profile, culture="Garifuna", faith="")
        write_page(fay, cast.ama, Profile, culture="Maya", faith="Catholic", nation="")
        join(cast, dee, fay)
        assert page(dee, cast.ama, Profile) == {
            "culture": "Garifuna", "faith": "Catholic", "also": {str(fay.pk): {"culture": "Maya"}},
        }  # fmt: skip

    def test_a_page_that_only_the_other_has_comes_whole(self, cast: Cast) -> None:
        dee, fay = two(cast)
        write_page(fay, cast.ama, Identity, legal_name="Maria Solis")
        join(cast, dee, fay)
        assert page(dee, cast.ama, Identity) == {"legal_name": "Maria Solis"}

    def test_every_name_is_on_the_card(self, cast: Cast) -> None:
        dee = make.a_case(by=cast.ama, name="Dee", aliases="Moth", pronouns="she")
        fay = make.a_case(
            by=cast.ama, name="Fay", aliases="moth, Ramón", language="Tigrinya", pronouns="they"
        )
        join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            told = Participant.objects.get(case=dee).card
        assert told["name"] == "Dee"
        assert told["aliases"] == "Moth, Fay, moth, Ramón"
        assert (told["pronouns"], told["language"]) == ("she", "Tigrinya")

    def test_who_introduced_themselves_in_both_files_did_it_once(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case, said in ((dee, ["who"]), (fay, ["who", "must_tell"])):
            with make.opening(case, cast.ama):
                Introduction.objects.create(
                    case=case, person=cast.ama.person, about={"said": said, "language": "en"}
                )
        join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            about: Any = Introduction.objects.get(case=dee).about
        assert about["said"] == ["who"]
        assert about["also"] == {str(fay.pk): {"said": ["who", "must_tell"]}}

    def test_what_colleagues_were_writing_comes_along_unread(self, cast: Cast) -> None:
        dee, fay = two(cast)
        with make.opening(fay, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_draft(file, case=fay, words={"text": "She ca"}, version=0)
        join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            assert Draft.objects.get(case=dee).words["text"] == "She ca"

    def test_a_draft_in_both_files_stays_and_is_shown_to_its_writer(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case, text in ((dee, "in Dee's"), (fay, "in Fay's")):
            with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
                actions.keep_draft(file, case=case, words={"text": text}, version=0)
        join(cast, dee, fay)
        assert "in Fay&#x27;s" in Browser(cast.ama).get(f"/people/{fay.pk}/joined/").content.decode()
        assert "Fay&#x27;s" not in Browser(cast.ben).get(f"/people/{fay.pk}/joined/").content.decode()

    def test_it_is_whole_or_not_at_all(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        from leeward.cases.actions.joining import verbs  # noqa: PLC0415

        dee, fay = two(cast)
        for case in (dee, fay):
            make.an_entry(case, by=cast.ama)

        def breaks(*_: Any) -> None:
            raise RuntimeError("the power went out")

        before = everything()
        monkeypatch.setattr(verbs, "_save", breaks)
        with pytest.raises(RuntimeError):
            join(cast, dee, fay)
        assert everything() == before


def everything() -> dict[str, list[Any]]:
    """Every row about a participant, as the database has it."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(("cases_", "days_"))]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            found[table] = sorted(
                repr([bytes(c) if isinstance(c, memoryview) else c for c in row]) for row in cursor
            )
    return found


class TestTheStricterPrivacyWins:
    def test_walls_stand_before_both(self, cast: Cast) -> None:
        dee, fay = two(cast)
        cal, dot = (cast.somebody(Role.CASE_MANAGER).person for _ in range(2))
        Wall.objects.create(case=dee, person=cal)
        Wall.objects.create(case=fay, person=dot)
        join(cast, dee, fay)
        for case in (dee, fay):
            assert set(case.walls.values_list("person", flat=True)) == {cal.pk, dot.pk}

    def test_a_restriction_of_either_is_one_of_both(self, cast: Cast) -> None:
        dee, fay = two(cast)
        Case.objects.filter(pk=fay.pk).update(restricted=True)
        join(cast, dee, fay)
        assert set(Case.objects.filter(pk__in=[dee.pk, fay.pk]).values_list("restricted", flat=True)) == {
            True
        }

    def test_who_was_kept_out_of_the_kept_file_does_not_see_what_is_left_of_the_other(
        self, cast: Cast
    ) -> None:
        dee, fay = two(cast)
        cal = cast.somebody(Role.CASE_MANAGER)
        join(cast, dee, fay)
        assert Browser(cal).get(f"/people/{fay.pk}/joined/").status_code == 200
        Wall.objects.create(case=dee, person=cal.person)
        assert Browser(cal).get(f"/people/{fay.pk}/joined/").status_code == 404

    @pytest.mark.parametrize(("mine", "theirs"), [(True, False), (False, True), (False, False)])
    def test_it_is_open_if_one_of_them_was(self, cast: Cast, *, mine: bool, theirs: bool) -> None:
        dee, fay = two(cast)
        Case.objects.filter(pk=dee.pk).update(is_open=mine)
        Case.objects.filter(pk=fay.pk).update(is_open=theirs)
        join(cast, dee, fay)
        dee.refresh_from_db()
        fay.refresh_from_db()
        assert (dee.is_open, fay.is_open, fay.joined_to) == (mine or theirs, False, dee)

    def test_no_part_of_a_file_comes_into_a_part_that_more_people_open(self, cast: Cast) -> None:
        """A peer opens notes and contact of the kept file, and still not the name in law."""
        dee, fay = two(cast)
        write_page(fay, cast.ama, Identity, legal_name="Maria Solis")
        write_page(fay, cast.ama, Profile, culture="Maya")
        row = join(cast, dee, fay)
        peer = cast.somebody(Role.PEER_SUPPORTER)
        Case.objects.filter(pk=dee.pk).update(backup=peer.person)
        with make.opening(dee, peer) as file:
            assert Compartment.IDENTITY not in file.compartments
            said = str(Joining.objects.get(pk=row.pk).before)
        assert "Solis" not in said


class TestWhoWalks:
    def test_the_kept_primary_stays_and_the_other_walks_along(self, cast: Cast) -> None:
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast, by=cal)
        Case.objects.filter(pk=fay.pk).update(backup=cast.ben.person)
        join(cast, dee, fay)
        dee.refresh_from_db()
        assert dee.primary == cast.ama.person
        assert set(dee.care_team.values_list("person", flat=True)) == {cal.person.pk, cast.ben.person.pk}

    def test_nobody_is_on_it_twice(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case in (dee, fay):
            case.care_team.create(person=cast.ben.person)
        join(cast, dee, fay)
        assert dee.care_team.count() == 1


class TestWhatCannotBe:
    def refused(self, cast: Cast, kept: Case, other: Case) -> str:
        before = everything()
        with pytest.raises(CannotDo) as why:
            join(cast, kept, other)
        assert everything() == before
        return str(why.value)

    def test_the_same_file(self, cast: Cast) -> None:
        assert "the same file" in self.refused(cast, cast.dee, cast.dee)

    def test_one_that_became_part_of_another(self, cast: Cast) -> None:
        dee, fay = two(cast)
        gia = make.a_case(by=cast.ama, name="Gia")
        join(cast, dee, fay)
        assert "became part" in self.refused(cast, gia, fay)
        assert "became part" in self.refused(cast, fay, gia)

    def test_two_teams(self, cast: Cast) -> None:
        """Ben supervises both teams, and still hands over first."""
        from leeward.staff.models import Membership  # noqa: PLC0415

        other = make.a_case(by=cast.cyd, name="Gia")
        Membership.objects.create(person=cast.ben.person, team=cast.garden, role=Role.SUPERVISOR)
        with make.entering(cast.sue, Action.GRANT) as entered:
            from leeward.staff import actions as staff  # noqa: PLC0415

            staff.hand_keys(entered, person=cast.ben.person)
        assert "in two teams" in self.refused(cast, cast.dee, other)


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


def told(case: Case, by: Worker) -> dict[str, Any]:
    """Everything that a file tells, opened."""
    with make.opening(case, by, Action.JOIN):
        row = Case.objects.get(pk=case.pk)
        papers = Paper.objects.filter(case=case).order_by("pk")
        notes = Entry.objects.filter(case=case).order_by("number")
        pages = [model.objects.filter(case=case) for model in (Profile, Identity, Glance)]
        return {
            "state": (row.is_open, row.restricted, row.rests, row.primary_id, row.backup_id, row.joined_to_id),
            "notes": [(note.number, note.text, note.facts, note.came_from) for note in notes],
            "last": row.last_number,
            "card": dict(Participant.objects.get(case=case).card),
            "names": {word for word in wordset.unpack(WordSet.objects.get(case=case).words) if word[0] == "\t"},
            "pages": [[dict(one.words) for one in rows] for rows in pages],
            "ways": sorted(str(way.about) for way in Way.objects.filter(case=case)),
            "papers": [(paper.about["name"], content_of(paper)) for paper in papers],
            "walls": sorted(row.walls.values_list("person", "team")),
            "along": sorted(row.care_team.values_list("person", flat=True)),
        }  # fmt: skip


def content_of(paper: Paper) -> bytes:
    pieces = [bytes(one) for one in Piece.objects.filter(paper=paper).values_list("sealed", flat=True)]
    return b"".join(paper.key.open(pieces, paper.pk.bytes))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
A_FILE = st.fixed_dictionaries(
    {
        "notes": st.lists(st.tuples(st.integers(0, 20), WORDS), max_size=4),
        "ways": st.lists(WORDS, max_size=2),
        "papers": st.lists(st.binary(min_size=1, max_size=40), max_size=2),
        "profile": st.dictionaries(st.sampled_from(["culture", "faith", "nation"]), WORDS, max_size=3),
        "restricted": st.booleans(),
        "is_open": st.booleans(),
        "walls": st.sets(st.integers(0, 2)),
    }
)


def make_file(cast: Cast, shape: dict[str, Any], people: list[Person]) -> Case:
    case = make.a_case(by=cast.ama, name="Somebody", team=cast.harbor)
    for day, text in shape["notes"]:
        with at(day):
            make.an_entry(case, by=cast.ama, text=text)
    with make.opening(case, cast.ama):
        for value in shape["ways"]:
            Way.objects.create(case=case, about={"value": value})
        if shape["profile"]:
            Profile.objects.create(case=case, words=shape["profile"])
    for content in shape["papers"]:
        make.a_paper(case, by=cast.ama, content=[content], size=len(content))
    Wall.objects.bulk_create(Wall(case=case, person=people[number]) for number in shape["walls"])
    Case.objects.filter(pk=case.pk).update(restricted=shape["restricted"], is_open=shape["is_open"])
    return case


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=A_FILE, theirs=A_FILE, since=st.booleans())
def test_whatever_two_files_hold_nothing_is_lost_and_undo_brings_it_back(
    cast: Cast, mine: dict[str, Any], theirs: dict[str, Any], *, since: bool
) -> None:
    people = [cast.cyd.person, cast.sue.person, cast.eve.person]
    people[2] = Person.objects.get_or_create(email="third@agency.example", name="Third")[0]
    kept, other = (make_file(cast, shape, people) for shape in (mine, theirs))
    before = [told(case, cast.ben) for case in (kept, other)]
    row = join(cast, kept, other)
    together = told(kept, cast.ben)
    assert Counter(text for _, text, _, _ in together["notes"]) == Counter(
        text for one in before for _, text, _, _ in one["notes"]
    )
    assert [number for number, *_ in together["notes"]] == list(range(1, len(together["notes"]) + 1))
    written = [facts["written_at"] for _, _, facts, _ in together["notes"]]
    assert written == sorted(written)
    for kind in ("ways", "papers"):
        assert Counter(map(str, together[kind])) == Counter(str(each) for one in before for each in one[kind])
    said = str(together["pages"])
    assert all(
        str(value)[1:-1] in said or repr(value)[1:-1] in said
        for one in (mine, theirs)
        for value in one["profile"].values()
    )
    assert together["state"][:2] == (
        mine["is_open"] or theirs["is_open"],
        mine["restricted"] or theirs["restricted"],
    )
    assert {person for person, _ in together["walls"]} == {
        people[n].pk for n in mine["walls"] | theirs["walls"]
    }
    if since:
        make.an_entry(kept, by=cast.ben, text="since")
    undo(cast, kept, other, row)
    after = [told(case, cast.ben) for case in (kept, other)]
    if since:
        assert after[0]["notes"].pop()[1] == "since"
        assert after[0].pop("last") == before[0].pop("last") + 1
        for one in (after[0], before[0]):
            one["pages"].pop()
    assert after == before


class TestPages:
    def flow(self, browser: Browser, kept: Case, name: str = "Fay") -> Any:
        """Find the other file by name, and look at both."""
        path = f"/people/{kept.pk}/join/"
        found = browser.post(path, {"name": name})
        other = re.search(r'name="other" value="([^"]+)"', found.content.decode())
        assert other, found.content.decode()
        return browser.post(path, {"other": other[1]})

    def chosen(self, answer: Any) -> dict[str, str]:
        text = answer.content.decode()
        return {
            name: re.search(rf'name="{name}" value="([^"]+)"', text)[1]  # type: ignore[index]
            for name in ("other", "joining_id")
        }

    def test_find_look_join(self, cast: Cast) -> None:
        dee, fay = two(cast)
        make.an_entry(fay, by=cast.ama, text="She sang.")
        ben = Browser(cast.ben)
        both = self.flow(ben, dee)
        assert "This file is kept" in both.content.decode()
        sent = self.chosen(both)
        for _ in range(2):
            assert ben.post(f"/people/{dee.pk}/join/", sent).status_code == 302
        assert Joining.objects.count() == 1
        assert timeline(dee, cast.ama) == [(1, "She sang.")]

    def test_and_take_it_back(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        ben = Browser(cast.ben)
        page_ = ben.get(f"/people/{dee.pk}/join/").content.decode()
        number = re.search(r'name="joining" value="([^"]+)"', page_)
        assert number
        for _ in range(2):
            assert ben.post(f"/people/{dee.pk}/join/undo/", {"joining": number[1]}).status_code == 302
        assert Case.objects.get(pk=fay.pk).joined_to is None

    def test_looking_leaves_one_line(self, cast: Cast) -> None:
        before = Line.objects.count()
        Browser(cast.ben).get(f"/people/{cast.dee.pk}/join/")
        assert Line.objects.count() == before + 1

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
    def test_only_supervisors(self, cast: Cast, role: Role) -> None:
        dee, fay = two(cast)
        browser = Browser(cast.somebody(role))
        path = f"/people/{dee.pk}/join/"
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"other": str(fay.pk), "joining_id": str(uuid4())}).status_code == 404
        assert not Joining.objects.exists()

    @pytest.mark.parametrize("other", ["another team", "walled", "nowhere", "x", "itself", "joined"])
    def test_another_file_that_is_not_theirs_to_join(self, cast: Cast, other: str) -> None:
        dee, fay = two(cast)
        if other == "walled":
            Wall.objects.create(case=fay, person=cast.ben.person)
        if other == "joined":
            join(cast, make.a_case(by=cast.ama, name="Gia"), fay)
        numbers = {
            "another team": make.a_case(by=cast.cyd).pk,
            "nowhere": uuid4(),
            "x": "x",
            "itself": dee.pk,
        }
        before = Joining.objects.count()
        sent = {"other": str(numbers.get(other, fay.pk)), "joining_id": str(uuid4())}
        answer = Browser(cast.ben).post(f"/people/{dee.pk}/join/", sent)
        assert answer.status_code in {404, 422}
        assert Joining.objects.count() == before

    def test_a_supervisor_of_another_team(self, cast: Cast) -> None:
        dee, fay = two(cast)
        path = f"/people/{dee.pk}/join/"
        assert Browser(cast.sue).get(path).status_code == 404
        assert Browser(cast.sue).post(path, {"other": str(fay.pk)}).status_code == 404

    def test_somebody_of_another_team_is_found_and_cannot_be_joined_yet(self, cast: Cast) -> None:
        from leeward.staff import actions as staff  # noqa: PLC0415
        from leeward.staff.models import Membership  # noqa: PLC0415

        make.a_case(by=cast.cyd, name="Gia")
        Membership.objects.create(person=cast.ben.person, team=cast.garden, role=Role.CASE_MANAGER)
        with make.entering(cast.sue, Action.GRANT) as entered:
            staff.hand_keys(entered, person=cast.ben.person)
        page_ = Browser(cast.ben).post(f"/people/{cast.dee.pk}/join/", {"name": "Gia"}).content.decode()
        assert "hand one of the two over first" in page_
        assert 'name="other"' not in page_

    def test_the_old_page_says_where_it_went_to_who_may_see_it(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        ama = Browser(cast.ama)
        answer = ama.get(f"/people/{fay.pk}/")
        assert answer["Location"] == f"/people/{fay.pk}/joined/"
        page_ = ama.get(answer["Location"]).content.decode()
        assert f"/people/{dee.pk}/" in page_
        assert "Fay" in page_
        assert Browser(cast.cyd).get(f"/people/{fay.pk}/").status_code == 404
        assert ama.get(f"/people/{dee.pk}/joined/")["Location"] == f"/people/{dee.pk}/"

    def test_words_sent_from_a_page_that_was_open_meanwhile_are_saved_in_the_kept_file(
        self, cast: Cast
    ) -> None:
        dee, fay = two(cast)
        ama = Browser(cast.ama)
        sent = {"entry_id": str(uuid4()), "text": "She sang.", "kind": "call"}
        join(cast, dee, fay)
        answer = ama.post(f"/people/{fay.pk}/write/", sent)
        assert (answer.status_code, answer["Location"]) == (307, f"/people/{dee.pk}/write/")
        ama.post(answer["Location"], sent)
        assert timeline(dee, cast.ama) == [(1, "She sang.")]

    def test_a_file_that_stays_shut_says_nothing_of_where_it_went(self, cast: Cast) -> None:
        dee, fay = two(cast)
        join(cast, dee, fay)
        assert Browser(cast.cyd).post(f"/people/{fay.pk}/write/", {"text": "x"}).status_code == 404
        assert Browser(cast.cyd).get(f"/people/{fay.pk}/joined/").status_code == 404


def test_two_supervisors_at_once_join_once(cast: Cast) -> None:
    """Both looked at the two files, each the other way round."""
    dee, fay = two(cast)
    join(cast, dee, fay)
    with pytest.raises(CannotDo, match="became part"):
        join(cast, fay, dee)
    assert Case.objects.get(pk=dee.pk).joined_to is None


def test_what_a_joining_keeps_names_nobody_in_the_clear(cast: Cast) -> None:
    dee, fay = two(cast)
    join(cast, dee, fay)
    assert "Fay" not in str(Joining.objects.values().get())
    assert Joining.objects.get().on == date.today()  # noqa: DTZ011 - the column holds a day
