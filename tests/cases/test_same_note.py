"""One note for several people: each file gets its own, and none ever names another's person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.actions import WouldTell
from leeward.cases.models import Amendment, Case, Draft, Entry
from leeward.cases.words.entry import SAID
from leeward.cases.words.telling import OwnNote, names_in, of_others, telling, without
from leeward.vault import wordset
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import undone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

PATH = "/people/same-note/"


def named(name: str, aliases: str = "") -> set[str]:
    return names_in({"name": name, "aliases": aliases})


class TestNames:
    @pytest.mark.parametrize(
        ("name", "text", "found"),
        [
            ("Robin", "Robin's shoes, and robin laughed.", ["Robin", "robin"]),
            ("Robin", "The robins sang.", []),
            ("José", "jose and JOSÉ", ["jose", "JOSÉ"]),
            ("María de la Cruz", "la casa de María", ["María"]),
            ("de la", "la casa", ["la"]),
            ("Anne-Marie", "anne came, anne-marie stayed", ["anne", "anne-marie"]),
            ("O'Brien", "O’Brien o yo", ["O’Brien"]),
            ("明", "我们和明明去了", ["明"]),
            ("로빈", "로빈은 웃었다", ["로빈"]),
            ("سارة", "ذهبت وسارة معا", ["سارة"]),
            ("🦋", "with🦋today", ["🦋"]),
            ("J", "J came and just sat.", ["J"]),
            ("", "anything", []),
        ],
    )
    def test_it_is_found_however_it_is_written(self, name: str, text: str, found: list[str]) -> None:
        assert telling(text, named(name)) == found

    def test_what_else_they_are_called_tells_too(self) -> None:
        assert telling("Moth and the little one", named("Dee", "Moth, Little Bird")) == ["Moth", "little"]

    def test_leaving_out_leaves_the_rest_as_it_was(self) -> None:
        assert without("Robin’s coat; ROBIN sang.", named("Robin"), "they") == "they’s coat; they sang."


#: Names as people have them, from one sign to three words, in several scripts, some alike.
NAME = st.one_of(
    st.sampled_from(
        ["Robin", "Tam", "Ada May", "José", "ñandu", "Li", "明", "Ольга", "سارة", "สมหญิง", "O'Brien"]
    ),
    st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=8),
)
LITTLE = ["and", "went", "with", "sang", ".", ",", "’s", "-", " ", "\n", "y", "の"]


@st.composite
def told(draw: st.DrawFn) -> tuple[list[str], str, str]:
    """Some people, and a text and a line about who was there in which their names stand anywhere."""
    names = draw(st.lists(NAME, min_size=2, max_size=4))
    case = st.sampled_from([str.lower, str.upper, str.title, str])
    spelled = st.builds(lambda name, spell: spell(name), st.sampled_from(names), case)
    words = st.lists(
        st.one_of(spelled, st.sampled_from(LITTLE), st.text(max_size=6)), min_size=1, max_size=12
    )
    glue = draw(st.sampled_from([" ", "", "-"]))
    text, who = (glue.join(draw(words)).replace("\x00", "") for _ in range(2))
    return names, text or "x", who


def is_named(name: str, text: str) -> bool:
    """An eye that reads words, unlike the one that is tested. One letter of a longer name ("O’Brien") is nobody."""
    words = wordset.words(name)
    return bool(
        ({word for word in words if len(word) > 1 or not word.isascii()} or words) & wordset.words(text)
    )


@settings(max_examples=300)
@given(told())
def test_words_that_are_left_out_are_gone(story: tuple[list[str], str, str]) -> None:
    names, text, _ = story
    every = set().union(*(named(name) for name in names))
    left = without(text, every, "§")
    assert telling(left, every) == []
    assert [name for name in names if is_named(name, left)] == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told(), st.sampled_from(["as it is", "left out"]))
def test_no_file_ever_names_anothers_person(cast: Cast, story: tuple[list[str], str, str], how: str) -> None:
    with undone():
        note_for_several(cast, *story, how)


def note_for_several(cast: Cast, names: list[str], text: str, who: str, how: str) -> None:
    people = [make.a_case(by=cast.ama, name=name) for name in names]
    with make.entering(cast.ama, Action.WRITE_ENTRY, lists=True) as entered:
        files = [entered.open(Case.objects.with_people().get(pk=case.pk)) for case in people]
        known = {file.thing.pk: names_in(file.thing.participant.card) for file in files}
        note = OwnNote(
            text=text,
            hard=who,
            facts={"kind": "visit", "happened_at": timezone.now().isoformat(), "minutes": 30, "who": who},
        )
        own = {pk: note if how == "as it is" else note.without(of_others(known, pk), "§") for pk in known}
        try:
            actions.write_for_several(files, entry_id=uuid4(), notes=own)
        except WouldTell:
            assert how == "as it is"
            assert not Entry.objects.filter(case__in=people).exists()
            return
        for case, others in (
            (case, [n for at, n in enumerate(names) if at != i]) for i, case in enumerate(people)
        ):
            entry = Entry.objects.get(case=case)
            said = "\n".join(
                [entry.text, entry.hard or "", *(str(entry.facts.get(name, "")) for name in SAID)]
            )
            assert [other for other in others if is_named(other, said)] == []


def write(
    cast: Cast, people: Sequence[Case], text: str = "We went to the sea.", entry_id: UUID | None = None
) -> list[Entry]:
    when = datetime(2025, 3, 5, 12, tzinfo=timezone.get_current_timezone()).isoformat()
    with make.entering(cast.ama, Action.WRITE_ENTRY, lists=True) as entered:
        files = [entered.open(Case.objects.with_people().get(pk=case.pk)) for case in people]
        note = OwnNote(
            text=text,
            facts={"kind": "visit", "happened_at": when, "minutes": 60, "travel_minutes": 30, "miles": 8},
        )
        return actions.write_for_several(
            files, entry_id=entry_id or uuid4(), notes={case.pk: note for case in people}
        )


@pytest.fixture
def three(cast: Cast) -> list[Case]:
    return [cast.dee, *(make.a_case(by=cast.ama, name=name) for name in ("Fay", "Gil"))]


class TestWriting:
    def test_each_file_has_its_own_note(self, cast: Cast, three: list[Case]) -> None:
        entries = write(cast, three)
        assert {entry.case_id for entry in entries} == {case.pk for case in three}
        assert len({entry.pk for entry in entries}) == 3

    def test_time_and_miles_are_counted_once(self, cast: Cast, three: list[Case]) -> None:
        write(cast, three)
        tallies, facts = [], []
        for case in three:
            with make.opening(case, cast.ama):
                entry = Entry.objects.get(case=case)
                tallies.append(entry.tally or {})
                facts.append(entry.facts)
        assert sorted(tally["minutes"] for tally in tallies) == [0, 0, 60]
        assert sorted(tally["travel_minutes"] for tally in tallies) == [0, 0, 30]
        assert sorted(tally["miles"] for tally in tallies) == [0, 0, 8]
        assert {tally["group"] for tally in tallies} == {3}
        assert {told["minutes"] for told in facts} == {60}

    def test_changing_one_of_them_later_counts_no_more(self, cast: Cast, three: list[Case]) -> None:
        write(cast, three)
        for case in three:
            with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
                entry = Entry.objects.get(case=case)
                actions.change_entry(
                    file, entry=entry, text="x", kind="visit", happened_at=timezone.now(), version=1,
                    more={"minutes": 90},
                )  # fmt: skip
        minutes = []
        for case in three:
            with make.opening(case, cast.ama):
                minutes.append((Entry.objects.get(case=case).tally or {})["minutes"])
        assert sorted(minutes) == [0, 0, 90]

    def test_a_double_click_writes_once(self, cast: Cast, three: list[Case]) -> None:
        once = uuid4()
        write(cast, three, entry_id=once)
        write(cast, three, entry_id=once)
        assert Entry.objects.count() == 3

    def test_one_who_would_be_named_keeps_all_of_it_back(self, cast: Cast, three: list[Case]) -> None:
        with pytest.raises(WouldTell) as told:
            write(cast, three, "Fay laughed, and Gil too.")
        assert not Entry.objects.exists()
        assert told.value.words == {
            three[0].pk: ["Fay", "Gil"], three[1].pk: ["Gil"], three[2].pk: ["Fay"]
        }  # fmt: skip

    def test_a_draft_in_one_of_the_files_stays(self, cast: Cast, three: list[Case]) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "She ca"}, version=0)
        write(cast, three)
        assert Draft.objects.count() == 1
        assert not Amendment.objects.exists()


def sent(people: Sequence[Case], **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a form sends
    return {"people": [str(case.pk) for case in people], "entry_id": uuid4(), **fields}


class TestThePage:
    def test_it_offers_those_i_walk_with(self, cast: Cast, three: list[Case]) -> None:
        page = Browser(cast.ama).get(PATH).content.decode()
        assert all(f'value="{case.pk}"' in page for case in three)

    def test_others_are_found_by_name_and_what_was_typed_stays(self, cast: Cast, three: list[Case]) -> None:
        other = make.a_case(by=cast.ben, name="Wilhelmina")
        asked = sent(three[:1], text="We went to the sea.", q="wilhelm", look="1", minutes="30")
        page = Browser(cast.ama).post(PATH, asked).content.decode()
        assert f'value="{other.pk}"' in page
        assert f'value="{three[0].pk}" id="id_people_0" checked' in page
        assert "We went to the sea." in page

    def test_it_is_saved_in_each(self, cast: Cast, three: list[Case]) -> None:
        answer = Browser(cast.ama).post(PATH, sent(three, text="We went to the sea.", minutes="30"))
        assert answer.status_code == 302
        assert Entry.objects.count() == 3

    def test_it_says_which_words_would_tell_in_whose_file(self, cast: Cast, three: list[Case]) -> None:
        answer = Browser(cast.ama).post(PATH, sent(three[:2], text="Fay and Dee swam."))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Some words would tell" in page
        assert "<strong>Dee</strong></bdi>: <bdi>“Fay”</bdi>" in page
        assert "<strong>Fay</strong></bdi>: <bdi>“Dee”</bdi>" in page
        assert "Fay and Dee swam.</textarea>" in page
        assert not Entry.objects.exists()

    def test_names_can_be_left_out(self, cast: Cast, three: list[Case]) -> None:
        asked = sent(three[:2], text="Fay and Dee swam.", who="Dee's aunt", names="out", instead="a friend")
        assert Browser(cast.ama).post(PATH, asked).status_code == 302
        with make.opening(cast.dee, cast.ama):
            mine = Entry.objects.get(case=cast.dee)
            assert (mine.text, mine.facts["who"]) == ("a friend and Dee swam.", "Dee's aunt")
        with make.opening(three[1], cast.ama):
            theirs = Entry.objects.get(case=three[1])
            assert (theirs.text, theirs.facts["who"]) == ("Fay and a friend swam.", "a friend's aunt")

    def test_or_each_file_gets_words_of_its_own(self, cast: Cast, three: list[Case]) -> None:
        asked = sent(three[:2], text="Fay and Dee swam.", names="apart", instead="they")
        answer = Browser(cast.ama).post(PATH, asked)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "they and Dee swam." in page
        own = {f"text_{three[0].pk}": "Dee swam.", f"text_{three[1].pk}": "Fay swam."}
        assert Browser(cast.ama).post(PATH, {**asked, **own, "names": ""}).status_code == 302
        with make.opening(three[1], cast.ama):
            assert Entry.objects.get(case=three[1]).text == "Fay swam."

    def test_own_words_that_would_tell_are_held_back_too(self, cast: Cast, three: list[Case]) -> None:
        own = {f"text_{three[0].pk}": "Dee swam with Fay.", f"text_{three[1].pk}": "Fay swam."}
        answer = Browser(cast.ama).post(PATH, sent(three[:2], text="x", **own))
        assert answer.status_code == 422
        assert "Dee swam with Fay.</textarea>" in answer.content.decode()
        assert not Entry.objects.exists()

    def test_nobody_chosen_is_asked_again(self, cast: Cast) -> None:
        answer = Browser(cast.ama).post(PATH, {"text": "We went to the sea.", "entry_id": uuid4()})
        assert answer.status_code == 422
        assert "Please choose whom it is about." in answer.content.decode()

    def test_a_file_that_stays_shut_cannot_be_chosen(self, cast: Cast, three: list[Case]) -> None:
        answer = Browser(cast.cyd).post(PATH, sent(three, text="We went to the sea."))
        assert answer.status_code == 422
        assert not Entry.objects.exists()

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.REPORT_ONLY])
    def test_who_writes_nowhere_has_no_such_page(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).get(PATH).status_code == 404
