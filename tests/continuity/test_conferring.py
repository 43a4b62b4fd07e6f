"""A conference with a day stands in the calendar once; that date is moved, and ends, together with its page (E8)."""

# ruff: noqa: ANN401 - whatever is told of a conference

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.actions.conferring import date_of
from leeward.continuity.models import Conference
from leeward.days import actions as days
from leeward.days.models import Busy, Due
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import look, soon, text, today
from tests.days.counted import month, notes, spoken
from tests.make import Worker

pytestmark = pytest.mark.django_db


def keep(case: Case, by: Worker, row_id: UUID | None = None, *, day: date | str, **facts: Any) -> Conference:
    """Plan a conference, or write on it: all that its form would say."""
    told = {
        "agenda": "The school",
        "at": "14:30",
        "day": day.isoformat() if isinstance(day, date) else day,
        **facts,
    }
    with make.opening(case, by, Action.WRITE_ENTRY) as file:
        number = row_id or uuid4()
        known = Conference.objects.filter(pk=number).first()
        version = known.about["version"] if known else 0
        return actions.keep_conference(file, row_id=number, facts=told, version=version)


def dated(row: Conference) -> Due:
    return Due.objects.get(pk=date_of(row.pk))


class TestInTheCalendar:
    def test_it_stands_on_every_page_of_dates(self, cast: Cast) -> None:
        keep(cast.dee, cast.ama, day=today(), at="23:30", place="Room 3")
        browser = Browser(cast.ama)
        for path in (
            "/",
            "/days/day/",
            "/days/week/",
            "/days/list/",
            f"/days/{cast.dee.pk}/",
            f"/people/{cast.dee.pk}/",
        ):
            assert "Meet with everybody who walks along" in text(browser.get(path)), path

    def test_its_time_is_busy_in_another_calendar(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.TODAY, lists=True) as entered:
            days.start_feed(entered, dues=[])
        row = keep(cast.dee, cast.ama, day=soon(3))
        assert Busy.objects.filter(due=date_of(row.pk)).count() == 1
        keep(cast.dee, cast.ama, row.pk, day="")
        assert not Busy.objects.exists()

    def test_saved_twice_and_written_on_it_is_one_date(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=soon(3))
        keep(cast.dee, cast.ama, row.pk, day=soon(3))
        keep(cast.dee, cast.ama, row.pk, day=soon(3), there="Dee, Kim", minutes=45)
        assert Due.objects.count() == 1
        assert look(cast.dee, cast.ama, dated(row)).minutes == 45

    def test_without_a_day_there_is_no_date(self, cast: Cast) -> None:
        keep(cast.dee, cast.ama, day="")
        assert not Due.objects.exists()

    def test_moved_on_its_page_the_date_moves_with_it(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=soon(3))
        keep(cast.dee, cast.ama, row.pk, day=soon(5), at="09:00", place="Room 4")
        seen = look(cast.dee, cast.ama, dated(row))
        assert (seen.day, seen.at, seen.place, seen.moved_from) == (soon(5), "9:00", "Room 4", [soon(3)])

    def test_let_go_of_and_given_another_day_it_is_open_again(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=soon(3))
        keep(cast.dee, cast.ama, row.pk, day="")
        assert str(look(cast.dee, cast.ama, dated(row)).ending.label) == "not this time"  # type: ignore[union-attr]
        assert notes(cast.dee, cast.ama) == []
        keep(cast.dee, cast.ama, row.pk, day=soon(9))
        assert (dated(row).is_open, dated(row).day) == (True, soon(9))

    def test_whoever_plans_it_sees_to_it_if_they_walk_along_and_otherwise_the_primary_worker(
        self, cast: Cast
    ) -> None:
        mine, bens = (keep(cast.dee, by, day=soon(3)) for by in (cast.ama, cast.ben))
        assert [dated(row).owner_id for row in (mine, bens)] == [cast.ama.person.pk] * 2

    def test_who_sees_to_it_now_still_does_when_somebody_else_writes_on(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=soon(3))
        keep(cast.dee, cast.ben, row.pk, day=soon(4), place="Room 4")
        assert dated(row).owner_id == cast.ama.person.pk

    def test_in_a_file_that_is_held_it_is_written_and_nobody_is_reminded(self, cast: Cast) -> None:
        Case.objects.filter(pk=cast.dee.pk).update(rests=True)
        row = keep(cast.dee, cast.ama, day=soon(3), summary="x")
        assert Conference.objects.get() == row
        assert not Due.objects.exists()


class TestItWas:
    def test_what_came_of_it_ends_its_date_and_counts_once(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=today(), at="00:01")
        told = {"invited": "there", "minutes": 50, "next": "Ask the school"}
        for _click in range(2):
            keep(cast.dee, cast.ama, row.pk, day=today(), at="00:01", **told)
        assert not dated(row).is_open
        assert [note["text"] for note in notes(cast.dee, cast.ama)] == ["Conference\nNext: Ask the school"]
        assert [(note.kind, note.minutes) for note in month(cast.ama)] == [("meeting", 50)]
        assert spoken(cast.dee, cast.ama)

    @pytest.mark.parametrize("invited", ["words", "chose", "not_yet", "invited", ""])
    def test_who_was_not_there_was_not_spoken_with(self, cast: Cast, invited: str) -> None:
        keep(cast.dee, cast.ama, day=today(), at="00:01", invited=invited, summary="We met.")
        assert [note["kind"] for note in notes(cast.dee, cast.ama)] == ["partner"]
        assert spoken(cast.dee, cast.ama) is None

    def test_what_is_prepared_beforehand_ends_nothing(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=soon(2), summary="We will talk about school.")
        assert dated(row).is_open
        assert notes(cast.dee, cast.ama) == []

    def test_ended_in_the_calendar_it_stays_so_whatever_is_written_on(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=today(), at="00:01")
        Browser(cast.ama).post(
            f"/days/{cast.dee.pk}/{date_of(row.pk)}/happened/", {"happened": "", "there": "meeting"}
        )
        keep(cast.dee, cast.ben, row.pk, day=today(), at="00:01", summary="We met.")
        assert len(notes(cast.dee, cast.ama)) == 1


class TestItsTwoPages:
    def test_they_lead_to_each_other_and_it_is_moved_on_one_of_them(self, cast: Cast) -> None:
        row = keep(cast.dee, cast.ama, day=soon(2))
        where, browser = f"/days/{cast.dee.pk}/{date_of(row.pk)}/", Browser(cast.ama)
        page = text(browser.get(where))
        assert f"/walking/{cast.dee.pk}/conferences/{row.pk}/" in page
        assert f"{where}move/" not in page
        change = browser.get(f"{where}change/")
        assert (change.status_code, change["Location"]) == (
            302, f"/walking/{cast.dee.pk}/conferences/{row.pk}/change/",
        )  # fmt: skip
        browser.post(f"{where}move/", {"day": soon(9).isoformat(), "version": "1"})
        assert dated(row).day == soon(2)

    def test_the_form_keeps_its_date(self, cast: Cast) -> None:
        asked = {"row_id": str(uuid4()), "version": "0", "day": timezone.localdate().isoformat(), "at": "23:00",
                 "minutes": "40", "agenda": "The school"}  # fmt: skip
        answer = Browser(cast.ama).post(f"/walking/{cast.dee.pk}/conferences/new/", asked)
        assert answer.status_code == 302
        seen = look(cast.dee, cast.ama, dated(Conference.objects.get()))
        assert (seen.day, seen.at, seen.minutes) == (today(), "23:00", 40)
