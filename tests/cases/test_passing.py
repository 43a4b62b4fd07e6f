"""Contacts with people who may never come back: counted, with nothing else needed, and a way to begin when they do."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import Entry, Passing
from tests import make
from tests.attack.house import Browser
from tests.cases.meet import NEW, PASSING, form_on, hidden, met, send
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]

MAY = [
    Role.CASE_MANAGER,
    Role.SUPERVISOR,
    Role.PEER_SUPPORTER,
    Role.OUTREACH_WORKER,
    Role.SECONDED,
    Role.ADVOCATE,
]


def words(cast: Cast) -> list[dict[str, object]]:
    with make.entering(cast.ama, Action.MEET_IN_PASSING):
        return [dict(row.words) for row in Passing.objects.order_by("number")]


class TestCounting:
    def test_nothing_needs_an_answer(self, cast: Cast) -> None:
        assert send(Browser(cast.ama), PASSING).status_code == 302
        found = words(cast)
        assert [row["people"] for row in found] == [1]
        assert set(found[0]) == {"people", "at"}

    def test_what_was_told_is_kept_sealed(self, cast: Cast) -> None:
        told = {
            "people": "4",
            "where": "the bridge",
            "gave": "soup",
            "text": "Two asked for the number.",
            "minutes": "20",
        }
        send(Browser(cast.ama), PASSING, **told)
        assert words(cast)[0] == {**told, "people": 4, "minutes": 20, "at": words(cast)[0]["at"]}
        raw = Passing.objects.values().get()
        assert "soup" not in str(raw)

    def test_a_double_click_is_one_contact(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(PASSING)), "people": "3"}
        for _ in range(2):
            assert browser.post(PASSING, sent).status_code == 302
        assert Passing.objects.count() == 1

    def test_they_are_numbered_without_a_gap(self, cast: Cast) -> None:
        for _ in range(3):
            send(Browser(cast.ama), PASSING)
        assert sorted(Passing.objects.values_list("number", flat=True)) == [1, 2, 3]

    @pytest.mark.parametrize(
        "told",
        [
            {"people": "0"},
            {"people": "9999"},
            {"minutes": "-1"},
            {"at": "2999-01-01T10:00"},
            {"text": "w" * 9000},
        ],
    )
    def test_what_cannot_be_is_one_sentence_and_the_rest_stays(
        self, cast: Cast, told: dict[str, str]
    ) -> None:
        answer = send(Browser(cast.ama), PASSING, **{"where": "the bridge", **told})
        assert answer.status_code == 422
        assert "the bridge" in answer.content.decode()
        assert not Passing.objects.exists()


class TestTheList:
    def test_it_shows_the_latest_with_how_many_people_this_month(self, cast: Cast) -> None:
        long_ago = (timezone.localtime() - timedelta(days=70)).strftime("%Y-%m-%dT%H:%M")
        for people, at in (("4", ""), ("1", ""), ("30", long_ago)):
            send(Browser(cast.ama), PASSING, people=people, at=at)
        page = unescape(Browser(cast.ben).get(PASSING).content.decode())
        month = re.search(r"<strong>([^<]*)</strong>, met on ([^<]*)</span>", page)
        assert month
        assert month.groups() == ("5 people", "2 occasions")
        assert "30 people" in page

    def test_another_team_sees_none_of_it(self, cast: Cast) -> None:
        send(Browser(cast.ama), PASSING, where="the lighthouse")
        assert "lighthouse" not in Browser(cast.cyd).get(PASSING).content.decode()

    def test_one_line_for_looking(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        send(browser, PASSING)
        before = Line.objects.count()
        browser.get(PASSING)
        assert Line.objects.count() == before + 1

    def test_no_more_queries_for_more_contacts(self, cast: Cast) -> None:
        browser = Browser(cast.ama)

        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                browser.get(PASSING)
            return len(asked)

        send(browser, PASSING)
        few = queries()
        for _ in range(8):
            send(browser, PASSING)
        assert queries() == few


class TestWho:
    @pytest.mark.parametrize("role", Role)
    def test_only_those_who_meet_people(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).get(PASSING).status_code == (200 if role in MAY else 404)

    def test_a_team_that_is_not_theirs_cannot_be_counted_for(self, cast: Cast) -> None:
        assert send(Browser(cast.ama), PASSING, team=str(cast.garden.pk)).status_code == 422
        assert not Passing.objects.exists()

    def test_who_waits_for_keys_is_asked_for_a_team_and_gets_a_sentence(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        answer = send(Browser(waiting), PASSING, team=str(cast.harbor.pk))
        assert answer.status_code == 422
        assert not Passing.objects.exists()


class TestTheyCameBack:
    def test_a_file_begins_with_what_was_written_down(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        send(browser, PASSING, where="the bridge", text="Asked for shoes.")
        page = unescape(browser.get(PASSING).content.decode())
        link = re.search(r'href="(/people/new/\?passing=[^"]+)"', page)
        assert link
        form = unescape(form_on(browser.get(link[1])))
        assert "the bridge" in form
        assert "Asked for shoes." in form
        note = re.search(r'<textarea name="note"[^>]*>\s*(.*?)</textarea>', form, re.DOTALL)
        assert note
        case = met(browser.post(NEW, {**hidden(browser.get(NEW)), "name": "Moth", "note": note[1]}))
        with make.opening(case, cast.ama):
            assert "Asked for shoes." in Entry.objects.get(case=case).text

    @pytest.mark.parametrize("asked", ["x", "%00", "00000000-0000-0000-0000-000000000000", "another team's"])
    def test_a_number_that_is_not_theirs_begins_with_nothing(self, cast: Cast, asked: str) -> None:
        send(Browser(cast.cyd), PASSING, where="the lighthouse")
        number = str(Passing.objects.get().pk) if asked == "another team's" else asked
        answer = Browser(cast.ama).get(f"{NEW}?passing={number}")
        assert answer.status_code == 200
        assert "lighthouse" not in answer.content.decode()
