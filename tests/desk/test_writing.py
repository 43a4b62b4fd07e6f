"""Writing costs few actions: the words, a tap for the kind, what was promised; all of it saved once, or none."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case, Draft, Entry
from leeward.days.models import Due
from leeward.staff.actions.notebook import keep_phrase
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


@pytest.fixture
def ama(cast: Cast) -> Browser:
    return Browser(cast.ama)


def path(cast: Cast) -> str:
    return f"/people/{cast.dee.pk}/write/"


def sent(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a form sends
    return {"text": "We talked.", "entry_id": uuid4(), **fields}


def told(cast: Cast) -> tuple[str, dict[str, Any]]:
    with make.opening(cast.dee, cast.ama):
        entry = Entry.objects.newest_first()[0]
        return entry.text, dict(entry.facts)


def with_phrase(cast: Cast) -> None:
    with make.entering(cast.ama, Action.TODAY) as entered:
        for name, text in (("lm", "Left no message."), ("LM again", "Left no message again.")):
            keep_phrase(entered, phrase_id=uuid4(), name=name, text=text)


class TestWriting:
    def test_the_words_are_all_that_is_needed(self, cast: Cast, ama: Browser) -> None:
        answer = ama.post(path(cast), {"text": "We talked."})
        assert answer.status_code == 422  # without the number that makes a double click one note
        assert ama.post(path(cast), sent()).status_code == 302
        text, facts = told(cast)
        assert (text, facts["kind"]) == ("We talked.", "other")
        assert "minutes" not in facts

    def test_a_chip_or_a_number_says_how_long(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast), sent(kind="call", minutes="15"))
        assert told(cast)[1]["minutes"] == 15
        ama.post(path(cast), sent(minutes="15", minutes_more="40"))
        assert told(cast)[1]["minutes"] == 40

    def test_everything_else_folds_open_and_is_kept(self, cast: Cast, ama: Browser) -> None:
        more = {
            "who": "her aunt", "language": "es", "interpreter": "Fatima", "travel_minutes": "30", "miles": "12.5",
            "after_hours": "yes", "asked": "yes", "of_whom": "the school", "what_for": "time", "answer": "no",
        }  # fmt: skip
        ama.post(path(cast), sent(kind="advocacy", hard="It hurt.", **more))
        facts = told(cast)[1]
        typed = {"travel_minutes": 30, "miles": 12.5, "after_hours": True}
        assert {name: facts[name] for name in more} == {**more, **typed}

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("minutes_more", "2000", "This is more than a day."),
            ("minutes_more", "long", "Please write a number of minutes"),
            ("miles", "far", "Please write a number of miles"),
            ("promise_day", "2001-01-01", "This day has passed."),
        ],
    )
    def test_what_does_not_fit_gets_a_sentence_and_stays(
        self, cast: Cast, ama: Browser, field: str, typed: str, said: str
    ) -> None:
        answer = ama.post(path(cast), sent(promise_text="call", **{field: typed}))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert f'value="{typed}"' in page
        assert "We talked.</textarea>" in page

    def test_the_kind_can_be_chosen_by_the_link_that_leads_here(self, cast: Cast, ama: Browser) -> None:
        assert 'value="tried" id="id_kind_5" checked' in ama.get(f"{path(cast)}?kind=tried").content.decode()
        assert ama.get(f"{path(cast)}?kind=nonsense").status_code == 200

    def test_the_draft_keeps_every_answer(self, cast: Cast, ama: Browser) -> None:
        typed = sent(text="She ca", hard="It hurt.", who="her aunt", promise_text="call", draft_version="0")
        assert ama.post(f"/people/{cast.dee.pk}/draft/", typed).status_code == 204
        page = ama.get(path(cast)).content.decode()
        for words in ("She ca</textarea>", "It hurt.</textarea>", 'value="her aunt"', 'value="call"'):
            assert words in page


class TestPromising:
    def test_a_promise_is_saved_with_its_note(self, cast: Cast, ama: Browser) -> None:
        friday = timezone.localdate() + timedelta(days=3)
        answer = ama.post(
            path(cast), sent(kind="call", promise_text="check the form", promise_by=friday.isoformat())
        )
        assert answer.status_code == 302
        with make.opening(cast.dee, cast.ama, Action.DAYS):
            due = Due.objects.get()
            assert (due.day, due.owner, (due.words or {})["text"]) == (
                friday,
                cast.ama.person,
                "check the form",
            )
            assert (due.words or {})["entry"] == str(Entry.objects.get().pk)

    def test_it_is_for_tomorrow_unless_another_day_is_said(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast), sent(promise_text="call"))
        assert Due.objects.get().day == timezone.localdate() + timedelta(days=1)

    def test_any_other_day_goes_before_the_chips(self, cast: Cast, ama: Browser) -> None:
        day = date(timezone.localdate().year + 1, 3, 1)
        ama.post(
            path(cast),
            sent(
                promise_text="call", promise_by=timezone.localdate().isoformat(), promise_day=day.isoformat()
            ),
        )
        assert Due.objects.get().day == day

    def test_a_double_click_is_one_of_each(self, cast: Cast, ama: Browser) -> None:
        once = sent(promise_text="call")
        assert [ama.post(path(cast), once).status_code for _ in range(2)] == [302, 302]
        assert (Entry.objects.count(), Due.objects.count()) == (1, 1)

    def test_where_nothing_may_be_due_the_words_stay_on_the_page(self, cast: Cast, ama: Browser) -> None:
        Case.objects.filter(pk=cast.dee.pk).update(rests=True)
        answer = ama.post(path(cast), sent(promise_text="call"))
        assert answer.status_code == 422
        assert "We talked.</textarea>" in answer.content.decode()
        assert not Entry.objects.exists()

    def test_an_open_promise_stands_under_its_note(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast), sent(promise_text="check the form"))
        assert "Promise: check the form, tomorrow" in ama.get(f"/people/{cast.dee.pk}/").content.decode()


class TestFaster:
    def test_same_as_last_time_keeps_what_is_typed_already(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast), sent(kind="visit", minutes_more="45", who="her aunt", language="es"))
        page = ama.post(path(cast), sent(text="We sang.", language="en", again="1")).content.decode()
        assert "We sang.</textarea>" in page
        assert 'value="visit" id="id_kind_3" checked' in page
        for kept in ('value="45"', 'value="her aunt"', 'value="en"'):
            assert kept in page
        assert Entry.objects.count() == 1

    def test_a_phrase_is_written_out_by_its_name(self, cast: Cast, ama: Browser) -> None:
        with_phrase(cast)
        assert 'data-phrase="Left no message."' in ama.get(path(cast)).content.decode()
        ama.post(path(cast), sent(text="Called. /lm and/lm /nothing, /lm again."))
        assert told(cast)[0] == "Called. Left no message. and/lm /nothing, Left no message again.."

    def test_nobody_elses_phrases_are_mine(self, cast: Cast) -> None:
        with_phrase(cast)
        assert b"data-phrase" not in Browser(cast.ben).get(path(cast)).content


class TestUndo:
    def test_one_tap_and_the_words_are_in_the_field_again(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast), sent(promise_text="call"))
        entry = Entry.objects.get()
        page = ama.get(f"/people/{cast.dee.pk}/").content.decode()
        assert f'action="notes/{entry.pk}/undo/"' in page
        assert ama.post(f"/people/{cast.dee.pk}/notes/{entry.pk}/undo/").status_code == 302
        page = ama.get(f"/people/{cast.dee.pk}/").content.decode()
        assert "Undone. Your words are in the field again." in page
        assert "We talked.</textarea>" in page
        assert not Due.objects.exists()

    def test_too_late_says_what_to_do(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama)
        ben = Browser(cast.ben)
        answer = ben.post(f"/people/{cast.dee.pk}/notes/{Entry.objects.get().pk}/undo/", follow=True)
        assert "A note can be undone for ten minutes" in answer.content.decode()
        assert Entry.objects.exists()


class TestWritingFirst:
    def test_a_note_and_a_promise_from_the_desk(self, cast: Cast, ama: Browser) -> None:
        assert ama.get("/").status_code == 200
        ama.post("/write/draft/", sent(draft_version="0"))
        answer = ama.post("/write/", sent(case=str(cast.dee.pk), kind="call", promise_text="call again"))
        assert answer.status_code == 302
        assert (Entry.objects.count(), Due.objects.count(), Draft.objects.count()) == (1, 1, 0)

    def test_whom_it_is_about_is_asked_again_with_every_word_in_place(self, ama: Browser) -> None:
        answer = ama.post("/write/", sent(promise_text="call again"))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "We talked.</textarea>" in page
        assert 'value="call again"' in page
