"""Whoever may once have been a participant here: all who invite, give a role or hand over keys read of it (M8)."""

import re
from html import unescape
from uuid import UUID

import pytest

from leeward.access.policy import Role
from leeward.cases.models import Case, Wall
from leeward.staff.models import Grant, Person
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

SAID = "If they were once a participant here, "


def told(by: Worker, place: str) -> str:
    """The one sentence on a page, with where it leads."""
    page = unescape(Browser(by).get(place).content.decode())
    notices = (found[0] for found in re.finditer(r'<p class="notice.*?</p>', page))
    return next(each for each in notices if SAID in each)


def places(person: UUID) -> tuple[str, ...]:
    return ("/staff/invite/", f"/staff/{person}/roles/new/", f"/staff/{person}/")


@pytest.fixture(autouse=True)
def keyless(cast: Cast) -> None:
    """Ama is to get keys."""
    Grant.objects.filter(person_key__person=cast.ama.person).delete()


def test_a_supervisor_reads_it_wherever_somebody_comes_in_and_is_led_to_the_file(cast: Cast) -> None:
    for place in places(cast.ama.person.pk):
        assert 'href="/find/"' in told(cast.ben, place), place


def test_an_administrator_who_opens_no_file_is_told_who_does_it(cast: Cast) -> None:
    admin = cast.somebody(Role.ADMINISTRATOR)
    for place in places(cast.ama.person.pk)[:2]:
        sentence = told(admin, place)
        assert "A supervisor of the team that walked with them does it" in sentence
        assert "href" not in sentence


def test_it_is_the_same_for_everybody_and_so_tells_nothing_of_anybody(cast: Cast) -> None:
    """Also of somebody who is called like a participant, and whose file is set apart already."""
    before = [told(cast.ben, place) for place in places(cast.ama.person.pk)]
    Person.objects.filter(pk=cast.ama.person.pk).update(name="Dee")
    Case.objects.update(restricted=True)
    Wall.objects.create(case=cast.dee, person=cast.ama.person)
    assert [told(cast.ben, place) for place in places(cast.ama.person.pk)] == before


def test_whoever_was_invited_and_holds_no_key_yet_can_be_chosen_there(cast: Cast) -> None:
    form = {"name": "Noa", "email": "noa@agency.example", "team": cast.harbor.pk, "role": "peer_supporter"}
    browser = Browser(cast.ben)
    assert browser.post("/staff/invite/", form).status_code == 200
    noa = Person.objects.get(name="Noa")
    assert not noa.keys.exists()
    answer = browser.post(f"/walking/{cast.dee.pk}/walls/works-here/", {"colleague": noa.pk})
    assert answer.status_code == 302
    assert Case.objects.get().restricted
    assert Wall.objects.get().person == noa
