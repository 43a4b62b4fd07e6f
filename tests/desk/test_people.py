"""My people: last and next contact, what is promised; and every number opens exactly the people it counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leeward.access.models import Line as TrailLine
from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case
from leeward.desk.pages import people as pages
from leeward.desk.pages.asked import Asked
from leeward.desk.pages.ways import ways_to_look
from leeward.staff.models import Absence
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days import agreed
from tests.make import Worker

pytestmark = pytest.mark.django_db


def shown(worker: Worker, asked: Asked) -> dict[str, Any]:
    """A page of the list, with the names on it read while it is open."""
    with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
        found = pages.people(entered, asked)
        return {**found, **ways_to_look(found), "names": [line.name for line in found["lines"]]}


def at(url: str) -> Asked:
    """What an address asks for."""
    return Asked.read(QueryDict(url.partition("?")[2]).dict())


def on_all_pages(worker: Worker, url: str) -> list[str]:
    """Everybody whom an address opens, page after page, as somebody does who follows "Next"."""
    names: list[str] = []
    while url:
        page = shown(worker, at(url))
        names += page["names"]
        url = page["after_url"] if page["older"] else ""
    return names


@dataclass(frozen=True)
class Somebody:
    """A participant as the test knows them."""

    name: str
    spoke: int | None
    promised: bool
    planned: bool
    backed: bool
    is_open: bool


def everybody() -> Iterator[Somebody]:
    shapes = product((None, 3, 20, 35), (False, True), (False, True), (False, True))
    for number, (spoke, promised, planned, backed) in enumerate(shapes):
        yield Somebody(f"Person {number:02}", spoke, promised, planned, backed, is_open=number % 8 != 7)


FORTY_DAYS = timedelta(days=40)
FITS: dict[str, Callable[[Somebody], bool]] = {
    "quiet14": lambda one: one.spoke is None or one.spoke >= 14,
    "quiet30": lambda one: one.spoke is None or one.spoke >= 30,
    "promise": lambda one: one.promised,
    "unplanned": lambda one: not one.promised and not one.planned,
}


@pytest.fixture
def caseload(cast: Cast) -> Iterator[list[Somebody]]:
    """Everybody came forty days ago; since then we spoke with some, promised something to some."""
    known = list(everybody())
    cases = {one.name: make.a_case(by=cast.cyd, name=one.name) for one in known}
    with time_machine.travel(timezone.now() + FORTY_DAYS):
        for one in known:
            lived(cast, one, cases[one.name])
        yield known


def lived(cast: Cast, one: Somebody, case: Case) -> None:
    if one.spoke is not None:
        make.an_entry(case, by=cast.cyd, at=timezone.now() - timedelta(days=one.spoke))
    if one.promised:
        agreed.promise(case, cast.cyd)
    if one.planned:
        agreed.todo(case, cast.cyd)
    Case.objects.filter(pk=case.pk).update(
        backup=cast.sue.person if one.backed else None, is_open=one.is_open
    )


class TestNumbers:
    def test_every_chip_opens_exactly_the_people_it_counts(
        self, cast: Cast, caseload: list[Somebody]
    ) -> None:
        page = shown(cast.cyd, Asked())
        chips = {at(chip.url).show: chip for chip in page["chips"] if chip.number is not None}
        assert set(chips) == {*FITS, "closed"}
        for show, chip in chips.items():
            chosen = [one for one in caseload if one.is_open == (show != "closed")]
            wanted = [one.name for one in chosen if show not in FITS or FITS[show](one)]
            assert on_all_pages(cast.cyd, chip.url) == wanted, show
            assert chip.number == len(wanted) == shown(cast.cyd, at(chip.url))["total"], show

    def test_tabs_count_whom_they_open(self, cast: Cast, caseload: list[Somebody]) -> None:
        Absence.objects.create(
            person=cast.cyd.person,
            since=timezone.localdate(),
            until=timezone.localdate(),
            cover=cast.sue.person,
        )
        CareTeamMember.objects.create(case=make.a_case(by=cast.sue, name="Mine"), person=cast.cyd.person)
        along = make.a_case(by=cast.cyd, name="Given")
        Case.objects.filter(pk=along.pk).update(
            primary=make.a_person(Role.CASE_MANAGER, cast.garden, by=cast.sue).person
        )
        CareTeamMember.objects.create(case=along, person=cast.sue.person)
        ties = shown(cast.sue, Asked())["ties"]
        counted = {who: len(on_all_pages(cast.sue, f"?who={who}")) for who in ties}
        assert counted == ties
        assert ties == {"mine": 1, "cover": sum(one.is_open for one in caseload), "along": 1}

    def test_the_supervisors_gaps_open_those_without_a_backup(
        self, cast: Cast, caseload: list[Somebody]
    ) -> None:
        wanted = {one.name for one in caseload if one.is_open and not one.backed}
        assert set(on_all_pages(cast.sue, "?who=all&show=nobackup")) == wanted

    def test_somebody_elses_people_are_counted_like_ones_own(
        self, cast: Cast, caseload: list[Somebody]
    ) -> None:
        page = shown(cast.sue, Asked(of=cast.cyd.person.pk))
        assert page["total"] == sum(one.is_open for one in caseload)
        assert page["is_caseload"]


class TestOrder:
    def test_by_name(self, cast: Cast, caseload: list[Somebody]) -> None:
        names = on_all_pages(cast.cyd, "?")
        assert names == sorted(one.name for one in caseload if one.is_open)

    def test_by_last_contact_who_was_not_spoken_with_for_longest_comes_first(
        self, cast: Cast, caseload: list[Somebody]
    ) -> None:
        ago = {one.name: 40 if one.spoke is None else one.spoke for one in caseload}
        days = [ago[name] for name in on_all_pages(cast.cyd, "?sort=last")]
        assert days == sorted(days, reverse=True)

    def test_by_what_comes_next_who_has_nothing_comes_last(
        self, cast: Cast, caseload: list[Somebody]
    ) -> None:
        planned = {one.name: one.promised or one.planned for one in caseload}
        coming = [planned[name] for name in on_all_pages(cast.cyd, "?sort=next")]
        assert coming == sorted(coming, reverse=True)


class TestALine:
    def line(self, worker: Worker) -> dict[str, Any]:
        with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
            line = pages.people(entered, Asked())["lines"][0]
            next_one, promise = line.next, line.promise
            return {
                "last": line.last,
                "tried": line.tried,
                "next": next_one and next_one.title,
                "promise": promise and promise.title,
                "more": line.more_promises,
            }

    def test_it_says_when_we_spoke_what_comes_and_what_is_promised(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama)
        agreed.todo(cast.dee, cast.ama, "Fill the form", day=agreed.soon(3))
        agreed.promise(cast.dee, cast.ama, "Call on Friday", day=agreed.soon(2))
        agreed.promise(cast.dee, cast.ama, "Bring the dictionary", day=agreed.soon(1))
        assert self.line(cast.ama) == {
            "last": date.today(),  # noqa: DTZ011 - the agency's day is UTC here
            "tried": None,
            "next": "Fill the form",
            "promise": "Bring the dictionary",
            "more": 1,
        }

    def test_who_sees_names_only_is_told_nothing_else(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama)
        agreed.promise(cast.dee, cast.ama)
        told = self.line(cast.somebody(Role.FRONT_DESK))
        assert told == {"last": None, "tried": None, "next": None, "promise": None, "more": 0}


class TestQuestions:
    @pytest.mark.parametrize(
        "told", [{"who": "x", "show": "<b>", "sort": "0", "with": "x", "team": "9" * 50, "page": "½"}, {}]
    )
    def test_what_is_no_code_asks_for_nothing(self, told: dict[str, str]) -> None:
        assert Asked.read(told) == Asked()

    def test_an_address_holds_what_was_asked_and_starts_anew_with_another_question(self, cast: Cast) -> None:
        asked = Asked(who="all", show="closed", of=cast.ama.person.pk, number=3)
        assert at(asked.query(number=3)) == asked
        assert at(asked.query(show="")).number == 1

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        with CaptureQueriesContext(connection) as few:
            shown(cast.ama, Asked())
        for number in range(20):
            case = make.a_case(by=cast.ama, name=f"Somebody {number}")
            make.an_entry(case, by=cast.ama)
            agreed.promise(case, cast.ama)
            agreed.todo(case, cast.ama)
        with CaptureQueriesContext(connection) as many:
            shown(cast.ama, Asked())
        # The first time there was nothing due whose notes would have had to be opened.
        assert len(many) <= len(few)

    def test_the_trail_names_who_is_shown_and_not_who_was_looked_through(
        self, cast: Cast, caseload: list[Somebody]
    ) -> None:
        before = TrailLine.objects.count()
        count = shown(cast.cyd, Asked(show="quiet30"))["total"]
        line = TrailLine.objects.order_by("-seq")[0]
        assert TrailLine.objects.count() == before + 1
        assert 0 < len(line.things) == count < sum(one.is_open for one in caseload)


@pytest.mark.usefixtures("pages")
class TestViews:
    def keep(self, browser: Browser, name: str, query: str = "?who=all&show=closed") -> HttpResponse:
        url = reverse("desk:keep_view")
        told = {"view_id": "11111111-1111-4111-8111-111111111111", "name": name, "query": query}
        answer: HttpResponse = browser.post(url, told)  # type: ignore[assignment]  # the client's own kind of it
        return answer

    def test_a_view_is_kept_under_a_name_and_opens_what_it_showed(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        answer = self.keep(browser, "Closed ones")
        assert answer["Location"] == reverse("desk:people") + "?who=all&show=closed"
        page = browser.get(reverse("desk:people")).content.decode()
        assert "Closed ones" in page
        assert 'href="?who=all&amp;show=closed"' in page

    def test_a_double_click_keeps_one(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        self.keep(browser, "Closed ones")
        self.keep(browser, "Closed ones")
        assert browser.get(reverse("desk:people")).content.decode().count("<bdi>Closed ones</bdi>") == 1

    def test_words_in_an_address_are_not_kept(self, cast: Cast) -> None:
        assert self.keep(Browser(cast.ama), "Robin", "?who=all&q=Robin")["Location"].endswith("?who=all")

    def test_without_a_name_it_asks_and_loses_nothing(self, cast: Cast) -> None:
        answer = self.keep(Browser(cast.ama), "")
        assert answer.status_code == 422
        assert b"?who=all&amp;show=closed" in answer.content

    def test_it_can_be_let_go(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        self.keep(browser, "Closed ones")
        browser.post(reverse("desk:drop_view", args=["11111111-1111-4111-8111-111111111111"]))
        assert b"Closed ones" not in browser.get(reverse("desk:people")).content

    def test_it_is_nobody_elses(self, cast: Cast) -> None:
        self.keep(Browser(cast.ama), "Closed ones")
        assert b"Closed ones" not in Browser(cast.ben).get(reverse("desk:people")).content
