"""One note for several is taken back with one tap: each file gives back its own copy, blind to the others."""

# ruff: noqa: ANN401 - answers are whatever Django makes

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.models import Case, Entry, Wall
from leeward.signin.models import SignIn
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import said
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

PATH, UNDO = "/people/same-note/", "/people/same-note/undo/"


@pytest.fixture
def three(cast: Cast) -> list[Case]:
    return [cast.dee, *(make.a_case(by=cast.ama, name=name) for name in ("Fay", "Gil"))]


@pytest.fixture
def ama(cast: Cast) -> Browser:
    return Browser(cast.ama)


def write(browser: Browser, people: list[Case], **fields: Any) -> Any:
    form = {"people": [str(case.pk) for case in people], "entry_id": uuid4(), "text": "We went to the sea."}
    answer = browser.post(PATH, {**form, **fields})
    assert answer.status_code == 302
    return browser.get(answer["Location"])


def left() -> set[Any]:
    return set(Entry.objects.values_list("case", flat=True))


def test_one_tap_takes_all_copies_back_and_the_words_are_in_the_field_again(
    ama: Browser, three: list[Case]
) -> None:
    after = write(ama, three, minutes="30", hard="Not for the page.")
    assert f'action="{UNDO}"' in after.content.decode()
    answer = ama.post(UNDO)
    assert left() == set()
    page = answer.content.decode()
    assert "Undone in 3 files. Your words are in the field again." in said(answer)
    assert "We went to the sea.</textarea>" in page
    assert "Not for the page." in page
    assert page.count("checked") >= 4  # three people, and half an hour
    assert all(f'value="{case.pk}"' in page for case in three)


def test_for_ten_minutes_the_page_for_several_offers_it_too(ama: Browser, three: list[Case]) -> None:
    assert "Take all of them back" not in said(ama.get(PATH))
    write(ama, three)
    assert "stands in 3 files" in said(ama.get(PATH))
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert "Take all of them back" not in said(ama.get(PATH))


def test_a_copy_that_was_changed_since_stays_and_the_page_says_so(
    cast: Cast, ama: Browser, three: list[Case]
) -> None:
    write(ama, three)
    with make.opening(three[1], cast.ama, Action.WRITE_ENTRY) as file:
        entry = Entry.objects.get(case=three[1])
        now = timezone.now()
        actions.change_entry(file, entry=entry, text="She swam.", kind="visit", happened_at=now, version=1)
    answer = said(ama.post(UNDO))
    assert left() == {three[1].pk}
    assert "Undone in 2 files." in answer
    assert "so it stays, for: Fay" in answer


def test_so_does_one_that_was_added_to(cast: Cast, ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    with make.opening(cast.dee, cast.ben, Action.WRITE_ENTRY) as file:
        entry = Entry.objects.get(case=cast.dee)
        actions.amend(file, entry=entry, amendment_id=uuid4(), text="And back.")
    assert "so it stays, for: Dee" in said(ama.post(UNDO))
    assert left() == {cast.dee.pk}


def test_and_one_that_is_in_another_file_by_now(cast: Cast, ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    other = make.a_case(by=cast.ama, name="Hal")
    Entry.objects.filter(case=three[2]).update(case=other)
    answer = said(ama.post(UNDO))
    assert left() == {other.pk}
    assert "so it stays, for: Gil" in answer


def test_one_that_was_undone_by_itself_is_not_missed(ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    entry = Entry.objects.get(case=three[0])
    ama.post(f"/people/{three[0].pk}/notes/{entry.pk}/undo/")
    assert "Undone in 2 files." in said(ama.post(UNDO))
    assert left() == set()


def test_where_the_file_is_shut_meanwhile_it_stays(cast: Cast, ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    Wall.objects.create(case=three[1], person=cast.ama.person)
    answer = said(ama.post(UNDO))
    assert left() == {three[1].pk}
    assert "1 file is not open to you any more" in answer
    assert "Fay" not in answer


def test_after_ten_minutes_nothing_is_taken_back(ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert ama.post(UNDO)["Location"] == PATH
        assert "Nothing is left to undo" in ama.get(PATH).content.decode()
    assert len(left()) == 3


def test_a_second_click_finds_nothing_and_changes_nothing(ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    ama.post(UNDO)
    write(ama, three[:1], text="Something else.")
    assert left() == {three[0].pk}
    ama.post(UNDO)
    assert ama.post(UNDO).status_code == 302


def test_nobody_takes_back_what_a_colleague_wrote(cast: Cast, ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    assert Browser(cast.ben).post(UNDO).status_code == 302
    assert len(left()) == 3


def test_words_that_were_written_apart_go_back_each_to_its_own_place(ama: Browser, three: list[Case]) -> None:
    own = {f"text_{three[0].pk}": "Dee swam.", f"text_{three[1].pk}": "Fay swam."}
    write(ama, three[:2], **own)
    page = ama.post(UNDO).content.decode()
    for case, text in ((three[0], "Dee swam."), (three[1], "Fay swam.")):
        field = page.partition(f'name="text_{case.pk}"')[2].partition("</textarea>")[0]
        assert text in field


def test_which_copies_there_are_stands_in_the_clear_nowhere(ama: Browser, three: list[Case]) -> None:
    write(ama, three)
    sealed = b"".join(bytes(row.sealed or b"") for row in SignIn.objects.all())
    assert sealed
    assert not any(str(case.pk).encode() in sealed for case in three)
