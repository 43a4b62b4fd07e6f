"""Leaving out what only seals need, once the models are read: grants, wraps, and the gate's look at the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bench.twin import finding
from leeward.access import gate, policy
from leeward.access.gate import Opened, Thing, Visit
from leeward.access.policy import Action
from leeward.access.trail import HeldBy
from leeward.cases import finding as ours
from leeward.cases.models import CaseList
from leeward.cases.models.case import CaseQuerySet
from leeward.signin.store import SessionStore
from leeward.staff.door import KeyHolder
from leeward.vault.keyring import KeyRing


def hold_no_keys() -> None:
    """From now on nothing in this process asks for a key."""
    _replace(gate, "_open", _open)
    _replace(CaseList, "keys_for", _no_keys)
    _replace(CaseQuerySet, "held_by", lambda cases, *_: cases)
    _replace(KeyHolder, "own_keys", _no_keys)
    _replace(SessionStore, "pair", lambda _: None)
    _replace(ours, "find", finding.find)
    finding.remember_plainly()


def _replace(where: object, name: str, by: Callable[..., Any]) -> None:
    # A twin that silently stopped fitting would compare a house with itself.
    if not hasattr(where, name):
        raise AttributeError(f"the twin does not fit any more: {where} has no {name}")
    setattr(where, name, by)


def _no_keys(*_: object) -> Iterator[Any]:
    return iter(())


def _open[T: Thing](ring: KeyRing, visit: Visit, action: Action, thing: T) -> Opened[T]:  # noqa: ARG001
    """The gate's own steps without the key: decide, write the line."""
    ties = thing.ties_to(visit.actor)
    if not policy.allows(visit.actor, action, ties):
        gate._refuse(visit, action, HeldBy.POLICY, thing)  # noqa: SLF001
    parts = policy.compartments(action, ties)
    gate._write(visit, action, thing.kind, [thing.pk])  # noqa: SLF001
    return Opened(thing, visit, action, parts, token=gate._BY_THE_GATE)  # noqa: SLF001
