from collections.abc import Iterator

import pytest

from bench import stores
from bench.measures import KINDS, MEASURES
from bench.stores import Server
from leeward.vault import pepper

# Both houses save as often as each other only when one process runs all of these.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bench")]

SIZE = (40, 320)
OPERATIONS = ("today", "list", "case", "save", "save, action alone")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    folder = tmp_path_factory.mktemp("bench")
    pepper.make(folder / "pepper")
    places = [place for place in stores.on_sqlite(folder) if place.size == "large"]
    stores.make(places, {"large": SIZE})
    with stores.serving(places) as started:
        yield started


@pytest.mark.parametrize("scope", ["own", "team", "all"])
@pytest.mark.parametrize("kind", KINDS)
def test_leeward_and_its_twin_find_the_same(servers: dict[str, Server], scope: str, kind: str) -> None:
    ours, theirs = (
        servers[house].ask(do=f"search {scope} {kind}") for house in ("leeward large", "twin large")
    )
    if ["more", None] in ours:
        # Which ones fill a page that is too short for all is up to each.
        assert ["more", None] in theirs
    else:
        assert ours == theirs


def test_something_is_found_and_something_is_not(servers: dict[str, Server]) -> None:
    assert servers["leeward large"].ask(do="search all 1 common")
    assert servers["leeward large"].ask(do="search all 1 rare")
    assert not servers["leeward large"].ask(do="search all 1 absent")


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("house", ["leeward large", "twin large"])
def test_each_page_and_verb_works_in_both_houses(servers: dict[str, Server], house: str, name: str) -> None:
    assert len(servers[house].timed(name, 2)) == 2


def test_signing_in_goes_through_the_real_page(servers: dict[str, Server]) -> None:
    assert servers["leeward large"].timed("sign-in", 1)


def test_what_was_saved_is_found_in_both_houses(servers: dict[str, Server]) -> None:
    ours, theirs = (servers[house].ask(do="search own 1 common") for house in ("leeward large", "twin large"))
    assert ours == theirs


def test_pages_are_weighed_with_all_that_they_need(servers: dict[str, Server]) -> None:
    sizes = servers["leeward large"].ask(do="sizes")
    assert sizes["first page, Today"] > sizes["later page, Today"] > 500


def test_every_measure_has_a_name_that_can_be_asked_for() -> None:
    assert set(MEASURES) == {"today", "list", "case", "save", "sign-in", "search", "flat", "sizes"}
