"""Meeting several people at once: a file for each, all or none, and none knows of another."""

# ruff: noqa: ANN401 - whatever a verb takes

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions.meeting import Told
from leeward.cases.models import (
    Bond,
    Case,
    Entry,
    Participant,
    WordSet,
    Wrap,
)
from leeward.cases.words.meeting import INVENTED, invented_names
from leeward.vault.scopes import Compartment
from tests import make
from tests.attack.house import Browser
from tests.cases.meet import GROUP, NEW, card, hidden, send, send_surely
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


class TestSeveral:
    def test_twelve_people_get_twelve_files_and_one_note_each(self, cast: Cast) -> None:
        answer = send(
            Browser(cast.ama), GROUP, count="12", called="Rosa\nLin", note="From the packing house."
        )
        assert answer.status_code == 302
        cases = list(Case.objects.exclude(pk=cast.dee.pk))
        assert len(cases) == 12
        names = {card(case, cast.ama)["name"] for case in cases}
        assert {"Rosa", "Lin"} <= names
        assert len(names) == 12
        assert sum(bool(re.fullmatch(r"Person \d+ of 12 · \w+", name)) for name in names) == 10
        for case in cases:
            with make.opening(case, cast.ama):
                entry = Entry.objects.get(case=case)
                assert entry.text == "From the packing house."
                assert entry.facts["group"] == 12
        with make.entering(cast.ama, Action.SEE_CARD, lists=True) as entered:
            from leeward.cases.models import CaseList  # noqa: PLC0415

            entered.look_through(
                CaseList(cases), Action.DAYS, frozenset({Compartment.NOTES, Compartment.FACTS})
            )
            once = [not entry.facts["counted_elsewhere"] for entry in Entry.objects.filter(case__in=cases)]
        assert once.count(True) == 1

    def test_a_double_click_makes_twelve_and_not_twenty_four(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(GROUP)), "count": "12", "note": "From the packing house."}
        for _ in range(2):
            assert browser.post(GROUP, sent).status_code == 302
        assert Case.objects.exclude(pk=cast.dee.pk).count() == 12
        assert Entry.objects.count() == 12
        assert Wrap.objects.values("key").distinct().count() == 13

    def test_no_file_knows_of_another(self, cast: Cast) -> None:
        send(Browser(cast.ama), GROUP, count="3", called="Rosa\nLin\nSelam", note="From the farm.", tie="on")
        cases = list(Case.objects.exclude(pk=cast.dee.pk))
        everybody = {"Rosa", "Lin", "Selam"}
        numbers = {str(case.pk) for case in cases}
        for case in cases:
            with make.opening(case, cast.ama):
                own = Participant.objects.get(case=case).card["name"]
                tie = Bond.objects.get(case=case).about
                said = f"{tie} {Entry.objects.get(case=case).text} {WordSet.objects.get(case=case).words}"
            assert tie["kind"] == "together"
            assert not any(name.casefold() in said.casefold() for name in everybody - {own})
            assert not any(number in said for number in numbers)

    def test_that_they_came_together_is_kept_only_if_wanted(self, cast: Cast) -> None:
        send(Browser(cast.ama), GROUP, count="3", note="From the farm.")
        assert not Bond.objects.exists()

    def test_one_line_names_all_of_them(self, cast: Cast) -> None:
        send(Browser(cast.ama), GROUP, count="4")
        line = Line.objects.filter(action=Action.START_CASE).latest("seq")
        assert len(line.things) == 4

    def test_all_of_them_or_none(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        from leeward.cases.actions import meeting  # noqa: PLC0415

        whole, seen = meeting._save, []

        def breaks(*args: Any) -> None:
            seen.append(args)
            if len(seen) == 7:
                raise RuntimeError("the power went out")
            whole(*args)

        monkeypatch.setattr(meeting, "_save", breaks)
        assert send(Browser(cast.ama), GROUP, count="12", note="From the farm.").status_code == 500
        assert len(seen) == 7
        assert Case.objects.count() == 1
        assert not Entry.objects.exists()

    @pytest.mark.parametrize(
        ("count", "called"),
        [("1", ""), ("41", ""), ("-3", ""), ("x", ""), ("2", "Rosa\nLin\nSelam"), ("2", "R" * 90)],
    )
    def test_a_number_that_cannot_be_is_one_sentence(self, cast: Cast, count: str, called: str) -> None:
        answer = send(Browser(cast.ama), GROUP, count=count, called=called, note="From the farm.")
        assert answer.status_code == 422
        assert "From the farm." in answer.content.decode()
        assert Case.objects.count() == 1

    def test_somebody_of_them_who_is_known_is_shown_first(self, cast: Cast) -> None:
        answer = send(Browser(cast.ama), GROUP, count="3", called="Dee")
        assert answer.status_code == 422
        assert "Perhaps you know them already" in answer.content.decode()
        assert send_surely(Browser(cast.ama), GROUP, count="3", called="Dee").status_code == 302

    def test_invented_names_are_quiet_words_and_the_same_for_the_same_group(self) -> None:
        group = uuid4()
        assert invented_names(group, 12) == invented_names(group, 12)
        assert len(set(invented_names(group, 40))) == 40
        assert len(INVENTED) == len(set(INVENTED)) >= 60

    def test_it_takes_no_more_looking_up_for_more_people_of_the_team(self, cast: Cast) -> None:
        browser = Browser(cast.ama)

        def queries() -> int:
            sent = {**hidden(browser.get(NEW)), "name": "Dee", "number": "555 010 7788"}
            with CaptureQueriesContext(connection) as asked:
                assert browser.post(NEW, sent).status_code == 422
            return len(asked)

        few = queries()
        for number in range(15):
            make.a_case(by=cast.ama, name=f"Dee {number}")
        assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_group(cast: Cast) -> None:
    together, group_id = threading.Barrier(2), uuid4()
    told = [Told({"name": name}, note="From the farm.", group=12) for name in invented_names(group_id, 12)]

    def click(_: int) -> list[Any]:
        try:
            with make.entering(cast.ama, Action.START_CASE) as entered:
                together.wait()
                met = actions.meet_group(entered, team=cast.harbor, group_id=group_id, told=told)
                return [case.pk for case in met]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert first == second
    assert Case.objects.exclude(pk=cast.dee.pk).count() == 12
    assert Entry.objects.count() == 12
