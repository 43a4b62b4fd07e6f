"""The second step: codes work once, and their secrets are sealed."""

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone

from leeward.signin import factors
from leeward.staff.models import Person
from tests.signin.conftest import Browser, Phone, at_once


def test_a_code_works_once(ines: Person, phone: Phone) -> None:
    code = phone.code()
    assert factors.accept_code(ines, code)
    assert not factors.accept_code(ines, code)
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        assert not factors.accept_code(ines, code)
        assert factors.accept_code(ines, phone.code())


def test_an_older_code_than_the_last_does_not_fit(ines: Person, phone: Phone) -> None:
    older = phone.code(-1)
    assert factors.accept_code(ines, phone.code(1))
    assert not factors.accept_code(ines, older)
    assert not factors.accept_code(ines, phone.code())


def test_a_code_of_another_browser_does_not_fit_twice(ines: Person, phone: Phone) -> None:
    code = phone.code()
    one, two = Browser(), Browser()
    for browser in (one, two):
        browser.passphrase(ines)
    assert one.send("/sign-in/code/", code=code)["Location"] == "/"
    assert two.send("/sign-in/code/", code=code).status_code == 422


@pytest.mark.parametrize("ahead", [-3, -2, 2, 3])
def test_codes_of_other_times_do_not_fit(ines: Person, phone: Phone, ahead: int) -> None:
    assert not factors.accept_code(ines, phone.code(ahead))


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "\0", "0" * 20])
def test_what_is_not_a_code_does_not_fit(ines: Person, phone: Phone, typed: str) -> None:
    assert not factors.accept_code(ines, typed)


def test_a_code_may_be_typed_with_spaces(ines: Person, phone: Phone) -> None:
    code = phone.code()
    assert factors.accept_code(ines, f" {code[:3]} {code[3:]} ")


def test_a_clock_set_back_by_an_hour_shuts_nobody_out(ines: Person, phone: Phone) -> None:
    assert factors.accept_code(ines, phone.code())
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        assert factors.accept_code(ines, phone.code())


def test_a_code_on_paper_works_once(browser: Browser, ines: Person, phone: Phone) -> None:
    browser.passphrase(ines)
    assert browser.send("/sign-in/code-on-paper/", code=phone.paper[3])["Location"] == "/"
    assert factors.paper_codes_left(ines) == 9
    assert not factors.accept_paper_code(ines, phone.paper[3])
    assert factors.accept_paper_code(ines, f"{phone.paper[4][:4]} {phone.paper[4][4:]}")


def test_new_codes_end_the_old_ones(ines: Person, phone: Phone) -> None:
    new = factors.new_paper_codes(ines)
    assert not factors.accept_paper_code(ines, phone.paper[0])
    assert factors.accept_paper_code(ines, new[0])


def test_somebody_without_a_phone_has_no_codes_that_fit(sam: Person) -> None:
    assert not factors.accept_code(sam, "000000")
    assert not factors.accept_paper_code(sam, "00000000")


def test_codes_of_one_person_do_not_fit_another(ines: Person, phone: Phone, sam: Person) -> None:
    Phone(sam)
    assert not factors.accept_code(sam, phone.code())
    assert not factors.accept_paper_code(sam, phone.paper[0])


def test_nothing_of_it_lies_open_in_the_database(ines: Person, phone: Phone) -> None:
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    for secret in (phone.secret, *phone.paper):
        assert secret not in stored


def test_the_picture_is_drawn_without_styles(ines: Person) -> None:
    drawn = factors.picture(ines, factors.new_secret())
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "Leeward:" not in factors.address(ines, "x")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_code_at_two_doors_at_once_opens_one(ines: Person, phone: Phone) -> None:
    code = phone.code()
    assert sorted(at_once(lambda: factors.accept_code(ines, code))) == [False, True]
    assert sorted(at_once(lambda: factors.accept_paper_code(ines, phone.paper[0]))) == [False, True]
