"""Joining: link, code, passphrase, app, and five words read to a colleague."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leeward.access import gate
from leeward.access.policy import Action, Role
from leeward.signin.models import SignIn
from leeward.staff import actions, keys
from leeward.staff.door import visit_of
from leeward.staff.models import Invite, Person, Team
from leeward.vault import paper
from tests.signin.conftest import WORDS, Browser, Phone, public_key, words_of

OWN_WORDS = "harvest pencil river cedar marble window"


@contextmanager
def as_ines(founding: actions.Founding) -> Iterator[gate.Entered]:
    """Ines at her own desk."""
    visit = visit_of(founding.agency.pk, founding.person, founding.pair, safe=False)
    with gate.entering(visit, Action.GRANT, lists=True) as entered:
        yield entered


@pytest.fixture
def invitation(founding: actions.Founding) -> actions.Invitation:
    team = Team.objects.get(number=1)
    with as_ines(founding) as entered:
        return actions.invite(
            entered, name="Noor", email="noor@agency.example", team=team, role=Role.CASE_MANAGER
        )


def chosen(**other: str) -> dict[str, str]:
    return {"passphrase": OWN_WORDS, "once_more": OWN_WORDS, "language": "fr", "device": "own", **other}


def test_noor_joins_and_waits_for_her_keys(
    browser: Browser, invitation: actions.Invitation, founding: actions.Founding
) -> None:
    link = f"/join/{invitation.link}/"
    assert "Welcome, Noor" in words_of(browser.get(link))
    assert browser.send(link, code=invitation.code.lower())["Location"] == "/joining/"
    page = browser.get("/joining/")
    assert len(page.context["offered"].split()) == 6
    assert browser.send("/joining/", chosen())["Location"] == "/sign-in/app/"
    assert not browser.is_in()
    phone = Phone(invitation.person, browser.get("/sign-in/app/").context["secret"])
    assert browser.send("/sign-in/app/", code=phone.code())["Location"] == "/sign-in/codes/"
    assert browser.send("/sign-in/codes/")["Location"] == "/waiting/"
    page = browser.get("/waiting/")
    assert page.context["words"] == paper.fingerprint(public_key(invitation.person))
    assert page.context["waits"]
    assert page.headers["Content-Language"] == "fr"
    with as_ines(founding) as entered:
        actions.hand_keys(entered, person=invitation.person)
    assert not browser.get("/waiting/").context["waits"]
    assert keys.open_keys(Person.objects.get(name="Noor"), OWN_WORDS)
    assert not Invite.objects.exists()


def test_before_the_code_nothing_is_told(browser: Browser, invitation: actions.Invitation) -> None:
    assert browser.get("/joining/").status_code == 404
    assert browser.send("/joining/", chosen()).status_code == 404
    assert not SignIn.objects.exists()


def test_a_wrong_code_can_be_tried_five_times(browser: Browser, invitation: actions.Invitation) -> None:
    link = f"/join/{invitation.link}/"
    for _ in range(4):
        assert "does not match" in words_of(browser.send(link, code="2222-2222"))
    assert browser.send(link, code="2222-2222").status_code == 404
    answer = browser.send(link, code=invitation.code)
    assert answer.status_code == 404
    assert "Ask the colleague who invited you" in words_of(answer)


def test_an_invitation_ends_after_three_days(browser: Browser, invitation: actions.Invitation) -> None:
    link = f"/join/{invitation.link}/"
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        assert browser.get(link).status_code == 404
        assert browser.send(link, code=invitation.code).status_code == 404


def test_unknown_used_and_ended_look_the_same(browser: Browser, invitation: actions.Invitation) -> None:
    unknown = words_of(browser.get("/join/nothing/"))
    browser.send(f"/join/{invitation.link}/", code=invitation.code)
    browser.send("/joining/", chosen())
    assert words_of(browser.get(f"/join/{invitation.link}/")) == unknown
    assert browser.get("/joining/").status_code == 404


def test_two_browsers_cannot_both_use_it(invitation: actions.Invitation) -> None:
    one, two = Browser(), Browser()
    for browser in (one, two):
        assert browser.send(f"/join/{invitation.link}/", code=invitation.code)["Location"] == "/joining/"
    assert one.send("/joining/", chosen()).status_code == 303
    assert two.send("/joining/", chosen()).status_code == 404


def test_the_code_gives_a_new_cookie(browser: Browser, invitation: actions.Invitation) -> None:
    browser.get(f"/join/{invitation.link}/")
    before = browser.cookie
    browser.send(f"/join/{invitation.link}/", code=invitation.code)
    assert browser.cookie.id != before.id


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"once_more": "harvest pencil river cedar marble winter"}, "These two differ"),
        ({"passphrase": "kiwi fig", "once_more": "kiwi fig"}, "at least 12"),
        ({"passphrase": "noor noor noor noor", "once_more": "noor noor noor noor"}, "could guess this"),
        ({"passphrase": "aaaaaaaaaaaaaaaa", "once_more": "aaaaaaaaaaaaaaaa"}, "repeats itself"),
    ],
)
def test_a_weak_passphrase_is_talked_about(
    browser: Browser, invitation: actions.Invitation, told: dict[str, str], says: str
) -> None:
    browser.send(f"/join/{invitation.link}/", code=invitation.code)
    answer = browser.send("/joining/", chosen(**told))
    assert answer.status_code == 422
    assert says in words_of(answer)
    assert told.get("passphrase", OWN_WORDS).encode() not in answer.content
    assert Invite.objects.exists()


def test_who_was_invited_cannot_sign_in_before_joining(
    browser: Browser, invitation: actions.Invitation
) -> None:
    assert browser.passphrase(invitation.person, WORDS).status_code == 422
