"""What colleagues did for those whom I walk with, since I was last here: told on the desk, and nowhere else."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import reach
from leeward.cases.models import CareTeamMember, Case, Glance, Wall, Way
from leeward.days import actions as days
from leeward.days.actions import Agreed
from leeward.days.actions.ending import When
from leeward.days.models import Due
from leeward.desk.pages import today as pages
from leeward.staff.models import Absence
from tests import make
from tests.attack.house import Browser
from tests.cases.joined import join, page
from tests.cast import Cast
from tests.days import agreed
from tests.make import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def since() -> datetime:
    return timezone.now()


def seen(worker: Worker, since: datetime | None) -> dict[str, Any]:
    """What the desk tells of colleagues, read while it is open."""
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        shown = pages.today(entered, since)
        name: Callable[[Any], str] = lambda one: one.case.participant.card["name"]  # noqa: E731
        return {
            "written": [(one.entry.author.name, name(one), one.text) for one in shown["written"]],
            "reached": [(one.who, name(one)) for one in shown["reached"]],
            "moved": [(one.who, name(one), one.due.kind, one.due.day) for one in shown["moved"]],
        }


#: What stands among the notes about a date in court: when and by whom it was moved or ended, nothing else.
STAMPS = {"moved_at", "moved_by", "ended", "ended_at", "ended_by"}
NOTHING: dict[str, Any] = {"written": [], "reached": [], "moved": []}


def code_word(case: Case, by: Worker, word: str = "pineapple", version: int = 0) -> None:
    with make.opening(case, by, Action.CHANGE_REACH) as file:
        reach.change_reach(file, facts={"code_word": word}, version=version)


def number(case: Case, by: Worker, value: str = "555-0142") -> Way:
    with make.opening(case, by, Action.CHANGE_REACH) as file:
        return reach.keep_way(file, row_id=uuid4(), facts={"kind": "phone", "value": value}, version=0)


def moved(due: Due, by: Worker, to: date) -> None:
    with make.opening(Case.objects.get(dues=due), by, Action.DAYS) as file:
        version = Due.objects.get(pk=due.pk).version
        days.move(file, due, when=When(to, "10:00"), told="said so", version=version)


class TestNotes:
    def test_one_under_a_later_one_of_my_own_is_told(self, cast: Cast, since: datetime) -> None:
        make.an_entry(cast.dee, by=cast.ben, text="Dee came by.")
        for _ in range(3):
            make.an_entry(cast.dee, by=cast.ama)
        assert seen(cast.ama, since)["written"] == [("Ben", "Dee", "Dee came by.")]

    def test_all_of_them_the_newest_first(self, cast: Cast, since: datetime) -> None:
        linh = make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name="Linh")
        for by, text in ((cast.ben, "first"), (linh, "then"), (cast.ben, "last")):
            make.an_entry(cast.dee, by=by, text=text)
        assert [text for _, _, text in seen(cast.ama, since)["written"]] == ["last", "then", "first"]

    def test_those_from_before_are_no_news_beside_a_new_one(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ben, text="before")
        since = timezone.now()
        make.an_entry(cast.dee, by=cast.ben, text="after")
        assert [text for _, _, text in seen(cast.ama, since)["written"]] == ["after"]

    def test_one_that_was_damaged_keeps_the_others_from_nothing(self, cast: Cast, since: datetime) -> None:
        make.an_entry(cast.dee, by=cast.ben, text="whole")
        broken = make.an_entry(cast.dee, by=cast.ben, text="broken")
        with connection.cursor() as cursor:
            value = broken.pk if connection.vendor == "postgresql" else broken.pk.hex
            cursor.execute("UPDATE cases_entry SET facts = %s WHERE id = %s", [b"nothing of ours" * 9, value])
        assert [text for _, _, text in seen(cast.ama, since)["written"]] == ["whole"]

    def test_one_that_came_from_elsewhere_hides_none_before_it(self, cast: Cast, since: datetime) -> None:
        make.an_entry(cast.dee, by=cast.ben, text="new")
        came = make.an_entry(cast.dee, by=cast.ama, text="of last month")
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY):
            came.facts = {**came.facts, "written_at": (since - timedelta(days=30)).isoformat()}
            came.came_from = uuid4()
            came.save(update_fields=["facts", "came_from"])
        assert [text for _, _, text in seen(cast.ama, since)["written"]] == ["new"]


class TestWhoHears:
    def told(self, worker: Worker, since: datetime) -> bool:
        """Whether somebody hears of all three; some of them would be a fault."""
        heard = seen(worker, since)
        parts = [bool(heard[part]) for part in NOTHING]
        assert all(parts) or not any(parts), heard
        return all(parts)

    @pytest.fixture
    def _done(self, cast: Cast, since: datetime) -> None:  # noqa: ARG002 - after it
        linh = make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name="Linh")
        make.an_entry(cast.dee, by=linh)
        code_word(cast.dee, linh)
        moved(agreed.booked(cast.dee, cast.ama), linh, agreed.soon(5))

    @pytest.mark.usefixtures("_done")
    def test_whoever_carries_backs_up_or_walks_along(self, cast: Cast, since: datetime) -> None:
        backup, along, peer, other = (
            cast.somebody(role)
            for role in (Role.CASE_MANAGER, Role.CASE_MANAGER, Role.PEER_SUPPORTER, Role.CASE_MANAGER)
        )
        Case.objects.filter(pk=cast.dee.pk).update(backup=backup.person)
        for worker in (along, peer):
            CareTeamMember.objects.create(case=cast.dee, person=worker.person)
        assert [self.told(worker, since) for worker in (cast.ama, backup, along, peer)] == [True] * 4
        assert not self.told(other, since)

    @pytest.mark.usefixtures("_done")
    def test_whoever_covers_while_the_colleague_is_away(self, cast: Cast, since: datetime) -> None:
        cover, day = cast.somebody(Role.CASE_MANAGER), timezone.localdate()
        away = Absence.objects.create(person=cast.ama.person, since=day, until=day, cover=cover.person)
        assert self.told(cover, since)
        away.delete()
        assert not self.told(cover, since)

    @pytest.mark.usefixtures("_done")
    def test_nobody_behind_a_wall_nor_of_a_file_that_is_closed_or_held(
        self, cast: Cast, since: datetime
    ) -> None:
        along = cast.somebody(Role.CASE_MANAGER)
        CareTeamMember.objects.create(case=cast.dee, person=along.person)
        assert self.told(along, since)
        Wall.objects.create(case=cast.dee, person=along.person)
        assert not self.told(along, since)
        for change in ({"is_open": False}, {"is_open": True, "rests": True}):
            Case.objects.filter(pk=cast.dee.pk).update(**change)
            assert not self.told(cast.ama, since)

    @pytest.mark.usefixtures("_done")
    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.ON_CALL])
    def test_no_role_that_reads_no_notes(self, cast: Cast, since: datetime, role: Role) -> None:
        worker = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=worker.person)
        assert not self.told(worker, since)

    @pytest.mark.usefixtures("_done")
    def test_nothing_of_it_is_news_later(self, cast: Cast) -> None:
        assert not self.told(cast.ama, timezone.now())


class TestHowToReachThem:
    @pytest.mark.parametrize("change", [code_word, number])
    def test_whatever_a_colleague_changed(self, cast: Cast, since: datetime, change: Any) -> None:  # noqa: ANN401
        change(cast.dee, cast.ben)
        assert seen(cast.ama, since) == {**NOTHING, "reached": [("Ben", "Dee")]}
        assert seen(cast.ben, since) == NOTHING

    def test_a_way_that_ended(self, cast: Cast) -> None:
        way, since = number(cast.dee, cast.ama), timezone.now()
        assert seen(cast.ama, since) == NOTHING
        with make.opening(cast.dee, cast.ben, Action.CHANGE_REACH) as file:
            reach.end_way(file, way=way)
        assert seen(cast.ama, since)["reached"] == [("Ben", "Dee")]

    def test_what_i_changed_after_i_have_seen(self, cast: Cast, since: datetime) -> None:
        code_word(cast.dee, cast.ben)
        number(cast.dee, cast.ama)
        assert seen(cast.ama, since)["reached"] == []

    def test_a_form_in_which_nothing_was_changed_is_no_news(self, cast: Cast) -> None:
        code_word(cast.dee, cast.ama)
        since = timezone.now()
        code_word(cast.dee, cast.ben, version=1)
        assert seen(cast.ama, since)["reached"] == []

    def test_a_note_that_is_written_after_leaves_it_there(self, cast: Cast, since: datetime) -> None:
        code_word(cast.dee, cast.ben)
        make.an_entry(cast.dee, by=cast.ama)
        assert seen(cast.ama, since)["reached"] == [("Ben", "Dee")]


class TestAnotherDay:
    def test_a_date_or_a_promise_that_was_moved(self, cast: Cast, since: datetime) -> None:
        day = agreed.soon(5)
        moved(agreed.booked(cast.dee, cast.ama), cast.ben, day)
        moved(agreed.promise(cast.dee, cast.ama), cast.ben, day)
        told = [("Ben", "Dee", "promise", day), ("Ben", "Dee", "appointment", day)]
        assert seen(cast.ama, since) == {**NOTHING, "moved": told}
        assert seen(cast.ben, since)["moved"] == []

    def test_a_to_do_is_its_owners(self, cast: Cast, since: datetime) -> None:
        moved(agreed.todo(cast.dee, cast.ama), cast.ben, agreed.soon(5))
        assert seen(cast.ama, since)["moved"] == []

    def test_a_form_in_which_another_day_was_chosen(self, cast: Cast, since: datetime) -> None:
        due, day = agreed.booked(cast.dee, cast.ama), agreed.soon(6)
        for chosen, told in ((due.day, 0), (day, 1)):
            with make.opening(cast.dee, cast.ben, Action.DAYS) as file:
                version = Due.objects.get(pk=due.pk).version
                days.change(file, due, version=version, agreed=Agreed(day=chosen, words={"text": "Clinic"}))
            assert len(seen(cast.ama, since)["moved"]) == told

    def test_one_in_court_moved_or_continued_without_a_word_of_it(self, cast: Cast, since: datetime) -> None:
        due = agreed.in_court(cast.dee, cast.ama)
        moved(due, cast.ben, agreed.soon(5))
        assert len(seen(cast.ama, since)["moved"]) == 1
        with make.opening(cast.dee, cast.ben, Action.DAYS) as file:
            days.continued(file, due, due_id=uuid4(), when=When(agreed.soon(30)))
        assert [day for _, _, _, day in seen(cast.ama, since)["moved"]] == [agreed.soon(30)]
        with make.opening(cast.dee, cast.ama, Action.DAYS):
            assert all(set(row.words or {}) <= STAMPS for row in Due.objects.filter(case=cast.dee))

    def test_what_has_ended_is_no_news(self, cast: Cast, since: datetime) -> None:
        due = agreed.promise(cast.dee, cast.ama)
        moved(due, cast.ben, agreed.soon(5))
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.keep(file, due)
        assert seen(cast.ama, since)["moved"] == []


class TestThePage:
    @pytest.mark.usefixtures("pages")
    def test_each_is_one_sentence_that_leads_there(self, cast: Cast) -> None:
        due = agreed.booked(cast.dee, cast.ama)
        moved(due, cast.ben, agreed.soon(5))
        code_word(cast.dee, cast.ben)
        text = agreed.text(Browser(cast.ama).get("/"))
        dee = "<strong><bdi>Dee</bdi></strong>"
        assert f'/{cast.dee.pk}/{due.pk}/"><strong>Ben</strong> moved a date of {dee}' in text
        assert f'/people/{cast.dee.pk}/reach/"><strong>Ben</strong> changed how to reach {dee}' in text
        assert "pineapple" not in text

    def test_the_line_names_those_who_are_shown_and_nobody_else(self, cast: Cast, since: datetime) -> None:
        quiet, news = (make.a_case(by=cast.ben, name=name) for name in ("Quiet", "News"))
        Case.objects.filter(pk__in=[quiet.pk, news.pk]).update(backup=cast.ama.person)
        make.an_entry(news, by=cast.ben)
        before = Line.objects.latest("seq").seq
        seen(cast.ama, since)
        lines = [line.things for line in Line.objects.filter(seq__gt=before)]
        assert [set(things) for things in lines] == [{str(cast.dee.pk), str(news.pk)}]


def test_more_people_and_more_news_ask_no_more_of_the_database(cast: Cast, since: datetime) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            seen(cast.ama, since)
        return len(asked)

    def some(people: int) -> None:
        for _ in range(people):
            case = make.a_case(by=cast.ama)
            make.an_entry(case, by=cast.ben)
            make.an_entry(case, by=cast.ama)
            code_word(case, cast.ben)
            moved(agreed.booked(case, cast.ama), cast.ben, agreed.soon(5))

    some(1)
    few = queries()
    some(7)
    assert queries() == few


def test_the_stamp_is_none_of_the_answers_when_two_files_become_one(cast: Cast) -> None:
    fay = make.a_case(by=cast.ama, name="Fay")
    for case in (cast.dee, fay):
        code_word(case, cast.ama)
    join(cast, cast.dee, fay)
    assert set(page(cast.dee, cast.ama, Glance)) == {"reach_at", "reach_by"}
