"""Whatever two files hold and whatever is done since, nothing is lost when they become one and are two again."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import CannotDo
from leeward.cases.actions.reach import keep_way
from leeward.cases.models import Amendment, Case, Draft, Entry, Profile, Wall, Way, WordSet
from leeward.staff.models import Person
from leeward.vault import wordset
from tests import make
from tests.cases.joined import at, join, move, told, undo
from tests.cast import Cast
from tests.continuity.conftest import undone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
NUMBER = st.sampled_from(["212 555 0101", "+1 (305) 555-0102", "555 0103"])
A_FILE = st.fixed_dictionaries(
    {
        "notes": st.lists(st.tuples(st.integers(0, 20), WORDS), max_size=4),
        "ways": st.lists(WORDS, max_size=2),
        "numbers": st.sets(NUMBER, max_size=2),
        "papers": st.lists(st.binary(min_size=1, max_size=40), max_size=2),
        "profile": st.dictionaries(st.sampled_from(["culture", "faith", "nation"]), WORDS, max_size=3),
        "restricted": st.booleans(),
        "is_open": st.booleans(),
        "rests": st.booleans(),
        "walls": st.sets(st.integers(0, 2)),
    }
)
#: What is done once they are one: what, with which of its notes, and in which words.
SINCE = st.lists(
    st.tuples(
        st.sampled_from(["write", "change", "add", "take back", "move out", "bring in", "dial"]),
        st.integers(0, 9),
        WORDS,
    ),
    max_size=4,
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
    for number in sorted(shape["numbers"]):
        dial(case, cast, number)
    for content in shape["papers"]:
        make.a_paper(case, by=cast.ama, content=[content], size=len(content))
    Wall.objects.bulk_create(Wall(case=case, person=people[number]) for number in shape["walls"])
    is_open = shape["is_open"] and not shape["rests"]
    state = {"restricted": shape["restricted"], "rests": shape["rests"], "is_open": is_open}
    Case.objects.filter(pk=case.pk).update(**state)
    return case


def dial(case: Case, cast: Cast, number: str) -> None:
    with make.opening(case, cast.ama, Action.CHANGE_REACH) as file:
        keep_way(file, row_id=uuid4(), facts={"kind": "phone", "value": number}, version=0)


class Since:
    """What is done in a file that was two, and what each note should say in the end, and where."""

    def __init__(self, cast: Cast, kept: Case, other: Case) -> None:
        self.cast, self.kept, self.other = cast, kept, other
        self.third = make.a_case(by=cast.ama, name="Gia", team=cast.harbor)
        self.drafts = list[str]()
        self.home = {note.pk: note.case_id for note in self.notes(kept, other)}
        make.an_entry(self.third, by=cast.ama, text="of a third")

    def notes(self, *cases: Case) -> list[Entry]:
        return list(
            Entry.objects.filter(case__in=cases).defer("text", "facts", "hard", "tally").order_by("pk")
        )

    def does(self, what: str, number: int, text: str) -> None:
        """Something is done with one of the notes; a sentence may say no."""
        notes = self.notes(self.third if what == "bring in" else self.kept)
        note = notes[number % len(notes)] if notes else None
        try:
            if what == "dial":
                dial(self.kept, self.cast, "914 555 0199")
            elif what == "write":
                make.an_entry(self.kept, by=self.cast.ama, text=text)
                self.drafts.clear()  # what stood in the form was saved with it, or let go of
            elif note and what in {"move out", "bring in"}:
                here, there = (self.kept, self.third) if what == "move out" else (self.third, self.kept)
                move(self.cast, note, here, there, named=True)
            elif note:
                self.in_file(what, note, text)
        except CannotDo:
            return

    def in_file(self, what: str, note: Entry, text: str) -> None:
        verbs: dict[str, Callable[[Any], object]] = {
            "change": lambda file: actions.change_entry(
                file, entry=note, text=text, kind="call", happened_at=timezone.now(), version=note.version
            ),
            "add": lambda file: actions.amend(file, entry=note, amendment_id=uuid4(), text=text),
            "take back": lambda file: actions.take_back(file, entry=note.pk),
        }
        with make.opening(self.kept, self.cast.ama, Action.WRITE_ENTRY) as file:
            before = Entry.objects.get(pk=note.pk).text
            verbs[what](file)
            self.drafts += [before] if what == "take back" else []

    def said(self) -> dict[UUID, tuple[str, list[str]]]:
        """Each note of the three files with what was added to it, opened in whichever file it is now."""
        return {pk: said for case in (self.kept, self.other, self.third) for pk, said in self.said_in(case)}

    def said_in(self, case: Case) -> list[tuple[UUID, tuple[str, list[str]]]]:
        """The notes of one file."""
        with make.opening(case, self.cast.ben, Action.JOIN):
            rows = Amendment.objects.filter(case=case).order_by("pk")
            added = [(row.entry_id, row.words["text"]) for row in rows]
            return [
                (note.pk, (note.text, [text for entry, text in added if entry == note.pk]))
                for note in Entry.objects.filter(case=case)
            ]

    def homes(self) -> dict[UUID, UUID]:
        """Where each note belongs once the two are two again: where it was, unless it was moved out since."""
        kept = {note.pk: self.home.get(note.pk, self.kept.pk) for note in self.notes(self.kept)}
        return {**kept, **{note.pk: self.third.pk for note in self.notes(self.third)}}

    def is_found(self, case: Case) -> bool:
        """Whether search finds it by every word of its notes."""
        texts = [text for _, (text, added) in self.said_in(case) for text in (text, *added)]
        with make.opening(case, self.cast.ben, Action.JOIN):
            known = wordset.unpack(WordSet.objects.get(case=case).words)
        return set[str]().union(*map(wordset.words, texts)) <= known


def together_is_all(
    together: dict[str, Any], before: list[dict[str, Any]], shapes: list[dict[str, Any]]
) -> None:
    """One file holds everything of both, in the order of writing, and is as strict as the stricter one."""
    assert Counter(text for _, text, _, _ in together["notes"]) == Counter(
        text for one in before for _, text, _, _ in one["notes"]
    )
    assert [number for number, *_ in together["notes"]] == list(range(1, len(together["notes"]) + 1))
    written = [facts["written_at"] for _, _, facts, _ in together["notes"]]
    assert written == sorted(written)
    for kind in ("ways", "papers"):
        assert Counter(map(str, together[kind])) == Counter(str(each) for one in before for each in one[kind])
    said = str(together["pages"])
    values = [str(value) for one in shapes for value in one["profile"].values()]
    assert all(value[1:-1] in said or repr(value)[1:-1] in said for value in values)
    assert together["names"] == before[0]["names"] | before[1]["names"]
    rests = any(one["rests"] for one in shapes)
    is_open = any(one["is_open"] and not one["rests"] for one in shapes) and not rests
    assert together["state"][:3] == (is_open, any(one["restricted"] for one in shapes), rests)
    assert [wall for one in before for wall in one["walls"] if wall not in together["walls"]] == []


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=A_FILE, theirs=A_FILE, since=SINCE)
def test_whatever_two_files_hold_nothing_is_lost_and_undo_brings_it_back(
    cast: Cast, mine: dict[str, Any], theirs: dict[str, Any], since: list[tuple[str, int, str]]
) -> None:
    with undone():
        people = [
            cast.cyd.person,
            cast.sue.person,
            Person.objects.create(email="third@agency.example", name="T"),
        ]
        kept, other = (make_file(cast, shape, people) for shape in (mine, theirs))
        before = [told(case, cast.ben) for case in (kept, other)]
        now = Since(cast, kept, other)
        row = join(cast, kept, other)
        together_is_all(told(kept, cast.ben), before, [mine, theirs])
        for step in since:
            now.does(*step)
        said, homes = now.said(), now.homes()
        undo(cast, kept, other, row)
        assert now.said() == said
        assert {note.pk: note.case_id for note in now.notes(kept, other, now.third)} == homes
        assert all(map(now.is_found, (kept, other, now.third)))
        with make.opening(kept, cast.ama):
            drafts = [draft.words["text"] for draft in Draft.objects.filter(case=kept)]
        assert all(text in "\n".join(drafts) for text in now.drafts)
        if not since:
            assert [told(case, cast.ben) for case in (kept, other)] == before
