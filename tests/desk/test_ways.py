"""The way around: nobody is shown a place that stays shut, and a crisis is two steps from everywhere."""

import re

import pytest
from django.urls import reverse

from leeward import site
from leeward.access.policy import Role
from leeward.cases.models import CareTeamMember
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

IN_CRISIS = {
    Role.CASE_MANAGER,
    Role.SUPERVISOR,
    Role.PEER_SUPPORTER,
    Role.HOUSE_STAFF,
    Role.ON_CALL,
    Role.ADVOCATE,
    Role.SECONDED,
}


def labels(worker: Worker) -> list[str]:
    return [way.label for way in site.ways(worker.visit.actor, "/")]


@pytest.mark.parametrize("role", Role)
def test_nobody_is_shown_a_way_that_stays_shut(cast: Cast, role: Role) -> None:
    worker = cast.somebody(role)
    CareTeamMember.objects.create(case=cast.dee, person=worker.person)
    browser, actor = Browser(worker), worker.visit.actor
    shown = [way.url for way in site.ways(actor, "/")]
    shown += [url for name, url in site.shortcuts(actor, "/").items() if name.endswith("_url")]
    assert {url: browser.get(url).status_code for url in shown} == dict.fromkeys(shown, 200)


@pytest.mark.parametrize("role", Role)
def test_a_crisis_stands_on_every_page_of_whoever_may_help(cast: Cast, role: Role) -> None:
    page = Browser(cast.somebody(role)).get(reverse("staff:colleagues")).content.decode()
    assert (f'href="{reverse("safety:crisis")}"' in page) == (role in IN_CRISIS)


REPORTS = 'href="/safety/reports/"'


@pytest.mark.parametrize("role", Role)
def test_everybody_gets_from_their_first_page_to_a_report(cast: Cast, role: Role) -> None:
    """In one tap; in two from where a crisis stands (practice M2)."""
    browser = Browser(cast.somebody(role))
    page = browser.get("/", follow=True).content.decode()
    if role in IN_CRISIS:
        page = browser.get(re.findall(r'class="crisis" href="([^"]+)"', page)[0]).content.decode()
    assert REPORTS in page


def test_who_waits_for_keys_gets_there_too(cast: Cast) -> None:
    waiting = make.a_person(Role.VOLUNTEER, cast.harbor)
    assert REPORTS in Browser(waiting).get("/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_a_report_stands_on_how_we_work(cast: Cast, role: Role) -> None:
    page = Browser(cast.somebody(role)).get(reverse("staff:ways")).content.decode()
    assert REPORTS in page[page.index("<main") :]


def test_the_front_desk_is_shown_who_is_expected_and_who_waits(cast: Cast) -> None:
    desk = cast.somebody(Role.FRONT_DESK)
    assert labels(desk) == ["Expected", "Waiting", "Team"]
    assert "search_url" not in site.shortcuts(desk.visit.actor, "/")
    assert Browser(desk).get("/")["Location"] == reverse("days:expected")


def test_house_staff_have_their_log_and_who_is_on_call_the_night_sheet(cast: Cast) -> None:
    assert "House log" in labels(cast.somebody(Role.HOUSE_STAFF))
    assert "Night sheet" in labels(cast.somebody(Role.ON_CALL))
    assert not {"House log", "Night sheet"} & set(labels(cast.ama))


def test_a_supervisor_has_the_team_and_the_colleagues(cast: Cast) -> None:
    assert {"Team", "Colleagues"} <= set(labels(cast.ben))
    assert "Colleagues" not in labels(cast.ama)


def test_a_volunteer_sees_the_people_and_nothing_to_count(cast: Cast) -> None:
    assert labels(cast.somebody(Role.VOLUNTEER)) == ["Today", "People", "Team"]


def test_the_thumb_finds_today_people_and_the_calendar_first(cast: Cast) -> None:
    assert labels(cast.ama)[:3] == ["Today", "People", "Calendar"]


@pytest.mark.parametrize(
    ("here", "place"),
    [
        ("/", "Today"),
        ("/people/", "People"),
        ("/people/{case}/", "People"),
        ("/safety/{case}/wishes/", "People"),
        ("/days/{case}/", "People"),
        ("/days/week/", "Calendar"),
        ("/days/list/", "Calendar"),
        ("/days/waiting/new/", "Waiting"),
        ("/staff/roles/", "Colleagues"),
        ("/month/", "My month"),
        ("/you/", ""),
    ],
)
def test_one_place_is_marked_as_the_one_where_i_am(cast: Cast, here: str, place: str) -> None:
    ways = site.ways(cast.ben.visit.actor, here.format(case=cast.dee.pk))
    assert [way.label for way in ways if way.current] == ([place] if place else [])


def test_the_plus_writes_in_the_file_that_is_open_and_meets_somebody_elsewhere(cast: Cast) -> None:
    actor = cast.ama.visit.actor
    for path in (f"/people/{cast.dee.pk}/", f"/safety/{cast.dee.pk}/"):
        assert site.shortcuts(actor, path)["add_url"] == reverse("desk:write", args=[cast.dee.pk])
    assert site.shortcuts(actor, "/people/")["add_url"] == reverse("cases:meet")
    assert "add_url" not in site.shortcuts(make.a_person(Role.FRONT_DESK, cast.harbor).visit.actor, "/")
