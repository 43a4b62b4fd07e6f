"""What stands around a note is typed once: shown on the page, known on every list, counted for reports (F5, F9)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases import actions, finding
from leeward.cases.hours import after_hours
from leeward.cases.models import Case, Entry, Glance
from leeward.cases.pages import timeline
from leeward.cases.words import EntryFacts, EntryKind, TallyFacts
from leeward.cases.words.people import GlanceWords
from leeward.staff.models import OurWays, Team
from tests import make
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

WRITE = Action.WRITE_ENTRY
#: A Wednesday.
NOON = datetime(2025, 3, 5, 12, 0, tzinfo=UTC)


def write(
    cast: Cast,
    *,
    kind: str = "call",
    at: datetime = NOON,
    by: Worker | None = None,
    hard: str = "",
    **more: Any,  # noqa: ANN401 - whatever facts
) -> Entry:
    with make.opening(cast.dee, by or cast.ama, WRITE) as file:
        facts: EntryFacts = more  # type: ignore[assignment]
        return actions.write_entry(
            file, entry_id=uuid4(), text="We talked.", kind=kind, happened_at=at, more=facts, hard=hard
        )


def facts_of(entry: Entry, cast: Cast) -> EntryFacts:
    with make.opening(cast.dee, cast.ama):
        return Entry.objects.get(pk=entry.pk).facts


def tally_of(entry: Entry, cast: Cast) -> TallyFacts | None:
    with make.opening(cast.dee, cast.ama):
        return Entry.objects.get(pk=entry.pk).tally


def glance(cast: Cast) -> GlanceWords:
    with make.opening(cast.dee, cast.ama):
        found = Glance.objects.filter(case=cast.dee).first()
        return found.words if found else {}


def shown(cast: Cast, entry: Entry, worker: Worker | None = None) -> timeline.EntryLine:
    with make.opening(cast.dee, worker or cast.ama) as file:
        return timeline.lines(file, [Entry.objects.newest_first().get(pk=entry.pk)])[0]


class TestAfterHours:
    @pytest.mark.parametrize(
        ("at", "late"),
        [
            ("2025-03-05T08:00", False),
            ("2025-03-05T07:59", True),
            ("2025-03-05T17:59", False),
            ("2025-03-05T18:00", True),
            ("2025-03-08T12:00", True),  # a Saturday
        ],
    )
    def test_it_is_worked_out_from_the_day_and_the_clock(self, cast: Cast, at: str, late: bool) -> None:
        when = timezone.make_aware(datetime.fromisoformat(at))
        assert facts_of(write(cast, at=when), cast)["after_hours"] is late

    def test_the_agency_says_when_its_day_begins_and_ends(self, cast: Cast) -> None:
        with make.entering(cast.ben, Action.KEEP_WAYS):
            OurWays.objects.create(
                everyone=Team.objects.get(everyone=True), words={"day_begins": "14:00", "day_ends": "22:00"}
            )
        when = timezone.make_aware(datetime(2025, 3, 5, 13, 0))  # noqa: DTZ001 - made aware
        assert facts_of(write(cast, at=when), cast)["after_hours"] is True
        assert facts_of(write(cast, at=when + timedelta(hours=8)), cast)["after_hours"] is False

    def test_an_hour_that_makes_no_sense_does_not_stop_anybody(self, cast: Cast) -> None:
        with make.entering(cast.ben, Action.KEEP_WAYS):
            OurWays.objects.create(everyone=Team.objects.get(everyone=True), words={"day_begins": "early"})
        assert facts_of(write(cast), cast)["after_hours"] is False

    def test_whoever_wrote_it_knows_better(self, cast: Cast) -> None:
        assert facts_of(write(cast, after_hours=True), cast)["after_hours"] is True

    def test_another_time_is_worked_out_anew_and_a_correction_stays(self, cast: Cast) -> None:
        entry = write(cast)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            night = NOON + timedelta(hours=11)
            actions.change_entry(
                file, entry=entry, text="We talked.", kind="call", happened_at=night, version=1, more={}
            )
        assert facts_of(entry, cast)["after_hours"] is True
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            assert (
                timeline.as_typed(file, {**entry.facts, "happened_at": night.isoformat()})["after_hours"]
                == "no"
            )
            assert after_hours(file.visit, night)


class TestTheTally:
    def test_it_is_written_with_the_note(self, cast: Cast) -> None:
        entry = write(cast, kind="visit", minutes=45, travel_minutes=30, miles=12.5)
        assert tally_of(entry, cast) == {
            "kind": "visit", "day": "2025-03-05", "minutes": 45, "travel_minutes": 30, "miles": 12.5,
            "after_hours": False, "group": 1,
        }  # fmt: skip

    def test_it_changes_with_the_note(self, cast: Cast) -> None:
        entry = write(cast, minutes=5)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.change_entry(
                file, entry=entry, text="x", kind="visit", happened_at=NOON, version=1, more={"minutes": 60}
            )
        tally = tally_of(entry, cast)
        assert tally
        assert (tally["kind"], tally["minutes"]) == ("visit", 60)

    def test_what_is_not_asked_stays_when_the_words_alone_are_changed(self, cast: Cast) -> None:
        entry = write(cast, minutes=5, who="her aunt", hard="It hurt.")
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.change_entry(file, entry=entry, text="x", kind="call", happened_at=NOON, version=1)
            kept = Entry.objects.get(pk=entry.pk)
            assert (kept.facts["minutes"], kept.facts["who"], kept.hard) == (5, "her aunt", "It hurt.")

    @pytest.mark.parametrize("role", [Role.PEER_SUPPORTER, Role.OUTREACH_WORKER])
    def test_whoever_does_not_open_the_facts_writes_all_the_same(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        Case.objects.filter(pk=cast.dee.pk).update(backup=worker.person)
        with make.opening(cast.dee, worker, WRITE) as file:
            entry = make.written(file, "She sang.")
            counted = "facts" in {part.value for part in file.compartments}
        assert (tally_of(entry, cast) is not None) is counted


class TestTheLastContact:
    def test_a_list_knows_when_we_last_spoke_and_how(self, cast: Cast) -> None:
        write(cast, kind="visit")
        assert glance(cast) == {"contact_at": NOON.isoformat(), "contact_kind": "visit"}

    def test_an_older_note_written_later_does_not_turn_it_back(self, cast: Cast) -> None:
        write(cast)
        write(cast, kind="visit", at=NOON - timedelta(days=3))
        assert glance(cast)["contact_kind"] == "call"

    def test_trying_is_not_reaching(self, cast: Cast) -> None:
        write(cast, kind="tried")
        assert glance(cast) == {"tried_at": NOON.isoformat()}

    @pytest.mark.parametrize("kind", [EntryKind.PARTNER, EntryKind.ADVOCACY])
    def test_what_was_not_with_them_is_no_contact(self, cast: Cast, kind: EntryKind) -> None:
        write(cast, kind=kind)
        assert glance(cast) == {}

    def test_a_day_that_is_still_to_come_counts_from_the_writing(self, cast: Cast) -> None:
        entry = write(cast, at=timezone.now() + timedelta(days=40))
        assert glance(cast)["contact_at"] == facts_of(entry, cast)["written_at"]

    def test_a_changed_note_changes_it(self, cast: Cast) -> None:
        write(cast, kind="visit", at=NOON - timedelta(days=5))
        entry = write(cast)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.change_entry(file, entry=entry, text="x", kind="tried", happened_at=NOON, version=1)
        assert glance(cast) == {
            "contact_at": (NOON - timedelta(days=5)).isoformat(), "contact_kind": "visit",
            "tried_at": NOON.isoformat(),
        }  # fmt: skip

    def test_what_matters_most_stays_as_it_was(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, WRITE):
            Glance.objects.create(case=cast.dee, words={"matters": "school"})
        entry = write(cast)
        with make.opening(cast.dee, cast.ama, WRITE) as file:
            actions.take_back(file, entry=entry.pk)
        assert glance(cast) == {"matters": "school"}


class TestOnThePage:
    def test_the_line_says_what_was_told_and_no_more(self, cast: Cast) -> None:
        assert shown(cast, write(cast)).told == []
        entry = write(
            cast,
            minutes=90,
            after_hours=True,
            who="her aunt",
            interpreter="Fatima",
            travel_minutes=60,
            miles=12.0,
        )
        assert shown(cast, entry).told == [
            "1 h 30", "after hours", "her aunt", "interpreter: Fatima", "1 h on the way", "12 miles"
        ]  # fmt: skip

    def test_speaking_up_says_of_whom_what_for_whose_wish_and_the_answer(self, cast: Cast) -> None:
        entry = write(
            cast,
            kind="advocacy",
            asked="yes",
            of_whom="the school",
            what_for="a later start",
            answer="not yet",
        )
        assert shown(cast, entry).spoken_up == [
            ("Asked of", "the school"), ("What for", "a later start"),
            ("Whose wish", "They asked us to"), ("Answer", "not yet"),
        ]  # fmt: skip

    def test_a_hard_passage_is_apart_from_the_words(self, cast: Cast) -> None:
        line = shown(cast, write(cast, hard="It hurt."))
        assert (line.text, line.hard) == ("We talked.", "It hurt.")

    def test_search_does_not_find_what_is_folded(self, cast: Cast) -> None:
        write(cast, hard="accordion")
        with make.entering(cast.ama, Action.SEE_CARD, lists=True) as entered:
            assert finding.find(entered, "accordion").hits == []
            assert [hit.entry is not None for hit in finding.find(entered, "talked").hits] == [True]

    def test_only_my_own_note_can_be_changed_and_undone_and_only_while_it_is_new(self, cast: Cast) -> None:
        entry = write(cast)
        line = shown(cast, entry)
        assert (line.may_change, line.may_undo) == (True, True)
        assert not shown(cast, entry, cast.ben).may_change
        for later, change in ((timedelta(minutes=11), True), (timedelta(hours=25), False)):
            with time_machine.travel(timezone.now() + later):
                line = shown(cast, entry)
                assert (line.may_change, line.may_undo) == (change, False)

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        def read() -> int:
            with make.opening(cast.dee, cast.ama) as file, CaptureQueriesContext(connection) as asked:
                timeline.timeline(file, "")
            return len(asked)

        write(cast)
        few = read()
        for _ in range(10):
            entry = write(cast)
            with make.opening(cast.dee, cast.ama, WRITE) as file:
                actions.amend(file, entry=entry, amendment_id=uuid4(), text="more")
        assert read() == few


def test_same_as_last_time_copies_how_it_was_and_nothing_that_happened(cast: Cast) -> None:
    write(cast, kind="visit", minutes=45, who="her aunt", language="es", interpreter="Fatima", miles=7.5,
          of_whom="the school", hard="It hurt.")  # fmt: skip
    write(cast, kind="text", by=cast.ben)
    with make.opening(cast.dee, cast.ama, WRITE) as file:
        last = timeline.last_time(file)
    assert {name: said for name, said in last.items() if said} == {
        "kind": "visit", "minutes_more": "45", "who": "her aunt", "language": "es", "interpreter": "Fatima",
        "miles": "7.5",
    }  # fmt: skip


def test_the_first_note_of_mine_has_no_last_time(cast: Cast) -> None:
    with make.opening(cast.dee, cast.ama, WRITE) as file:
        assert timeline.last_time(file) == {}
