"""Today: the day in its order, promises until Sunday and older ones, who waits, and what changed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.actions import Asked
from leeward.desk.pages import changes
from leeward.desk.pages import today as pages
from leeward.safety import actions as safety
from leeward.safety.models import Crisis, Missing
from leeward.signin.models import SignIn
from leeward.staff.models import Absence, Shift, Team
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days import agreed
from tests.make import Worker

pytestmark = pytest.mark.django_db

#: A Wednesday, so that the week goes on and has begun.
WEDNESDAY = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def today(worker: Worker, since: datetime | None = None) -> dict[str, Any]:
    """The desk, with its titles read while it is open."""
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        shown = pages.today(entered, since)
        read = {part: [look.title for look in shown[part]] for part in ("day", "promises", "todos")}
        written = [(one.entry.author.name, one.text) for one in shown["written"]]
        nights = [(night.author, night.done) for night in shown["nights"]]
        kept = [(look.title, look.words.get("told")) for look in shown["kept"]]
        return {**shown, **read, "written": written, "nights": nights, "kept": kept}


@pytest.fixture
def wednesday(cast: Cast) -> Any:  # noqa: ANN401 - the traveller stops the clock while it lives
    with time_machine.travel(max(WEDNESDAY, _next_wednesday())) as traveller:
        yield traveller


def _next_wednesday() -> datetime:
    now = timezone.now()
    ahead = (2 - now.weekday()) % 7 or 7
    return (now + timedelta(days=ahead)).replace(hour=9, minute=30)


def on(day: int) -> date:
    """A day of this week: Monday is 0."""
    now = timezone.localdate()
    return now + timedelta(days=day - now.weekday())


@pytest.mark.usefixtures("wednesday")
class TestTheDay:
    def test_appointments_stand_in_their_order_those_of_other_days_do_not(self, cast: Cast) -> None:
        for text, at in (("Lunch", "13:00"), ("Court", "9:30"), ("Phone", "16:30")):
            agreed.booked(cast.dee, cast.ama, text, day=on(2), at=at.zfill(5))
        agreed.booked(cast.dee, cast.ama, "Tomorrow", day=on(3))
        assert today(cast.ama)["day"] == ["Court", "Lunch", "Phone"]

    def test_an_appointment_of_yesterday_waits_for_a_word_on_how_it_went(self, cast: Cast) -> None:
        agreed.booked(cast.dee, cast.ama, "Clinic", day=on(1))
        shown = today(cast.ama)
        assert (shown["day"], shown["todos"]) == ([], ["Clinic"])

    def test_promises_until_sunday_and_those_still_open_from_before(self, cast: Cast) -> None:
        for text, day in (
            ("Sunday", on(6)),
            ("Monday after", on(7)),
            ("Last week", on(-3)),
            ("Today", on(2)),
        ):
            agreed.promise(cast.dee, cast.ama, text, day=day)
        assert today(cast.ama)["promises"] == ["Last week", "Today", "Sunday"]

    def test_things_to_do_stand_apart_from_promises(self, cast: Cast) -> None:
        agreed.todo(cast.dee, cast.ama, "Fill the form", day=on(4))
        agreed.promise(cast.dee, cast.ama, "Call", day=on(4))
        shown = today(cast.ama)
        assert (shown["promises"], shown["todos"]) == (["Call"], ["Fill the form"])

    @pytest.mark.usefixtures("pages")
    @pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.PEER_SUPPORTER])
    def test_something_to_do_is_added_from_here_always(self, cast: Cast, role: Role) -> None:
        browser = Browser(cast.somebody(role))
        (link,) = re.findall(r'href="(/days/mine/new/[^"]*)"', agreed.text(browser.get("/")))
        said = {"due_id": str(uuid4()), "text": "Renew my licence", "day": str(on(4))}
        assert browser.post(link, said)["Location"] == "/"
        assert "Renew my licence" in agreed.text(browser.get("/"))

    def test_what_was_kept_just_now_stands_there_with_how_it_went(self, cast: Cast) -> None:
        for text in ("Ask about the dog", "Still open"):
            agreed.promise(cast.dee, cast.ama, text, day=on(2))
        kept = agreed.promise(cast.dee, cast.ama, "Ask the shelter", day=on(1))
        let_go = agreed.promise(cast.dee, cast.ama, "No longer wanted", day=on(1))
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.keep(file, kept, told="They said yes.")
            days.release(file, let_go)
        shown = today(cast.ama)
        assert shown["kept"] == [("Ask the shelter", "They said yes.")]
        assert set(shown["promises"]) == {"Ask about the dog", "Still open"}
        assert today(cast.ama, timezone.now())["kept"] == []

    def test_a_colleagues_promises_are_theirs(self, cast: Cast) -> None:
        agreed.promise(cast.dee, cast.ama, "Call", day=on(2))
        assert today(cast.ben)["promises"] == []

    def test_who_covers_keeps_them_while_the_colleague_is_away(self, cast: Cast) -> None:
        agreed.promise(cast.dee, cast.ama, "Call", day=on(2))
        Absence.objects.create(person=cast.ama.person, since=on(2), until=on(4), cover=cast.ben.person)
        shown = today(cast.ben)
        assert shown["promises"] == ["Call"]
        assert [one.absence.person for one in shown["waiting"].covers.for_others] == [cast.ama.person]

    @pytest.mark.usefixtures("pages")
    def test_each_number_in_the_greeting_stands_over_exactly_its_rows(self, cast: Cast) -> None:
        for number in range(3):
            agreed.booked(cast.dee, cast.ama, f"Date {number}", day=on(2), at=f"1{number}:00")
        for number in range(2):
            agreed.promise(cast.dee, cast.ama, f"Promise {number}", day=on(3))
        page = agreed.text(Browser(cast.ama).get("/"))
        assert '<a href="#day">3 appointments</a>' in page
        assert '<a href="#promises">2 promises this week</a>' in page
        for anchor, rows in (("day", 3), ("promises", 2)):
            section = page.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]
            assert section.count('<li class="row') == rows


class TestWhatIsEmptyIsHidden:
    @pytest.mark.usefixtures("pages")
    def test_a_quiet_day_has_no_empty_boxes(self, cast: Cast) -> None:
        page = agreed.text(Browser(cast.ama).get("/"))
        for words in ("Your day", "Promises", "To do", "Waiting for an answer", "Since", "appointment"):
            assert f">{words}" not in page
        assert "Your people" in page


class TestWhoWaits:
    def ask(self, by: Worker, team: Team) -> None:
        with make.entering(by, Action.TAKE_REQUESTS, lists=True) as entered:
            words = {"who": "Harbor Clinic", "text": "asks for Friday", "since": timezone.now().isoformat()}
            days.take_ask(entered, Asked(ask_id=uuid4(), team=team.pk, words=words))  # type: ignore[arg-type]

    def test_the_whole_team_sees_who_waits_and_no_other_team(self, cast: Cast) -> None:
        self.ask(cast.ben, cast.harbor)
        assert [look.who for look in today(cast.ama)["asks"]] == ["Harbor Clinic"]
        assert today(cast.cyd)["asks"] == []


class TestWhatChanged:
    def test_a_note_by_a_colleague_since_i_was_here(self, cast: Cast) -> None:
        since = timezone.now()
        make.an_entry(cast.dee, by=cast.ben, text="Dee came by.")
        assert today(cast.ama, since)["written"] == [("Ben", "Dee came by.")]

    def test_my_own_note_is_no_news_and_hides_none_before_it(self, cast: Cast) -> None:
        since = timezone.now()
        make.an_entry(cast.dee, by=cast.ama)
        assert today(cast.ama, since)["written"] == []
        make.an_entry(cast.dee, by=cast.ben, text="Dee came by.")
        make.an_entry(cast.dee, by=cast.ama)
        assert today(cast.ama, since)["written"] == [("Ben", "Dee came by.")]

    def test_what_was_written_before_i_was_last_here_is_no_news(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ben)
        assert today(cast.ama, timezone.now())["written"] == []

    def test_somebody_elses_people_are_no_news_of_mine(self, cast: Cast) -> None:
        since = timezone.now()
        make.an_entry(cast.dee, by=cast.ben)
        assert today(cast.somebody(Role.CASE_MANAGER), since)["written"] == []

    def test_the_last_sign_in_says_since_when(self, cast: Cast) -> None:
        now = timezone.now()
        for days_ago in (1, 3):
            row = SignIn(person=cast.ama.person, id_hash=uuid4().bytes * 2, proof=bytes(32), boot=bytes(8))
            row.started_at = row.last_seen = now - timedelta(days=days_ago)
            row.save(force_insert=True)
        assert changes.last_here(cast.ama.person.pk, now) == now - timedelta(days=1)
        assert changes.last_here(cast.ben.person.pk, now) is None

    @pytest.mark.parametrize(("day", "back"), [("2026-11-23", 3), ("2026-11-24", 1), ("2026-11-28", 1)])
    def test_nobody_knows_when_so_it_is_the_last_working_day(self, day: str, back: int) -> None:
        with time_machine.travel(f"{day}T10:00:00Z"):
            assert changes.a_working_day_ago().date() == date.fromisoformat(day) - timedelta(days=back)

    def test_what_was_done_at_night_until_somebody_has_read_it(self, cast: Cast) -> None:
        on_call = cast.somebody(Role.ON_CALL)
        with make.opening(cast.dee, on_call, Action.CRISIS) as file:
            words = {"kind": "call", "done": "Counted green things together."}
            note = safety.write_night(file, note_id=uuid4(), at=timezone.now(), words=words)  # type: ignore[arg-type]
        assert today(cast.ama)["nights"] == [(on_call.person.name, "Counted green things together.")]
        assert today(on_call)["nights"] == today(cast.cyd)["nights"] == []
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            safety.night_seen(file, note=note)
        assert today(cast.ama)["nights"] == []

    def test_a_hand_over_that_nobody_answers_rises_to_the_supervisor(self, cast: Cast) -> None:
        row = HandOver.objects.create(case=cast.dee, giver=cast.ama.person, taker=cast.ben.person)
        assert today(cast.ben)["unanswered"] == 0
        HandOver.objects.filter(pk=row.pk).update(offered_on=timezone.localdate() - timedelta(days=2))
        assert (today(cast.ben)["unanswered"], today(cast.ama)["unanswered"]) == (1, 0)

    def test_a_colleague_asks_me_to_take_their_shift(self, cast: Cast) -> None:
        now = timezone.now()
        Shift.objects.create(
            person=cast.ben.person, since=now, until=now + timedelta(hours=9), offered_to=cast.ama.person
        )
        assert [shift.person for shift in today(cast.ama)["swaps"]] == [cast.ben.person]


class TestFirst:
    def going(self, cast: Cast, model: type[Crisis | Missing]) -> None:
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            if model is Crisis:
                safety.begin_crisis(file, crisis_id=uuid4())
            else:
                safety.begin_missing(file, missing_id=uuid4(), words={"since": timezone.now().isoformat()})

    @pytest.mark.parametrize("model", [Crisis, Missing])
    def test_what_is_open_stands_first_for_who_walks_along_looks_after_or_is_on_call(
        self, cast: Cast, model: type[Crisis | Missing]
    ) -> None:
        self.going(cast, model)
        for worker in (cast.ama, cast.ben, cast.somebody(Role.ON_CALL)):
            assert [one.case for one in today(worker)["going"]] == [cast.dee]
        for worker in (cast.cyd, cast.somebody(Role.CASE_MANAGER), cast.somebody(Role.FRONT_DESK)):
            assert today(worker)["going"] == []

    def test_who_is_on_call_is_told_until_when(self, cast: Cast) -> None:
        on_call = cast.somebody(Role.ON_CALL)
        assert today(on_call)["shift"].person == on_call.person
        assert today(cast.ama)["shift"] is None

    @pytest.mark.usefixtures("pages")
    def test_the_page_of_who_is_on_call_has_the_sheet_and_nothing_of_the_notes(self, cast: Cast) -> None:
        self.going(cast, Crisis)
        make.an_entry(cast.dee, by=cast.ama, text="The lighthouse.")
        page = agreed.text(Browser(cast.somebody(Role.ON_CALL)).get("/"))
        assert f'href="{reverse("safety:night_sheet")}"' in page
        assert "A crisis is open" in page
        assert "lighthouse" not in page


def filled(cast: Cast, people: int) -> None:
    """Some more people, each with something of every sort."""
    now = timezone.localdate()
    for number in range(people):
        case = make.a_case(by=cast.ama, name=f"Somebody {number}")
        agreed.promise(case, cast.ama, day=now)
        agreed.todo(case, cast.ama, day=now)
        agreed.booked(case, cast.ama, day=now)
        agreed.in_court(case, cast.ama, day=now)
        make.an_entry(case, by=cast.ben)


def count(worker: Worker, look: Callable[[Worker], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        look(worker)
    return len(asked)


@pytest.mark.slow
def test_the_number_of_queries_is_the_same_for_ten_and_for_a_hundred(cast: Cast) -> None:
    filled(cast, 9)
    few = count(cast.ama, today)
    filled(cast, 90)
    assert count(cast.ama, today) == few


def test_one_line_in_the_trail_names_everybody_whose_card_is_shown(cast: Cast) -> None:
    filled(cast, 2)
    theirs = make.a_case(by=cast.ben, name="Covered")
    agreed.promise(theirs, cast.ben, day=timezone.localdate())
    day = timezone.localdate()
    Absence.objects.create(person=cast.ben.person, since=day, until=day, cover=cast.ama.person)
    before = Line.objects.count()
    today(cast.ama)
    assert Line.objects.count() == before + 1
    assert set(Line.objects.order_by("-seq")[0].things) == {
        str(pk) for pk in Case.objects.values_list("pk", flat=True)
    }
