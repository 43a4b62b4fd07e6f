"""What meets at the gate: somebody with keys, and the things they ask for. Shapes only; others bring them to life."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from leeward.access.policy import Actor, Ties
from leeward.vault.cipher import Key
from leeward.vault.scopes import Compartment, HeldKey


class Holder(Protocol):
    """The keys of whoever is signed in."""

    def team_key(self, team_key: UUID, scope: str) -> Key | None: ...
    def teams(self, scope: str = "") -> Collection[UUID]: ...
    def own_keys(self) -> Iterable[HeldKey]: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is signed in and asks for a page. `safe`: only to look."""

    agency: UUID
    actor: Actor
    holder: Holder
    safe: bool


class Thing(Protocol):
    """What can be opened: a file, a team. It knows its ties to somebody, and which of its keys they hold."""

    @property
    def pk(self) -> Any: ...  # noqa: ANN401 - a UUID; Django's models say so too late for the checker
    @property
    def kind(self) -> str: ...
    def ties_to(self, actor: Actor) -> Ties: ...
    def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]: ...


class Things(Protocol):
    """A stack of files for a list: only those that the set rule (`policy.reach`) lets this person see."""

    @property
    def kind(self) -> str: ...
    def ids(self) -> list[UUID]: ...
    def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]: ...


class Sifted(Protocol):
    """A stack to look through: it turns each key for a moment, and keeps none."""

    def fitting(self, agency: UUID, holder: Holder) -> Iterator[tuple[UUID, UUID | None]]: ...
