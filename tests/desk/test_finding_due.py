"""What is promised, to do or booked is found by its words, as notes are, whatever becomes of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases import finding
from leeward.cases.models import CareTeamMember, Case, Entry, WordSet
from leeward.cases.models.moving import searched_tables
from leeward.cases.words.entry import promise_of
from leeward.days import actions as days
from leeward.days.actions import Agreed, When
from leeward.days.models import Due
from leeward.desk import actions as desk
from leeward.vault import wordset
from leeward.vault.fields import Sealed
from leeward.vault.scopes import Compartment
from tests import make
from tests.attack.house import Browser
from tests.cases.joined import join, move, undo
from tests.cast import Cast
from tests.days import agreed
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

WRITE = Action.WRITE_ENTRY


def found(worker: Worker, query: str) -> list[tuple[str, UUID | None]]:
    """Who is found, and the promise, to-do or date that holds the words, where it is one."""
    with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
        hits = finding.find(entered, query).hits
        return [(hit.case.participant.card["name"], hit.other and hit.other.pk) for hit in hits]


def known(case: Case, by: Worker) -> set[str]:
    """What the file's set holds."""
    with make.opening(case, by):
        return wordset.unpack(WordSet.objects.get(case=case).words)


def with_file(cast: Cast, verb: Callable[..., Any], *what: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever a verb gives
    with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
        return verb(file, *what, **more)


def made_with_a_note(cast: Cast, promise: str = "call the lighthouse") -> Entry:
    with make.opening(cast.dee, cast.ama, WRITE) as file:
        answers = {"text": "We talked.", "kind": "call", "happened_at": timezone.now()}
        return desk.write(file, entry_id=uuid4(), answers=answers, promise=(promise, agreed.soon()))


class TestWhatIsFound:
    @pytest.mark.parametrize("kind", [agreed.promise, agreed.todo, agreed.booked])
    def test_each_kind_by_what_was_typed(self, cast: Cast, kind: Callable[..., Due]) -> None:
        due = kind(cast.dee, cast.ama, "Ask about the accordion")
        assert found(cast.ama, "accord") == [("Dee", due.pk)]
        assert found(cast.ama, "dee accordion") == [("Dee", due.pk)]

    @pytest.mark.parametrize("name", ["place", "with_whom", "bring", "interpreter_who", "transport_more"])
    def test_a_date_by_everything_that_is_said_of_it(self, cast: Cast, name: str) -> None:
        said: Any = {name: "accordion"}
        due = agreed.booked(cast.dee, cast.ama, **said)
        assert found(cast.ama, "accordion") == [("Dee", due.pk)]

    def test_what_was_chosen_and_not_typed_finds_nobody(self, cast: Cast) -> None:
        agreed.booked(cast.dee, cast.ama, transport="taxi", along="chosen")
        assert found(cast.ama, "taxi") == found(cast.ama, "chosen") == []

    def test_of_several_one_that_is_open_then_the_next(self, cast: Cast) -> None:
        ended, later, next_one = (
            agreed.promise(cast.dee, cast.ama, "accordion", day=agreed.soon(day)) for day in (1, 9, 2)
        )
        with_file(cast, days.keep, ended)
        assert found(cast.ama, "accordion") == [("Dee", next_one.pk)]
        with_file(cast, days.keep, next_one)
        assert found(cast.ama, "accordion") == [("Dee", later.pk)]

    def test_a_note_that_holds_the_words_goes_before(self, cast: Cast) -> None:
        agreed.promise(cast.dee, cast.ama, "accordion")
        make.an_entry(cast.dee, by=cast.ama, text="She plays the accordion.")
        assert found(cast.ama, "accordion") == [("Dee", None)]

    def test_words_in_two_rows_are_not_one_hit(self, cast: Cast) -> None:
        agreed.promise(cast.dee, cast.ama, "accordion")
        agreed.todo(cast.dee, cast.ama, "violin")
        assert found(cast.ama, "accordion violin") == []

    def test_a_damaged_one_keeps_nothing_else_from_being_found(self, cast: Cast) -> None:
        torn = agreed.promise(cast.dee, cast.ama, "accordion")
        due = agreed.todo(cast.dee, cast.ama, "accordion")
        Due.objects.filter(pk=torn.pk).update(words=Sealed(b"\0damaged"))
        assert found(cast.ama, "accordion") == [("Dee", due.pk)]


class TestTheWordsFollow:
    def test_when_it_is_changed(self, cast: Cast) -> None:
        due = agreed.booked(cast.dee, cast.ama, "accordion")
        said = Agreed(day=due.day, words={"text": "violin"}, slot={})
        with_file(cast, days.change, due, version=due.version, agreed=said)
        assert found(cast.ama, "accordion") == []
        assert found(cast.ama, "violin") == [("Dee", due.pk)]

    def test_when_it_is_moved_with_a_word(self, cast: Cast) -> None:
        due = agreed.promise(cast.dee, cast.ama, "accordion")
        with_file(cast, days.move, due, when=When(agreed.soon(3)), told="violin", version=due.version)
        assert found(cast.ama, "accordion violin") == [("Dee", due.pk)]

    @pytest.mark.parametrize("verb", [days.keep, days.release, days.done])
    def test_when_it_ends_with_a_word(self, cast: Cast, verb: Callable[..., Due]) -> None:
        due = agreed.promise(cast.dee, cast.ama, "accordion")
        with_file(cast, verb, due, "violin")
        assert found(cast.ama, "accordion violin") == [("Dee", due.pk)]

    def test_when_it_did_not_take_place(self, cast: Cast) -> None:
        due = agreed.booked(cast.dee, cast.ama, "accordion")
        with_file(cast, days.happened, due, how="not_now", told={"next": "violin"})
        assert found(cast.ama, "accordion violin") == [("Dee", due.pk)]

    def test_a_promise_that_is_undone_with_its_note_leaves_no_word(self, cast: Cast) -> None:
        before = known(cast.dee, cast.ama)
        entry = made_with_a_note(cast)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            desk.undo(file, entry=entry.pk)
        assert known(cast.dee, cast.ama) == before
        assert not Due.objects.exists()

    def test_a_note_that_is_undone_takes_no_word_of_a_promise(self, cast: Cast) -> None:
        due = agreed.promise(cast.dee, cast.ama, "accordion")
        entry = make.an_entry(cast.dee, by=cast.ama, text="accordion")
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            desk.undo(file, entry=entry.pk)
        assert found(cast.ama, "accordion") == [("Dee", due.pk)]


class TestOtherFiles:
    def test_a_note_in_the_wrong_file_takes_its_promise_along_and_no_word_stays(self, cast: Cast) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        entry = made_with_a_note(cast)
        move(cast, entry, cast.dee, fay)
        assert found(cast.ama, "lighthouse") == [("Fay", promise_of(entry.pk))]
        assert "lighthouse" not in known(cast.dee, cast.ama)

    def test_of_two_files_that_became_one_and_two_again(self, cast: Cast) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        due = agreed.promise(fay, cast.ama, "accordion")
        row = join(cast, cast.dee, fay)
        assert found(cast.ama, "accordion") == [("Dee", due.pk)]
        undo(cast, cast.dee, fay, row)
        assert found(cast.ama, "accordion") == [("Fay", due.pk)]


class TestSetsFromBefore:
    """Sets that were made when search knew of notes only."""

    def from_before(self, case: Case, by: Worker, *gone: str) -> None:
        with make.opening(case, by, WRITE):
            row = WordSet.objects.get(case=case)
            row.words = wordset.pack(wordset.unpack(row.words) - {wordset.WHOLE, *gone})
            row.save()

    def test_the_next_thing_that_is_written_in_a_file_brings_the_rest_in(self, cast: Cast) -> None:
        due = agreed.promise(cast.dee, cast.ama, "accordion")
        self.from_before(cast.dee, cast.ama, "accordion")
        assert found(cast.ama, "accordion") == []
        make.an_entry(cast.dee, by=cast.ama, text="We talked.")
        assert found(cast.ama, "accordion") == [("Dee", due.pk)]
        assert found(cast.ama, "dee") == [("Dee", None)]

    def test_one_that_joins_is_found_too(self, cast: Cast) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        due = agreed.promise(fay, cast.ama, "accordion")
        self.from_before(fay, cast.ama, "accordion")
        join(cast, cast.dee, fay)
        assert found(cast.ama, "accordion") == [("Dee", due.pk)]


class TestWho:
    def test_of_a_date_in_court_no_word_is_found_or_kept_among_the_notes(self, cast: Cast) -> None:
        due = agreed.in_court(cast.dee, cast.ama, text="accordion", court="Lighthouse court")
        with_file(cast, days.happened, due, how="not_now", told={"told": "violin"})
        assert (
            found(cast.ama, "accordion") == found(cast.ama, "lighthouse") == found(cast.ama, "violin") == []
        )
        assert not {"accordion", "lighthouse", "violin"} & known(cast.dee, cast.ama)

    def test_search_looks_only_into_what_is_sealed_among_the_notes(self) -> None:
        fields = [table.model._meta.get_field(searched.column) for table, searched in searched_tables()]
        assert [table.label for table, _ in searched_tables()] == [
            "cases.entry",
            "cases.amendment",
            "days.due",
        ]
        assert {field.compartment for field in fields} == {Compartment.NOTES}  # type: ignore[union-attr]

    def test_a_peer_finds_it_with_those_whom_she_walks_with(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        due = agreed.promise(cast.dee, cast.ama, "accordion")
        assert found(peer, "accordion") == []
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        assert found(peer, "accordion") == [("Dee", due.pk)]

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.HOUSE_STAFF, Role.ON_CALL])
    def test_whoever_reads_no_notes_does_not(self, cast: Cast, role: Role) -> None:
        agreed.promise(cast.dee, cast.ama, "accordion")
        assert found(cast.somebody(role), "accordion") == []

    def test_another_team_does_not(self, cast: Cast) -> None:
        agreed.promise(cast.dee, cast.ama, "accordion")
        assert found(cast.cyd, "accordion") == []


class TestThePage:
    def test_it_says_which_it_is_and_leads_there(self, cast: Cast) -> None:
        due = agreed.booked(cast.dee, cast.ama, "Fit the accordion", place="Workshop")
        browser = Browser(cast.ama)
        page = agreed.text(browser.post("/find/", {"words": "accordion"}))
        url = f"/days/{cast.dee.pk}/{due.pk}/"
        assert f'href="{url}"' in page
        assert "Fit the <mark>accordion</mark> · Workshop" in page
        assert "Appointment · tomorrow 14:30" in page
        assert "Fit the accordion" in agreed.text(browser.get(url))

    def test_how_it_ended_stands_beside_it(self, cast: Cast) -> None:
        due = agreed.promise(cast.dee, cast.ama, "accordion", day=agreed.today())
        with_file(cast, days.keep, due)
        page = agreed.text(Browser(cast.ama).post("/find/", {"words": "accordion"}))
        assert "Promise · today · kept" in page


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def fill(many: int) -> None:
        for number in range(many):
            case = make.a_case(by=cast.ama, name=f"Somebody {number}")
            for _ in range(3):
                agreed.promise(case, cast.ama, "accordion")

    fill(2)
    few = agreed.queries(lambda: found(cast.ama, "accordion"))
    fill(10)
    assert agreed.queries(lambda: found(cast.ama, "accordion")) == few
