"""The key-ring of one request: which sealed words may be read right now.

Only the gate puts keys on it (an import contract), after it has decided and after the trail has the line. It is empty
outside the gate, so a forgotten check reads nothing: defends against bugs, shells, background work and templates.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Never

from leeward.vault.cipher import Key
from leeward.vault.scopes import Compartment, HeldKey, Locked, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID


__all__ = ["Compartment", "HeldKey", "KeyRing", "Locked", "Scope", "carrying", "ring"]

_ring: ContextVar[KeyRing | None] = ContextVar("leeward_keyring", default=None)


class KeyRing:
    """The keys of the request, for the length of the view."""

    __slots__ = ("_keys", "_newest", "agency", "tripped")

    def __init__(self, agency: UUID) -> None:
        """An empty ring for one agency, whose id is bound into every seal."""
        self.agency = agency
        self.tripped = False
        self._keys: dict[tuple[Scope, int], Key | Callable[[], Key | None]] = {}
        self._newest: dict[Scope, int] = {}

    def hold(self, keys: Iterable[HeldKey]) -> None:
        """Put keys on the ring."""
        for scope, epoch, key in keys:
            self._keys[scope, epoch] = key
            self._newest[scope] = max(epoch, self._newest.get(scope, epoch))

    def opening(self, scope: Scope, epoch: int) -> Key:
        """The key that opens what was sealed in that epoch, or `Locked`, which also trips the request."""
        key = self._keys.get((scope, epoch))
        if isinstance(key, Key):
            return key
        if key is None or (turned := key()) is None:
            raise self._trip()
        self._keys[scope, epoch] = turned
        return turned

    def sealing(self, scope: Scope) -> tuple[int, Key]:
        """The newest epoch and its key, to seal something new with."""
        try:
            epoch = self._newest[scope]
        except KeyError:
            raise self._trip() from None
        return epoch, self.opening(scope, epoch)

    def _trip(self) -> Locked:
        # Templates swallow exceptions inside `if` and `and`; the gate looks at this afterwards and answers 500.
        self.tripped = True
        return Locked("this was not opened through the gate")

    def __reduce__(self) -> Never:
        """A ring does not outlive its request in a pickle."""
        message = "a key-ring is not to be stored"
        raise TypeError(message)

    def empty(self) -> None:
        """Drop every key."""
        self._keys.clear()
        self._newest.clear()


def ring() -> KeyRing:
    """The ring of this request, or `Locked` where there is none: shells, background work, pages of nobody."""
    current = _ring.get()
    if current is None:
        message = "nobody has opened anything here"
        raise Locked(message)
    return current


@contextmanager
def carrying(agency: UUID) -> Iterator[KeyRing]:
    """Carry an empty ring for the length of the block, and leave nothing behind. Rings do not nest."""
    if _ring.get() is not None:
        message = "a request carries one key-ring"
        raise RuntimeError(message)
    mine = KeyRing(agency)
    token = _ring.set(mine)
    try:
        yield mine
    finally:
        mine.empty()
        _ring.reset(token)
