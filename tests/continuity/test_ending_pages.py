"""The pages about an end and a beginning again, by a real client."""

from uuid import uuid4

import pytest

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.models import Component, Farewell
from leeward.staff import actions as staff
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import (
    close,
    hidden,
    now,
    path,
    sees,
    words_of,
)
from tests.make import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def ama(cast: Cast) -> Browser:
    return Browser(cast.ama)


@pytest.fixture
def ben(cast: Cast) -> Browser:
    return Browser(cast.ben)


class TestEnds:
    def form(self, browser: Browser, cast: Cast, name: str, form: str = "") -> dict[str, str]:
        return hidden(browser.get(path(cast.dee, name)), form or name)

    def test_refused_kindly_with_the_way_through_and_then_done(self, cast: Cast, ama: Browser) -> None:
        told = {"reason": "goals", "follow_ups": "yes", "view": "I can sleep now."}
        refused = ama.post(path(cast.dee, "close"), {**self.form(ama, cast, "close"), **told})
        assert refused.status_code == 422
        assert "Some parts of the case have no answer yet" in words_of(refused)
        assert "I can sleep now." in refused.content.decode()
        ama.post(path(cast.dee, "parts", "never"), {"to": "close"})
        assert "Nothing. Each part has its answer" in words_of(ama.get(path(cast.dee, "close")))
        done = ama.post(path(cast.dee, "close"), {**self.form(ama, cast, "close"), **told})
        assert done.status_code == 302
        page = words_of(ama.get(path(cast.dee)))
        assert "This file is closed. It can be read as ever." in page
        assert "I can sleep now." in page

    def test_a_part_is_answered_from_there_in_one_tap(self, cast: Cast, ama: Browser) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            facts = {"kind": "health", "state": "ours", "note": "the knee"}
            row = actions.answer_component(file, row_id=uuid4(), facts=facts, version=0)
        page = ama.get(path(cast.dee, "close")).content.decode()
        assert f'name="row_id" value="{row.pk}"' in page
        told = {
            "row_id": str(row.pk), "version": "1", "kind": "health", "note": "the knee", "to": "close",
            "state": "unwanted",
        }  # fmt: skip
        answer = ama.post(path(cast.dee, "parts", "answer"), told)
        assert answer["Location"] == path(cast.dee, "close")
        with make.opening(cast.dee, cast.ama):
            about = Component.objects.get().about
        assert (about["state"], about["note"]) == ("unwanted", "the knee")

    def test_whoever_does_not_walk_with_them_does_not_close(self, cast: Cast, lou: Worker) -> None:
        assert sees(lou, path(cast.dee, "close")).status_code == 404
        assert sees(lou, path(cast.dee, "death")).status_code == 404

    def test_a_year_later_one_step_brings_all_of_it_back(self, cast: Cast, lou: Worker) -> None:
        close(cast.dee, cast.ama, view="See you.")
        browser = Browser(lou)
        page = browser.get(path(cast.dee, "reopen"))
        assert "Ama walked with them until now, and is here" in words_of(page)
        assert f'value="{cast.ama.person.pk}" selected' in page.content.decode()
        for _ in range(2):
            answer = browser.post(path(cast.dee, "reopen"), {"person": cast.ama.person.pk})
            assert answer["Location"] == f"/people/{cast.dee.pk}/"
        assert (now(cast.dee).is_open, now(cast.dee).primary) == (True, cast.ama.person)

    def test_where_the_same_worker_is_gone_the_backup_is_offered(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(backup=lou.person)
        close(cast.dee, cast.ama)
        with make.entering(cast.ben, Action.END_MEMBERSHIP) as entered:
            staff.say_goodbye(entered, person=cast.ama.person)
        page = sees(cast.ben, path(cast.dee, "reopen"))
        assert f'value="{lou.person.pk}" selected' in page.content.decode()
        assert "cannot be there" in words_of(page)

    def test_a_death_is_written_down_gently_and_colleagues_read_it_on_their_desk(
        self, cast: Cast, ama: Browser, ben: Browser
    ) -> None:
        Case.objects.update(backup=cast.ben.person)
        ama.post(
            path(cast.dee, "death"),
            {**self.form(ama, cast, "death"), "view": "He laughed a lot.", "told_by": "His aunt rang"},
        )
        assert "His aunt rang" in words_of(ama.get(path(cast.dee)))
        assert "This record is held" in words_of(ama.get(path(cast.dee)))
        assert "Dee has died" in words_of(ben.get("/"))
        ben.post(path(None, "told", Farewell.objects.get().pk))
        assert "Dee has died" not in words_of(ben.get("/"))

    def test_a_day_that_is_still_to_come_is_asked_about(self, cast: Cast, ama: Browser) -> None:
        answer = ama.post(path(cast.dee, "death"), {**self.form(ama, cast, "death"), "on": "2999-01-01"})
        assert answer.status_code == 422
        assert not now(cast.dee).rests

    def test_only_a_supervisor_takes_it_back(self, cast: Cast, ama: Browser, ben: Browser) -> None:
        ama.post(path(cast.dee, "death"), self.form(ama, cast, "death"))
        assert ama.post(path(cast.dee, "death", "undo")).status_code == 404
        assert now(cast.dee).rests
        ben.post(path(cast.dee, "death", "undo"))
        assert now(cast.dee).is_open

    def test_somebody_elses_gentle_word_is_not_mine_to_put_away(
        self, cast: Cast, lou: Worker, ama: Browser
    ) -> None:
        Case.objects.update(backup=cast.ben.person)
        ama.post(path(cast.dee, "death"), self.form(ama, cast, "death"))
        row = Farewell.objects.get()
        assert Browser(lou).post(path(None, "told", row.pk)).status_code == 404
        assert not Farewell.objects.get().read


class TestWritingInAClosedFile:
    def test_it_asks_whether_they_are_back_and_does_not_open_by_itself(
        self, cast: Cast, ama: Browser
    ) -> None:
        close(cast.dee, cast.ama)
        where = f"/people/{cast.dee.pk}/write/"
        page = ama.get(where)
        assert "Are they back? Then open it again first" in words_of(page)
        assert path(cast.dee, "reopen") in page.content.decode()
        form = hidden(page, "write")
        assert ama.post(where, {**form, "text": "A card came."}).status_code == 302
        assert not now(cast.dee).is_open

    def test_in_a_record_that_is_held_it_is_for_the_record(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast.dee, "death"), hidden(ama.get(path(cast.dee, "death")), "death"))
        assert "for the record" in words_of(ama.get(f"/people/{cast.dee.pk}/write/"))
