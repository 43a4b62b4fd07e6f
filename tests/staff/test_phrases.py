"""My phrases: mine alone, found by a short name, safe from double clicks and from my own other window."""

from uuid import UUID, uuid4

import pytest

from leeward.access.gate import Tripped
from leeward.access.policy import Action
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.actions.notebook import MOST
from leeward.staff.models import Notebook, Person
from leeward.staff.pages import own
from leeward.vault.cipher import KeyPair
from leeward.vault.scopes import Locked, Unreadable
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db


def keep(
    worker: Worker,
    name: str = "bus",
    text: str = "Gave a bus card.",
    phrase_id: UUID | None = None,
    version: int = 0,
) -> UUID:
    phrase_id = phrase_id or uuid4()
    with make.entering(worker, Action.OWN_ACCOUNT) as entered:
        actions.keep_phrase(entered, phrase_id=phrase_id, name=name, text=text, version=version)
    return phrase_id


def drop(worker: Worker, phrase: UUID) -> None:
    with make.entering(worker, Action.OWN_ACCOUNT) as entered:
        actions.drop_phrase(entered, phrase_id=phrase)


def mine(worker: Worker) -> dict[str, str]:
    with make.entering(worker, Action.TODAY) as entered:
        return {phrase.name: phrase.text for phrase in own.phrases(entered.visit)}


class TestKeeping:
    def test_a_phrase_is_found_by_its_short_name(self, cast: Cast) -> None:
        keep(cast.ama)
        assert mine(cast.ama) == {"bus": "Gave a bus card."}

    def test_nobody_else_has_it(self, cast: Cast) -> None:
        keep(cast.ama)
        assert mine(cast.ben) == {}
        row = Notebook.objects.get()
        with pytest.raises(Tripped), make.entering(cast.ben, Action.TODAY), pytest.raises(Locked):
            assert row.words

    def test_a_double_click_is_one_phrase(self, cast: Cast) -> None:
        phrase = keep(cast.ama)
        keep(cast.ama, phrase_id=phrase)
        with make.entering(cast.ama, Action.TODAY) as entered:
            assert len(own.phrases(entered.visit)) == 1

    def test_another_window_is_not_written_over(self, cast: Cast) -> None:
        phrase = keep(cast.ama)
        keep(cast.ama, text="Gave two.", phrase_id=phrase, version=1)
        with pytest.raises(ChangedMeanwhile):
            keep(cast.ama, text="Gave three.", phrase_id=phrase, version=1)
        assert mine(cast.ama) == {"bus": "Gave two."}

    def test_the_notebook_has_an_end(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.OWN_ACCOUNT) as entered:
            for number in range(MOST["phrases"]):
                actions.keep_phrase(entered, phrase_id=uuid4(), name=f"n{number}", text="x")
            with pytest.raises(CannotDo, match="Let one go first"):
                actions.keep_phrase(entered, phrase_id=uuid4(), name="one more", text="x")
            first = own.phrases(entered.visit)[0]
            actions.keep_phrase(entered, phrase_id=UUID(first.id), name="still changed", text="x", version=1)

    def test_one_that_was_let_go_is_gone_and_twice_is_no_fault(self, cast: Cast) -> None:
        phrase = keep(cast.ama)
        keep(cast.ama, "call", "Called, no answer.")
        drop(cast.ama, phrase)
        drop(cast.ama, phrase)
        assert mine(cast.ama) == {"call": "Called, no answer."}

    def test_views_and_phrases_stand_side_by_side(self, cast: Cast) -> None:
        view = uuid4()
        with make.entering(cast.ama, Action.OWN_ACCOUNT) as entered:
            actions.keep_phrase(entered, phrase_id=uuid4(), name="bus", text="x")
            actions.keep_view(entered, view_id=view, name="waiting", query="who=mine")
            actions.keep_view(entered, view_id=view, name="waiting", query="who=all")
            book = own.notebook_of(entered.visit)
            assert [one["query"] for one in book["views"]] == ["who=all"]
            actions.drop_view(entered, view_id=view)
            book = own.notebook_of(entered.visit)
        assert (len(book["phrases"]), book["views"]) == (1, [])

    def test_after_new_keys_the_notebook_begins_anew(self, cast: Cast) -> None:
        """It was sealed to keys that are gone: pages open all the same."""
        keep(cast.ama)
        renewed = Worker(Person.objects.get(pk=cast.ama.person.pk), KeyPair.fresh())
        with make.entering(renewed, Action.TODAY) as entered:
            with pytest.raises(Unreadable):
                assert Notebook.objects.get().words
            assert own.phrases(entered.visit) == []
        keep(renewed, "new")
        assert list(mine(renewed)) == ["new"]


class TestThePages:
    def test_from_the_form_to_the_list(self, cast: Cast) -> None:
        browser, form = (
            Browser(cast.ama),
            {"phrase_id": str(uuid4()), "version": "0", "name": "bus", "text": "A card."},
        )
        for _ in range(2):
            assert browser.post("/staff/phrases/keep/", form)["Location"] == "/staff/phrases/"
        text = browser.get("/staff/phrases/").content.decode()
        assert text.count("<strong>bus</strong>") == 1

    @pytest.mark.parametrize(
        "wrong", [{"name": ""}, {"text": ""}, {"name": "x" * 41}, {"text": "x" * 2001}, {"phrase_id": "x"}]
    )
    def test_what_does_not_fit_is_asked_again_and_stays(self, cast: Cast, wrong: dict[str, str]) -> None:
        form = {"phrase_id": str(uuid4()), "version": "0", "name": "bus", "text": "Kept words", **wrong}
        answer = Browser(cast.ama).post("/staff/phrases/keep/", form)
        assert answer.status_code == 422
        assert "text" in wrong or "Kept words" in answer.content.decode()
        assert not Notebook.objects.exists()

    def test_changing_one_from_two_windows_shows_both(self, cast: Cast) -> None:
        phrase, browser = keep(cast.ama), Browser(cast.ama)
        url = f"/staff/phrases/{phrase}/"
        assert 'value="1"' in browser.get(url).content.decode()
        browser.post(url, {"version": "1", "name": "bus", "text": "first window"})
        answer = browser.post(url, {"version": "1", "name": "bus", "text": "second window"})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "first window" in text
        assert "second window</textarea>" in text
        assert 'name="version" value="2"' in text

    def test_somebody_elses_is_not_there(self, cast: Cast) -> None:
        phrase, browser = keep(cast.ama), Browser(cast.ben)
        assert browser.get(f"/staff/phrases/{phrase}/").status_code == 404
        browser.post(f"/staff/phrases/{phrase}/drop/")
        assert mine(cast.ama) == {"bus": "Gave a bus card."}
