"""Setting up: from nothing to the first sign-in, with the paper kit in hand."""

from threading import get_ident
from unittest.mock import patch

import pytest

from leeward.signin import actions
from leeward.signin.models import SignIn
from leeward.staff.models import Agency, Person
from leeward.vault import paper
from tests.signin.conftest import WORDS, Browser, Phone, at_once, words_of


def told(**other: str) -> dict[str, str]:
    first = {
        "name": "Ines Okafor",
        "email": "Ines@agency.example",
        "team_name": "North",
        "language": "en",
        "device": "own",
    }
    return {**first, "passphrase": WORDS, "once_more": WORDS, **other}


def up_to_the_sheets(browser: Browser) -> list[str]:
    assert browser.send("/set-up/", told())["Location"] == "/sign-in/app/"
    phone = Phone(Person.objects.get(), browser.get("/sign-in/app/").context["secret"])
    assert browser.send("/sign-in/app/", code=phone.code())["Location"] == "/sign-in/codes/"
    assert browser.send("/sign-in/codes/")["Location"] == "/set-up/sheets/"
    return [" ".join(sheet) for sheet in browser.get("/set-up/sheets/").context["sheets"]]


def test_the_first_person_sets_it_up(browser: Browser) -> None:
    assert browser.get("/sign-in/")["Location"] == "/set-up/"
    sheets = up_to_the_sheets(browser)
    assert paper.read_shares(sheets[:2]).public == bytes(Agency.objects.get().recovery_public)
    assert not browser.is_in()
    form = browser.get("/set-up/sheets/check/").context["form"]
    asked = [
        int(number) - 1 for number in form.fields["first"].label.replace(",", "").split() if number.isdigit()
    ]
    second = int(form.fields["second"].label.split()[-1]) - 1
    words = sheets[asked[0]].split()
    assert browser.send("/set-up/sheets/check/", first="wrong", second=words[second]).status_code == 422
    answer = browser.send("/set-up/sheets/check/", first=words[asked[1]].upper(), second=f" {words[second]}")
    assert answer["Location"] == "/"
    assert browser.is_in()
    assert browser.get("/set-up/sheets/")["Location"] == "/sign-in/"
    assert SignIn.objects.count() == 1


def test_once_set_up_the_page_is_not_there(browser: Browser) -> None:
    up_to_the_sheets(browser)
    for other in (browser, Browser()):
        assert other.get("/set-up/").status_code == 404
        assert other.send("/set-up/", told(email="eve@agency.example")).status_code == 404
    assert Agency.objects.count() == 1


def test_of_two_at_once_one_is_told(browser: Browser) -> None:
    up_to_the_sheets(browser)
    with patch.object(actions, "nobody_is_here_yet", return_value=True):
        answer = Browser().send("/set-up/", told(email="second@agency.example"))
    assert answer.status_code == 409
    assert "a moment faster" in words_of(answer)
    assert (Agency.objects.count(), Person.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["name", "email", "team_name", "passphrase", "language"])
def test_what_is_missing_is_asked_for(browser: Browser, name: str) -> None:
    answer = browser.send("/set-up/", told(**{name: ""}))
    assert answer.status_code == 422
    assert not Agency.objects.exists()


def test_one_may_look_at_the_sheets_again_but_the_question_stays(browser: Browser) -> None:
    sheets = up_to_the_sheets(browser)
    first = words_of(browser.get("/set-up/sheets/check/"))
    assert words_of(browser.get("/set-up/sheets/check/")) == first
    assert [" ".join(sheet) for sheet in browser.get("/set-up/sheets/").context["sheets"]] == sheets


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_the_same_moment_make_one_agency() -> None:
    def set_up() -> int:
        email = f"{get_ident()}@agency.example"
        return Browser().send("/set-up/", told(email=email)).status_code

    answers = sorted(at_once(set_up))
    assert answers[0] == 303
    assert answers[1] in {404, 409}
    assert (Agency.objects.count(), Person.objects.count()) == (1, 1)
