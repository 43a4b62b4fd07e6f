"""My people by the parts of their cases: immigration, school, ours, watched; each number opens whom it counts (D1)."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leeward.access.models import Line as TrailLine
from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.continuity.actions import answer_component
from leeward.desk.pages.asked import Asked
from tests import make
from tests.attack.house import Browser
from tests.cases.asking import said
from tests.cast import Cast
from tests.days import agreed
from tests.desk.test_people import at, on_all_pages, shown
from tests.make import Worker

pytestmark = pytest.mark.django_db

#: Six people, and what was said of the parts of their cases.
PARTS = {
    "Ada": [("immigration", "ours"), ("education", "watched")],
    "Bea": [("immigration", "watched")],
    "Cai": [("immigration", "handed"), ("criminal", "ours")],
    "Dot": [("criminal", "done"), ("health", "unwanted")],
    "Eli": [("other", "ours"), ("other", "done")],
    "Fia": [],
}


def say(case: Case, by: Worker, kind: str, state: str) -> None:
    with make.opening(case, by, Action.WRITE_ENTRY) as file:
        answer_component(file, row_id=uuid4(), facts={"kind": kind, "state": state}, version=0)


@pytest.fixture
def six(cast: Cast) -> dict[str, Case]:
    made = {name: make.a_case(by=cast.cyd, name=name) for name in PARTS}
    for name, parts in PARTS.items():
        for kind, state in parts:
            say(made[name], cast.cyd, kind, state)
    agreed.promise(made["Ada"], cast.cyd)
    agreed.promise(made["Fia"], cast.cyd)
    return made


def names(worker: Worker, **asked: str) -> set[str]:
    return set(shown(worker, Asked(**asked))["names"])  # type: ignore[arg-type]


def numbered(page: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    for row in ("kinds", "states", "chips"):
        yield from (
            (each.label, each.number, each.url) for each in page.get(row, ()) if each.number is not None
        )


class TestChoosing:
    def test_a_part_that_still_goes_on(self, cast: Cast, six: dict[str, Case]) -> None:
        assert names(cast.cyd, part="immigration") == {"Ada", "Bea"}

    def test_a_part_in_one_state(self, cast: Cast, six: dict[str, Case]) -> None:
        assert names(cast.cyd, part="immigration", state="ours") == {"Ada"}
        assert names(cast.cyd, part="immigration", state="handed") == {"Cai"}

    def test_any_part_in_one_state(self, cast: Cast, six: dict[str, Case]) -> None:
        assert names(cast.cyd, part="any", state="ours") == {"Ada", "Cai", "Eli"}
        assert names(cast.cyd, part="any", state="watched") == {"Ada", "Bea"}

    def test_together_with_what_else_is_asked(self, cast: Cast, six: dict[str, Case]) -> None:
        assert names(cast.cyd, part="any", show="promise") == {"Ada"}

    def test_among_closed_files_too(self, cast: Cast, six: dict[str, Case]) -> None:
        Case.objects.filter(pk__in=[six["Bea"].pk, six["Fia"].pk]).update(is_open=False)
        assert names(cast.cyd, part="immigration", show="closed") == {"Bea"}
        assert names(cast.cyd, part="immigration") == {"Ada"}

    def test_a_state_without_a_part_asks_for_nothing(self, cast: Cast, six: dict[str, Case]) -> None:
        assert names(cast.cyd, state="ours") == set(PARTS)
        assert Asked(state="ours").query() == "?"

    def test_who_reads_no_notes_learns_nothing_from_it(self, cast: Cast, six: dict[str, Case]) -> None:
        desk = cast.somebody(Role.FRONT_DESK, elsewhere=True)
        page = shown(desk, Asked(who="along", part="immigration"))
        assert page["names"] == []


class TestNumbers:
    def test_every_number_opens_exactly_the_people_it_counts(self, cast: Cast, six: dict[str, Case]) -> None:
        Case.objects.filter(pk=six["Bea"].pk).update(is_open=False)
        asked = product(["any", "immigration", "other"], ["", "ours"], ["", "promise", "closed"])
        offered = {
            (number, url)
            for part, state, show in asked
            for _, number, url in numbered(
                shown(cast.cyd, Asked(who="mine", part=part, state=state, show=show))
            )
        }
        assert len(offered) > 30
        assert [each for each in offered if len(on_all_pages(cast.cyd, each[1])) != each[0]] == []

    def test_without_asking_by_parts_the_numbers_are_as_ever(self, cast: Cast, six: dict[str, Case]) -> None:
        page = shown(cast.cyd, Asked(who="mine"))
        assert "kinds" not in page
        assert at(page["by_part"]) == Asked(who="mine", part="any")

    def test_a_part_nobody_has_is_not_offered(self, cast: Cast, six: dict[str, Case]) -> None:
        page = shown(cast.cyd, Asked(who="mine", part="any"))
        labels = [each.label for each in page["kinds"]]
        assert labels == [
            "Any part",
            "Immigration",
            "Criminal court",
            "School and learning",
            "Something else",
        ]

    def test_a_gap_counts_itself_and_nothing_else(self, cast: Cast) -> None:
        """A number of another question would open others than it counts."""
        backed = make.a_case(by=cast.ama, name="Fay")
        Case.objects.filter(pk=backed.pk).update(backup=cast.ben.person)
        agreed.promise(backed, cast.ama)
        agreed.promise(cast.dee, cast.ama)
        page = shown(cast.ama, Asked(who="mine", show="nobackup"))
        assert [(each.label, each.number) for each in page["chips"]] == [("All", None), ("No backup", 1)]


@pytest.mark.usefixtures("pages")
def test_a_view_of_it_is_kept_and_opens_the_same(cast: Cast, six: dict[str, Case]) -> None:
    browser = Browser(cast.cyd)
    query = "?who=mine&part=immigration&state=ours"
    told = {"view_id": uuid4(), "name": "Papers that are ours", "query": query}
    assert browser.post(reverse("desk:keep_view"), told)["Location"] == reverse("desk:people") + query
    page = browser.get(reverse("desk:people") + query)
    assert "Ada" in said(page)
    assert "Bea" not in said(page)
    assert "Papers that are ours" in said(page)


@pytest.mark.usefixtures("pages")
def test_nobody_here_leads_back_to_all(cast: Cast, six: dict[str, Case]) -> None:
    page = Browser(cast.cyd).get(reverse("desk:people") + "?who=mine&part=tribal")
    assert "Nobody of these people fits what you asked for." in said(page)
    assert 'href="?who=mine"' in page.content.decode()


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(cast.cyd, Asked(who="mine", part="any"))
        return len(asked)

    say(make.a_case(by=cast.cyd, name="First"), cast.cyd, "health", "ours")
    few = count()
    for number in range(12):
        case = make.a_case(by=cast.cyd, name=f"Somebody {number}")
        for kind in ("immigration", "criminal", "education"):
            say(case, cast.cyd, kind, "ours")
    assert count() == few


def test_the_trail_names_those_who_are_shown(cast: Cast, six: dict[str, Case]) -> None:
    shown(cast.cyd, Asked(who="mine", part="immigration"))
    line = TrailLine.objects.order_by("-seq")[0]
    assert set(line.things) == {str(six["Ada"].pk), str(six["Bea"].pk)}
