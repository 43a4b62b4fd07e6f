"""A note can be undone for ten minutes and changed for one day; then it stays as it was, and one adds to it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases import actions, finding
from leeward.cases.actions import CannotDo
from leeward.cases.models import Amendment, Draft, Entry, Glance, WordSet
from leeward.cases.pages import timeline
from leeward.cases.words.entry import promise_of
from leeward.days.models import Due
from leeward.desk import actions as desk
from leeward.vault import wordset
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

WRITE = Action.WRITE_ENTRY
A_MINUTE, TEN, A_DAY = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=24)


def write(cast: Cast, text: str = "We talked.", hard: str = "", **more: int) -> Entry:
    with make.opening(cast.dee, cast.ama, WRITE) as file:
        return actions.write_entry(
            file, entry_id=uuid4(), text=text, kind="visit", happened_at=timezone.now(), hard=hard,
            more=more,  # type: ignore[arg-type]
        )  # fmt: skip


def undo(cast: Cast, entry: UUID, by: Worker | None = None) -> None:
    with make.opening(cast.dee, by or cast.ama, WRITE) as file:
        actions.take_back(file, entry=entry)


def draft(cast: Cast) -> dict[str, str]:
    with make.opening(cast.dee, cast.ama):
        return Draft.objects.get().words


def change(cast: Cast, entry: Entry) -> None:
    with make.opening(cast.dee, cast.ama, WRITE) as file:
        actions.change_entry(
            file, entry=entry, text="x", kind="call", happened_at=timezone.now(), version=entry.version
        )


def add(cast: Cast, entry: Entry, text: str = "It was Tuesday.", by: Worker | None = None) -> Amendment:
    with make.opening(cast.dee, by or cast.ama, WRITE) as file:
        return actions.amend(file, entry=entry, amendment_id=uuid4(), text=text)


def words(cast: Cast) -> set[str]:
    with make.opening(cast.dee, cast.ama):
        return wordset.unpack(WordSet.objects.get(case=cast.dee).words) - {wordset.WHOLE}


class TestUndo:
    def test_the_words_are_a_draft_again_with_everything_around_them(self, cast: Cast) -> None:
        entry = write(cast, "She sang.", hard="It hurt.", minutes=15)
        undo(cast, entry.pk)
        assert not Entry.objects.exists()
        kept = draft(cast)
        assert (kept["text"], kept["hard"], kept["kind"], kept["minutes"]) == (
            "She sang.", "It hurt.", "visit", "15"
        )  # fmt: skip

    def test_what_is_being_written_meanwhile_stays(self, cast: Cast) -> None:
        entry = write(cast, "She sang.")
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "Then she left"}, version=0)
        undo(cast, entry.pk)
        assert draft(cast)["text"] == "She sang.\n\nThen she left"

    def test_its_number_is_not_used_again(self, cast: Cast) -> None:
        undo(cast, write(cast).pk)
        assert write(cast).number == 2

    def test_nothing_of_it_stays_in_what_lists_and_search_know(self, cast: Cast) -> None:
        write(cast, "We talked.")
        undo(cast, write(cast, "We sang, dee sang").pk)
        assert words(cast) == {"dee", "\tdee", "we", "talked"}
        with make.opening(cast.dee, cast.ama):
            assert Glance.objects.get().words["contact_at"] == Entry.objects.get().facts["happened_at"]

    def test_after_ten_minutes_it_says_kindly_what_to_do(self, cast: Cast) -> None:
        entry = write(cast)
        with (
            time_machine.travel(timezone.now() + TEN + A_MINUTE),
            pytest.raises(CannotDo, match="ten minutes"),
        ):
            undo(cast, entry.pk)
        assert Entry.objects.exists()

    def test_nobody_undoes_a_colleagues_note(self, cast: Cast) -> None:
        with pytest.raises(CannotDo):
            undo(cast, write(cast).pk, by=cast.ben)

    def test_a_note_that_was_added_to_stays(self, cast: Cast) -> None:
        entry = write(cast)
        add(cast, entry)
        with pytest.raises(CannotDo):
            undo(cast, entry.pk)

    def test_a_second_click_does_nothing_more(self, cast: Cast) -> None:
        entry = write(cast)
        undo(cast, entry.pk)
        undo(cast, entry.pk)
        assert draft(cast)["text"] == "We talked."

    def test_a_note_in_another_file_is_not_reached(self, cast: Cast) -> None:
        entry = make.an_entry(make.a_case(by=cast.ama, name="Fay"), by=cast.ama)
        undo(cast, entry.pk)
        assert Entry.objects.filter(pk=entry.pk).exists()

    def test_what_was_promised_in_it_goes_back_too(self, cast: Cast) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            answers = {"text": "We talked.", "kind": "call", "happened_at": timezone.now()}
            entry = desk.write(file, entry_id=uuid4(), answers=answers, promise=("call the school", tomorrow))
        assert Due.objects.get().pk == promise_of(entry.pk)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            desk.undo(file, entry=entry.pk)
        assert not Due.objects.exists()
        kept = draft(cast)
        assert (kept["promise_text"], kept["promise_day"]) == ("call the school", tomorrow.isoformat())


class TestTheDay:
    def test_until_it_is_over_one_changes_ones_own_note(self, cast: Cast) -> None:
        entry = write(cast)
        with time_machine.travel(timezone.now() + A_DAY - A_MINUTE):
            change(cast, entry)

    def test_then_the_note_stays_and_the_verb_says_what_to_do(self, cast: Cast) -> None:
        entry = write(cast)
        with (
            time_machine.travel(timezone.now() + A_DAY + A_MINUTE),
            pytest.raises(CannotDo, match="add to it"),
        ):
            change(cast, entry)

    def test_the_page_leads_to_where_one_adds(self, cast: Cast) -> None:
        entry = write(cast)
        path = f"/people/{cast.dee.pk}/notes/{entry.pk}/"
        assert Browser(cast.ama).get(path).status_code == 200
        with time_machine.travel(timezone.now() + A_DAY + A_MINUTE):
            answer = Browser(cast.ama).get(path)
        assert answer.status_code == 302
        assert answer.headers["location"] == f"/people/{cast.dee.pk}/note/{entry.number}/"

    def test_what_was_typed_too_late_stands_ready_to_be_added(self, cast: Cast) -> None:
        entry = write(cast)
        path = f"/people/{cast.dee.pk}/notes/{entry.pk}/"
        with time_machine.travel(timezone.now() + A_DAY + A_MINUTE):
            answer = Browser(cast.ama).post(
                path, {"entry_id": entry.pk, "version": 1, "text": "She sang twice."}
            )
        assert answer.status_code == 409
        said = answer.content.decode()
        assert "She sang twice.</textarea>" in said
        assert f'action="/people/{cast.dee.pk}/note/1/"' in said


class TestAdding:
    def test_it_stands_under_the_note_with_who_and_when(self, cast: Cast) -> None:
        entry = write(cast)
        add(cast, entry, by=cast.ben)
        add(cast, entry, "And sunny.")
        with make.opening(cast.dee, cast.ama) as file:
            line = timeline.lines(file, [Entry.objects.newest_first().get()])[0]
            assert line.text == "We talked."
            assert [(added.who, added.text) for added in line.added] == [
                ("Ben", "It was Tuesday."), ("Ama", "And sunny.")
            ]  # fmt: skip

    def test_one_that_was_damaged_says_so_and_lets_the_others_be(self, cast: Cast) -> None:
        entry = write(cast)
        broken, _ = add(cast, entry), add(cast, entry, "And sunny.")
        with connection.cursor() as cursor:
            value = broken.pk if connection.vendor == "postgresql" else broken.pk.hex
            cursor.execute(
                "UPDATE cases_amendment SET words = %s WHERE id = %s", [b"nothing of ours" * 9, value]
            )
        page = Browser(cast.ama).get(f"/people/{cast.dee.pk}/note/{entry.number}/").content.decode()
        assert "This cannot be read" in page
        assert "And sunny." in page

    def test_the_same_click_twice_is_one(self, cast: Cast) -> None:
        entry, once = write(cast), uuid4()
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            for text in ("one", "one", "another"):
                actions.amend(file, entry=entry, amendment_id=once, text=text)
        assert Amendment.objects.count() == 2

    def test_its_words_are_remembered_for_search(self, cast: Cast) -> None:
        add(cast, write(cast), "An accordion.")
        assert "accordion" in words(cast)

    def test_search_finds_the_note_by_what_was_added_to_it(self, cast: Cast) -> None:
        entry = write(cast)
        add(cast, entry, "An accordion.")
        with make.entering(cast.ben, Action.SEE_CARD, lists=True) as entered:
            assert [hit.entry for hit in finding.find(entered, "accordi").hits] == [entry]
            assert finding.find(entered, "accordion zither").hits == []

    def test_somebody_who_writes_here_adds_on_the_notes_own_page(self, cast: Cast) -> None:
        entry = write(cast)
        path = f"/people/{cast.dee.pk}/note/{entry.number}/"
        page = Browser(cast.ben).get(path)
        assert page.status_code == 200
        assert b"We talked." in page.content
        sent = {"amendment_id": uuid4(), "text": "It was Tuesday."}
        assert Browser(cast.ben).post(path, sent).status_code == 302
        assert b"It was Tuesday." in Browser(cast.ama).get(path).content

    def test_nothing_at_all_is_asked_again(self, cast: Cast) -> None:
        entry = write(cast)
        path = f"/people/{cast.dee.pk}/note/{entry.number}/"
        answer = Browser(cast.ama).post(path, {"amendment_id": uuid4(), "text": " "})
        assert answer.status_code == 422
        assert "Please write what should be added." in answer.content.decode()

    def test_the_answer_to_speaking_up_can_come_later(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            entry = actions.write_entry(
                file, entry_id=uuid4(), text="I called.", kind="advocacy", happened_at=timezone.now()
            )
        path = f"/people/{cast.dee.pk}/note/{entry.number}/"
        assert b'name="answer"' in Browser(cast.ama).get(path).content
        sent = {"amendment_id": uuid4(), "answer": "They said yes."}
        assert Browser(cast.ama).post(path, sent).status_code == 302
        assert b"They said yes." in Browser(cast.ama).get(path).content

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.HOUSE_STAFF, Role.VOLUNTEER])
    def test_who_does_not_write_here_does_not_see_it(self, cast: Cast, role: Role) -> None:
        entry = write(cast)
        path = f"/people/{cast.dee.pk}/note/{entry.number}/"
        assert Browser(cast.somebody(role)).get(path).status_code == 404
