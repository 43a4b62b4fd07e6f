"""One note for several, and what is done with the copies later: each file stays blind to the others."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import CannotDo
from leeward.cases.models import Amendment, Case, Draft, Entry, WordSet
from leeward.cases.words.entry import SAID
from leeward.cases.words.telling import OwnNote
from leeward.vault import wordset
from tests import make
from tests.cases.joined import move
from tests.cases.test_same_note import is_named
from tests.cast import Cast
from tests.continuity.conftest import undone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NAMES = ["Robin", "Tam", "Ada May", "José", "ñandu", "Li", "明", "Ольга", "سارة", "สมหญิง", "O'Brien"]
#: Words in which somebody's own name may stand; a worker writes of each in their own file.
WORDS = st.lists(st.sampled_from(["{me}", "went", "and", "sang", "with", "the others", "."]), max_size=6)
STEP = st.tuples(
    st.sampled_from(["change", "add", "undo", "move"]), st.integers(0, 2), st.integers(0, 2), WORDS
)


class Files:
    """A file for each name, and a note for all of them that is each one's own."""

    def __init__(self, cast: Cast, names: list[str], words: list[list[str]]) -> None:
        self.cast, self.names = cast, names
        self.cases = [make.a_case(by=cast.ama, name=name) for name in names]
        note = OwnNote(text="", facts={"kind": "visit", "happened_at": timezone.now().isoformat()})
        own = {
            case.pk: replace(note, text=self.own(words[n], n), hard=self.own(words[n], n))
            for n, case in enumerate(self.cases)
        }
        with make.entering(cast.ama, Action.WRITE_ENTRY, lists=True) as entered:
            files = [entered.open(Case.objects.with_people().get(pk=case.pk)) for case in self.cases]
            actions.write_for_several(files, entry_id=uuid4(), notes=own)

    def own(self, words: list[str], number: int) -> str:
        """What a worker writes in one file."""
        return " ".join(words).format(me=self.names[number]) or "x"

    def does(self, what: str, note: int, other: int, words: list[str]) -> None:
        """Something is done with one of the copies, in whichever file it is now; a sentence may say no."""
        copies = Entry.objects.order_by("pk")
        if not copies:
            return
        entry = copies[note % len(copies)]
        here, there = self.number(entry), other % len(self.cases)
        try:
            getattr(self, what)(entry, here, there, self.own(words, here))
        except CannotDo:
            return

    def number(self, entry: Entry) -> int:
        """In whose file a copy is."""
        return [case.pk for case in self.cases].index(entry.case_id)

    def change(self, entry: Entry, here: int, _there: int, text: str) -> None:
        told: Any = {"kind": "call", "happened_at": timezone.now(), "more": {"who": text}, "hard": text}
        with make.opening(self.cases[here], self.cast.ama, Action.WRITE_ENTRY) as file:
            actions.change_entry(file, entry=entry, text=text, version=entry.version, **told)

    def add(self, entry: Entry, here: int, _there: int, text: str) -> None:
        with make.opening(self.cases[here], self.cast.ama, Action.WRITE_ENTRY) as file:
            actions.amend(file, entry=entry, amendment_id=uuid4(), text=text, answer=text)

    def undo(self, entry: Entry, here: int, _there: int, _text: str) -> None:
        with make.opening(self.cases[here], self.cast.ama, Action.WRITE_ENTRY) as file:
            actions.take_back(file, entry=entry.pk)

    def move(self, entry: Entry, here: int, there: int, _text: str) -> None:
        move(self.cast, entry, self.cases[here], self.cases[there])

    def told(self, number: int) -> str:
        """Everything that one file holds, opened, and the words by which search finds it."""
        case = self.cases[number]
        with make.opening(case, self.cast.ama, Action.WRITE_ENTRY):
            parts: list[object] = [wordset.unpack(WordSet.objects.get(case=case).words)]
            for entry in Entry.objects.filter(case=case):
                parts += [entry.text, entry.hard, *(entry.facts.get(name, "") for name in SAID)]
            parts += [dict(added.words) for added in Amendment.objects.filter(case=case)]
            parts += [dict(draft.words) for draft in Draft.objects.filter(case=case)]
            return str(parts)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True),
    words=st.lists(WORDS, min_size=3, max_size=3),
    steps=st.lists(STEP, min_size=1, max_size=5),
)
def test_whatever_is_done_with_a_copy_no_file_names_anothers_person(
    cast: Cast, names: list[str], words: list[list[str]], steps: list[tuple[str, int, int, list[str]]]
) -> None:
    with undone():
        files = Files(cast, names, words)
        for step in steps:
            files.does(*step)
        for number, name in enumerate(names):
            told = files.told(number)
            assert is_named(name, told)  # by their card, at the least
            assert [other for other in names if other != name and is_named(other, told)] == []
