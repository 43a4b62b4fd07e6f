"""The turned screen against every address there is: one page answers, nothing is written, no other name is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leeward.access.policy import Role
from leeward.signin.middleware import GO_ON
from leeward.signin.models import LatePost
from leeward.staff.models import Shift
from tests import make
from tests.attack.house import Browser
from tests.attack.plan import Scene, a_scene, doors
from tests.attack.test_refrain import changed, what_is_there
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

PART = {"X-Part": "1"}
GOES_ON = {f"/{name.removeprefix('signin:').replace('_', '-')}/" for name in GO_ON} | {"/still-here/"}
SIGN_INS = {"signin_signin", "signin_limit", "signin_latepost"}


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return a_scene(cast)


@pytest.fixture
def turned(scene: Scene) -> Browser:
    """Somebody who may do a lot turns the screen to one participant's page."""
    browser = Browser(scene.cast.ben)
    page = f"/people/{scene.case.pk}/"
    assert browser.post("/turn/", {"path": page})["Location"] == page
    return browser


@pytest.mark.slow
def test_no_other_address_answers(scene: Scene, turned: Browser) -> None:
    page, wrong, before = f"/people/{scene.case.pk}/", [], what_is_there(SIGN_INS)
    for door in doors():
        path = scene.path(door)
        if path == page or door.path in GOES_ON:
            continue
        looked, parted = turned.get(path), turned.get(path, headers=PART)
        calm = looked.status_code == 303 and looked["Location"].startswith("/turned/?next=")
        public = door.mark is not None and door.mark.kind == "public"
        if not calm or not (parted.status_code == 423 or public):
            wrong.append(f"{path}: {looked.status_code}, {parted.status_code}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, SIGN_INS) == []
    assert turned.get(page).status_code == 200


@pytest.mark.slow
def test_nothing_that_is_sent_is_done(scene: Scene, turned: Browser) -> None:
    before, wrong = what_is_there(SIGN_INS), []
    for door in doors():
        if door.path in GOES_ON:
            continue
        LatePost.objects.all().delete()
        sent = turned.post(scene.path(door), {"text": "x", "yes": "1", "name": "x"})
        by_script = turned.post(scene.path(door), {"text": "x"}, headers=PART)
        goes = by_script.status_code == 204 and by_script["X-Go"].startswith("/turned/")
        if sent.status_code != 303 or not (goes or by_script.status_code == 423):
            wrong.append(f"{door.path}: {sent.status_code}, {by_script.status_code}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, SIGN_INS) == []


def test_papers_are_not_handed_out(scene: Scene, turned: Browser) -> None:
    answer = turned.get(f"/people/{scene.case.pk}/papers/{scene.parts['paper']}/")
    assert answer.status_code == 303
    assert b"%PDF" not in answer.content


def test_the_page_shows_no_search_no_places_and_not_who_is_on_call(scene: Scene, turned: Browser) -> None:
    night = make.a_person(Role.ON_CALL, scene.cast.harbor, by=scene.cast.ben, name="Nightingale")
    assert Shift.objects.filter(person=night.person, until__gt=timezone.now() + timedelta(hours=1)).exists()
    page = f"/people/{scene.case.pk}/"
    assert "Nightingale" in Browser(scene.cast.ben).get(page).content.decode()
    text = turned.get(page).content.decode()
    assert "Nightingale" not in text
    for gone in ('role="search"', 'class="rail"', 'class="bar"', 'class="tabs"', 'class="places"'):
        assert gone not in text
    assert "no-store" in turned.get(page)["Cache-Control"]


def test_a_page_that_shuts_meanwhile_still_leads_to_turning_back(scene: Scene, turned: Browser) -> None:
    scene.case.walls.all().delete()
    scene.case.walls.create(person=scene.cast.ben.person)
    answer = turned.get(f"/people/{scene.case.pk}/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()
    assert turned.get("/")["Location"].startswith("/turned/")
