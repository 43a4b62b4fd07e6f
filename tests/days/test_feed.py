"""A calendar for other programs: "busy" and no word more; a stolen database tells not one of the times."""

import base64
import re
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.days import actions
from leeward.days.actions import When
from leeward.days.actions.feeding import Address, context, read_address
from leeward.days.models import Busy, Due, Feed
from leeward.days.pages import feed as pages
from leeward.days.words import span
from leeward.ui.logs import ShapeOnly
from leeward.vault.cipher import Key, KeyPair
from leeward.vault.scopes import Unreadable
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, booked, promise, soon, text, today
from tests.make import Worker

pytestmark = pytest.mark.django_db


def address_of(worker: Worker) -> str:
    """Make one, as its page does, and read it off the page."""
    page = text(Browser(worker).post("/days/feed/"))
    found = re.search(r"https://[\w.:]+(/days/busy/[\w-]+\.ics)", page)
    assert found, page[:2000]
    return found[1]


def plain(answer: object) -> str:
    """A page without the hidden values, which are masked anew or name the page itself."""
    return re.sub(r'value="[^"]*"', "", text(answer))


def times(address: str) -> list[tuple[datetime, datetime]]:
    answer = Browser().get(address)
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return sorted((event.decoded("dtstart"), event.decoded("dtend")) for event in events)


def clock(days: int, at: str, minutes: int) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(soon(days), time.fromisoformat(at)))
    return start, start + timedelta(minutes=minutes)


class TestWhatItShows:
    def test_the_times_at_which_i_am_busy(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, at="14:30", minutes=45)
        address = address_of(cast.ama)
        booked(cast.dee, cast.ama, day=soon(3), at="09:00", minutes=0)
        assert times(address) == [clock(1, "14:30", 45), clock(3, "09:00", 60)]

    def test_and_nothing_else(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, "Legal Aid", place="Elm Street 4", with_whom="Raquel")
        content = Browser().get(address_of(cast.ama)).content.decode()
        for word in (
            "Dee",
            "Legal",
            "Elm",
            "Raquel",
            "Ama",
            "leeward",
            str(cast.dee.pk),
            str(Due.objects.get().pk),
        ):
            assert word.lower() not in content.lower()
        assert re.findall(r"SUMMARY:(.*?)\r\n", content) == ["Busy"]
        fields = set(re.findall(r"^([A-Z]+)", content, re.MULTILINE))
        assert fields == {"BEGIN", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS",
                          "TRANSP", "END"}  # fmt: skip

    def test_promises_and_what_has_no_time_are_not_in_it(self, cast: Cast) -> None:
        address = address_of(cast.ama)
        promise(cast.dee, cast.ama)
        booked(cast.dee, cast.ama, at="")
        assert times(address) == []

    def test_it_follows_what_is_moved_ended_and_opened_again(self, cast: Cast) -> None:
        address = address_of(cast.ama)
        due = booked(cast.dee, cast.ama)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.move(file, due, when=When(soon(4), "08:00"), told="", version=1)
        assert times(address) == [clock(4, "08:00", 60)]
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.happened(file, due, how="not_now", told={})
        assert times(address) == []
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.again(file, due)
        assert len(times(address)) == 1

    def test_a_colleagues_appointments_are_in_the_colleagues(self, cast: Cast) -> None:
        mine, bens = address_of(cast.ama), address_of(cast.ben)
        due = booked(cast.dee, cast.ama)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.pass_on(file, who=cast.ama.person.pk, to=cast.ben.person.pk)
        assert Due.objects.get(pk=due.pk).owner == cast.ben.person
        assert (len(times(mine)), len(times(bens))) == (0, 1)

    def test_no_program_keeps_it_longer_than_it_must(self, cast: Cast) -> None:
        answer = Browser().get(address_of(cast.ama))
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Type"].startswith("text/calendar")


class TestTheAddress:
    def test_it_is_shown_once(self, cast: Cast) -> None:
        address = address_of(cast.ama)
        page = text(Browser(cast.ama).get("/days/feed/"))
        assert address not in page
        assert "An address is in use" in page

    def test_a_new_one_ends_the_old_one(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama)
        old = address_of(cast.ama)
        new = address_of(cast.ama)
        assert Browser().get(old).status_code == 404
        assert len(times(new)) == 1

    def test_it_can_be_stopped_and_nothing_is_left(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama)
        address = address_of(cast.ama)
        Browser(cast.ama).post("/days/feed/", {"stop": "yes"})
        assert Browser().get(address).status_code == 404
        assert not Busy.objects.exists()

    def test_one_that_is_none_of_ours_looks_like_any_page_that_is_not_there(self, cast: Cast) -> None:
        real = address_of(cast.ama)
        nowhere = plain(Browser().get("/days/nothing-is-here/"))
        for token in ("x", "x" * 64, "%00", "é", real.split("/")[-1][:-10] + "AAAAAA.ics"[:-4]):
            answer = Browser().get(f"/days/busy/{token}.ics")
            assert answer.status_code == 404, token
            assert plain(answer) == nowhere

    def test_no_log_holds_it(self, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
        token = address_of(cast.ama).split("/")[-1].removesuffix(".ics")
        Browser().get(f"/days/busy/{token}x.ics")
        lines = [
            line for record in caplog.records if ShapeOnly().filter(record) for line in [record.getMessage()]
        ]
        assert [line for line in lines if "/busy/" in line]
        assert not [line for line in lines if token in line]

    def test_half_of_it_finds_the_row_and_opens_nothing(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama)
        address = read_address(address_of(cast.ama).split("/")[-1].removesuffix(".ics"))
        assert address
        other = Address(address.number, Key.fresh())
        assert Browser().get(f"/days/busy/{other.token}.ics").status_code == 404

    def test_everybody_has_this_page_and_some_have_nothing_to_tell(self, cast: Cast) -> None:
        for role in Role:
            assert times(address_of(cast.somebody(role))) == []


class TestAThief:
    """Everything on disk is in the thief's hands; the address is not."""

    def test_nothing_on_disk_opens_the_times(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, at="14:30")
        address_of(cast.ama)
        feed, busy = Feed.objects.get(), Busy.objects.get()
        for secret in (bytes(feed.mark), bytes(feed.public)):
            with pytest.raises(Unreadable):
                KeyPair(secret).open(bytes(busy.sealed), context(busy.due_id))
            with pytest.raises(Unreadable):
                Address(b"", Key(secret)).pair.open(bytes(busy.sealed), context(busy.due_id))

    def test_no_half_of_the_address_is_on_disk(self, cast: Cast) -> None:
        token = address_of(cast.ama).split("/")[-1].removesuffix(".ics")
        raw = base64.urlsafe_b64decode(token + "==")
        found = b""
        with connection.cursor() as cursor:
            for table in ("days_feed", "days_busy", "staff_notebook", "access_line"):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
                found += b"".join(_bytes(cell) for row in cursor.fetchall() for cell in row)
        assert token.encode() not in found
        assert raw[:16] not in found
        assert raw[16:] not in found

    def test_all_seals_are_equally_long(self, cast: Cast) -> None:
        for at, minutes in (("08:00", 5), ("23:59", 1440), ("12:34", 0)):
            booked(cast.dee, cast.ama, at=at, minutes=minutes)
        address_of(cast.ama)
        assert len({len(bytes(busy.sealed)) for busy in Busy.objects.all()}) == 1

    def test_a_row_moved_to_another_date_opens_nothing(self, cast: Cast) -> None:
        one, other = booked(cast.dee, cast.ama), booked(cast.dee, cast.ama, day=soon(2), at="08:00")
        address = address_of(cast.ama)
        Busy.objects.filter(due=one).update(sealed=Busy.objects.get(due=other).sealed)
        assert times(address) == [clock(2, "08:00", 60)]


def _bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


class TestClosedDoors:
    def test_a_file_that_i_may_no_longer_see_is_not_told_anew(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama)
        Case.objects.update(team=cast.garden)
        assert times(address_of(cast.ama)) == []

    def test_what_was_before_today_is_not_told(self, cast: Cast) -> None:
        booked(cast.dee, cast.ama, day=today() - timedelta(days=2))
        with make.entering(cast.ama, Action.TODAY) as entered:
            assert pages.dues_to_tell(entered) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.binary(min_size=16, max_size=16), secret=st.binary(min_size=32, max_size=32))
def test_an_address_is_read_as_it_was_made(number: bytes, secret: bytes) -> None:
    address = Address(number, Key(secret))
    again = read_address(address.token)
    assert again
    assert (again.mark, again.pair.public) == (address.mark, address.pair.public)


@settings(max_examples=60)
@given(token=st.text(max_size=80))
def test_no_token_is_ever_a_fault(token: str) -> None:
    read_address(token)


def test_how_long_it_takes_when_nobody_said() -> None:
    start, end = span(soon(), {"at": "10:00"})
    assert end - start == timedelta(hours=1)
