"""Meeting somebody: a name is enough, one person or twelve, once however often it is clicked."""

# ruff: noqa: ANN401 - whatever a verb takes

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import (
    Bond,
    Case,
    Draft,
    Entry,
    Glance,
    Identity,
    Known,
    Participant,
    Way,
    WordSet,
    Wrap,
)
from leeward.cases.words.meeting import INVENTED, invented_names
from leeward.staff.models import Membership
from leeward.vault import wordset
from leeward.vault.scopes import Compartment
from tests import make
from tests.attack.house import Browser
from tests.cases.meet import GROUP, NEW, card, form_on, hidden, met, send, send_surely
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


class TestOnePerson:
    def test_a_name_is_enough_and_three_actions(self, cast: Cast) -> None:
        """Open the page, type, press the button."""
        case = met(send(Browser(cast.ama), name="Moth"))
        assert case.primary == cast.ama.person
        assert set(card(case, cast.ama)) == {"name", "since"}
        assert not Entry.objects.filter(case=case).exists()

    def test_the_page_has_one_field_that_needs_an_answer(self, cast: Cast) -> None:
        page = form_on(Browser(cast.ama).get(NEW))
        assert re.findall(r'name="(\w+)"[^>]* required', page) == ["name"]
        assert "victim" not in page.casefold()
        assert "traffick" not in page.casefold()

    def test_what_happened_is_their_first_note(self, cast: Cast) -> None:
        case = met(
            send(Browser(cast.ama), name="Moth", note="At the bus station, with a suitcase.", kind="visit")
        )
        with make.opening(case, cast.ama):
            entry = Entry.objects.get(case=case)
            assert (entry.number, entry.text) == (1, "At the bus station, with a suitcase.")
            assert entry.facts["kind"] == "visit"
            assert (entry.tally or {})["kind"] == "visit"
            assert Glance.objects.get(case=case).words["contact_kind"] == "visit"
            assert {"suitcase", "moth", "\tmoth"} <= wordset.unpack(WordSet.objects.get(case=case).words)
        assert Case.objects.get(pk=case.pk).last_number == 1
        assert make.an_entry(case, by=cast.ama).number == 2

    def test_more_that_was_told_goes_where_it_belongs(self, cast: Cast) -> None:
        more = {"number": "555 010 7788", "legal_name": "Maria Solis", "born_on": "2001-02-03"}
        case = met(send(Browser(cast.ama), name="Moth", **more))
        with make.opening(case, cast.ama):
            assert Way.objects.get(case=case).about["value"] == "555 010 7788"
            assert Identity.objects.get(case=case).words == {
                "legal_name": "Maria Solis",
                "born_on": "2001-02-03",
            }
            assert len(Known.objects.get(case=case).marks) >= 3
        peer = cast.somebody(Role.OUTREACH_WORKER)
        Case.objects.filter(pk=case.pk).update(primary=peer.person)
        with make.opening(case, peer, Action.SEE_CASE) as file:
            assert Compartment.IDENTITY not in file.compartments

    def test_two_clicks_are_one_file(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(NEW)), "name": "Moth", "note": "At the station."}
        first, second = (met(browser.post(NEW, sent)) for _ in range(2))
        assert first == second
        assert Entry.objects.filter(case=first).count() == 1

    def test_what_was_typed_on_after_the_first_click_is_a_note_of_its_own(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(NEW)), "name": "Moth"}
        case, again = (
            met(browser.post(NEW, {**sent, "note": note})) for note in ("At the station.", "She sang.")
        )
        assert case == again
        with make.opening(case, cast.ama):
            assert {entry.text for entry in Entry.objects.all()} == {"At the station.", "She sang."}

    def test_the_same_form_with_another_name_is_somebody_else(self, cast: Cast) -> None:
        """Somebody went back in the browser, and typed the next name over the first."""
        browser = Browser(cast.ama)
        sent = hidden(browser.get(NEW))
        first, second = (met(browser.post(NEW, {**sent, "name": name})) for name in ("Moth", "Willow"))
        assert first != second
        assert card(second, cast.ama)["name"] == "Willow"

    def test_the_line_names_the_file_and_nothing_else(self, cast: Cast) -> None:
        case = met(send(Browser(cast.ama), name="Moth"))
        line = Line.objects.filter(action=Action.START_CASE).latest("seq")
        assert line.things == [str(case.pk)]

    def test_without_a_name_it_asks_again_with_everything_still_there(self, cast: Cast) -> None:
        answer = send(Browser(cast.ama), name="", note="At the station.", language="Tigrinya")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "At the station." in page
        assert "Tigrinya" in page
        assert Case.objects.count() == 1

    @pytest.mark.parametrize("field", ["note", "number", "name", "legal_name", "aliases"])
    def test_a_huge_paste_is_one_sentence(self, cast: Cast, field: str) -> None:
        told = {"name": "Moth", field: "word " * 60_000}
        answer = send(Browser(cast.ama), **told)
        assert answer.status_code == 422
        assert "Please look at this again" in answer.content.decode()
        assert Case.objects.count() == 1

    @pytest.mark.parametrize("born", ["1700-01-01", "2999-01-01", "yesterday"])
    def test_a_day_of_birth_that_cannot_be(self, cast: Cast, born: str) -> None:
        assert send(Browser(cast.ama), name="Moth", born_on=born).status_code == 422

    def test_an_outreach_worker_begins_files_and_is_asked_only_what_they_can_read_again(
        self, cast: Cast
    ) -> None:
        outreach = cast.somebody(Role.OUTREACH_WORKER)
        browser = Browser(outreach)
        page = browser.get(NEW).content.decode()
        assert 'name="number"' in page
        assert 'name="legal_name"' not in page
        case = met(
            send(browser, name="Moth", note="Under the bridge.", legal_name="Maria", number="555 010 7788")
        )
        assert not Identity.objects.filter(case=case).exists()
        with make.opening(case, outreach):
            assert Entry.objects.get(case=case).text == "Under the bridge."

    def test_a_team_that_is_not_theirs_cannot_be_chosen(self, cast: Cast) -> None:
        assert send(Browser(cast.ama), name="Moth", team=str(cast.garden.pk)).status_code == 422

    def test_who_waits_for_keys_is_told_what_to_do(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        answer = send(Browser(waiting), name="Moth")
        assert answer.status_code == 422
        assert Case.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.ADMINISTRATOR, Role.ON_CALL])
    def test_who_starts_no_files_finds_no_page(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).get(NEW).status_code == 404


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


class TestTheyAreKnown:
    def test_what_was_typed_waits_on_their_page(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(NEW)), "name": "Dee", "note": "She came back."}
        assert browser.post(NEW, sent).status_code == 422
        answer = browser.post(NEW, {**sent, "them": str(cast.dee.pk)})
        assert answer["Location"] == f"/people/{cast.dee.pk}/write/"
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY):
            assert Draft.objects.get(case=cast.dee).words["text"] == "She came back."
        assert Case.objects.count() == 1

    def test_a_draft_that_was_there_stays_below_it(self, cast: Cast) -> None:
        from leeward.cases import actions  # noqa: PLC0415

        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_draft(file, case=cast.dee, words={"text": "Half a sentence"}, version=0)
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(NEW)), "name": "Dee", "note": "She came back.", "them": str(cast.dee.pk)}
        assert browser.post(NEW, sent).status_code == 302
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY):
            text = Draft.objects.get(case=cast.dee).words["text"]
        assert "She came back." in text
        assert "Half a sentence" in text

    def test_without_a_note_their_page_opens(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        sent = {**hidden(browser.get(NEW)), "name": "Dee", "them": str(cast.dee.pk)}
        assert browser.post(NEW, sent)["Location"] == f"/people/{cast.dee.pk}/"

    def test_the_number_of_a_file_that_stays_shut_changes_nothing(self, cast: Cast) -> None:
        """A forged choice: another team's file is not there, so somebody new begins."""
        theirs = make.a_case(by=cast.cyd, name="Gia")
        answers = []
        for name, them in (("Moth", str(theirs.pk)), ("Willow", str(uuid4())), ("Selam", "x")):
            browser = Browser(cast.ama)
            sent = {**hidden(browser.get(NEW)), "name": name, "note": "Hello.", "them": them}
            answers.append(met(browser.post(NEW, sent)))
        assert not Draft.objects.exists()
        assert len(set(answers)) == 3

    def test_somebody_of_two_teams_sees_whom_to_ask_where_they_cannot_open(self, cast: Cast) -> None:
        desk = cast.somebody(Role.FRONT_DESK)
        Membership.objects.create(person=desk.person, team=cast.garden, role=Role.CASE_MANAGER)
        with make.entering(cast.sue, Action.GRANT) as entered:
            from leeward.staff import actions as staff  # noqa: PLC0415

            staff.hand_keys(entered, person=desk.person)
        page = send(Browser(desk), name="Dee").content.decode()
        assert "Ask Ama." in page
        assert f'value="{cast.dee.pk}"' not in page
