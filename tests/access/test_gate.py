import copy
import pickle
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.template import Context, Engine

from leeward.access import gate, trail
from leeward.access.gate import (
    Entered,
    Holder,
    Opened,
    OverreachError,
    Refused,
    Tripped,
    Visit,
    entering,
    opening,
)
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.vault.cipher import Key
from leeward.vault.keyring import KeyRing, Locked, carrying, ring
from leeward.vault.scopes import Compartment, HeldKey, Scope
from tests.access.stubs import File, a_file, a_visit, readable, written

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SEE, TODAY, CARD = Action.SEE_CASE, Action.TODAY, Action.SEE_CARD


class TestOpening:
    def test_what_is_opened_can_be_read_until_the_door_shuts(self, visit: Visit, file: File) -> None:
        with opening(visit, SEE, file) as opened:
            assert opened.thing is file
            assert opened.visit is visit
            assert opened.action is SEE
            assert opened.compartments == set(Compartment)
            assert file.words == "sealed words"
        with pytest.raises(Locked):
            _ = file.words

    def test_it_leaves_one_line(self, visit: Visit, file: File) -> None:
        with opening(visit, SEE, file):
            pass
        assert written() == [("case:see", "opened", "", [str(file.pk)], "case", "")]
        assert Line.objects.get().actor == visit.actor.id

    def test_the_line_is_written_before_a_key_is_on_the_ring(
        self, visit: Visit, file: File, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write, held = trail.write, []

        def watch(**line: Any) -> Line:  # noqa: ANN401 - passed on
            held.append(readable(file))
            return write(**line)

        monkeypatch.setattr(trail, "write", watch)
        with opening(visit, SEE, file):
            held.append(readable(file))
        assert held == [False, True]

    def test_without_a_line_nothing_opens(
        self, visit: Visit, file: File, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full_disk(**_: object) -> None:
            raise OSError

        monkeypatch.setattr(trail, "write", full_disk)
        with pytest.raises(OSError), opening(visit, SEE, file):  # noqa: PT011 - ours
            pytest.fail("it opened")

    def test_only_the_compartments_of_the_action_are_held(self, visit: Visit, file: File) -> None:
        with opening(visit, CARD, file):
            assert readable(file)
            assert not readable(file, Compartment.NOTES)

    def test_own_keys_are_held_too(self, file: File) -> None:
        mine = HeldKey(Scope.person(uuid4()), 1, Key.fresh())
        with opening(a_visit(Role.CASE_MANAGER, team=file.team, own=[mine]), SEE, file):
            assert ring().opening(mine.scope, 1) is mine.key

    def test_another_team_is_refused_by_policy_and_leaves_a_line(self, visit: Visit) -> None:
        other = a_file()
        with pytest.raises(Refused, match="policy"), opening(visit, SEE, other):
            pytest.fail("it opened")
        assert written() == [("case:see", "refused", "policy", [str(other.pk)], "case", "")]

    def test_without_the_key_it_is_refused_by_key(self, visit: Visit) -> None:
        file = a_file(Role.CASE_MANAGER)  # in a team whose key the visit does not hold
        with pytest.raises(Refused) as refusal, opening(visit, SEE, file):
            pytest.fail("it opened")
        assert refusal.value.held_by == "key"
        assert written() == [("case:see", "refused", "key", [str(file.pk)], "case", "")]

    def test_one_missing_compartment_is_enough(self, file: File) -> None:
        visit = a_visit(
            Role.HOUSE_STAFF, team=file.team
        )  # holds card and safety, may open all as a case manager
        with pytest.raises(Refused, match="key"), opening(visit, SEE, file):
            pytest.fail("it opened")

    def test_the_key_of_another_file_does_not_count(self, visit: Visit, file: File) -> None:
        other = File(file.ties, file.team)
        other.keys_for = file.keys_for  # type: ignore[method-assign]
        with pytest.raises(Refused, match="key"), opening(visit, SEE, other):
            pytest.fail("it opened")

    def test_a_refusal_leaves_no_ring_behind(self, visit: Visit, file: File) -> None:
        with pytest.raises(Refused), opening(visit, SEE, a_file()):
            pytest.fail("it opened")
        with pytest.raises(Locked):
            ring()
        with opening(visit, SEE, file):
            assert file.words

    def test_keys_that_were_not_asked_for_stop_everything(self, visit: Visit) -> None:
        class Generous(File):
            def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]:  # noqa: ARG002
                return super().keys_for(holder, frozenset(Compartment))

        generous = Generous(a_file(Role.CASE_MANAGER).ties, next(iter(visit.holder.teams("card"))))
        with pytest.raises(OverreachError, match="not asked for"), opening(visit, CARD, generous):
            pytest.fail("it opened")
        assert written() == []

    def test_a_thing_without_compartments_gives_its_one_key(self) -> None:
        class Team(File):
            def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]:  # noqa: ARG002
                assert not compartments
                yield HeldKey(Scope.team(self.pk), 1, Key(bytes(32)))

        team = Team(a_file(Role.SUPERVISOR).ties, kind="team")
        with opening(a_visit(Role.SUPERVISOR), Action.GRANT, team) as opened:
            assert opened.compartments == set()
            assert ring().opening(Scope.team(team.pk), 1).reveal() == bytes(32)

    def test_doors_do_not_nest(self, visit: Visit, file: File) -> None:
        with opening(visit, SEE, file), pytest.raises(RuntimeError), opening(visit, SEE, file):
            pytest.fail("it opened")

    def test_it_opens_before_a_transaction_or_not_at_all(self, visit: Visit, file: File) -> None:
        with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), opening(visit, SEE, file):
            pytest.fail("it opened")


class TestTripping:
    def test_a_read_that_a_template_swallowed_is_found_on_leaving(self, visit: Visit, file: File) -> None:
        template = Engine().from_string("{% if other.words and other.words %}yes{% else %}no{% endif %}")
        with pytest.raises(Tripped), opening(visit, SEE, file):
            assert template.render(Context({"other": a_file()})) == "no"

    def test_a_read_that_nobody_swallowed_stays_what_it_is(self, visit: Visit, file: File) -> None:
        with pytest.raises(Locked), opening(visit, SEE, file):
            _ = a_file().words

    def test_the_same_on_a_page(self, visit: Visit) -> None:
        with pytest.raises(Tripped), entering(visit, TODAY), pytest.raises(Locked):
            _ = a_file().words


class TestNobodyElseOpens:
    def test_an_opened_thing_cannot_be_made_by_hand(self, visit: Visit, file: File) -> None:
        for token in (None, object()):
            with pytest.raises(TypeError, match="only the gate"):
                Opened(file, visit, SEE, frozenset(), token)

    def test_nor_the_proof_of_having_entered(self, visit: Visit) -> None:
        with carrying(visit.agency) as keys, pytest.raises(TypeError, match="only the gate"):
            Entered(visit, SEE, keys, lists=True)

    def test_an_opened_thing_cannot_be_changed_copied_or_kept(self, visit: Visit, file: File) -> None:
        with opening(visit, SEE, file) as opened:
            with pytest.raises(AttributeError):
                opened.thing = a_file()  # type: ignore[misc]
            with pytest.raises(TypeError, match="not open later"):
                pickle.dumps(opened)
            with pytest.raises(TypeError, match="not open later"):
                copy.copy(opened)


def test_an_answer_in_pieces_comes_after_the_door_is_shut(visit: Visit, file: File) -> None:
    def pieces() -> Iterable[bytes]:
        yield b"harmless"
        yield file.words.encode()

    with opening(visit, SEE, file):
        answer = gate.stream(pieces(), content_type="text/plain", headers={"X-Kind": "pieces"})
    read = iter(answer)
    assert next(read) == b"harmless"
    with pytest.raises(Locked):
        next(read)
    assert (answer["Content-Type"], answer["X-Kind"]) == ("text/plain", "pieces")


def test_rings_of_two_visits_know_nothing_of_each_other(visit: Visit, file: File) -> None:
    with opening(visit, SEE, file):
        kept: KeyRing = ring()
    other = a_file(Role.CASE_MANAGER)
    with opening(a_visit(Role.CASE_MANAGER, team=other.team), SEE, other):
        assert not readable(file)
        assert ring() is not kept
