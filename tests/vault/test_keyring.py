import contextvars
import pickle
import threading
from uuid import uuid4

import pytest

from leeward.vault.cipher import Key
from leeward.vault.keyring import KeyRing, carrying, ring
from leeward.vault.scopes import Compartment, HeldKey, Locked, Scope

AGENCY, NOTES = uuid4(), Scope.case(uuid4(), Compartment.NOTES)


def test_outside_every_block_there_is_no_ring() -> None:
    with pytest.raises(Locked, match="nobody has opened anything"):
        ring()


def test_a_key_that_is_held_opens_and_seals() -> None:
    key = Key.fresh()
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, key)])
        assert ring() is held
        assert held.opening(NOTES, 1) is key
        assert held.sealing(NOTES) == (1, key)
        assert not held.tripped


def test_new_words_are_sealed_with_the_newest_key_whatever_the_order() -> None:
    old, new = Key.fresh(), Key.fresh()
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 2, new), HeldKey(NOTES, 1, old)])
        assert held.sealing(NOTES) == (2, new)
        assert held.opening(NOTES, 1) is old


def test_opening_what_is_not_held_is_locked_and_trips_the_ring() -> None:
    with carrying(AGENCY) as held, pytest.raises(Locked, match="through the gate"):
        held.opening(NOTES, 1)
    assert held.tripped


def test_sealing_what_is_not_held_is_locked_and_trips_the_ring() -> None:
    with carrying(AGENCY) as held, pytest.raises(Locked):
        held.sealing(NOTES)
    assert held.tripped


def test_a_key_opens_its_own_part_and_epoch_only() -> None:
    card = Scope.case(NOTES.id, Compartment.CARD)
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, Key.fresh())])
        assert (NOTES, 1) in held._keys
        for elsewhere in ((NOTES, 2), (card, 1), (Scope.person(NOTES.id), 1), (Scope.team(NOTES.id), 1)):
            assert elsewhere not in held._keys


def test_rings_do_not_nest() -> None:
    with carrying(AGENCY), pytest.raises(RuntimeError, match="one key-ring"), carrying(AGENCY):
        pass


def test_a_second_ring_that_was_refused_leaves_the_first_as_it_was() -> None:
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, Key.fresh())])
        with pytest.raises(RuntimeError), carrying(AGENCY):
            pass
        assert ring().opening(NOTES, 1) is not None


def test_after_the_block_the_ring_is_gone_and_empty() -> None:
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, Key.fresh())])
    with pytest.raises(Locked):
        ring()
    with pytest.raises(Locked):
        held.opening(NOTES, 1)


def test_an_error_inside_the_block_empties_the_ring_too() -> None:
    with pytest.raises(ZeroDivisionError), carrying(AGENCY) as held:  # noqa: PT012
        held.hold([HeldKey(NOTES, 1, Key.fresh())])
        _ = 1 / 0
    assert not held._keys
    with pytest.raises(Locked):
        ring()


def test_a_thread_that_is_started_inside_holds_nothing() -> None:
    found = []
    with carrying(AGENCY):
        thread = threading.Thread(target=lambda: found.append(_has_ring()))
        thread.start()
        thread.join()
    assert found == [False]


def test_a_copied_context_finds_an_empty_ring_afterwards() -> None:
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, Key.fresh())])
        kept = contextvars.copy_context()
    with pytest.raises(Locked):
        kept.run(lambda: ring().opening(NOTES, 1))


def test_a_ring_is_not_to_be_stored() -> None:
    with carrying(AGENCY) as held, pytest.raises(TypeError, match="not to be stored"):
        pickle.dumps(held)


def test_a_ring_tells_nothing_of_its_keys() -> None:
    secret = Key.fresh()
    held = KeyRing(AGENCY)
    held.hold([HeldKey(NOTES, 1, secret)])
    assert secret.reveal().hex() not in f"{held} {held!r} {held._keys}"


def _has_ring() -> bool:
    try:
        ring()
    except Locked:
        return False
    return True


def test_a_key_that_is_only_promised_is_turned_when_it_is_asked_for_and_once() -> None:
    turned: list[Key] = []

    def turn() -> Key:
        turned.append(Key.fresh())
        return turned[-1]

    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, turn)])
        assert turned == []
        assert held.opening(NOTES, 1) is held.opening(NOTES, 1)
        assert len(turned) == 1


def test_a_promise_that_is_not_kept_is_locked_and_trips() -> None:
    with carrying(AGENCY) as held:
        held.hold([HeldKey(NOTES, 1, lambda: None)])
        with pytest.raises(Locked):
            held.opening(NOTES, 1)
        assert held.tripped
