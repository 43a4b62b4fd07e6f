"""My month: the sums are those of my own notes, and every number opens exactly the notes that it counts."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.actions.passing import meet_in_passing
from leeward.cases.models import Case, Entry, Passing
from leeward.cases.words import EntryKind
from leeward.desk.pages import counted
from leeward.desk.pages import month as pages
from leeward.desk.pages.month import Mine, Month, Note
from leeward.safety import actions as safety
from leeward.staff.models import Membership, Team
from leeward.vault.fields.sealed import Sealed
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import text
from tests.make import Worker

database = pytest.mark.django_db


def wrote(case: Case, by: Worker, kind: str = "call", *, at: datetime | None = None, **more: float) -> Entry:
    """A note with its small facts."""
    with make.opening(case, by, Action.WRITE_ENTRY) as file:
        return actions.write_entry(
            file,
            entry_id=uuid4(),
            text=f"Something {uuid4()}",
            kind=kind,
            happened_at=at or timezone.now(),
            more={"after_hours": False, **more},  # type: ignore[arg-type]  # whichever facts a test is about
        )


def met(team: Team, by: Worker, where: str, *, at: datetime | None = None, **more: int) -> Passing:
    """Somebody who may never come back."""
    words: Any = {"at": (at or timezone.now()).isoformat(), "where": where, "people": 1, **more}
    with make.entering(by, Action.MEET_IN_PASSING) as entered:
        return meet_in_passing(entered, team=team, passing_id=uuid4(), words=words)


def mine(worker: Worker) -> Mine:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        return pages.mine(entered)


def shown(worker: Worker, month: Month | None = None) -> dict[str, Any]:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        known, asked = pages.mine(entered), month or Month.of(timezone.localdate())
        return counted.shown(entered, asked, known, pages.of_month(known.notes, asked))


NOTES = st.builds(
    Note,
    case=st.builds(Case, id=st.sampled_from([uuid4() for _ in range(4)])),
    number=st.integers(1, 9),
    kind=st.sampled_from(EntryKind.values),
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    minutes=st.integers(0, 600),
    travel_minutes=st.integers(0, 300),
    miles=st.integers(0, 90),
    after_hours=st.booleans(),
)


@given(st.lists(NOTES, max_size=30), st.integers(1, 12))
def test_a_month_holds_each_note_once_and_kinds_share_them_out(notes: list[Note], number: int) -> None:
    chosen = pages.of_month(notes, Month(2026, number))
    assert len(chosen) == sum(note.day.month == number for note in notes)
    parts = [pages.fitting(chosen, kind) for kind in EntryKind.values]
    assert sorted(map(id, chosen)) == sorted(id(note) for part in parts for note in part)
    for part, fits in pages.PARTS.items():
        assert pages.fitting(chosen, part) == [note for note in chosen if fits(note)]


@pytest.mark.parametrize(
    ("told", "month"),
    [
        ("2026-03", Month(2026, 3)),
        ("0001-01", Month(1, 1)),
        *((odd, None) for odd in ("", "2026-13", "0000-01", "x-y", "٣-1", "2026-0", "9" * 40)),
    ],
)
def test_a_month_out_of_an_address(told: str, month: Month | None) -> None:
    assert Month.read(told) == (month or Month.of(timezone.localdate()))


def test_months_stand_in_a_row_without_end() -> None:
    assert str(Month(2026, 1).before()) == "2025-12"
    assert str(Month(2026, 12).after()) == "2027-01"
    assert Month(2028, 2).last == date(2028, 2, 29)


@database
class TestSums:
    def test_they_are_the_sums_of_what_was_typed(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama, minutes=30, travel_minutes=20, miles=4.5)
        wrote(cast.dee, cast.ama, "visit", minutes=45, after_hours=True)
        wrote(make.a_case(by=cast.ama, name="Fay"), cast.ama, "tried")
        page = shown(cast.ama)
        assert [(number.said, number.more) for number in page["numbers"]] == [
            ("2 people", "in 3 notes"),
            ("1 h 15", "with people and for them"),
            ("45 min", "after hours, in 1 note"),
            ("20 min", "on the way"),
            ("4.5 miles", "by car or on foot"),
        ]
        assert [(kind.said, kind.more) for kind in page["kinds"]] == [
            ("Call", "1 time · 30 min"),
            ("Visit", "1 time · 45 min"),
            ("Tried to reach", "1 time"),
        ]

    def test_time_with_several_at_once_counts_once(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama, minutes=120, group=2)
        wrote(make.a_case(by=cast.ama, name="Fay"), cast.ama, minutes=120, group=2, counted_elsewhere=True)
        assert [number.said for number in shown(cast.ama)["numbers"]] == ["2 people", "2 h"]

    def test_other_months_and_other_people_are_not_in_it(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
        wrote(cast.dee, cast.ben)
        assert shown(cast.ama)["notes"] == 0
        assert shown(cast.ama, Month(2026, 1))["notes"] == 1

    def test_a_file_that_was_closed_still_counts(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama)
        Case.objects.update(is_open=False)
        assert shown(cast.ama)["notes"] == 1

    def test_notes_in_files_that_are_shut_now_are_said_to_be_missing(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama)
        Case.objects.update(team=cast.garden)
        page = shown(cast.ama)
        assert (page["notes"], page["shut"], page["numbers"]) == (0, 1, [])

    def test_a_peer_counts_too(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        cast.dee.care_team.create(person=peer.person)
        wrote(cast.dee, peer, minutes=15)
        assert [number.said for number in shown(peer)["numbers"]] == ["1 person", "15 min"]

    def test_nights_on_call_count_for_whoever_was_on(self, cast: Cast) -> None:
        on_call, now = cast.somebody(Role.ON_CALL), timezone.now()
        with make.opening(cast.dee, on_call, Action.CRISIS) as file:
            words = {"kind": "call", "done": "Listened.", "minutes": 40}
            safety.write_night(file, note_id=uuid4(), at=now, words=words)  # type: ignore[arg-type]
        page = shown(on_call)
        assert [(number.said, number.more) for number in page["numbers"]] == [("1 time at night", "40 min")]
        assert [(night.day, night.long) for night in page["nights"]] == [(now.date(), "40 min")]
        assert shown(cast.ama)["nights"] == []

    def test_people_without_a_file_count_for_whoever_met_them(self, cast: Cast) -> None:
        met(cast.harbor, cast.ama, "the bridge", people=4, minutes=20)
        met(cast.harbor, cast.ama, "the station")
        met(cast.harbor, cast.ama, "long ago", at=datetime(2026, 1, 5, 9, tzinfo=UTC))
        met(cast.harbor, cast.ben, "the lot", people=9)
        numbers = [(number.said, number.more) for number in shown(cast.ama)["numbers"]]
        assert numbers == [("5 people", "met in passing, 2 times · 20 min")]
        assert [number.more for number in shown(cast.ama, Month(2026, 1))["numbers"]] == [
            "met in passing, 1 time"
        ]

    def test_what_a_team_that_was_left_keeps_is_said_to_be_missing(self, cast: Cast) -> None:
        met(cast.harbor, cast.ama, "the bridge")
        Membership.objects.filter(person=cast.ama.person, team=cast.harbor).update(role=Role.FRONT_DESK)
        page = shown(cast.ama)
        assert (page["numbers"], page["passing_shut"]) == ([], 1)

    def test_one_that_is_damaged_keeps_the_others_from_nothing(self, cast: Cast) -> None:
        met(cast.harbor, cast.ama, "the bridge")
        Passing.objects.update(words=Sealed(b"\0damaged"))
        met(cast.harbor, cast.ama, "the station")
        page = shown(cast.ama)
        assert ([number.said for number in page["numbers"]], page["passing_shut"]) == (["1 person"], 1)

    def test_a_month_without_notes_says_nothing_of_what_did_not_happen(self, cast: Cast) -> None:
        page = shown(cast.ama)
        assert (page["numbers"], page["kinds"], page["nights"]) == ([], [], [])


@database
@pytest.mark.usefixtures("pages")
class TestBehindTheNumbers:
    def test_every_number_opens_exactly_the_notes_that_it_counts(self, cast: Cast) -> None:
        cases = [make.a_case(by=cast.ama, name=f"Person {number:02}") for number in range(33)]
        now = timezone.now()
        for number, case in enumerate(cases):
            kind = EntryKind.values[number % 5]
            wrote(case, cast.ama, kind, at=now, minutes=number % 3 * 10, travel_minutes=number % 2 * 5,
                  miles=number % 4, after_hours=number % 7 == 0)  # fmt: skip
        known = pages.of_month(mine(cast.ama).notes, Month.of(timezone.localdate()))
        browser, page = Browser(cast.ama), shown(cast.ama)
        for number in (*page["numbers"], *page["kinds"]):
            part = number.url.rpartition("part=")[2]
            wanted = {(str(note.case.pk), note.number) for note in pages.fitting(known, part)}
            assert self.opened(browser, number.url) == wanted, part

    def opened(self, browser: Browser, url: str) -> set[tuple[str, int]]:
        """Every note that the pages behind a number lead to."""
        found: set[tuple[str, int]] = set()
        for number in (1, 2):
            page = text(browser.get(f"{url}&page={number}"))
            links = re.findall(r'href="/people/([0-9a-f-]{36})/\?before=\d+#note-(\d+)"', page)
            found |= {(case, int(note)) for case, note in links}
        return found

    def test_so_does_the_number_of_those_met_in_passing(self, cast: Cast) -> None:
        now = timezone.now()
        for number in range(33):
            met(cast.harbor, cast.ama, f"place {number:02}.", at=now)
        met(cast.harbor, cast.ama, "place 90.", at=datetime(2026, 1, 5, 9, tzinfo=UTC))
        met(cast.harbor, cast.ben, "place 91.", at=now)
        browser, (number,) = Browser(cast.ama), shown(cast.ama)["numbers"]
        opened = [text(browser.get(f"{number.url}&page={page}")) for page in (1, 2)]
        assert [len(re.findall(r"place \d\d\.", page)) for page in opened] == [30, 3]
        assert {*re.findall(r"place \d\d\.", "".join(opened))} == {
            f"place {number:02}." for number in range(33)
        }
        assert "33 people · 33 times" in opened[0]

    def test_the_people_who_are_shown_are_written_down(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama)
        browser = Browser(cast.ama)
        browser.get(reverse("desk:month"))
        assert Line.objects.order_by("-seq")[0].things == []
        browser.get(reverse("desk:month") + "?part=people")
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    def test_what_nobody_counts_shows_the_month(self, cast: Cast) -> None:
        assert "In short" not in text(Browser(cast.ama).get(reverse("desk:month") + "?part=ranking"))

    def test_nobody_sees_somebody_elses_month(self, cast: Cast) -> None:
        wrote(cast.dee, cast.ama, minutes=30)
        assert "30 min" not in text(Browser(cast.ben).get(reverse("desk:month")))


@database
def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def fill(many: int) -> None:
        for number in range(many):
            case = make.a_case(by=cast.ama, name=f"Person {number}")
            wrote(case, cast.ama, at=timezone.now() - timedelta(days=number))
            met(cast.harbor, cast.ama, "the bridge")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(cast.ama)
        return len(asked)

    fill(2)
    few = count()
    fill(20)
    assert count() == few
