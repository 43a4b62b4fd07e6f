"""An appointment is typed once and counted once: its note, the last contact, and the worker's month."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases import actions as cases
from leeward.cases.models import Entry
from leeward.cases.words import EntryKind
from leeward.days import actions
from leeward.days.actions import AlreadyEnded, When
from leeward.days.words.been import been, note_of
from tests import make
from tests.attack.forms import forms_on
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, booked, look, queries, soon, text, today, words
from tests.days.counted import YESTERDAY, ended, month, notes, past, spoken

pytestmark = pytest.mark.django_db


class TestItHappened:
    def test_it_is_the_last_contact_and_counts_once_in_my_month(self, cast: Cast) -> None:
        due = past(cast, along="me", language="Arabic", interpreter="remote")
        answer = ended(cast.ama, due, there="together", happened="They listened", next="Bring the letter",
                       minutes="90", travel_minutes="40", miles="12.5",
                       language="Arabic", interpreter="By phone")  # fmt: skip
        assert answer.status_code == 200
        [note] = notes(cast.dee, cast.ama)
        assert note["text"] == "Legal Aid\nThey listened\nNext: Bring the letter"
        assert (note["kind"], note["language"], note["interpreter"]) == ("together", "Arabic", "By phone")
        [counted] = month(cast.ama)
        assert (counted.kind, counted.minutes, counted.travel_minutes, counted.miles) == (
            "together",
            90,
            40,
            12.5,
        )
        assert counted.day == soon(YESTERDAY)
        assert spoken(cast.dee, cast.ama) == datetime.fromisoformat(note["happened_at"])

    def test_it_is_not_fourteen_days_since_we_spoke(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, at=timezone.now() - timedelta(days=20))
        page = "/people/?show=quiet14"
        assert "Dee" in text(Browser(cast.ama).get(page))
        ended(cast.ama, past(cast), there="together")
        assert "Dee" not in text(Browser(cast.ama).get(page))

    def test_a_double_click_is_one_note_and_counts_once(self, cast: Cast) -> None:
        due = past(cast)
        for _click in range(2):
            assert ended(cast.ama, due, there="together", happened="Well", minutes="60").status_code == 200
        assert len(notes(cast.dee, cast.ama)) == 1
        assert [note.minutes for note in month(cast.ama)] == [60]

    def test_said_again_with_other_minutes_it_is_corrected_and_stays_one(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, there="together", happened="Well", minutes="60")
        ended(cast.ama, due, there="visit", happened="Well", minutes="75")
        [note] = notes(cast.dee, cast.ama)
        assert (note["kind"], note["minutes"]) == ("visit", 75)
        assert [counted.minutes for counted in month(cast.ama)] == [75]

    def test_what_was_arranged_stands_in_the_questions(self, cast: Cast) -> None:
        due = past(
            cast, along="me", minutes=45, language="Dari", interpreter="here", interpreter_who="Mrs. Noor"
        )
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))
        for said in ('name="minutes" value="45"', 'name="language" value="Dari"',
                     'name="interpreter" value="Mrs. Noor"'):  # fmt: skip
            assert said in page

    @pytest.mark.parametrize(
        ("arranged", "how"),
        [
            ({"along": "me"}, "together"),
            ({"along": "colleague"}, "together"),
            ({}, "together"),
            ({"along": "me", "at_the_door": True}, "visit"),
            ({"along": "me", "transport": "none"}, "call"),
        ],
    )
    def test_how_we_were_there_is_worked_out_of_what_was_arranged(
        self, cast: Cast, arranged: dict[str, Any], how: str
    ) -> None:
        ended(cast.ama, past(cast, **arranged))
        [note] = notes(cast.dee, cast.ama)
        assert note["kind"] == how

    def test_the_verb_alone_counts_what_was_arranged(self, cast: Cast) -> None:
        due = past(cast, minutes=45)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.happened(file, due, how="happened", told={})
        assert [(note["text"], note["minutes"]) for note in notes(cast.dee, cast.ama)] == [("Legal Aid", 45)]

    def test_a_saturday_is_after_hours_without_anybody_saying_so(self, cast: Cast) -> None:
        days_since = (today().weekday() - 5) % 7 or 7
        ended(cast.ama, booked(cast.dee, cast.ama, day=soon(-days_since)), there="together", minutes="30")
        assert [note.after_hours for note in month(cast.ama)] == [True]

    def test_what_ended_before_its_time_happened_now_and_not_later(self, cast: Cast) -> None:
        ended(cast.ama, booked(cast.dee, cast.ama, day=soon(5)), there="together")
        [note] = notes(cast.dee, cast.ama)
        assert datetime.fromisoformat(note["happened_at"]) <= timezone.now()

    def test_no_button_has_the_name_of_a_question(self, cast: Cast) -> None:
        """A browser sends a button after the fields: under the same name it would take the words away."""
        due = past(cast)
        page = Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/").content.decode()
        form = re.search(r'<form[^>]*id="happened".*?</form>', page, re.DOTALL)
        assert form
        asked = set(re.findall(r'<(?:input|textarea|select)[^>]*\sname="(\w+)"', form[0]))
        assert {"happened", "next", "minutes"} <= asked
        assert not asked & set(re.findall(r'<button[^>]*\sname="(\w+)"', form[0]))

    def test_its_page_leads_to_the_note(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, happened="Well")
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))
        assert f"/people/{cast.dee.pk}/note/1/" in page
        assert Browser(cast.ama).get(f"/people/{cast.dee.pk}/note/1/").status_code == 200

    def test_a_colleague_who_ended_it_first_wrote_the_only_note(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ben, due, happened="I was there")
        with make.opening(cast.dee, cast.ama, DAYS) as file, pytest.raises(AlreadyEnded):
            actions.happened(file, due, how="happened", told={"happened": "Me too"})
        assert len(notes(cast.dee, cast.ama)) == 1
        assert month(cast.ama) == []


class TestNobodyOfUsWasThere:
    @pytest.mark.parametrize("along", ["alone", "chosen"])
    def test_they_were_there_and_nobody_spoke_with_them(self, cast: Cast, along: str) -> None:
        ended(cast.ama, past(cast, along=along), happened="The letter says yes", minutes="60")
        [note] = notes(cast.dee, cast.ama)
        assert (note["kind"], note["without_us"], note.get("minutes")) == ("other", True, None)
        assert spoken(cast.dee, cast.ama) is None
        assert [counted.minutes for counted in month(cast.ama)] == [0]
        assert "without us" in text(Browser(cast.ama).get(f"/people/{cast.dee.pk}/"))

    def test_when_last_contact_is_found_out_anew_it_still_counts_for_nothing(self, cast: Cast) -> None:
        ended(cast.ama, past(cast, along="alone"), happened="Yes")
        wrong = make.an_entry(cast.dee, by=cast.ama)
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            cases.take_back(file, entry=wrong.pk)
        assert spoken(cast.dee, cast.ama) is None

    def test_changed_into_a_call_we_were_there_after_all(self, cast: Cast) -> None:
        due = past(cast, along="alone")
        ended(cast.ama, due)
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            entry = Entry.objects.get(pk=note_of(due.pk))
            at = datetime.fromisoformat(entry.facts["happened_at"])
            cases.change_entry(file, entry=entry, text="x", kind="call", happened_at=at, version=1, more={})
        [note] = notes(cast.dee, cast.ama)
        assert "without_us" not in note
        assert spoken(cast.dee, cast.ama) == at

    def test_no_button_takes_the_place_of_what_was_typed(self, cast: Cast) -> None:
        page = Browser(cast.ama).get(f"/days/{cast.dee.pk}/{past(cast).pk}/").content.decode()
        (form,) = (form for form in forms_on(page) if form.action.endswith("/happened/"))
        assert "happened" in form.typed
        assert form.overwritten == set(), "a browser sends both, and the button is read last"

    def test_not_this_time_counts_nobody_as_spoken_to_and_nothing_in_my_month(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, "not_now", there="together", happened="The bus did not come", minutes="60")
        assert notes(cast.dee, cast.ama) == []
        assert spoken(cast.dee, cast.ama) is None
        assert month(cast.ama) == []
        assert words(cast.dee, cast.ama, due)["happened"] == "The bus did not come"

    def test_its_ending_judges_nobody(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, "not_now")
        ending = look(cast.dee, cast.ama, due).ending
        assert ending
        assert str(ending.label) == "not this time"
        page = text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/")).casefold()
        for word in ("missed", "no show", "no-show", "failed", "did not come", "absent"):
            assert word not in page


def test_only_the_participants_own_file_gets_the_note(cast: Cast) -> None:
    other = make.a_case(by=cast.ama, name="Fay")
    ended(cast.ama, past(cast))
    assert notes(other, cast.ama) == []


def test_moving_and_its_words_before_leave_no_note(cast: Cast) -> None:
    due = booked(cast.dee, cast.ama)
    with make.opening(cast.dee, cast.ama, DAYS) as file:
        actions.move(file, due, when=When(soon(3)), told="told", version=1)
    assert notes(cast.dee, cast.ama) == []


def test_every_way_of_being_there_is_a_kind_of_note_or_none_of_ours() -> None:
    for along in ("me", "alone", "chosen", "open", "", "colleague"):
        assert EntryKind(been({"along": along}, {})["kind"])


def test_the_page_of_one_date_asks_the_store_as_often_with_a_note_as_without(cast: Cast) -> None:
    due = past(cast)

    def page() -> None:
        assert Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/").status_code == 200

    before = queries(page)
    for number in range(4):
        make.an_entry(cast.dee, by=cast.ama, text=f"Note {number}")
    assert queries(page) == before
