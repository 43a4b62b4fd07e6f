"""Meeting somebody: a name is enough, and it happens once however often it is clicked."""

import re
from uuid import uuid4

import pytest

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import (
    Case,
    Draft,
    Entry,
    Glance,
    Identity,
    Known,
    Way,
    WordSet,
)
from leeward.staff.models import Membership
from leeward.vault import wordset
from leeward.vault.scopes import Compartment
from tests import make
from tests.attack.house import Browser
from tests.cases.meet import NEW, card, form_on, hidden, met, send
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
