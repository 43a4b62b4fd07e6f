from typing import Any
from uuid import uuid4

import pytest

from leeward.access import trail
from leeward.access.gate import (
    Refused,
    Visit,
    entering,
    founding,
)
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.vault.cipher import Key
from leeward.vault.keyring import Locked, ring
from leeward.vault.scopes import Compartment, HeldKey, Scope
from tests.access.stubs import File, Stack, a_file, a_visit, readable, written

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SEE, TODAY, CARD = Action.SEE_CASE, Action.TODAY, Action.SEE_CARD


class TestEntering:
    def test_a_page_leaves_one_line(self, visit: Visit) -> None:
        with entering(visit, TODAY) as entered:
            assert entered.visit is visit
            assert entered.action is TODAY
            assert len(written()) == 1
        assert written() == [("own:today", "opened", "", [], "", "")]

    def test_own_keys_are_held(self) -> None:
        mine = HeldKey(Scope.person(uuid4()), 1, Key.fresh())
        with entering(a_visit(own=[mine]), TODAY):
            assert ring().opening(mine.scope, 1) is mine.key

    def test_a_page_for_others_is_refused_and_leaves_a_line(self, visit: Visit) -> None:
        with pytest.raises(Refused, match="policy"), entering(visit, Action.INVITE):
            pytest.fail("it opened")
        assert written() == [("staff:invite", "refused", "policy", [], "", "")]

    def test_the_question_at_the_door_is_whether_it_may_be_done_to_anything(self) -> None:
        with entering(a_visit(Role.VOLUNTEER), CARD, lists=True):
            pass
        assert written() == [("people:see", "opened", "", [], "", "")]

    def test_a_list_writes_the_ids_that_it_shows(self, visit: Visit, file: File) -> None:
        other = File(file.ties, file.team)
        with entering(visit, TODAY, lists=True) as entered:
            assert written() == []
            entered.list(Stack([file, other]), CARD)
            assert file.words == other.words
            assert not readable(file, Compartment.NOTES)
        assert written() == [("people:see", "opened", "", [str(file.pk), str(other.pk)], "case", "")]

    def test_a_list_is_of_the_pages_own_action_unless_it_says_otherwise(
        self, visit: Visit, file: File
    ) -> None:
        with entering(visit, SEE, lists=True) as entered:
            entered.list(Stack([file]), compartments=frozenset({Compartment.NOTES}))
            assert readable(file, Compartment.NOTES)
            assert not readable(file)
        assert written() == [("case:see", "opened", "", [str(file.pk)], "case", "")]

    def test_the_line_comes_before_the_keys(
        self, visit: Visit, file: File, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write, held = trail.write, []

        def watch(**line: Any) -> Line:  # noqa: ANN401 - passed on
            held.append(readable(file))
            return write(**line)

        monkeypatch.setattr(trail, "write", watch)
        with entering(visit, CARD, lists=True) as entered:
            entered.list(Stack([file]))
            held.append(readable(file))
        assert held == [False, True]

    @pytest.mark.parametrize(
        ("action", "compartments"),
        [
            (CARD, {Compartment.NOTES}),
            (SEE, {Compartment.CARD, Compartment.JUSTICE}),
            (Action.WRITE_ENTRY, set()),
        ],
    )
    def test_a_list_asks_for_no_more_than_a_role_could_open(
        self, action: Action, compartments: set[Compartment]
    ) -> None:
        visit = a_visit(Role.ON_CALL)
        with pytest.raises(Refused, match="policy"), entering(visit, TODAY, lists=True) as entered:
            entered.list(Stack([]), action, frozenset(compartments))
        assert [(action, outcome) for action, outcome, *_ in written()] == [(action, "refused")]

    def test_a_page_that_shows_nothing_leaves_its_line_on_leaving(self, visit: Visit) -> None:
        with entering(visit, CARD, lists=True):
            pass
        assert written() == [("people:see", "opened", "", [], "", "")]

    def test_what_a_page_makes_is_named_in_its_line(self, visit: Visit, file: File) -> None:
        with entering(visit, CARD, lists=True) as entered:
            entered.begin([], "case", [file.pk])
        assert written() == [("people:see", "opened", "", [str(file.pk)], "case", "")]

    def test_also_when_it_breaks(self, visit: Visit) -> None:
        with pytest.raises(ZeroDivisionError), entering(visit, CARD, lists=True):
            raise ZeroDivisionError
        assert len(written()) == 1

    def test_a_search_writes_what_it_found_and_that_it_looked(self, visit: Visit, file: File) -> None:
        everybody = [file, File(file.ties, file.team)]
        with entering(visit, CARD, lists=True) as entered:
            entered.look_through(Stack(everybody), SEE, frozenset({Compartment.CARD, Compartment.NOTES}))
            assert all(readable(one, Compartment.NOTES) for one in everybody)
            assert written() == []
            entered.list(Stack([file]))
        assert written() == [("people:see", "opened", "", [str(file.pk)], "case", "looked-through")]

    def test_a_search_that_found_nobody_leaves_its_line_too(self, visit: Visit, file: File) -> None:
        with entering(visit, CARD, lists=True) as entered:
            entered.look_through(Stack([file]))
        assert written() == [("people:see", "opened", "", [], "", "looked-through")]

    def test_a_search_is_refused_like_a_list(self) -> None:
        with pytest.raises(Refused), entering(a_visit(Role.VOLUNTEER), TODAY, lists=True) as entered:
            entered.look_through(Stack([]), SEE)
        assert written() == [("case:see", "refused", "policy", [], "", "")]

    def test_one_thing_is_opened_by_its_own_ties(self, visit: Visit, file: File) -> None:
        with entering(visit, TODAY, lists=True) as entered:
            opened = entered.open(file, SEE)
            assert opened.thing is file
            assert file.words
        assert written() == [("case:see", "opened", "", [str(file.pk)], "case", "")]

    def test_one_thing_is_opened_for_the_pages_own_action_unless_it_says_otherwise(
        self, visit: Visit, file: File
    ) -> None:
        with entering(visit, Action.START_CASE, lists=True) as entered:
            assert entered.open(file).action is Action.START_CASE

    def test_one_thing_is_refused_by_its_own_ties(self, visit: Visit) -> None:
        other = a_file()
        with pytest.raises(Refused, match="policy"), entering(visit, TODAY, lists=True) as entered:
            entered.open(other, SEE)
        assert written() == [("case:see", "refused", "policy", [str(other.pk)], "case", "")]

    def test_a_page_whose_line_is_written_opens_nothing_more(self, visit: Visit, file: File) -> None:
        with entering(visit, CARD) as entered:
            with pytest.raises(RuntimeError, match="lists=True"):
                entered.list(Stack([file]))
            with pytest.raises(RuntimeError, match="lists=True"):
                entered.look_through(Stack([file]))
            with pytest.raises(RuntimeError, match="lists=True"):
                entered.open(file)
        assert len(written()) == 1

    def test_what_is_kept_from_a_page_turns_no_key_later(self, visit: Visit, file: File) -> None:
        with entering(visit, CARD, lists=True) as entered:
            pass
        entered.list(Stack([file]))
        with pytest.raises(Locked):
            _ = file.words


class TestBeginning:
    def test_a_page_holds_the_keys_of_what_it_is_making(self, visit: Visit, file: File) -> None:
        with entering(visit, Action.START_CASE) as entered:
            entered.begin(file.keys_for(visit.holder, frozenset({Compartment.CARD})))
            assert file.words
        with pytest.raises(Locked):
            _ = file.words

    def test_the_first_act_of_a_store_needs_nobody_to_decide_about(self) -> None:
        founder, team = uuid4(), Scope.team(uuid4())
        with founding(uuid4(), founder) as hold:
            hold([HeldKey(team, 1, Key.fresh())])
            assert ring().sealing(team)
        assert [(line.actor, line.outcome) for line in Line.objects.all()] == [(founder, "done")]

    def test_there_is_one_first_act(self, visit: Visit) -> None:
        with entering(visit, TODAY):
            pass
        with pytest.raises(Refused), founding(visit.agency, visit.actor.id):
            pytest.fail("it was founded twice")
