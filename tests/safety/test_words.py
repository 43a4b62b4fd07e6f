"""What these pages say to tired people at night: no blame, no label, no gate, and whose wish it is (T1)."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.safety.words import CHECKS, LINES_CHECKED
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.demo.test_content import BANNED, BANNED_PHRASES
from tests.make import Worker
from tests.safety.conftest import a_crisis, away, our_ways, path, reached, wish, words_of

pytestmark = pytest.mark.django_db

#: Beginnings of words that fit a telephone or a law, and no person.
NOT_ABOUT_PEOPLE = {"life", "trafficking", "traffick"}
#: The name of a line is what it calls itself.
NAMES = ("National Human Trafficking Hotline", "Childhelp National Child Abuse Hotline")


def pages(cast: Cast, worker: Worker) -> dict[str, str]:
    """Every page of safety with everything on it, as it is read."""
    wish(cast.dee, cast.ama)
    reached(cast.dee, cast.ama)
    our_ways(cast.ben, child_line="1-555-0100", report_hours=24, checked_on="2026-11-02")
    crisis, missing = a_crisis(cast.dee, cast.ama, "At the station"), away(cast.dee, cast.ama)
    with make.opening(cast.dee, cast.ama, Action.CRISIS):
        missing.words = {**missing.words, "since": (timezone.now() - timedelta(hours=30)).isoformat()}
        missing.save(update_fields=["words"])
    places = [
        "/safety/", "/safety/night/", "/safety/night/paper/", "/safety/reports/", "/safety/reports/new/",
        "/safety/reports/emergency/", path(cast.dee), path(cast.dee, "wishes"), path(cast.dee, "night"),
        path(cast.dee, "crisis", crisis), path(cast.dee, "crisis", crisis, "end"), path(cast.dee, "reports"),
        path(cast.dee, "missing", missing), path(cast.dee, "missing", missing, "back"),
        path(cast.dee, "reports/new"), path(cast.dee, "reports/guide"),
    ]  # fmt: skip
    browser = Browser(worker)
    read = {place: words_of(browser.get(place), "main") for place in places}
    for done in ("crisis", crisis), ("missing", missing):
        browser.post(path(cast.dee, *done, "end" if done[0] == "crisis" else "back"), {"version": 0})
        read[f"{done[0]} over"] = words_of(browser.get(path(cast.dee, *done)), "main")
        read[f"{done[0]} new"] = words_of(browser.get(path(cast.dee, done[0], "new")), "main")
    return read


@pytest.mark.parametrize("who", ["ama", "night", "house"])
def test_no_page_blames_or_labels_anybody(cast: Cast, night: Worker, house: Worker, who: str) -> None:
    worker = {"ama": cast.ama, "night": night, "house": house}[who]
    beginnings = [word for word in BANNED.split() if word not in NOT_ABOUT_PEOPLE]
    banned = re.compile(rf"\b(?:{'|'.join(map(re.escape, beginnings))})|" + "|".join(BANNED_PHRASES))
    wrong = []
    for place, words in pages(cast, worker).items():
        said = words.lower()
        for name in NAMES:
            said = said.replace(name.lower(), "")
        wrong += [
            f"{place}: …{said[max(0, hit.start() - 40) : hit.end() + 20]}…" for hit in banned.finditer(said)
        ]
    assert wrong == []


def test_no_page_asks_why_somebody_was_away(cast: Cast) -> None:
    said = " ".join(pages(cast, cast.ama).values()).lower()
    assert not re.search(r"why did (?:you|they)|why (?:you|they) left|\brun(?:away| away|s away)\b", said)


def test_a_list_never_has_to_be_finished_and_says_whose_wish_it_is(cast: Cast) -> None:
    read = pages(cast, cast.ama)
    crisis = next(words for place, words in read.items() if re.search(r"/crisis/[0-9a-f-]{36}/$", place))
    assert "What Dee wants outranks this list." in crisis
    assert all({"yes", "not_yet"} <= set(check.answers) for check in CHECKS)
    assert "not_wanted" in next(check.answers for check in CHECKS if check.code == "police")


def test_no_name_stands_in_a_title_or_an_address(cast: Cast) -> None:
    wish(cast.dee, cast.ama)
    answer = Browser(cast.ama).get(path(cast.dee, "crisis/new"))
    title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    assert title
    assert "Dee" not in title[1]


def test_lines_of_the_whole_country_are_looked_at_again_before_they_are_a_year_old() -> None:
    """This test goes red by itself when nobody has compared the numbers for a year."""
    assert date.today() - date.fromisoformat(LINES_CHECKED) < timedelta(days=365)  # noqa: DTZ011
